// A form's files: lists, dates and one's own data leave the page, and come back to be confirmed.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK, TEACHER } from "./applicants.mjs";
import { OUTPUT } from "./harness.mjs";
import { accept, fillLine, items, openFile, ready, take } from "./form-page.mjs";
import { answerAll, button, touch, typeDate, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

const FORM = `${CHECK}/form/recommendation`;
const options = { fragment: FORM, acceptDownloads: true };

/** Fills in something of every kind. */
async function fillSome(page) {
  await page.locator(".zf-page").first().waitFor();
  assert.ok(await fillLine(page, "full_name", "王小明"));
  assert.ok(await fillLine(page, "study_wish", "高中物理实验教学"));
  await touch.press(page, page.locator("#open-education_history"));
  await touch.press(page, page.getByRole("button", { name: /^添加一条/ }));
  const row = page.getByRole("region", { name: /^第1条/ });
  await row.getByLabel("起止年月", { exact: true }).fill("2004.09—2008.07");
  await row.getByLabel("学校及专业", { exact: true }).fill("辽东学院物理学专业");
  await page.locator(".editor").getByRole("checkbox").check();
  await touch.press(page, button(page, "只保存"));
  await page.waitForFunction(() => !document.querySelector(".editor"));
  await page.waitForFunction(() => document.querySelector(".zf-preview")?.innerText.includes("辽东学院"));
}

test("each kind of file brings everything back on an empty page", async () => {
  let filled;
  const files = [];
  await visit(options, async ({ page }) => {
    await fillSome(page);
    filled = await items(page);
    for (const name of ["下载Word文档", "下载Excel表格", "保存我的数据"]) files.push(await take(page, name));
  });
  assert.deepEqual(files.map(({ name }) => name.split(".").at(-1)), ["docx", "xlsx", "json"]);
  assert.ok("xl/workbook.xml" in unzip(files[1].bytes));
  assert.equal(JSON.parse(files[2].bytes).answers.full_name, "王小明");
  for (const file of files) {
    await visit(options, async ({ page }) => {
      await ready(page);
      await openFile(page, file);
      assert.match(await page.locator(".opened").innerText(), /读到的内容里，\d+项这里还没有填/);
      assert.ok(Object.values(await items(page)).every((content) => content === "未填"), "nothing is replaced before it is confirmed");
      await accept(page);
      assert.deepEqual(await items(page), filled, file.name);
    });
  }
});

test("a file is opened where things are saved, and leads to its form", () => visit(options, async ({ page }) => {
  await fillSome(page);
  const file = await take(page, "保存我的数据");
  await page.reload();
  await page.evaluate(() => { location.hash = "#/people"; });
  await page.locator("#open-file").waitFor();
  await page.locator("#open-file").setInputFiles({ name: "旧.json", mimeType: "application/json", buffer: Buffer.from("[1]") });
  await page.getByText(/不是从“资格自查”保存的数据/).waitFor();
  await page.locator("#open-file").setInputFiles({ name: file.name, mimeType: "application/json", buffer: file.bytes });
  await page.locator(".opened").waitFor();
  assert.equal(new URL(page.url()).hash, FORM);
  await accept(page);
  assert.equal((await items(page)).full_name, "王小明");
}));

test("the preview is as large as on paper when that is wanted", () => visit(options, async ({ page }) => {
  await ready(page);
  const width = () => page.locator(".zf-page").first().evaluate((sheet) => sheet.getBoundingClientRect().width);
  const small = await width();
  await touch.press(page, button(page, "放大看"));
  await page.waitForFunction((small) => document.querySelector(".zf-page").getBoundingClientRect().width > small * 1.8, small);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "only the preview scrolls sideways");
  await touch.press(page, button(page, "缩小到一页宽"));
  await page.waitForFunction((small) => Math.abs(document.querySelector(".zf-page").getBoundingClientRect().width - small) < 2, small);
}));

test("what differs is shown, can be left out, and can be taken back", () => visit(options, async ({ page }) => {
  await fillSome(page);
  const file = await take(page, "保存我的数据");
  assert.ok(await fillLine(page, "full_name", "李小红"));
  assert.ok(await fillLine(page, "phone", "13000000000"));
  const before = await items(page);

  await openFile(page, file);
  const opened = page.locator(".opened");
  assert.match(await opened.innerText(), /1项和这里不同/);
  assert.match(await opened.innerText(), /姓名\s*读到的是：王小明\s*现在是：李小红/);
  await touch.press(page, button(page, "不读入"));
  assert.deepEqual(await items(page), before);

  await openFile(page, file);
  await accept(page);
  assert.deepEqual(await items(page), { ...before, full_name: "王小明" }, "what the file does not say stays");
  await touch.press(page, button(page, "撤销，恢复到读入以前"));
  await page.getByText("已经恢复到读入以前的内容。").waitFor();
  assert.deepEqual(await items(page), before);
}));

test("a file of another kind is refused in words that help, and nothing changes", () => visit(options, async ({ page }) => {
  await fillSome(page);
  const before = await items(page);
  const files = [
    ["表.docx", Buffer.from("%PDF-1.7"), /PDF/],
    ["表.docx", Buffer.from("PK\x03\x04 cut"), /重新下载|损坏/],
    ["旧表.xls", Buffer.from("D0CF11E0A1B11AE1", "hex"), /旧|Word/],
    ["空.xlsx", Buffer.alloc(0), /空的/],
    ["数据.json", Buffer.from("[1, 2]"), /不是从“资格自查”保存的数据/],
    ["数据.json", Buffer.from('{"zige": 1, "pack": "elsewhere", "answers": {}}'), /另一个项目/],
    ["大.json", Buffer.alloc(3_000_000, " "), /太大/],
  ];
  for (const [name, bytes, words] of files) {
    await openFile(page, { name, bytes });
    assert.match(await page.locator("#opened [role=status]").innerText(), words, name);
    assert.equal(await page.locator(".opened").count(), 0);
  }
  assert.deepEqual(await items(page), before);
}));

