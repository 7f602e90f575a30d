// <zige-check> on another office's page: another origin, its own strict policy, two on one page.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { PACK, TEACHER } from "./applicants.mjs";
import { DIST, PKG, open, serve } from "./harness.mjs";
import { PHONE, someone } from "./person.mjs";

/** Works on two hosts: one with the package and the packs, one with a plain page that uses them. */
async function onAnotherPage(work) {
  const folder = mkdtempSync(join(tmpdir(), "zige-widget-"));
  const [library, site] = [join(folder, "library"), join(folder, "site")];
  cpSync(PKG, library, { recursive: true });
  cpSync(join(DIST, readdirSync(DIST).find((name) => /^packs-.*\.bin$/.test(name))), join(library, "packs.zige"));
  const there = await serve(library);
  there.headers = { "Access-Control-Allow-Origin": "*" };
  const element = (check) => `<zige-check pack="${PACK}" check="${check}" packs="${there.address}packs.zige"></zige-check>`;
  cpSync(new URL("widget-page.js", import.meta.url), join(site, "page.js"));
  writeFileSync(join(site, "index.html"), `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>县人社局</title>
<script src="page.js"></script><script type="module" src="${there.address}element.js"></script>
<h1>县人社局</h1><p>请先自查：</p>${element("trainee")}<hr>${element("trainee")}</html>`);
  const here = await serve(site);
  const origin = new URL(there.address).origin;
  here.headers = {
    "Content-Security-Policy": `default-src 'none'; script-src 'self' ${origin} 'wasm-unsafe-eval'; style-src ${origin}; connect-src ${origin}; base-uri 'none'; form-action 'none'`,
  };
  const context = await someone(PHONE);
  try {
    const page = await open(context, here.address);
    page.setDefaultTimeout(60_000);
    await work(page, there);
    assert.deepEqual(page.said.filter((words) => !words.includes("favicon")), []);
  } finally {
    await context.close();
    await Promise.all([there.close(), here.close()]);
    rmSync(folder, { recursive: true });
  }
}

const asked = async (widget) => {
  const question = widget.locator("[data-question]");
  return (await question.count()) ? question.getAttribute("data-question") : "";
};

/** Answers all that one of the elements asks. */
async function answerIn(widget, answers) {
  const title = widget.getByRole("heading", { level: 1 });
  for (let questions = 0; questions < 40; questions += 1) {
    const before = await title.innerText();
    const fact = await asked(widget);
    if (fact && /^\d{4}-/.test(answers[fact])) {
      const [year, month, day] = answers[fact].split("-");
      for (const [name, part] of [["年", year], ["月", month], ["日", day]]) await widget.getByLabel(name, { exact: true }).fill(part);
    } else if (fact && fact !== "declarations") {
      await widget.getByRole("radio", { name: new RegExp(`^${answers[fact]}`) }).first().tap();
    } else if (!fact) {
      return before;
    }
    await widget.getByRole("button", { name: /^(继续|确认以上声明，继续)$/ }).tap();
    await title.filter({ hasNotText: before }).waitFor();
  }
  throw new Error("the questions do not end");
}

test("two checks on a plain page under a strict policy; events tell a verdict and nothing of the person", () => onAnotherPage(async (page, there) => {
  const widgets = page.locator("zige-check");
  await widgets.nth(1).getByRole("heading", { level: 1 }).waitFor();
  assert.match(await answerIn(widgets.nth(0), TEACHER), /若按本征求意见稿：\s*符合/);
  assert.match(await widgets.nth(1).getByRole("heading", { level: 1 }).innerText(), /^您的工作单位/, "the other element knows nothing of it");
  assert.match(await answerIn(widgets.nth(1), { ...TEACHER, unit_place: "都不是" }), /不符合/);

  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.length >= 10, `${heard.length} events`);
  for (const { name, detail } of heard) {
    assert.equal(name, "zige-verdict");
    assert.deepEqual(Object.keys(detail).sort(), ["check", "pack", "possible", "verdict"]);
    assert.equal(detail.pack, PACK);
    assert.equal(detail.check, "trainee");
  }
  const last = (place) => heard.filter((one) => one.place === place).at(-1).detail;
  assert.deepEqual([last(0).verdict, last(0).possible], ["eligible", ["eligible"]]);
  assert.deepEqual([last(1).verdict, last(1).possible], ["ineligible", ["ineligible"]]);

  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.equal(new URL(page.url()).hash, "", "the page's address is the page's");
  assert.equal(await page.title(), "县人社局");
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  const names = there.requests.map(({ name }) => name);
  assert.equal(names.filter((name) => name.endsWith(".wasm")).length, 1, "two elements, one module");
}));

test("an element that is taken away and put back starts anew", () => onAnotherPage(async (page) => {
  const first = page.locator("zige-check").first();
  await first.getByRole("radio", { name: "凤城市" }).tap();
  await page.evaluate(() => {
    const element = document.querySelector("zige-check");
    const parent = element.parentElement;
    element.remove();
    parent.append(element);
  });
  const moved = page.locator("zige-check").last();
  await moved.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await moved.getByRole("radio", { checked: true }).count(), 0);
}));
