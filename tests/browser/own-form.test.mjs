// An office's own blank form: chosen, filled, looked over, downloaded; and files that are not taken.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK, TEACHER } from "./applicants.mjs";
import { axe, smallTargets } from "./eyes.mjs";
import { picture } from "./form-page.mjs";
import { OUTPUT } from "./harness.mjs";
import { HOSTILE, blank } from "./office-files.mjs";
import { answerAll, button, touch, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

async function choose(page, name, bytes) {
  await page.locator("#own-file").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
  await page.waitForFunction(() => !document.querySelector("#own-told [role=status]").innerText && (document.querySelector("#own-form") || document.querySelector("#own-told .warning")));
}

const told = (page) => page.locator("#own-told .warning").innerText();

/** The page fills the form anew after each decision. */
async function settled(page) {
  await page.waitForFunction(() => !document.querySelector("#own-told [role=status]").innerText);
}

async function download(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), touch.press(page, page.locator("#own-download"))]);
  return { name: file.suggestedFilename(), files: unzip(readFileSync(await file.path())) };
}

test("a blank form is filled from the answers, corrected, and downloaded", () => visit({ acceptDownloads: true }, async ({ page }) => {
  await answerAll(page, touch, TEACHER);
  await page.evaluate(() => { location.hash = "#/own-form"; });
  await page.locator("#own-file").waitFor();
  await choose(page, "人选登记表.docx", blank());
  assert.ok(await page.locator("#own-form").evaluate((node) => node === document.activeElement), "focus is on what was found");
  const found = await page.getByRole("main").innerText();
  assert.match(found, /满族/);
  assert.match(found, /吉祥物/);
  await page.screenshot({ path: join(OUTPUT, "own-form-360.png"), fullPage: true });
  assert.deepEqual([...(await axe(page)), ...(await smallTargets(page))], []);

  // What is not recognised is written by the person.
  const line = page.locator(".item").filter({ hasText: "吉祥物" });
  await touch.press(page, line.getByRole("button"));
  assert.ok(await page.locator("#cell-title").evaluate((node) => node === document.activeElement));
  await page.locator("#cell-text").fill("小马");
  await touch.press(page, page.locator("#cell-use"));
  await settled(page);
  // What has no answer gets another one.
  await touch.press(page, page.locator(".item").filter({ hasText: "通讯地址" }).getByRole("button"));
  await page.getByLabel("或者换成另一项答过的资料").selectOption({ label: "单位所在县（市）" });
  await touch.press(page, page.locator("#cell-use"));
  await settled(page);
  // With nothing in it, it stays open and says so.
  await touch.press(page, line.getByRole("button"));
  await page.locator("#cell-text").fill(" ");
  assert.equal(await page.locator("#cell-fact").inputValue(), "");
  await touch.press(page, page.locator("#cell-use"));
  await page.getByText("请写上要填的字，或者选一项。").waitFor();
  await touch.press(page, page.locator("#cell-close"));
  // What is filled and not wanted is left out.
  const nation = page.locator(".item").filter({ hasText: "民族" });
  await touch.press(page, nation.getByRole("button"));
  await touch.press(page, page.locator("#cell-drop"));
  await settled(page);

  const { name, files } = await download(page);
  assert.equal(name, "人选登记表（已填）.docx");
  const text = files["word/document.xml"];
  assert.match(text, /小马/);
  assert.match(text, /凤城市/);
  assert.match(text, /1985/);
  assert.match(text, /2008/);
  assert.match(text, /事业单位/);
  assert.doesNotMatch(text, /满族/);
  assert.match(text, /（盖章）　　年　月　日/, "what is for ink stays");
  const before = unzip(blank());
  for (const part of Object.keys(before).filter((part) => part !== "word/document.xml")) assert.equal(files[part], before[part], part);
}));

test("a form that is dropped on the page gets the photograph that it asks for", () => visit({ fragment: "#/own-form", acceptDownloads: true }, async ({ page }) => {
  await page.locator("#own-file").waitFor();
  await page.evaluate((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "带照片.docx"));
    for (const type of ["dragover", "drop"]) document.querySelector("h1").dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [...blank()]);
  await page.locator("#own-form").waitFor();
  await page.locator("#photo-file").setInputFiles(await picture(page));
  await page.locator("#photo-frame").waitFor();
  await touch.press(page, button(page, "用这张照片"));
  await page.locator("#photo-told").filter({ hasText: "照片已经放进表里" }).waitFor();
  await settled(page);
  await page.screenshot({ path: join(OUTPUT, "own-form-photo-360.png"), fullPage: true });
  const taken = await download(page);
  assert.equal(taken.name, "带照片（已填）.docx");
  assert.match(taken.files["word/document.xml"], /<w:drawing>/);
  assert.ok(Object.keys(taken.files).some((name) => name.startsWith("word/media/")));
  await touch.press(page, button(page, "不用照片了"));
  await settled(page);
  assert.doesNotMatch((await download(page)).files["word/document.xml"], /<w:drawing>/);
}));

test("decisions about a form are kept only when asked, and cleared with everything", () => visit({ fragment: "#/own-form" }, async ({ page }) => {
  const stored = () => page.evaluate(() => localStorage.length + sessionStorage.length);
  const drop = async () => {
    const line = page.locator(".item").filter({ hasText: "吉祥物" });
    await touch.press(page, line.getByRole("button"));
    await touch.press(page, page.locator("#cell-drop"));
    await settled(page);
  };
  const dropped = () => page.locator(".item").filter({ hasText: "吉祥物" }).innerText();
  await page.locator("#own-file").waitFor();
  await choose(page, "表.docx", blank());
  await drop();
  assert.equal(await stored(), 0);
  await page.locator("#keep-corrections").check();
  assert.equal(await stored(), 1);
  await page.reload();
  await page.locator("#own-file").waitFor();
  await choose(page, "表.docx", blank());
  await page.locator("#own-dropped").waitFor();
  assert.match(await dropped(), /吉祥物/);
  await touch.press(page, page.locator("#clear"));
  await touch.press(page, page.locator("#clear-yes"));
  await page.getByText("已全部清除。").waitFor();
  assert.equal(await stored(), 0);
}));

test("files that cannot be taken are refused in plain words, and the next one is", () => visit({ fragment: "#/own-form" }, async ({ page }) => {
  await page.locator("#own-file").waitFor();
  for (const [name, make] of Object.entries(HOSTILE)) {
    await choose(page, name, make());
    const words = await told(page);
    assert.match(words, /[一-龥]{4}.*。/, `${name}: ${words}`);
    assert.doesNotMatch(words, /[a-z]{12}|Error/, `${name}: ${words}`);
    assert.equal(await page.locator("#own-form").count(), 0, name);
  }
  await choose(page, "好.docx", blank());
  assert.equal(await page.locator("#own-told .warning").count(), 0);
  await page.locator("#own-form").waitFor();
}));
