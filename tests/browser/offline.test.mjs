// After the first visit the network may go.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MANAGER } from "./applicants.mjs";
import { mounted } from "./harness.mjs";
import { answerAll, heading, touch, visit } from "./person.mjs";

test("with the host gone: reload, a whole check, and a form", () => visit({ fragment: "#/" }, async ({ page, host }) => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await host.close();
  await page.reload();
  await mounted(page);
  await page.getByRole("link", { name: /辽宁特培/ }).first().tap();
  await page.getByRole("link", { name: /我能报名当特培学员吗/ }).tap();
  await page.waitForFunction(() => document.querySelector("h1").innerText.startsWith("您"));
  await answerAll(page, touch, MANAGER);
  assert.match(await heading(page), /待认定/);
  await page.getByRole("link", { name: /^填写少数民族/ }).tap();
  await page.locator(".zf-page").first().waitFor();
  assert.match(await page.locator(".zf-preview").innerText(), /满族/);
}));
