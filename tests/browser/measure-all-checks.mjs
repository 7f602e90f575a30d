// node tests/browser/measure-all-checks.mjs
//
// How long a changed answer takes on the page of all checks, in the shipped module: from the press that hands it in to the
// table and the next question being known, before anything is drawn. Prints median and 95th percentile in microseconds.

import { TEACHER } from "./applicants.mjs";
import { freshContext, serve } from "./harness.mjs";
import { PHONE, answer, asked, openCheck, touch } from "./person.mjs";

const ROUNDS = 12;

const host = await serve();
// Only an isolated page has a clock that is fine enough.
host.headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const context = await freshContext("current", PHONE);
const page = await openCheck(context, host, "#/all");
await page.evaluate(() => {
  window.times = [];
  let from = 0;
  // From the press of a button that hands an answer in to the moment when the app scrolls up, because it knows what to ask.
  for (const event of ["submit", "click"]) document.addEventListener(event, () => { from = performance.now(); }, true);
  const { scrollTo } = window;
  window.scrollTo = (...place) => {
    if (from) window.times.push(performance.now() - from);
    from = 0;
    scrollTo.apply(window, place);
  };
});
const order = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const fact = await asked(page);
  if (!fact || fact === "declarations") break;
  order.push(fact);
  await answer(page, touch, fact, TEACHER[fact] ?? null);
}
// Now each answer again and again, back and forth.
for (let again = 0; again < 60; again += 1) {
  await page.getByRole("button", { name: "上一题" }).tap();
  await page.waitForTimeout(20);
  const fact = await asked(page);
  await answer(page, touch, fact, TEACHER[fact] ?? null);
}
const times = (await page.evaluate(() => window.times)).map((time) => time * 1000).sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.floor((times.length - 1) * share)]);
console.log(`${times.length} changed answers across all checks: median ${at(0.5)} µs, 95 % ${at(0.95)} µs (isolated: ${await page.evaluate(() => window.crossOriginIsolated)})`);
await context.close();
await host.close();
