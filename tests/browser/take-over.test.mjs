// The first module asks; the whole app takes over between two questions or pages, with what was said and typed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TEACHER } from "./applicants.mjs";
import { asked, button, radio, touch, visit } from "./person.mjs";

/** Chooses something and waits until the whole app is ready; the page must not change under the finger. */
async function chooseAndWait(page) {
  await touch.choose(page, TEACHER.unit_place);
  const before = await page.evaluateHandle(() => document.querySelector(".zige"));
  await page.waitForFunction(() => typeof wasm_bindgen === "function");
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  assert.ok(await before.evaluate((node) => node.isConnected), "nothing happens while a question is being answered");
  assert.ok(await radio(page, TEACHER.unit_place).isChecked());
  return before;
}

const replaced = (page, before) => page.waitForFunction((old) => !old.isConnected && document.activeElement === document.querySelector("h1"), before);

test("between two pages: an entry in the making is there again", () => visit({}, async ({ page }) => {
  const before = await chooseAndWait(page);
  await page.getByText("为什么问这个？").tap();
  await page.locator(".why a").first().tap();
  await replaced(page, before);
  await page.goBack();
  assert.equal(await asked(page), "unit_place");
  assert.ok(await radio(page, TEACHER.unit_place).isChecked(), "though it was never handed in");
}));

test("between two questions: the way back leads to the answer before", () => visit({}, async ({ page }) => {
  const before = await chooseAndWait(page);
  await touch.press(page, button(page, "继续"));
  await replaced(page, before);
  assert.notEqual(await asked(page), "unit_place");
  await page.getByRole("button", { name: /上一题/ }).tap();
  await page.waitForFunction(() => document.querySelector("[data-question]").dataset.question === "unit_place");
  assert.ok(await radio(page, TEACHER.unit_place).isChecked());
}));
