// node tests/browser/lighthouse.mjs [FRAGMENT…]
//
// What Lighthouse says of the built app on a throttled phone (4 × slower, 1.6 Mbit/s, 150 ms), served compressed as a static
// host does. Prints scores and times; exit code 1 when a score is below what is promised. ZIGE_DIST is the app, CHROMIUM the
// browser.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { DIST, TYPES } from "./harness.mjs";

const PROMISED = { performance: 97, accessibility: 100, "best-practices": 100 };
const TIMES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
/** The middle of so many runs counts: a busy machine makes single ones slow. */
const RUNS = 3;

const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1) || "index.html";
  const file = join(DIST, name);
  if (name.includes("..") || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const packed = existsSync(`${file}.br`) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
  const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "max-age=31536000" };
  response.writeHead(200, packed ? { ...headers, "Content-Encoding": "br" } : headers).end(readFileSync(packed ? `${file}.br` : file));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://localhost:${server.address().port}/`;

let below = 0;
for (const fragment of process.argv.length > 2 ? process.argv.slice(2) : ["#/", "#/all"]) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const chrome = await launch({
      chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    const { lhr } = await lighthouse(address + fragment, { port: chrome.port, onlyCategories: Object.keys(PROMISED), logLevel: "error" });
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
server.close();
process.exit(below > 0 ? 1 : 0);
