// What a person answers leaves no trace: not in what is asked of the host, not in an address, not in a store.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { CHECK, JUNIOR, MANAGER, TEACHER } from "./applicants.mjs";
import { DIST } from "./harness.mjs";
import { answerAll, touch, visit } from "./person.mjs";

/** The files that a visit asks for, sorted, and the addresses that the address bar showed. */
async function traces(answers) {
  let traces;
  await visit({}, async ({ page, host }) => {
    const shown = new Set();
    page.on("framenavigated", (frame) => shown.add(frame.url()));
    await answerAll(page, touch, answers);
    await page.goto(`${host.address}${CHECK}/form/recommendation`);
    await page.getByRole("button", { name: "下载Word文档" }).and(page.locator(":enabled")).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForTimeout(300);
    shown.add(page.url());
    const stores = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
    }));
    const files = host.requests.map(({ method, name }) => `${method} ${name}`);
    traces = { files: [...new Set(files)].sort(), shown: [...shown].map((address) => address.replace(host.address, "")), stores };
  });
  return traces;
}

test("the same files are asked for, whatever is answered", async () => {
  const [eligible, settledEarly, open] = [await traces(TEACHER), await traces(JUNIOR), await traces({ ...MANAGER, birth_date: null })];
  assert.deepEqual(eligible.files, settledEarly.files);
  assert.deepEqual(eligible.files, open.files);
  for (const file of eligible.files) {
    assert.match(file, /^GET (index\.html|service-worker\.js|[a-z0-9-]+-[0-9a-f]{16}\.\w+)$/);
  }
  for (const { shown, stores } of [eligible, settledEarly, open]) {
    for (const address of shown) {
      assert.match(decodeURIComponent(address), /^#\/p\/liaoning-minority-professionals-draft\/trainee(\/result|\/form\/recommendation)?$/);
    }
    assert.deepEqual(stores, { local: 0, session: 0, cookies: "", databases: 0 });
  }
});

test("the page's policy allows nothing inline and nothing from elsewhere", () => {
  const page = readFileSync(join(DIST, "index.html"), "utf8");
  const policy = /http-equiv="?Content-Security-Policy"?\s+content="([^"]*)"/.exec(page)[1];
  const rules = Object.fromEntries(policy.split(";").map((rule) => rule.trim().split(/ (.*)/, 2)));
  // No default-src: what compiles WASM is named differently by old kernels, and boot.js adds that rule.
  for (const what of ["script-src-attr", "font-src", "media-src", "frame-src", "object-src", "base-uri", "form-action"]) assert.equal(rules[what], "'none'", what);
  for (const what of ["script-src-elem", "style-src", "connect-src", "manifest-src"]) assert.equal(rules[what], "'self'", what);
  assert.doesNotMatch(policy, /unsafe-inline|https?:|\*/);
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|\sstyle=/);
  for (const [tag] of page.matchAll(/<(script|link)[^>]*(src|href)=[^>]*>/g)) {
    // boot.js checks what is fetched; pictures and the manifest cannot be checked.
    if (/rel="?(icon|manifest|apple-touch-icon)|as="?fetch/.test(tag)) continue;
    assert.match(tag, /integrity="?sha/, tag);
  }
});

test("a whole check breaks no rule of the policy", () => visit({}, async ({ page }) => {
  await page.evaluate(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await answerAll(page, touch, MANAGER);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
}));

test("clearing asks first, then everything is gone", () => visit({}, async ({ page, host }) => {
  await answerAll(page, touch, JUNIOR);
  await page.getByRole("button", { name: "清除全部已填内容" }).tap();
  await page.getByRole("button", { name: "不清除" }).tap();
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /不符合/);
  await page.getByRole("button", { name: "清除全部已填内容" }).tap();
  await page.getByRole("button", { name: "确定，全部清除" }).tap();
  await page.getByText("已全部清除。").waitFor();
  await page.goto(`${host.address}${CHECK}`);
  await page.getByText("大约").first().waitFor();
  assert.equal(await page.getByRole("button", { name: /已填答案/ }).count(), 0);
  assert.equal(await page.getByRole("radio", { checked: true }).count(), 0);
}));
