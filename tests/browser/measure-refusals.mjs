// node tests/browser/measure-refusals.mjs
//
// How long it takes until a file that cannot be taken is refused in words: on the page of an office's own form, and where a
// form's own file is opened again. From the moment that the browser has the file; prints a Markdown table.

import { CHECK } from "./applicants.mjs";
import { freshContext, serve } from "./harness.mjs";
import { HOSTILE, blank } from "./office-files.mjs";
import { PHONE } from "./person.mjs";

const PAGES = [
  ["own form", "#/own-form", "#own-file", "#own-told .warning", "#own-form"],
  ["opened again", `${CHECK}/form/recommendation`, "#open-file", "#opened [role=status]", ".opened"],
];

const host = await serve();
const context = await freshContext("current", PHONE);
console.log("| file | page | refused after |\n|---|---|---|");
for (const [name, fragment, input, told, taken] of PAGES) {
  const page = await context.newPage();
  await page.goto(`${host.address}${fragment}`);
  await page.locator(input).waitFor();
  await page.evaluate(([input, told, taken]) => {
    document.addEventListener("change", (event) => {
      if (event.target.id !== input.slice(1)) return;
      const from = performance.now();
      const watch = new MutationObserver(() => {
        const words = document.querySelector(told)?.innerText ?? "";
        if (!document.querySelector(taken) && !words.endsWith("。")) return;
        watch.disconnect();
        window.took = performance.now() - from;
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      window.took = null;
    }, true);
  }, [input, told, taken]);
  // The module is there once a file was looked at.
  const warmUp = ["（先读一个好的文件）", () => blank()];
  for (const [file, make] of [warmUp, ...Object.entries(HOSTILE)]) {
    await page.locator(input).setInputFiles({ name: file === warmUp[0] ? "表.docx" : file, mimeType: "application/octet-stream", buffer: make() });
    await page.waitForFunction(() => typeof window.took === "number");
    console.log(`| ${file} | ${name} | ${Math.round(await page.evaluate(() => window.took))} ms |`);
    await page.evaluate(() => { window.took = null; });
  }
}
await context.close();
await host.close();
