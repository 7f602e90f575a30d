// A walk through every page and state of the app, stopping at each.

import { CHECK, DECLARATIONS, FORGETFUL, JUNIOR, MANAGER, PACK, TEACHER } from "./applicants.mjs";
import { answer, answerAll, answerUntil, asked, button, openCheck, touch, typeDate } from "./person.mjs";
import { CHECKS } from "./policies.mjs";

const PROGRAMMES = CHECKS.filter(({ pack }, at) => at === CHECKS.findIndex((one) => one.pack === pack));
const PAIR = CHECKS.find(({ pack, id }) => pack === "panzhihua-mentoring-2022" && id === "pair").answers;

/** Calls `stop(page, name)` in each state. Needs a context that can be touched. */
export async function walk(context, host, stop) {
  const page = await openCheck(context, host, "#/");
  const at = async (name) => {
    await page.waitForTimeout(100);
    await stop(page, name);
  };
  const go = async (fragment) => {
    await page.goto(host.address + fragment);
    await page.waitForFunction((hash) => decodeURIComponent(location.hash) === hash && document.querySelector("h1"), fragment);
  };
  await at("home");
  await page.getByRole("link", { name: "按词查找项目和条文" }).tap();
  await page.getByLabel("在项目、角色和条文里找").fill("职称");
  await page.getByText(/^找到/).waitFor();
  await at("search");
  await go("#/people");
  await at("people");
  await go("#/receive");
  await page.getByRole("heading", { level: 1, name: "扫二维码读表" }).waitFor();
  await at("receive");
  await go("#/own-form");
  await page.locator("#own-file").waitFor();
  await at("own-form");
  for (const { pack } of PROGRAMMES) {
    await go(`#/p/${pack}`);
    await at(`programme-${pack.split("-")[0]}`);
  }
  await go("#/all");
  await page.getByText("为什么问这个？").tap();
  await at("all-first");
  await go(`#/p/${PACK}`);
  await at("programme");
  await go(`#/p/${PACK}/article/第七条（四）`);
  await at("article");
  await go("#/nowhere");
  await at("lost");

  await go(CHECK);
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您的工作单位"));
  await at("question-choice");
  await touch.press(page, button(page, "继续"));
  await page.getByRole("alert").waitFor();
  await at("question-error");
  for (let fact = await asked(page); fact; fact = await asked(page)) {
    if (fact === "technical_work") await at("question-yes-no");
    if (fact === "ethnicity") await at("question-long-list");
    if (fact === "title_level") {
      await page.getByRole("group").filter({ hasText: "职称名称" }).first().locator("summary").tap();
      await at("question-title-finder");
    }
    if (fact === "birth_date") {
      await page.getByText("为什么问这个？").tap();
      await page.getByText("用身份证号码代填（可不用）").tap();
      await at("question-date");
      await typeDate(page, touch, "1985-02-30");
      await touch.press(page, button(page, "继续"));
      await page.getByRole("alert").waitFor();
      await at("question-date-error");
    }
    if (fact === "declarations") {
      await page.getByText("点这里可以改").first().tap();
      await at("declarations");
      // Beside the question where there is room, else folded below it.
      if (page.viewportSize().width < 900) {
        await page.getByRole("button", { name: /已填答案/ }).tap();
        await at("answers-open");
      }
      await button(page, "确认以上声明，继续").tap();
      await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, DECLARATIONS);
    } else {
      await answer(page, touch, fact, TEACHER[fact]);
    }
  }
  await at("result-eligible");
  await go("#/all");
  await at("all-later");
  await go("#/people");
  await page.getByLabel("名字").fill("妈妈");
  await page.locator("#keep").tap();
  await page.getByText("已保存").first().waitFor();
  await page.getByRole("button", { name: /^删除 ?妈妈$/ }).tap();
  await at("people-kept");
  await page.getByRole("button", { name: "不删" }).tap();
  // An office's list: a mentor's trainees, half written.
  await go("#/p/panzhihua-mentoring-2022/pair");
  await page.waitForFunction(() => document.querySelector("[data-question]"));
  await answerUntil(page, "panzhihua_trainees", PAIR);
  await page.getByRole("button", { name: /^添加一条/ }).tap();
  await page.getByRole("button", { name: /^添加一条/ }).tap();
  await page.getByRole("button", { name: "继续", exact: true }).tap();
  await at("records");
  await go(`#/p/${PACK}`);
  await at("programme-with-result");
  await go(`${CHECK}/form/recommendation`);
  await page.locator(".zf-page").first().waitFor();
  await page.getByText("用笔完成").first().waitFor();
  await at("form");
  await page.getByRole("button", { name: /^填写 ?研修方向/ }).tap();
  await at("form-entry");
  await page.getByRole("button", { name: /^填写 ?工作经历/ }).tap();
  await page.getByRole("button", { name: /^添加一条/ }).tap();
  await at("form-records");
  await page.getByRole("button", { name: "清除全部已填内容" }).tap();
  await at("clear-asks");
  for (const [name, answers] of [["discretionary", MANAGER], ["ineligible", JUNIOR], ["incomplete", FORGETFUL]]) {
    await clear(page);
    await go(CHECK);
    await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您的工作单位"));
    await answerAll(page, touch, answers);
    await at(`result-${name}`);
  }
  return page;
}

async function clear(page) {
  const sure = page.getByRole("button", { name: "确定，全部清除" });
  if (!(await sure.count())) await page.getByRole("button", { name: "清除全部已填内容" }).tap();
  await sure.tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("人才项目"));
}