test("dates follow from the day of an event, and go to the calendar", () => visit(options, async ({ page }) => {
  await ready(page);
  const dates = page.getByRole("region", { name: "要记住的日期" });
  await dates.waitFor();
  const entries = () => page.locator("#entries > li").allInnerTexts();
  const before = await entries();
  const asked = await dates.locator("fieldset legend").allInnerTexts();
  assert.ok(asked.length > 0, "some periods are counted from an event");
  await typeDate(page, touch, "2026-12-01", dates);
  await touch.press(page, button(page, "算出日期"));
  await page.waitForFunction((count) => document.querySelectorAll("#entries > li").length > count, before.length);
  const file = await take(page, "下载日历文件");
  assert.match(file.name, /\.ics$/);
  const text = file.bytes.toString("utf8");
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.equal(text.match(/BEGIN:VEVENT/g).length, (await entries()).length);
  assert.match(text, /BEGIN:VALARM/);
}));

test("the checklist is made from the proofs that the verdict used", () => visit({ fragment: CHECK }, async ({ page }) => {
  await answerAll(page, touch, TEACHER);
  await page.getByRole("link", { name: /^填写少数民族/ }).tap();
  const papers = page.getByRole("region", { name: "一起交的材料" });
  await papers.waitFor();
  assert.match(await papers.innerText(), /职称证书[\s\S]*证明：职称等级/);
  const sheets = page.locator(".zf-page:not(.zf-copy)");
  await page.waitForFunction(() => document.querySelector(".zf-preview")?.innerText.includes("材料清单"));
  const all = await sheets.count();
  await page.getByLabel("打印时多打一页材料清单").uncheck();
  await page.waitForFunction((count) => document.querySelectorAll(".zf-page:not(.zf-copy)").length === count, all - 1);
}));

const WECHAT = { ...options, userAgent: "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49" };
const PRINT_OR_DOWNLOAD = /^(打印|下载Word文档|下载Excel表格|下载日历文件|保存我的数据|下载数据文件)$/;

test("in WeChat what was filled in goes along to another browser", () => visit(WECHAT, async ({ page, context, host }) => {
  await fillSome(page);
  // Something that is not on this form.
  await page.evaluate((check) => { location.hash = check; }, CHECK);
  await answerAll(page, touch, TEACHER);
  await page.evaluate((form) => { location.hash = form; }, FORM);
  await page.locator(".zf-page").first().waitFor();
  assert.equal(await button(page, PRINT_OR_DOWNLOAD).count(), 0, "nothing is offered that would do nothing");
  const filled = await items(page);
  await touch.press(page, button(page, "生成带内容的网址"));
  const address = await page.getByLabel("带内容的网址").inputValue();
  assert.ok(address.startsWith(`${host.address}#hand-over=9443`), address.slice(0, 60));
  const other = await context.newPage();
  await other.goto(address);
  await other.getByRole("heading", { name: "少数民族专业技术人才特殊培养人选推荐表" }).waitFor();
  assert.equal(new URL(other.url()).hash, "#/receive", "the data leave the address");
  assert.equal(await button(other, PRINT_OR_DOWNLOAD).count(), 0);
  await touch.press(other, button(other, "这是我自己的，接着填"));
  await other.locator(".zf-page").first().waitFor();
  await accept(other);
  assert.deepEqual(await items(other), filled);
  await other.getByRole("link", { name: /自查结果/ }).first().tap();
  await other.waitForFunction(() => document.querySelector("h1").innerText.includes("符合"));
}));

test("in WeChat a result and an office's own form lead to another browser, too", () => visit(WECHAT, async ({ page, context, host }) => {
  const carried = async () => {
    await touch.press(page, button(page, "生成带内容的网址"));
    const address = await page.getByLabel("带内容的网址").inputValue();
    await touch.press(page, button(page, "复制"));
    await page.getByText(/^已经复制|^没有复制上/).waitFor();
    assert.ok(address.startsWith(`${host.address}#hand-over=`), address.slice(0, 60));
    const other = await context.newPage();
    await other.goto(address);
    await touch.press(other, button(other, "这是我自己的，接着填"));
    await accept(other);
    await other.getByRole("link", { name: /自查结果/ }).first().tap();
    await other.waitForFunction(() => document.querySelector("h1").innerText.includes("符合"));
    await other.close();
  };
  await page.evaluate(() => { location.hash = "#/own-form"; });
  await page.locator("#wechat").waitFor();
  assert.match(await page.locator("#wechat").innerText(), /在浏览器打开/, "nothing was said yet");
  await page.evaluate((check) => { location.hash = check; }, CHECK);
  await answerAll(page, touch, TEACHER);
  assert.equal(await button(page, /^打印/).count(), 0);
  await page.screenshot({ path: join(OUTPUT, "wechat-result.png"), fullPage: true });
  await carried();
  await page.evaluate(() => { location.hash = "#/own-form"; });
  await page.locator("#own-told").waitFor({ state: "attached" });
  assert.equal(await page.locator("#own-file").count(), 0);
  await page.screenshot({ path: join(OUTPUT, "wechat-own-form.png"), fullPage: true });
  await carried();
}));
