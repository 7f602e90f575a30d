// From the codes on a printout to the receiving office: by a phone's camera, by a hand scanner, from a picture of the paper.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

import { CHECK } from "./applicants.mjs";
import { fillLine, ready, take } from "./form-page.mjs";
import { OUTPUT } from "./harness.mjs";
import { button, touch, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

const FORM = `${CHECK}/form/recommendation`;
const NAME = "少数民族专业技术人才特殊培养人选推荐表";
// Many different characters, which cannot be packed small.
const LONG = `青年教师：${Array.from({ length: 450 }, (_, place) => String.fromCharCode(0x4e00 + (place * 7919) % 20000)).join("")}`;

// It would fetch this from elsewhere.
await prepareZXingModule({
  overrides: { wasmBinary: readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")) },
  fireImmediately: true,
});

/** A form with so much in it that it needs several codes. */
async function fill(page) {
  await ready(page);
  for (const [id, text] of [["full_name", "王小明"], ["phone", "13000000000"], ["study_wish", "高中物理实验教学"], ["study_goal", LONG]]) {
    assert.ok(await fillLine(page, id, text), id);
  }
  await page.waitForFunction(() => document.querySelector(".zf-preview")?.innerText.includes("青年教师"));
}

/** The texts of all codes on the paper, read from a picture of it by another program. */
async function scan(page, name) {
  mkdirSync(OUTPUT, { recursive: true });
  const pdf = join(OUTPUT, `${name}.pdf`);
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  execFileSync("pdftoppm", ["-r", "200", "-gray", "-png", pdf, join(OUTPUT, name)]);
  const count = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }))[1]);
  const texts = new Set();
  const wide = String(count).length;
  for (let number = 1; number <= count; number += 1) {
    const picture = readFileSync(join(OUTPUT, `${name}-${String(number).padStart(wide, "0")}.png`));
    for (const { text } of await readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 40, tryHarder: true })) texts.add(text);
  }
  return [...texts];
}

const rows = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".received tr")].map((row) => [row.cells[0].innerText, row.cells[1].innerText])));

const EXPECTED = { 姓名: "王小明", 联系电话: "13000000000", 研修方向: "高中物理实验教学", 希望解决的问题和预期目标: LONG };

test("codes read from a picture of the paper bring the same form to the office", () => visit({ fragment: FORM, acceptDownloads: true }, async ({ page, context, host }) => {
  await fill(page);
  const shown = await page.locator(".zf-page:not(.zf-copy) .zf-code").count();
  const texts = await scan(page, "hand-over");
  assert.equal(texts.length, shown, "every code on the paper is read");
  assert.ok(texts.length > 1, "several codes are tried");
  for (const text of texts) assert.match(text, new RegExp(`^${host.address}#hand-over=9443\\d+$`));
  const original = unzip((await take(page, "下载Word文档")).bytes)["word/document.xml"];

  // A phone's camera opens a window for each.
  const windows = [];
  for (const text of [...texts].reverse()) {
    const office = await context.newPage();
    await office.goto(text);
    windows.push(office);
    await office.waitForFunction(() => location.hash === "#/receive");
    if (windows.length < texts.length) await office.getByText(/还差第/).waitFor();
  }
  const office = windows.at(-1);
  await office.getByRole("heading", { name: NAME }).waitFor();
  assert.deepEqual(await rows(office), EXPECTED);
  await office.locator(".zf-page").first().waitFor();
  const again = unzip((await take(office, "下载Word文档")).bytes)["word/document.xml"];
  assert.equal(again, original, "the office's document is the applicant's");
  assert.equal(await office.evaluate(() => localStorage.length + sessionStorage.length), 0, "nothing is stored");
}));

test("a hand scanner types the codes in any order; what is missing or damaged is said", async () => {
  let texts;
  await visit({ fragment: FORM }, async ({ page }) => {
    await fill(page);
    texts = (await scan(page, "hand-scanner")).map((text) => text.split("hand-over=")[1]);
  });
  await visit({ fragment: "#/receive" }, async ({ page, context, host }) => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await context.setOffline(true);
    await host.close();
    await page.reload();
    await page.getByLabel("扫码枪扫进来的内容").waitFor();
    const type = async (text) => {
      await page.locator("#scanned").fill(text);
      await page.locator("#scanned").press("Enter");
    };
    await type("");
    await page.getByText(/框里是空的/).waitFor();
    await type("6901234567892");
    await page.getByText("这不是资格自查表格上的二维码。").waitFor();
    const last = texts.at(-1);
    await type(`${last.slice(0, 40)}${(Number(last[40]) + 1) % 10}${last.slice(41)}`);
    await page.getByText("这个二维码没有读完整，请再扫一次。").waitFor();
    await type(last);
    await page.getByText(new RegExp(`这张表有${texts.length}个二维码，已经扫了1个，还差第`)).waitFor();
    await type(last);
    await page.getByText(/已经扫了1个/).waitFor();
    for (const text of texts.slice(0, -1)) await type(text);
    await page.getByRole("heading", { name: NAME }).waitFor();
    assert.deepEqual(await rows(page), EXPECTED);
    await page.locator(".zf-page").first().waitFor();
    await touch.press(page, button(page, "读下一张表"));
    await page.waitForFunction(() => !document.querySelector(".received"));
  });
});
