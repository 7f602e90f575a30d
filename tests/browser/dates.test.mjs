// Dates: three fields, known to the month, impossible, in the future.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TEACHER } from "./applicants.mjs";
import { answer, answerAll, asked, button, heading, section, touch, typeDate, visit } from "./person.mjs";

async function until(page, wanted) {
  for (let fact = await asked(page); fact !== wanted; fact = await asked(page)) await answer(page, touch, fact, TEACHER[fact]);
}

/** Hands in a wrong date; the summary must take the focus and lead to the field. */
async function refused(page, text, words, field) {
  await typeDate(page, touch, text);
  await touch.press(page, button(page, "继续"));
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), words);
  assert.ok(await alert.evaluate((node) => document.activeElement.contains(node)), "the summary has the focus");
  await alert.getByRole("button").first().tap();
  assert.ok(await page.getByLabel(field, { exact: true }).evaluate((node) => node === document.activeElement), `it leads to ${field}`);
  assert.equal(await page.getByLabel("年", { exact: true }).inputValue(), text.split("-")[0], "what was typed stays");
}

test("a day that does not exist is refused and can be mended", () => visit({}, async ({ page }) => {
  await until(page, "birth_date");
  await refused(page, "1985-02-30", /2月/, "日");
  await answer(page, touch, "birth_date", "1985-02-28");
}));

test("a month that does not exist, and a year that is no year", () => visit({}, async ({ page }) => {
  await until(page, "birth_date");
  await refused(page, "1985-13-01", /月/, "月");
}));

test("nobody is born after today", () => visit({}, async ({ page }) => {
  await until(page, "birth_date");
  await typeDate(page, touch, "2030-01-01");
  await touch.press(page, button(page, "继续"));
  await page.getByRole("alert").waitFor();
  assert.equal(await asked(page), "birth_date");
}));

test("work cannot begin before birth: both dates are named", () => visit({}, async ({ page }) => {
  await until(page, "work_start");
  await typeDate(page, touch, "1980-01-01");
  await touch.press(page, button(page, "继续"));
  const alert = page.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.innerText(), /出生日期/);
  assert.match(await alert.innerText(), /参加工作/);
}));

test("a month is enough where the day does not matter", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, { ...TEACHER, birth_date: "1985-03", work_start: "2008-08" });
  assert.match(await heading(page), /：\s*符合/);
}));

test("where the day matters, the result asks for it", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, { ...TEACHER, work_start: "2021-11" });
  assert.match(await heading(page), /待补充/);
  const more = section(page, "还要再具体一点");
  assert.match(await more.innerText(), /参加工作时间/);
  await more.getByRole("button", { name: /补上/ }).tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您是什么时候参加工作"));
  await answer(page, touch, "work_start", "2021-11-21");
  assert.match(await heading(page), /：\s*符合/);
}));
