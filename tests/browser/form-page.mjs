// What a person does on the page of a form: downloads, opens files again, reads codes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { button, touch } from "./person.mjs";

/** Presses a button that gives a file; its name and bytes. */
export async function take(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), touch.press(page, button(page, name))]);
  await page.locator("#taken").filter({ hasText: /已经交给浏览器下载/ }).waitFor();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Opens a file on the page of a form, and waits until it says what it found. */
export async function openFile(page, { name, bytes }) {
  await page.locator("#open-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
  await page.waitForFunction(() => document.querySelector(".opened") || /[。]$/.test(document.querySelector("#opened [role=status]")?.innerText ?? ""));
}

/** Takes what was found into the form. */
export async function accept(page) {
  await touch.press(page, button(page, "把勾选的放进表里"));
  await page.locator("#opened").filter({ hasText: /已经把\d+项放进/ }).waitFor();
}

/** The items of the form with their content, by id. */
export function items(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".form-page .item")].map((item) => [item.dataset.item, item.querySelector(".item-content").innerText])));
}

/** Opens the page of a form that is ready to be printed. */
export async function ready(page) {
  await page.locator(".zf-page").first().waitFor();
  await assert.doesNotReject(page.locator("#print:not([disabled])").waitFor());
}

/** Fills one line of text. Whether the form took it. */
export async function fillLine(page, id, text) {
  await touch.press(page, page.locator(`#open-${id}`));
  const editor = page.locator(`.item[data-item="${id}"] .editor`);
  await editor.waitFor();
  const boxes = editor.getByRole("textbox");
  const line = (await boxes.count()) === 1;
  if (line) {
    await boxes.fill(text);
    await touch.press(page, button(page, "只保存"));
    // Taken, or an error that says why not.
    await page.waitForFunction((id) => !document.querySelector(`.item[data-item="${id}"] .editor`) || document.querySelector(".error-summary"), id);
  }
  const left = await editor.count();
  if (left) await touch.press(page, button(page, "取消"));
  return line && left === 0;
}

/** A wide picture: red on the left, blue on the right. */
export async function picture(page) {
  const address = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [800, 600];
    const context = canvas.getContext("2d");
    context.fillStyle = "rgb(220, 0, 0)";
    context.fillRect(0, 0, 400, 600);
    context.fillStyle = "rgb(0, 0, 220)";
    context.fillRect(400, 0, 400, 600);
    return canvas.toDataURL("image/png");
  });
  return { name: "photo.png", mimeType: "image/png", buffer: Buffer.from(address.split(",")[1], "base64") };
}
