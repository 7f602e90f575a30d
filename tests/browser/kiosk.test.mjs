// The page on a service hall's screen, from a file: strangers, one after another.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { CHECK, JUNIOR, TEACHER } from "./applicants.mjs";
import { picture } from "./form-page.mjs";
import { DIST, mounted, open } from "./harness.mjs";
import { blank } from "./office-files.mjs";
import { answer, answerAll, heading, someone, touch } from "./person.mjs";

const KIOSK = { viewport: { width: 1080, height: 1920 }, hasTouch: true };
const ADDRESS = pathToFileURL(join(DIST, "kiosk.html")).href;

async function withKiosk(work) {
  const context = await someone(KIOSK);
  try {
    await context.clock.install({ time: new Date("2026-11-21T10:00:00+08:00") });
    const page = await open(context, ADDRESS);
    await mounted(page);
    await work(page);
    assert.deepEqual(page.said, []);
    assert.deepEqual(page.asked.filter(({ address }) => !/^(file:.*kiosk\.html|blob:|data:)/.test(address)), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  } finally {
    await context.close();
  }
}

async function begin(page) {
  await page.getByRole("link", { name: /辽宁特培/ }).first().tap();
  await page.getByRole("link", { name: /我能报名当特培学员吗/ }).tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您"));
}

/** Home, and nothing of the person before in the app, its address or its history. */
async function wiped(page) {
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("人才项目"));
  await page.goto(`${ADDRESS}${CHECK}`);
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您"));
  assert.equal(await page.getByRole("button", { name: /已填答案/ }).count(), 0);
  assert.equal(await page.getByRole("radio", { checked: true }).count(), 0);
}

test("a whole check from a file, and its form", () => withKiosk(async (page) => {
  await begin(page);
  await answerAll(page, touch, TEACHER);
  assert.match(await heading(page), /：\s*符合/);
  await page.getByRole("link", { name: /^填写少数民族/ }).tap();
  await page.locator(".zf-page").first().waitFor();
}));

test("nobody there: it asks, then it wipes", () => withKiosk(async (page) => {
  await begin(page);
  await answer(page, touch, "unit_place", "凤城市");
  await page.clock.runFor(85_000);
  assert.equal(await page.getByRole("alertdialog").count(), 0);
  await page.clock.runFor(10_000);
  const dialog = page.getByRole("alertdialog", { name: "您还在使用吗？" });
  await dialog.waitFor();
  const stay = dialog.getByRole("button", { name: "还在，继续填写" });
  assert.ok(await stay.evaluate((node) => node === document.activeElement), "the focus is in the question");
  await stay.tap();
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.getByRole("button", { name: /已填答案（1）/ }).count(), 1, "the answer is still there");
  await page.clock.runFor(95_000);
  await dialog.waitFor();
  await page.clock.runFor(31_000);
  await wiped(page);
}));

test("a photograph and an employer's form go with the person who brought them", () => withKiosk(async (page) => {
  const gone = async () => {
    await page.getByRole("button", { name: "结束并清除" }).tap();
    await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("人才项目"));
  };
  const form = () => page.evaluate((form) => { location.hash = form; }, `${CHECK}/form/recommendation`);
  await form();
  await page.locator(".zf-page").first().waitFor();
  await page.locator("#photo-file").setInputFiles(await picture(page));
  await page.locator("#photo-frame").waitFor();
  await page.getByRole("button", { name: "用这张照片" }).tap();
  await page.locator(".zf-photo img").first().waitFor();
  await gone();
  await form();
  await page.locator(".zf-page").first().waitFor();
  assert.equal(await page.locator(".zf-photo img, #photo-frame").count(), 0);

  const own = () => page.evaluate(() => { location.hash = "#/own-form"; });
  await own();
  await page.locator("#own-file").setInputFiles({ name: "某单位.docx", mimeType: "application/octet-stream", buffer: blank() });
  await page.locator("#own-form").waitFor();
  assert.equal(await page.locator("#keep-corrections").count(), 0, "nothing is kept in a hall");
  await gone();
  await own();
  await page.locator("#own-file").waitFor();
  assert.equal(await page.locator("#own-form").count(), 0);
  assert.doesNotMatch(await page.getByRole("main").innerText(), /某单位/);
}));

test("finish wipes at once, on any page", () => withKiosk(async (page) => {
  await begin(page);
  await answerAll(page, touch, JUNIOR);
  await page.getByRole("button", { name: "结束并清除" }).tap();
  await wiped(page);
}));
