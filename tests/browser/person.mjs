// What a person does with the app: finds things by their names, and uses a finger or a keyboard.

import assert from "node:assert/strict";

import { CHECK, DECLARATIONS, QUESTIONS, TODAY } from "./applicants.mjs";
import { freshContext, mounted, open, serve } from "./harness.mjs";

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export const DESK = { viewport: { width: 1280, height: 800 } };

/** A browser on the day that the examples are about. */
export async function someone(screen, { kernel = "current", ...options } = {}) {
  const context = await freshContext(kernel, { locale: "zh-CN", timezoneId: "Asia/Shanghai", ...screen, ...options });
  await context.clock.setFixedTime(new Date(`${TODAY}T10:00:00+08:00`));
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
export const radio = (page, name) => page.getByRole("radio", { name: new RegExp(`^${escaped(name)}`) });
export const verdictBar = (page) => page.getByRole("status").filter({ hasText: "目前结果：" });

/** The section of the result page with this title. */
export const section = (page, name) => page.getByRole("region", { name });

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A finger. */
export const touch = {
  press: (page, locator) => locator.tap(),
  async choose(page, name) {
    await radio(page, name).first().tap();
  },
  async type(page, locator, text) {
    await locator.tap();
    await locator.fill("");
    await locator.pressSequentially(text);
  },
};

/** Keys only: Tab to get there, Space, Enter and arrows to act. */
export const keyboard = {
  async press(page, locator) {
    await tabTo(page, locator);
    await page.keyboard.press("Enter");
  },
  async choose(page, name) {
    const wanted = radio(page, name).first();
    const filter = page.getByLabel("输入一两个字可以缩小范围");
    if (await filter.count()) await keyboard.type(page, filter, name);
    const first = page.getByRole("radio").first();
    const checked = page.getByRole("radio", { checked: true }).first();
    await tabTo(page, (await checked.count()) ? checked : first);
    await page.keyboard.press("Space");
    const most = await page.getByRole("radio").count();
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
export async function asked(page) {
  const title = await heading(page);
  if (title === DECLARATIONS) return "declarations";
  return Object.keys(QUESTIONS).find((fact) => QUESTIONS[fact] === title);
}

/** Gives one answer and waits for the next page. `null` is “I don't know”. */
export async function answer(page, hand, fact, value) {
  const before = await heading(page);
  if (value === null) {
    await hand.press(page, button(page, "我不知道"));
  } else if (/^\d{4}-\d\d/.test(value)) {
    await typeDate(page, hand, value);
    await hand.press(page, button(page, "继续"));
  } else {
    await hand.choose(page, value);
    await hand.press(page, button(page, "继续"));
  }
  await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, before);
}

/** Year, month and, where it is known, day. */
export async function typeDate(page, hand, text) {
  const [year, month, day = ""] = text.split("-");
  for (const [name, part] of [["年", year], ["月", month], ["日", day]]) {
    await hand.type(page, page.getByLabel(name, { exact: true }).first(), part.replace(/^0/, ""));
  }
}

/** Answers what is asked until nothing is; returns the facts in the order of asking. */
export async function answerAll(page, hand, answers, declare = confirmDeclarations) {
  const order = [];
  for (let fact = await asked(page); fact; fact = await asked(page)) {
    order.push(fact);
    assert.ok(order.length < 40, `questions come to an end: ${order}`);
    if (fact === "declarations") {
      await declare(page, hand);
    } else {
      assert.ok(fact in answers, `an answer to ${fact}`);
      await answer(page, hand, fact, answers[fact]);
    }
  }
  return order;
}

export async function confirmDeclarations(page, hand) {
  await hand.press(page, button(page, "确认以上声明，继续"));
  await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, DECLARATIONS);
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
