// A person on a phone goes through the whole check with a thumb.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FORGETFUL, JUNIOR, MANAGER, TEACHER } from "./applicants.mjs";
import { answerAll, heading, section, touch, visit } from "./person.mjs";

test("who has all that is required qualifies, under the draft", () => visit({}, async ({ page }) => {
  const order = await answerAll(page, touch, TEACHER);
  assert.deepEqual([...order].sort(), [...Object.keys(TEACHER), "declarations"].sort());
  assert.match(await heading(page), /若按本征求意见稿：\s*符合/);
  const why = section(page, "为什么符合");
  for (const [reason, article] of [["单位所在地", "第二条"], ["职称", "第六条（一）"], ["工作年限", "第七条（四）"]]) {
    const item = why.getByRole("listitem").filter({ has: page.getByRole("heading", { name: new RegExp(`^${reason} `) }) }).last();
    assert.match(await item.innerText(), new RegExp(`符合[\\s\\S]*依据：${article}`));
    await item.getByText(`依据：${article}`).tap();
    assert.ok((await item.getByRole("blockquote").innerText()).length > 10, "the quoted words");
  }
}));

test("a manager is told what the province's office has to decide", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, MANAGER);
  assert.match(await heading(page), /若按本征求意见稿：\s*待认定/);
  assert.match(await section(page, "为什么要由主管部门认定").innerText(), /管理工作/);
  const points = await section(page, "要由主管部门来定的事").innerText();
  assert.match(points, /管理人员的例外/);
  assert.match(points, /问谁：\s*省人力资源社会保障厅/);
  assert.match(points, /第六条（三）/);
}));

test("too low a title ends the questions early, with the reason and what would change it", () => visit({}, async ({ page }) => {
  const order = await answerAll(page, touch, JUNIOR);
  assert.equal(order.at(-1), "title_level", "nothing more is asked once it is settled");
  assert.match(await heading(page), /若按本征求意见稿：\s*不符合/);
  const why = await section(page, "为什么不符合").innerText();
  assert.match(why, /职称等级[：\s]*助理级/);
  assert.match(why, /依据：第六条（一）/);
  assert.match(why, /具有中、高级职称的少数民族专业技术人员/);
  assert.match(await page.getByRole("main").innerText(), /中级/);
}));

test("who does not know is told what is missing and who can tell", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, FORGETFUL);
  assert.match(await heading(page), /若按本征求意见稿：\s*待补充/);
  const main = await page.getByRole("main").innerText();
  assert.match(main, /参加工作时间/);
  assert.match(main, /问单位人事部门/);
}));
