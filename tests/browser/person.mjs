// What a person does with the app: finds things by their names, and uses a finger or a keyboard.

import assert from "node:assert/strict";

import { CHECK, TODAY } from "./applicants.mjs";
import { freshContext, mounted, open, serve } from "./harness.mjs";
import { FACTS } from "./policies.mjs";

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const DESK = { viewport: { width: 1280, height: 800 } };

/** A browser on the day that the examples are about, or another. */
export async function someone(screen, { kernel = "current", on = TODAY, ...options } = {}) {
  const context = await freshContext(kernel, { locale: "zh-CN", timezoneId: "Asia/Shanghai", ...screen, ...options });
  await context.clock.setFixedTime(new Date(`${on}T10:00:00+08:00`));
  return context;
}

/** Opens the first question of the check. */
export async function openCheck(context, host, fragment = CHECK) {
  const page = await open(context, host.address + fragment);
  // Long, because the machine may be busy with other things.
  page.setDefaultTimeout(60_000);
  await mounted(page);
  return page;
}

export const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();
export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const radio = (place, name) => place.getByRole("radio", { name: new RegExp(`^${escaped(name)}`) });
export const verdictBar = (page) => page.getByRole("status").filter({ hasText: "目前结果：" });

/** The section of the result page with this title. */
export const section = (page, name) => page.getByRole("region", { name });

/** A text as a pattern that matches it. */
export function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A finger. */
export const touch = {
  press: (page, locator) => locator.tap(),
  async choose(page, name, place = page) {
    await radio(place, name).first().tap();
  },
  async type(page, locator, text) {
    await locator.tap();
    await locator.fill("");
    await locator.pressSequentially(text);
  },
};

/** Keys only: Tab to get there, Space, Enter and arrows to act. */
export const keyboard = {
  async press(page, locator, key = "Enter") {
    await tabTo(page, locator);
    await page.keyboard.press(key);
  },
  async choose(page, name, place = page) {
    const wanted = radio(place, name).first();
    const filter = place.getByLabel("输入一两个字可以缩小范围");
    if (await filter.count()) await keyboard.type(page, filter, name);
    const first = place.getByRole("radio").first();
    const checked = place.getByRole("radio", { checked: true }).first();
    await tabTo(page, (await checked.count()) ? checked : first);
    await page.keyboard.press("Space");
    const most = await place.getByRole("radio").count();
    for (let step = 0; step < most && !(await wanted.isChecked()); step += 1) await page.keyboard.press("ArrowDown");
    assert.ok(await wanted.isChecked(), `arrow keys reach ${name}`);
  },
  async type(page, locator, text) {
    await tabTo(page, locator);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  },
};

/** Presses Tab until the focus is on `locator`. */
export async function tabTo(page, locator, most = 120) {
  for (let step = 0; step < most; step += 1) {
    if (await locator.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${most} times Tab did not reach ${locator}`);
}

/** Which fact the page asks for; `declarations`; or nothing when it asks nothing. */
export function asked(page) {
  return page.evaluate(() => document.querySelector("[data-question]")?.dataset.question || undefined);
}

/** Gives one answer and waits for the next page. `null` is “I don't know”. */
export async function answer(page, hand, fact, value) {
  const unknown = value === null || value === undefined;
  if (!unknown) await enter(page, page.getByRole("main"), hand, fact, value);
  await handIn(page, hand, unknown ? "我不知道" : "继续");
}

/** Presses a button of the question and waits until something else is asked. */
export async function handIn(page, hand, name) {
  const text = () => document.querySelector("[data-question]")?.innerText;
  const before = await page.evaluate(text);
  await hand.press(page, button(page, name));
  await page.waitForFunction((old) => document.querySelector("[data-question]")?.innerText !== old, before);
}

/** Enters a value where it belongs: an option's term, yes or no, a date, a number, a list of records. */
async function enter(page, place, hand, fact, value) {
  switch (FACTS[fact].type) {
    case "date":
      return typeDate(page, hand, value, place);
    case "choice":
    case "yes_no":
      return hand.choose(page, { true: "是", false: "否" }[value] ?? value, place);
    case "records": {
      const { noun } = FACTS[fact];
      for (const [at, record] of value.entries()) {
        await hand.press(page, button(page, `添加一条${noun}`));
        const row = page.getByRole("region", { name: `第${at + 1}条${noun}`, exact: true });
        for (const [part, content] of Object.entries(record)) {
          const { label } = FACTS[part];
          const group = row.getByRole("group", { name: label, exact: true });
          await enter(page, (await group.count()) ? group : row, hand, part, content);
        }
      }
      return hand.press(page, page.getByRole("checkbox", { name: "都在这里了，没有别的" }), "Space");
    }
    default:
      return hand.type(page, place.getByRole("textbox").first(), String(value));
  }
}

/** Year, month and, where it is known, day. */
export async function typeDate(page, hand, text, place = page) {
  const [year, month, day = ""] = text.split("-");
  for (const [name, part] of [["年", year], ["月", month], ["日", day]]) {
    await hand.type(page, place.getByLabel(name, { exact: true }).first(), part.replace(/^0/, ""));
  }
}

/** Answers what is asked until nothing is; returns the facts in the order of asking. */
export async function answerAll(page, hand, answers, declare = confirmDeclarations) {
  const order = [];
  for (let fact = await asked(page); fact; fact = await asked(page)) {
    order.push(fact);
    assert.ok(order.length < 90, `questions come to an end: ${order}`);
    if (fact === "declarations") {
      await declare(page, hand);
    } else {
      await answer(page, hand, fact, answers[fact]);
    }
  }
  // The page of the result follows by its address; the table of all checks stays where it is.
  await page.waitForFunction(
    () => location.hash.startsWith("#/all")
      || (!document.querySelector("[data-waiting]") && document.querySelector("h1")?.innerText !== "问题都答完了"),
  );
  return order;
}

/** Answers what is asked until this is. */
export async function answerUntil(page, wanted, answers) {
  for (let fact = await asked(page); fact !== wanted; fact = await asked(page)) {
    if (fact === "declarations") await confirmDeclarations(page, touch);
    else await answer(page, touch, fact, answers[fact]);
  }
}

export function confirmDeclarations(page, hand) {
  return handIn(page, hand, "确认以上声明，继续");
}

/**
 * One visit to the app: opens `fragment` and runs `work`. Whatever the visit is about, the page must
 * have said nothing on the console and have asked this host only, by GET, for addresses without a query.
 */
export async function visit({ screen = PHONE, fragment = CHECK, ...options }, work) {
  const host = await serve();
  const context = await someone(screen, options);
  try {
    const page = await openCheck(context, host, fragment);
    await work({ page, context, host });
    assert.deepEqual(page.said, []);
    for (const { method, address } of page.asked) {
      assert.equal(method, "GET", address);
      assert.match(address, new RegExp(`^(blob:)?${escaped(host.address)}[^?]*$`));
    }
  } finally {
    await context.close();
    await host.close();
  }
}
