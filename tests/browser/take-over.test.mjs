// The first module asks; the whole app takes over between two pages, with what was said and typed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TEACHER } from "./applicants.mjs";
import { answer, asked, touch, visit } from "./person.mjs";

test("an entry in the making, the ways back and the focus survive", () => visit({}, async ({ page }) => {
  for (let fact = await asked(page); fact !== "birth_date"; fact = await asked(page)) await answer(page, touch, fact, TEACHER[fact]);
  const year = page.getByLabel("年", { exact: true });
  await year.fill("19");
  const before = await page.evaluateHandle(() => document.querySelector(".zige"));
  await page.waitForFunction(() => typeof wasm_bindgen === "function");
  await page.waitForLoadState("networkidle");
  await page.getByText("为什么问这个？").tap();
  await page.locator(".why a").first().tap();
  await page.waitForFunction((old) => !old.isConnected, before);
  await page.waitForFunction(() => document.activeElement === document.querySelector("h1"));
  await page.goBack();
  assert.equal(await asked(page), "birth_date");
  assert.equal(await year.inputValue(), "19");
  await page.getByRole("button", { name: /上一题/ }).tap();
  await page.waitForFunction(() => document.querySelector("[data-question]").dataset.question !== "birth_date");
}));
