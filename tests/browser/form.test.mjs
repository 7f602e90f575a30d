// From an empty page to a filled 推荐表: preview, .docx, paper.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK, FORM_ENTRIES, TEACHER } from "./applicants.mjs";
import { OUTPUT } from "./harness.mjs";
import { answerAll, button, radio, touch, typeDate, visit } from "./person.mjs";
import { unzip } from "./zip.mjs";

const FORM = `${CHECK}/form/recommendation`;
const FILLED_BY_THE_CHECK = 8;

const item = (page, word, label) => page.getByRole("button", { name: new RegExp(`^${word} ?${label.replace(/[（）]/g, ".")}$`) });

/** Opens an item, enters the value and saves. */
async function fill(page, label, value) {
  await item(page, "填写", label).tap();
  const editor = page.getByRole("listitem").filter({ has: button(page, "只保存") }).last();
  if (Array.isArray(value)) {
    for (const [place, record] of value.entries()) {
      await editor.getByRole("button", { name: /^添加一条/ }).tap();
      const row = page.getByRole("region", { name: new RegExp(`^第${place + 1}条`) });
      for (const [name, text] of Object.entries(record)) await row.getByLabel(name, { exact: true }).fill(text);
    }
    await editor.getByRole("checkbox").check();
  } else if (/^\d{4}-\d\d/.test(value)) {
    await typeDate(page, touch, value);
  } else if (await editor.getByRole("radio").count()) {
    await radio(page, value).first().tap();
  } else {
    await editor.getByRole("textbox").fill(value);
  }
  await touch.press(page, button(page, "只保存"));
  await item(page, "修改", label).waitFor();
}

/** What the document must show for an entry, without spaces. */
function texts(value, tag) {
  if (tag.endsWith("=")) return [`☑${value}`];
  if (Array.isArray(value)) return value.length ? value.flatMap(Object.values) : ["无"];
  const date = /^(\d{4})-(\d\d)/.exec(value);
  return date ? [`${date[1]}.${date[2]}`] : [value];
}

async function download(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), touch.press(page, button(page, "下载Word文档"))]);
  assert.match(file.suggestedFilename(), /^少数民族专业技术人才特殊培养人选推荐表（样表）\.docx$/);
  await page.getByText(/文档已经交给浏览器下载/).waitFor();
  return unzip(readFileSync(await file.path()));
}

/** The text of each content control, by tag. */
function controls(document) {
  const found = {};
  for (const [control, tag] of document.matchAll(/<w:sdt>(?:(?!<w:sdt>)[\s\S])*?<w:tag w:val="([^"]+)"\/>[\s\S]*?<\/w:sdt>/g)) {
    found[tag] = (found[tag] ?? "") + [...control.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join("");
  }
  return found;
}

test("an empty form is filled item by item, downloaded and printed", () => visit({ fragment: FORM, acceptDownloads: true }, async ({ page }) => {
  await page.getByText(`还有${FORM_ENTRIES.length}项没有填`).waitFor();
  for (const [label, value] of FORM_ENTRIES) await fill(page, label, value);
  await page.getByText("都填好了。请核对后打印或者下载。").waitFor();

  const sheets = page.locator(".zf-page");
  await page.waitForFunction(() => document.querySelector(".zf-preview")?.innerText.includes("五名青年教师"));
  const preview = (await sheets.allInnerTexts()).join("").replace(/\s/g, "");
  for (const [label, value, tag] of FORM_ENTRIES) {
    for (const text of texts(value, tag)) assert.ok(preview.includes(text.replace(/\s/g, "")), `${label} in the preview: ${text}`);
  }
  assert.match(preview, /样表（非官方）/);

  const files = await download(page);
  const document = files["word/document.xml"];
  const found = controls(document);
  const plain = document.replace(/<[^>]+>/g, "").replace(/\s/g, "");
  for (const [label, value, tag] of FORM_ENTRIES) {
    if (tag.endsWith("=")) {
      const boxes = Object.entries(found).filter(([key]) => key.startsWith(tag)).map(([, mark]) => mark);
      assert.deepEqual(boxes.sort(), ["□", "☑"], label);
      assert.ok(plain.includes(`☑${value}`), label);
      continue;
    }
    for (const text of texts(value, tag)) {
      const inside = tag in found ? found[tag].replace(/\s/g, "") : plain;
      assert.ok(tag in found || Array.isArray(value), `${label} has the tag ${tag}`);
      assert.ok(inside.includes(text.replace(/\s/g, "")), `${label} in the document: ${text} in ${inside.slice(0, 80)}`);
    }
  }

  mkdirSync(OUTPUT, { recursive: true });
  const pdf = join(OUTPUT, "recommendation.pdf");
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }))[1]);
  assert.equal(pages, await sheets.count(), "as many sheets of paper as in the preview");
  const paper = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).replace(/\s/g, "");
  for (const words of ["王小明", "满族", "210682198503070", "凤城市样例中学", "高中物理实验教学", "样表（非官方）"]) assert.ok(paper.includes(words), words);
  assert.ok(!paper.includes("下载Word文档"), "the page around is not printed");
}));

test("what the check asked is in the form already, and a change there counts in the check", () => visit({}, async ({ page }) => {
  await answerAll(page, touch, TEACHER);
  await page.getByRole("link", { name: /^填写少数民族/ }).tap();
  await page.getByText(/还有\d+项没有填/).waitFor();
  const empty = Number(/还有(\d+)项/.exec(await page.getByText(/还有\d+项没有填/).innerText())[1]);
  assert.ok(empty <= FORM_ENTRIES.length - FILLED_BY_THE_CHECK, `${empty} are left`);
  await item(page, "修改", "职称等级").tap();
  await radio(page, "助理级").first().tap();
  await touch.press(page, button(page, "只保存"));
  await page.getByRole("link", { name: /自查结果/ }).first().tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.includes("不符合"));
}));
