// The ID number as a shortcut for the date of birth. The numbers are made up; the places exist.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MANAGER, TEACHER } from "./applicants.mjs";
import { answer, answerAll, asked, button, heading, touch, visit } from "./person.mjs";

const VALID = "210682198503070012";

/** Puts the right check digit behind seventeen digits (GB 11643). */
function numbered(seventeen) {
  const sum = [...seventeen].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return seventeen + "10X98765432"[sum % 11];
}

async function untilBirthDate(page, answers = TEACHER) {
  for (let fact = await asked(page); fact !== "birth_date"; fact = await asked(page)) await answer(page, touch, fact, answers[fact]);
}

async function enter(page, number) {
  const field = page.getByLabel("身份证号码", { exact: true });
  if (!(await field.isVisible())) await page.getByText("用身份证号码代填（可不用）").tap();
  await touch.type(page, field, number);
  await touch.press(page, button(page, "填入"));
  return field;
}

test("a number fills the date of birth, which can be looked at", () => visit({}, async ({ page }) => {
  await untilBirthDate(page);
  await enter(page, numbered(VALID.slice(0, 17)).toLowerCase());
  await page.waitForFunction(() => !document.querySelector("h1").innerText.startsWith("您的出生日期"));
  await touch.press(page, page.getByRole("button", { name: /^已填答案/ }));
  assert.match(await page.getByRole("region", { name: /已填答案/ }).innerText(), /出生日期[\s\S]*1985年3月7日/);
}));

test("a wrong check digit is said in words, and what was typed stays", () => visit({}, async ({ page }) => {
  await untilBirthDate(page);
  const right = numbered(VALID.slice(0, 17));
  const wrong = right.slice(0, 17) + (right.endsWith("1") ? "2" : "1");
  const field = await enter(page, wrong);
  const error = page.getByText(/校验|最后一位|核对/).first();
  await error.waitFor();
  assert.equal(await field.inputValue(), wrong);
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.ok(await field.evaluate((node) => node === document.activeElement), "the field has the focus");
  assert.equal(await asked(page), "birth_date");
  await enter(page, right);
  await page.waitForFunction(() => !document.querySelector("h1").innerText.startsWith("您的出生日期"));
}));

test("a birth date that differs from the number is a warning, not a wall", () => visit({}, async ({ page }) => {
  await untilBirthDate(page);
  await enter(page, numbered(VALID.slice(0, 17)));
  await page.waitForFunction(() => !document.querySelector("h1").innerText.startsWith("您的出生日期"));
  await touch.press(page, page.getByRole("button", { name: /^已填答案/ }));
  await touch.press(page, page.getByRole("button", { name: /修改.*出生日期/ }));
  await answer(page, touch, "birth_date", "1985-03-08");
  assert.match(await page.getByRole("status").filter({ hasText: "身份证号码上的不一样" }).innerText(), /出生日期/);
  await answerAll(page, touch, { ...MANAGER, management_work: "否" });
  assert.match(await heading(page), /符合/);
}));
