// node tests/browser/lighthouse.mjs [FRAGMENT…]
//
// What Lighthouse says of the built app on a throttled phone (4 × slower, 1.6 Mbit/s, 150 ms), served compressed as a static
// host does. Prints scores and times; exit code 1 when a score is below what is promised. ZIGE_DIST is the app, CHROMIUM the
// browser.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { CHECK } from "./applicants.mjs";
import { serveCompressed } from "./compressed-host.mjs";

const PROMISED = { performance: 97, accessibility: 100, "best-practices": 100 };
const TIMES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
/** The middle of so many runs counts: a busy machine makes single ones slow. */
const RUNS = 3;

const host = await serveCompressed();

let below = 0;
for (const fragment of process.argv.length > 2 ? process.argv.slice(2) : ["#/", CHECK]) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const chrome = await launch({
      chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    const { lhr } = await lighthouse(host.address + fragment, { port: chrome.port, onlyCategories: Object.keys(PROMISED), logLevel: "error" });
    await chrome.kill();
    runs.push(lhr);
  }
  runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
  const lhr = runs[Math.floor(RUNS / 2)];
  const scores = Object.entries(PROMISED).map(([name, least]) => {
    const score = Math.round(lhr.categories[name].score * 100);
    if (score < least) below += 1;
    return `${name} ${score}${score < least ? ` (promised: ${least})` : ""}`;
  });
  console.log(`${fragment}: ${scores.join(", ")}`);
  console.log(`  ${TIMES.map((name) => `${name} ${lhr.audits[name].displayValue}`).join(", ")}`);
  for (const [name, { auditRefs }] of Object.entries(lhr.categories)) {
    for (const { id, weight } of auditRefs) {
      const { score, title } = lhr.audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${name}: ${title} (${id})`);
    }
  }
}
host.close();
process.exit(below > 0 ? 1 : 0);
