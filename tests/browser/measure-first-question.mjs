// node tests/browser/measure-first-question.mjs
//
// How long a phone waits that is four times slower than this machine, on a line of 1.6 Mbit/s with 150 ms to and fro: until
// something is on the page, and until the first question can be answered. The middle of so many runs, in seconds.

import { CHECK } from "./applicants.mjs";
import { serveCompressed } from "./compressed-host.mjs";
import { freshContext } from "./harness.mjs";
import { PHONE } from "./person.mjs";

const RUNS = 7;
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

const host = await serveCompressed();
const skeletons = [];
const questions = [];
for (let run = 0; run < RUNS; run += 1) {
  const context = await freshContext("current", PHONE);
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("Network.enable");
  await device.send("Network.emulateNetworkConditions", LINE);
  await device.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[data-question] input, [data-question] select")) return;
      observer.disconnect();
      // Once it is drawn, and the page is free to take a touch.
      requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }, 0));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(host.address + CHECK, { waitUntil: "commit" });
  await page.waitForFunction(() => window.usable);
  questions.push(await page.evaluate(() => window.usable));
  skeletons.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  await context.close();
}
host.close();

function middle(times) {
  times.sort((a, b) => a - b);
  return `${(times[Math.floor(times.length / 2)] / 1000).toFixed(2)} s (${(times[0] / 1000).toFixed(2)} to ${(times.at(-1) / 1000).toFixed(2)})`;
}

console.log(`something on the page: ${middle(skeletons)}, promised 1.0 s`);
console.log(`first question usable: ${middle(questions)}, promised 2.5 s`);
