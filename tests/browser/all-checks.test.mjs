// One person before every check at once, from nothing to a table in which nothing is open.

import assert from "node:assert/strict";
import { test } from "node:test";

import { TEACHER } from "./applicants.mjs";
import { answer, answerAll, asked, escaped, heading, keyboard, section, touch, visit } from "./person.mjs";
import { CHECKS } from "./policies.mjs";

/** A teacher from 凤城, who works in none of the other places. */
const PERSON = {
  ...TEACHER,
  education: "大学本科",
  degree: "学士",
  skill_level: "没有",
  rural_title: "没有",
  panzhihua_employer: "不在攀枝花市工作",
  panzhihua_talent_class: "没有认定",
  ziliujing_unit: "都不是",
  yuxi_unit: "不在玉溪市",
  chifeng_unit: "不在赤峰市工作",
  in_ziliujing_database: false,
  unit_has_database_person: false,
  chifeng_mentees: [],
  panzhihua_trainees: [],
};

/** The table: what each check came to. */
async function table(page) {
  const rows = section(page, "各项的结果").locator("tbody tr");
  const found = {};
  for (const row of await rows.all()) {
    const name = await row.locator("th").evaluate((node) => node.firstChild.textContent);
    found[name] = await row.locator(".tag").innerText();
  }
  return found;
}

const VERDICTS = ["符合", "待认定", "不符合", "待补充"];

for (const [means, hand] of [["touch", touch], ["keyboard", keyboard]]) {
  test(`from an empty profile, by ${means}: each question once, then every row leads to its result`, () => visit({ fragment: "#/all" }, async ({ page }) => {
    const before = await table(page);
    assert.equal(Object.keys(before).length, CHECKS.length);
    assert.deepEqual([...new Set(Object.values(before))], ["待补充"]);
    const order = await answerAll(page, hand, PERSON);
    assert.equal(new Set(order.filter((fact) => fact !== "declarations")).size, order.filter((fact) => fact !== "declarations").length, `nothing is asked twice: ${order}`);
    assert.equal(await heading(page), "问题都答完了");
    const after = await table(page);
    for (const verdict of Object.values(after)) assert.ok(VERDICTS.includes(verdict), verdict);
    assert.equal(after["辽宁特培 · 学员"], "符合");
    const { length: count } = Object.values(after).filter((verdict) => verdict === "待补充");
    assert.equal(count, 0, `${JSON.stringify(after)}`);
    // Never a bare 符合 outside force.
    const row = section(page, "各项的结果").getByRole("row", { name: /辽宁特培 · 学员/ });
    assert.match(await row.innerText(), /若按本征求意见稿：[\s\S]*符合/);
    for (const name of Object.keys(after)) {
      await hand.press(page, page.getByRole("link", { name: new RegExp(`^看结果 ?${escaped(name)}$`) }));
      await page.waitForFunction(() => document.querySelector(".verdict"));
      assert.match(await heading(page), new RegExp(`(^|：\\s*|\\s)${after[name]}`), name);
      await page.goBack();
      await page.waitForFunction(() => document.querySelector(".panel"));
    }
  }));
}

test("back, a changed answer, and a check of its own carry on from each other", () => visit({ fragment: "#/all" }, async ({ page }) => {
  const first = await asked(page);
  await answer(page, touch, first, PERSON[first]);
  const second = await asked(page);
  await page.getByRole("button", { name: "上一题" }).tap();
  await page.waitForFunction((fact) => document.querySelector("[data-question]").dataset.question === fact, first);
  await answer(page, touch, first, PERSON[first]);
  assert.equal(await asked(page), second);
  await answer(page, touch, second, PERSON[second]);
  const third = await asked(page);
  // The answers are the check's own too.
  await page.getByRole("link", { name: /^单独答这一项 ?辽宁特培 · 学员/ }).tap();
  await page.waitForFunction(() => location.hash.endsWith("/trainee"));
  const rest = await answerAll(page, touch, PERSON);
  assert.ok(!rest.includes(first), `${first} is known`);
  assert.match(await heading(page), /：\s*符合/);
  await page.evaluate(() => { location.hash = "#/all"; });
  await page.waitForFunction(() => document.querySelector(".panel"));
  assert.equal((await table(page))["辽宁特培 · 学员"], "符合");
  assert.notEqual(await asked(page), third === "declarations" ? "" : undefined);
  const list = section(page, "已填答案");
  await list.getByRole("button", { name: /修改.*职称等级/ }).tap();
  await page.waitForFunction(() => document.querySelector("[data-question]").dataset.question === "title_level");
  await answer(page, touch, "title_level", "助理级");
  assert.equal((await table(page))["辽宁特培 · 学员"], "不符合");
}));

test("the question says whom it concerns, and focus moves to each new question", () => visit({ fragment: "#/all" }, async ({ page }) => {
  await page.getByText("为什么问这个？").tap();
  const { length: concerned } = await page.locator(".why li").all();
  assert.ok(concerned >= 2, "the first question is one that several checks ask");
  const first = await asked(page);
  await answer(page, touch, first, PERSON[first]);
  assert.ok(await page.evaluate(() => document.activeElement === document.querySelector("h1")));
}));
