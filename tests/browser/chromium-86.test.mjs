// WeChat's browser of 2022 and 2023 is Chromium 86. What the driver knows of roles needs a newer one,
// so this person finds things by the text of labels, buttons and links.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHECK, MANAGER } from "./applicants.mjs";
import { blank } from "./office-files.mjs";
import { asked, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

const FORM = `${CHECK}/form/recommendation`;
const WECHAT = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 XWEB/4317 MMWEBSDK/20220903 Mobile Safari/537.36 MicroMessenger/8.0.28";

const title = (page) => page.evaluate(() => document.querySelector("h1").innerText);

/** Puts a finger on the first visible element of this kind that starts with the text. */
async function tap(page, kind, text) {
  const spot = await page.evaluate(([kind, text]) => {
    const node = [...document.querySelectorAll(kind)].find((one) => one.innerText.trim().startsWith(text) && one.offsetParent !== null);
    if (!node) return null;
    node.scrollIntoView({ block: "center" });
    const { left, top, width, height } = node.getBoundingClientRect();
    return { x: left + Math.min(width / 2, 40), y: top + height / 2 };
  }, [kind, text]);
  assert.ok(spot, `${kind} with ${text}`);
  await page.touchscreen.tap(spot.x, spot.y);
}

async function next(page, before) {
  await page.waitForFunction((old) => document.querySelector("h1").innerText !== old, before);
}

async function type(page, ending, text) {
  await page.evaluate((id) => document.getElementById(id).focus(), `answer-${ending}`);
  await page.keyboard.type(text);
}

test("a whole check, with its form, in Chromium 86", () => visit({ kernel: "86" }, async ({ page }) => {
  assert.match(await page.evaluate(() => navigator.userAgent), /Chrome\/86\./);
  for (let questions = 0; questions < 40; questions += 1) {
    const before = await title(page);
    const fact = await asked(page);
    if (fact === undefined) break;
    if (fact === "declarations") {
      await tap(page, "button", "确认以上声明");
    } else if (/^\d{4}-/.test(MANAGER[fact])) {
      const [year, month, day] = MANAGER[fact].split("-");
      await type(page, "year", year);
      await type(page, "month", month);
      await type(page, "day", day);
      await tap(page, "button", "继续");
    } else {
      await tap(page, "label.option", MANAGER[fact]);
      await page.waitForFunction(() => document.querySelector("input:checked"));
      await tap(page, "button", "继续");
    }
    await next(page, before);
  }
  assert.match(await title(page), /若按本征求意见稿：\s*待认定/);
  assert.match(await page.evaluate(() => document.querySelector("main").innerText), /管理人员的例外[\s\S]*省人力资源社会保障厅/);
  await tap(page, "a", "填写少数民族");
  await page.waitForFunction(() => document.querySelector(".zf-page")?.innerText.includes("满族"));
}));

const has = (page, selector) => page.waitForFunction((selector) => document.querySelector(selector), selector);
const says = (page, selector, text) => page.waitForFunction(([selector, text]) => document.querySelector(selector)?.innerText.includes(text), [selector, text]);

/** Chooses a file, as the browser's own window would. */
function give(page, id, name, bytes) {
  return page.evaluate(([id, name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    const input = document.getElementById(id);
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, [id, name, [...bytes]]);
}

/** Presses a button that gives a file, and catches its bytes before the browser saves them. */
async function taken(page, text) {
  await page.evaluate(() => {
    window.caught = null;
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      window.caught = blob;
      URL.createObjectURL = createObjectURL;
      return createObjectURL.call(URL, blob);
    };
  });
  await tap(page, "button", text);
  await page.waitForFunction(() => window.caught);
  return Buffer.from(await page.evaluate(async () => [...new Uint8Array(await window.caught.arrayBuffer())]));
}

/** Fills in the name, and waits until it stands on the form. */
async function nameIn(page) {
  await has(page, ".zf-page");
  await tap(page, "#open-full_name", "填写");
  await has(page, "form.editor input");
  await page.evaluate(() => document.querySelector("form.editor input").focus());
  await page.keyboard.type("王小明");
  await tap(page, "button", "只保存");
  await says(page, ".zf-preview", "王小明");
}

test("a photograph, files out and in, and an office's own form, in Chromium 86", () => visit({ kernel: "86", fragment: FORM }, async ({ page }) => {
  await nameIn(page);
  const picture = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    const blob = await new Promise((done) => canvas.toBlob(done));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await give(page, "photo-file", "photo.png", picture);
  await has(page, "#photo-frame");
  await tap(page, "button", "用这张照片");
  await has(page, ".zf-photo img");
  const document = await taken(page, "下载Word文档");
  assert.match(unzip(document)["word/document.xml"], /王小明/);

  await page.evaluate(() => { location.hash = "#/own-form"; });
  await has(page, "#own-file");
  await give(page, "own-file", "表.docx", blank());
  await has(page, "#own-form");
  await has(page, "#own-download:not([disabled])");
  const filled = unzip(await taken(page, "下载填好的表"))["word/document.xml"];
  assert.match(filled, /王小明/);
  assert.match(filled, /<w:drawing>/);

  await page.evaluate(() => { location.reload(); });
  await has(page, "#own-file");
  await page.evaluate((form) => { location.hash = form; }, FORM);
  await has(page, ".zf-page");
  await give(page, "open-file", "表.docx", document);
  await says(page, ".opened", "项这里还没有填");
  await tap(page, "button", "把勾选的放进表里");
  await says(page, ".zf-preview", "王小明");
}));

test("in WeChat of its time, everything goes along to another browser", () => visit({ kernel: "86", fragment: FORM, userAgent: WECHAT }, async ({ page }) => {
  await nameIn(page);
  await tap(page, "button", "生成带内容的网址");
  await has(page, "#link");
  const address = await page.evaluate(() => document.getElementById("link").value);
  await page.goto("about:blank");
  await page.goto(address);
  await has(page, "#received");
  await says(page, "table.received", "王小明");
  await tap(page, "button", "这是我自己的，接着填");
  await says(page, ".opened", "项这里还没有填");
  await tap(page, "button", "把勾选的放进表里");
  await says(page, ".zf-preview", "王小明");
}));
