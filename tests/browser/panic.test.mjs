// A trap in the module: a plain page, and nothing of what was answered is lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TEACHER } from "./applicants.mjs";
import { mounted } from "./harness.mjs";
import { answerAll, answerUntil, asked, heading, radio, touch, visit } from "./person.mjs";

test("after a trap the page opens again with the answers, and the check goes on", () => visit({}, async ({ page }) => {
  await answerUntil(page, "technical_work", TEACHER);
  // The next time the module calls out, it traps.
  await page.evaluate(() => {
    const keep = window.zige.keep;
    window.zige.keep = (text) => {
      keep(text);
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  await radio(page, TEACHER.technical_work).tap();
  const again = page.getByRole("button", { name: "重新打开" });
  await again.waitFor();
  assert.ok(await again.evaluate((node) => node === document.activeElement));
  assert.ok(page.said.every((words) => words.includes("unreachable")), `${page.said}`);
  page.said.length = 0;
  await again.tap();
  await mounted(page);
  assert.equal(await asked(page), "technical_work");
  assert.ok(await radio(page, TEACHER.technical_work).isChecked(), "what was chosen and not handed in is there too");
  const order = await answerAll(page, touch, TEACHER);
  assert.ok(!order.includes("unit_place") && !order.includes("unit_kind"), `${order}`);
  assert.match(await heading(page), /：\s*符合/);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
}));
