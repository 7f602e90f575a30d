// An office's own blank form: chosen, filled, looked over, downloaded; and files that are not taken.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK, TEACHER } from "./applicants.mjs";
import { axe, smallTargets } from "./eyes.mjs";
import { OUTPUT } from "./harness.mjs";
import { answerAll, touch, visit } from "./person.mjs";
import { unzip, zip } from "./zip.mjs";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const cell = (text, span = 1) => `<w:tc><w:tcPr><w:tcW w:w="${span * 2200}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ""}</w:tcPr><w:p>${text ? `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>` : ""}</w:p></w:tc>`;
const row = (...cells) => `<w:tr>${cells.join("")}</w:tr>`;

/** A small form as an office makes it: no marks for programs. */
function blank(extra = {}) {
  const rows = [
    row(cell("姓　名"), cell(""), cell("民族"), cell("")),
    row(cell("出生年月"), cell(""), cell("参加工作时间"), cell("")),
    row(cell("单位性质"), cell("", 3)),
    row(cell("吉祥物"), cell("", 3)),
    row(cell("单位意见"), cell("（盖章）　　年　月　日", 3)),
  ];
  const grid = '<w:gridCol w:w="2200"/>'.repeat(4);
  return zip({
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${MAIN}"><w:body><w:p><w:r><w:t>人选登记表</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid>${grid}</w:tblGrid>${rows.join("")}</w:tbl><w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
    ...extra,
  });
}

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
  // What is filled and not wanted is left out.
  const nation = page.locator(".item").filter({ hasText: "民族" });
  await touch.press(page, nation.getByRole("button"));
  await touch.press(page, page.locator("#cell-drop"));
  await settled(page);

  const { name, files } = await download(page);
  assert.equal(name, "人选登记表（已填）.docx");
  const text = files["word/document.xml"];
  assert.match(text, /小马/);
  assert.match(text, /1985/);
  assert.match(text, /2008/);
  assert.match(text, /事业单位/);
  assert.doesNotMatch(text, /满族/);
  assert.match(text, /（盖章）　　年　月　日/, "what is for ink stays");
  const before = unzip(blank());
  for (const part of Object.keys(before).filter((part) => part !== "word/document.xml")) assert.equal(files[part], before[part], part);
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
  const macro = blank({ "word/vbaProject.bin": "macros" });
  const old = Buffer.from("D0CF11E0A1B11AE1", "hex");
  const entities = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">]><d>&a;</d>';
  const bomb = Buffer.concat([blank(), Buffer.alloc(51_000_000)]);
  const deep = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${MAIN}"><w:body>${"<w:tbl><w:tr><w:tc>".repeat(10_000)}${"</w:tc></w:tr></w:tbl>".repeat(10_000)}</w:body></w:document>`;
  for (const [name, bytes] of [
    ["不是.docx", Buffer.from("%PDF-1.7")],
    ["断.docx", blank().subarray(0, 400)],
    ["空.docx", Buffer.alloc(0)],
    ["旧.doc", old],
    ["宏.docm", macro],
    ["实体.docx", blank({ "word/document.xml": entities })],
    ["层层.docx", blank({ "word/document.xml": deep })],
    ["大.docx", bomb],
  ]) {
    await choose(page, name, bytes);
    const words = await told(page);
    assert.match(words, /[一-龥]{4}.*。/, `${name}: ${words}`);
    assert.doesNotMatch(words, /[a-z]{12}|Error/, `${name}: ${words}`);
    assert.equal(await page.locator("#own-form").count(), 0, name);
  }
  await choose(page, "好.docx", blank());
  assert.equal(await page.locator("#own-told .warning").count(), 0);
  await page.locator("#own-form").waitFor();
}));
