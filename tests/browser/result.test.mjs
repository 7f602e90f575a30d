// The result page: complete, open to a change, to a decision and to another date.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DECLARATIONS, JUNIOR, MANAGER, TEACHER } from "./applicants.mjs";
import { answer, answerAll, asked, button, heading, radio, section, touch, typeDate, visit } from "./person.mjs";

test("the result says whom it comes from, what to bring, where to go, and what it is not", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, TEACHER);
  assert.match(await section(page, "要准备什么").innerText(), /职称证书[\s\S]*居民身份证/);
  assert.match(await section(page, "去哪里办、什么时候办").innerText(), /推荐人选[\s\S]*所在单位[\s\S]*第八条（二）/);
  assert.match(await section(page, "什么时候会变").innerText(), /2026年11月21日到2038年3月7日[\s\S]*2043年3月8日起/);
  assert.match(await section(page, "您声明的事项，由单位核实").innerText(), /政治立场[\s\S]*健康状况/);
  const origin = await section(page, "这份结果是怎么来的").innerText();
  assert.match(origin, /征求意见稿[\s\S]*2026年11月21日[\s\S]*[0-9a-f]{12}/);
  assert.match(origin, /自查结果，不代表主管机关认定/);
  await page.getByText("逐项条件的结果").tap();
  assert.equal(await page.getByRole("row").count(), 16, "a head and fifteen conditions");
}));

test("an answer can be changed from the result, and the others stay", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, JUNIOR);
  await page.getByRole("heading", { name: "您的回答" }).tap();
  await page.getByRole("button", { name: /修改.*职称等级/ }).tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您现在的专业技术职称"));
  assert.ok(await radio(page, "助理级").isChecked());
  await answer(page, touch, "title_level", "中级");
  const order = await answerAll(page, touch, TEACHER);
  assert.ok(!order.includes("unit_place"));
  assert.match(await heading(page), /：\s*符合/);
}));

test("back shows the answer before; the browser's own back leaves the result", () => visit({}, async ({ page }) => {
  await answer(page, touch, "unit_place", "凤城市");
  await answer(page, touch, "unit_kind", "事业单位");
  await touch.press(page, page.getByRole("button", { name: /上一题/ }));
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您的工作单位属于"));
  assert.ok(await radio(page, "事业单位").isChecked());
  await touch.press(page, page.getByRole("button", { name: /上一题/ }));
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您的工作单位在"));
  assert.ok(await radio(page, "凤城市").isChecked());
  await answer(page, touch, "unit_place", "都不是");
  await answerAll(page, touch, TEACHER);
  assert.match(await heading(page), /不符合/);
  await page.goBack();
  await page.goForward();
  assert.match(await heading(page), /不符合/);
}));

test("what the office decided changes the verdict, and the finger stays where it was", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, MANAGER);
  // With the exception granted, one more question matters again.
  for (const [outcome, verdict] of [["不同意", "不符合"], ["还没有结论", "待认定"], ["同意", "待补充"]]) {
    const choice = page.getByRole("radio", { name: outcome, exact: true });
    const before = await choice.elementHandle();
    await choice.tap();
    await page.waitForFunction((word) => new RegExp(`：\\s*${word}`).test(document.querySelector("h1").innerText), verdict);
    assert.ok(await choice.evaluate((node, old) => node === old, before), "the same node");
    assert.ok(await choice.evaluate((node) => node === document.activeElement), "with the focus");
  }
  await page.getByRole("link", { name: /^继续回答/ }).tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您"));
  assert.deepEqual(await answerAll(page, touch, MANAGER), ["retirement_category"]);
  assert.match(await heading(page), /：\s*符合/);
}));

test("the check can be made for another date, and an impossible one is refused", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, TEACHER);
  await page.getByText("换一个日期看看").tap();
  await typeDate(page, touch, "2038-02-30");
  await touch.press(page, button(page, "按这一天再算一次"));
  assert.match(await page.getByRole("main").innerText(), /2月/);
  await typeDate(page, touch, "2043-03-08");
  await touch.press(page, button(page, "按这一天再算一次"));
  await page.waitForFunction(() => document.querySelector("h1").innerText.includes("不符合"));
  assert.match(await section(page, "这份结果是怎么来的").innerText(), /2043年3月8日/);
  await touch.press(page, button(page, "换回今天"));
  await page.waitForFunction(() => /：\s*符合/.test(document.querySelector("h1").innerText));
}));

test("one declaration denied is a reason, with its article", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, TEACHER, async () => {
    const line = page.getByRole("listitem").filter({ hasText: "我身体健康" });
    await line.getByText("点这里可以改").tap();
    await line.getByRole("radio", { name: "不符合" }).tap();
    assert.ok(await line.getByRole("radio", { name: "不符合" }).evaluate((node) => node === document.activeElement));
    await page.getByRole("button", { name: /^确认/ }).tap();
    await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, DECLARATIONS);
  });
  assert.match(await heading(page), /不符合/);
  assert.match(await section(page, "为什么不符合").innerText(), /健康状况[\s\S]*第七条（六）/);
}));

test("after the verdict is settled the other questions can still be answered", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, JUNIOR);
  await touch.press(page, button(page, "接着答其余的题"));
  await page.waitForFunction(() => !document.querySelector("h1").innerText.includes("不符合"));
  assert.ok(await asked(page));
  await answerAll(page, touch, JUNIOR);
  assert.match(await heading(page), /不符合/);
}));
