// The photograph: chosen, cut to size with a finger or with keys, and placed into preview, document and print.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK } from "./applicants.mjs";
import { picture, ready, take } from "./form-page.mjs";
import { OUTPUT } from "./harness.mjs";
import { DESK, button, tabTo, touch, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

const FORM = `${CHECK}/form/recommendation`;
const RED = [220, 0, 0];
const BLUE = [0, 0, 220];

/** Size and the colours at a quarter and three quarters of the width. */
function look(page, address) {
  return page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const colour = (share) => [...context.getImageData(Math.floor(canvas.width * share), canvas.height >> 1, 1, 1).data].slice(0, 3);
    return { size: [canvas.width, canvas.height], left: colour(0.25), right: colour(0.75) };
  }, address);
}

function like(colour, expected) {
  colour.forEach((part, place) => assert.ok(Math.abs(part - expected[place]) < 30, `${colour} is like ${expected}`));
}

const placed = (page) => page.locator(".zf-page:not(.zf-copy) .zf-photo img").getAttribute("src");

async function choose(page) {
  await ready(page);
  await page.locator("#photo-file").setInputFiles(await picture(page));
  await page.locator("#photo-frame").waitFor();
}

/** Uses what the frame shows, and waits until it stands on the form in the place of the one before. */
async function useAnother(page) {
  const before = await placed(page);
  await touch.press(page, button(page, "用这张照片"));
  await page.waitForFunction((before) => document.querySelector(".zf-page:not(.zf-copy) .zf-photo img")?.src !== before, before);
}

test("a photograph is dragged into place and stands in preview, document and print", () => visit({ fragment: FORM, acceptDownloads: true }, async ({ page }) => {
  await choose(page);
  await touch.press(page, button(page, "用这张照片"));
  await page.locator(".zf-photo img").first().waitFor();
  const middle = await look(page, await placed(page));
  assert.deepEqual(middle.size, [295, 413]);
  like(middle.left, RED);
  like(middle.right, BLUE);

  // To the right, so that its left part comes into the frame.
  await page.locator("#photo-frame").scrollIntoViewIfNeeded();
  const box = await page.locator("#photo-frame").boundingBox();
  await page.mouse.move(box.x + 50, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 230, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await useAnother(page);
  const moved = await look(page, await placed(page));
  like(moved.left, RED);
  like(moved.right, RED);

  await page.getByLabel("二寸 35×49毫米").check();
  await useAnother(page);
  assert.deepEqual((await look(page, await placed(page))).size, [413, 578]);

  const file = await take(page, "下载Word文档");
  assert.match(unzip(file.bytes)["word/document.xml"], /<wp:inline [\s\S]*r:embed="rIdPhoto"/);
  assert.ok(file.bytes.includes(Buffer.from("word/media/photo.jpeg")));
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, "photo.docx"), file.bytes);
  const pdf = join(OUTPUT, "photo.pdf");
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  assert.match(execFileSync("pdfimages", ["-list", pdf], { encoding: "utf8" }), /image\s+413\s+578/);
  await page.screenshot({ path: join(OUTPUT, "photo.png"), fullPage: true });

  await touch.press(page, button(page, "不用照片了"));
  await page.waitForFunction(() => document.querySelector(".zf-photo") && !document.querySelector(".zf-photo img"));
}));

test("with keys alone", () => visit({ screen: DESK, fragment: FORM }, async ({ page }) => {
  await choose(page);
  const across = page.getByLabel("左右");
  await tabTo(page, across);
  await page.keyboard.press("End");
  await tabTo(page, button(page, "用这张照片"));
  await page.keyboard.press("Enter");
  await page.locator(".zf-photo img").first().waitFor();
  const right = await look(page, await placed(page));
  like(right.left, BLUE);
  like(right.right, BLUE);
}));

test("what is no picture is refused; clearing everything clears the photograph", () => visit({ fragment: FORM }, async ({ page }) => {
  await ready(page);
  await page.locator("#photo-file").setInputFiles({ name: "photo.heic", mimeType: "image/heic", buffer: Buffer.from("no picture") });
  await page.getByText("这张照片打不开。请换成JPG或者PNG格式的照片再试。").waitFor();
  await choose(page);
  await touch.press(page, button(page, "用这张照片"));
  await page.locator(".zf-photo img").first().waitFor();
  await touch.press(page, button(page, "清除全部已填内容"));
  await touch.press(page, button(page, "确定，全部清除"));
  await page.getByText("已全部清除。").waitFor();
  await page.evaluate((form) => { location.hash = form; }, FORM);
  await ready(page);
  assert.equal(await page.locator(".zf-photo img").count(), 0);
  assert.equal(await page.locator("#photo-frame").count(), 0);
}));
