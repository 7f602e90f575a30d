// What is kept on the device: nothing unless asked, each person's own, and nothing at all once cleared.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHECK, TEACHER } from "./applicants.mjs";
import { mounted } from "./harness.mjs";
import { answer, answerAll, asked, button, openCheck, section, touch, visit } from "./person.mjs";

const stored = (page) => page.evaluate(() => [localStorage.length, sessionStorage.length]);
const answered = (page) => page.getByRole("button", { name: /^已填答案/ });

async function people(page) {
  await page.evaluate(() => { location.hash = "#/people"; });
  await page.getByRole("heading", { level: 1, name: "保存和换人" }).waitFor();
}

async function keepAs(page, name) {
  await people(page);
  await touch.type(page, page.getByLabel("名字"), name);
  await touch.press(page, page.locator("#keep"));
}

async function check(page) {
  await page.evaluate((fragment) => { location.hash = fragment; }, CHECK);
  await page.waitForFunction(() => document.querySelector("[data-question]"));
}

async function reload(page) {
  await page.reload();
  await mounted(page);
}

test("nothing is kept until somebody asks; then it is there again after a reload", () => visit({}, async ({ page }) => {
  await answer(page, touch, "unit_place", TEACHER.unit_place);
  assert.deepEqual(await stored(page), [0, 0]);
  await reload(page);
  assert.equal(await asked(page), "unit_place", "what was not kept is gone");
  await answer(page, touch, "unit_place", TEACHER.unit_place);
  await people(page);
  await touch.press(page, page.locator("#keep"));
  assert.match(await page.getByRole("main").innerText(), /请先起个名字/);
  assert.ok(await page.getByLabel("名字").evaluate((node) => node === document.activeElement));
  await keepAs(page, "妈妈");
  await page.getByText("已保存，下次打开还在。").waitFor();
  assert.deepEqual(await stored(page), [1, 0]);
  await check(page);
  await answer(page, touch, "unit_kind", TEACHER.unit_kind);
  await reload(page);
  await check(page);
  assert.equal(await asked(page), "birth_date", "both answers are there");
  assert.equal(await page.getByRole("link", { name: "妈妈" }).count(), 1, "the head says whose they are");
}));

test("two people are kept apart; one is renamed, one is forgotten", () => visit({}, async ({ page }) => {
  await answer(page, touch, "unit_place", TEACHER.unit_place);
  await keepAs(page, "我");
  await touch.press(page, button(page, "给另一个人填"));
  await page.getByText("现在是新的一份，还没有保存。").waitFor();
  await check(page);
  assert.equal(await answered(page).count(), 0);
  await answer(page, touch, "unit_place", "都不是");
  await keepAs(page, "爸爸");
  await touch.press(page, page.getByRole("button", { name: /^换成 ?我$/ }));
  await page.getByText("现在填的是：我。").waitFor();
  await check(page);
  assert.equal(await asked(page), "unit_kind");
  await keepAs(page, "我自己");
  await people(page);
  await touch.press(page, page.getByRole("button", { name: /^删除 ?爸爸$/ }));
  await touch.press(page, button(page, "不删"));
  assert.ok(await page.getByRole("button", { name: /^删除 ?爸爸$/ }).evaluate((node) => node === document.activeElement));
  await touch.press(page, page.getByRole("button", { name: /^删除 ?爸爸$/ }));
  await touch.press(page, button(page, "确定删除"));
  await reload(page);
  await people(page);
  const names = await section(page, "已保存的人").locator("strong").allInnerTexts();
  assert.deepEqual(names, ["我自己"]);
  await touch.press(page, page.getByRole("button", { name: /^删除 ?我自己$/ }));
  await touch.press(page, button(page, "确定删除"));
  await page.getByText("还没有保存").first().waitFor();
  assert.deepEqual(await stored(page), [0, 0], "nobody is kept, nothing is stored");
}));

test("clearing everything clears the store too, and 长辈版 goes with it", () => visit({}, async ({ page }) => {
  await answer(page, touch, "unit_place", TEACHER.unit_place);
  await keepAs(page, "我");
  await touch.press(page, button(page, "长辈版"));
  await reload(page);
  assert.equal(await button(page, "长辈版").getAttribute("aria-pressed"), "true", "kept with the person");
  await page.getByRole("button", { name: "清除全部已填内容" }).tap();
  await page.getByRole("button", { name: "确定，全部清除" }).tap();
  await page.getByText("已全部清除。").waitFor();
  assert.deepEqual(await stored(page), [0, 0]);
  await reload(page);
  await check(page);
  assert.equal(await asked(page), "unit_place");
}));

test("what one window cleared, another does not bring back", () => visit({}, async ({ page, context, host }) => {
  await answer(page, touch, "unit_place", TEACHER.unit_place);
  await keepAs(page, "我");
  const other = await openCheck(context, host);
  await other.getByRole("button", { name: "清除全部已填内容" }).tap();
  await other.getByRole("button", { name: "确定，全部清除" }).tap();
  await other.getByText("已全部清除。").waitFor();
  await check(page);
  await answer(page, touch, "unit_kind", TEACHER.unit_kind);
  await page.getByText(/没有存上/).waitFor();
  assert.deepEqual(await stored(page), [0, 0]);
  assert.deepEqual(other.said, []);
}));

test("papers that are at hand stay ticked for the person who is kept", () => visit({}, async ({ page }) => {
  await keepAs(page, "我");
  await check(page);
  await answerAll(page, touch, TEACHER);
  const papers = section(page, "要准备什么");
  await papers.getByRole("checkbox").first().tap();
  await reload(page);
  assert.ok(await section(page, "要准备什么").getByRole("checkbox").first().isChecked());
}));
