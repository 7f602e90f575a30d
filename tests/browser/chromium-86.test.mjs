// WeChat's browser of 2022 and 2023 is Chromium 86. What the driver knows of roles needs a newer one,
// so this person finds things by the text of labels, buttons and links.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MANAGER } from "./applicants.mjs";
import { asked, visit } from "./person.mjs";

const title = (page) => page.evaluate(() => document.querySelector("h1").innerText);

/** Puts a finger on the first visible element of this kind that starts with the text. */
async function tap(page, kind, text) {
  const spot = await page.evaluate(([kind, text]) => {
    const node = [...document.querySelectorAll(kind)].find((one) => one.innerText.trim().startsWith(text) && one.offsetParent !== null);
    if (!node) return null;
    node.scrollIntoView({ block: "center" });
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left + Math.min(width / 2, 40), y: top + height / 2 };
  }, [kind, text]);
  assert.ok(spot, `${kind} with ${text}`);
  await page.touchscreen.tap(spot.x, spot.y);
}

async function next(page, before) {
  await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, before);
}

async function type(page, ending, text) {
  await page.evaluate((id) => document.getElementById(id).focus(), `answer-${ending}`);
  await page.keyboard.type(text);
}

test("a whole check, with its form, in Chromium 86", () => visit({ kernel: "86" }, async ({ page }) => {
  assert.match(await page.evaluate(() => navigator.userAgent), /Chrome\/86\./);
  for (let questions = 0; questions < 40; questions += 1) {
    const before = await title(page);
    const fact = await asked(page);
    if (fact === undefined) break;
    if (fact === "declarations") {
      await tap(page, "button", "确认以上声明");
    } else if (/^\d{4}-/.test(MANAGER[fact])) {
      const [year, month, day] = MANAGER[fact].split("-");
      await type(page, "year", year);
      await type(page, "month", month);
      await type(page, "day", day);
      await tap(page, "button", "继续");
    } else {
      await tap(page, "label.option", MANAGER[fact]);
      await page.waitForFunction(() => document.querySelector("input:checked"));
      await tap(page, "button", "继续");
    }
    await next(page, before);
  }
  assert.match(await title(page), /若按本征求意见稿：\s*待认定/);
  assert.match(await page.evaluate(() => document.querySelector("main").innerText), /管理人员的例外[\s\S]*省人力资源社会保障厅/);
  await tap(page, "a", "填写少数民族");
  await page.waitForFunction(() => document.querySelector(".zf-page")?.innerText.includes("满族"));
}));
