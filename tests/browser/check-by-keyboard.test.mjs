// A person at a desk goes through the whole check without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { JUNIOR, TEACHER } from "./applicants.mjs";
import { DESK, answerAll, asked, button, heading, keyboard, tabTo, visit } from "./person.mjs";

test("keys alone lead to a verdict; each question takes the focus", () => visit({ screen: DESK }, async ({ page }) => {
  const focusOnHeading = () => page.evaluate(() => document.activeElement === document.querySelector("h1"));
  await keyboard.choose(page, TEACHER.unit_place);
  await keyboard.press(page, button(page, "继续"));
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您的工作单位属于"));
  assert.ok(await focusOnHeading());
  await answerAll(page, keyboard, TEACHER);
  assert.match(await heading(page), /若按本征求意见稿：\s*符合/);
  assert.ok(await focusOnHeading());
}));

test("Enter in a date field hands it in, and Shift+Tab leads back", () => visit({ screen: DESK }, async ({ page }) => {
  while ((await asked(page)) !== "birth_date") {
    const fact = await asked(page);
    await keyboard.choose(page, JUNIOR[fact]);
    await keyboard.press(page, button(page, "继续"));
    await page.waitForTimeout(50);
  }
  await keyboard.type(page, page.getByLabel("年", { exact: true }), "1985");
  await keyboard.type(page, page.getByLabel("月", { exact: true }), "3");
  await keyboard.type(page, page.getByLabel("日", { exact: true }), "7");
  await page.keyboard.press("Shift+Tab");
  assert.ok(await page.getByLabel("月", { exact: true }).evaluate((node) => node === document.activeElement));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("h1").innerText.startsWith("您的出生日期"));
}));

test("the first Tab offers to skip to the text", () => visit({ screen: DESK, fragment: "#/" }, async ({ page }) => {
  await page.evaluate(() => document.activeElement.blur());
  await tabTo(page, button(page, "跳到正文"), 3);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
}));
