// The gallery (crates/zige-ui/gallery.html): every component in each of its states, in the app's styles. What axe says of
// it, how large its targets are, and whether it still looks as it did: each example's picture as cells of 15 × 15 pixels,
// compared with some tolerance for another machine's fonts. ZIGE_UPDATE_PICTURES=1 accepts what is seen.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { axe, lost, smallTargets } from "./eyes.mjs";
import { OUTPUT, open, serve } from "./harness.mjs";
import { someone } from "./person.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const REFERENCES = join(here, "gallery");

/** The side of a cell, in pixels. */
const CELL = 15;
/** Cells are brightness in sixteenths for red, green and blue: so far apart are they different. */
const FAR = 3;
/** So many of a hundred cells of an example may be different: letters are not drawn alike everywhere. */
const MOST_PERCENT = 8;

const MODES = [
  ["normal", {}, "normal", 44],
  ["large", {}, "large", 60],
  ["dark", { colorScheme: "dark" }, "normal", 44],
];

/** Each example's cells, row by row, as one hexadecimal digit a colour. */
async function pictures(page) {
  const whole = (await page.screenshot({ fullPage: true, path: undefined })).toString("base64");
  return page.evaluate(async ([whole, cell]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${whole}`;
    await image.decode();
    const found = {};
    for (const example of document.querySelectorAll(".example")) {
      const { left, top, width, height } = example.getBoundingClientRect();
      const [columns, rows] = [Math.round(width / cell), Math.round(height / cell)];
      const canvas = new OffscreenCanvas(columns, rows);
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, left, top + scrollY, width, height, 0, 0, columns, rows);
      const { data } = context.getImageData(0, 0, columns, rows);
      const lines = [];
      for (let row = 0; row < rows; row += 1) {
        let line = "";
        for (let at = row * columns * 4; at < (row + 1) * columns * 4; at += 4) for (let colour = 0; colour < 3; colour += 1) line += (data[at + colour] >> 4).toString(16);
        lines.push(line);
      }
      found[example.id] = lines;
    }
    return found;
  }, [whole, CELL]);
}

/** What is different about an example; nothing when it looks as it did. */
function difference(before, now) {
  if (now === undefined) return "is not there any more";
  if (before === undefined) return "is new";
  if (Math.abs(before.length - now.length) > 1 + before.length / 20 || before[0]?.length !== now[0]?.length) return `was ${before[0]?.length / 3} × ${before.length} cells, is ${now[0]?.length / 3} × ${now.length}`;
  let far = 0;
  let cells = 0;
  for (const [row, line] of before.entries()) {
    // A line that moved by one row is where it was.
    const near = [row - 1, row, row + 1].map((at) => now[at]).filter(Boolean);
    for (let at = 0; at < line.length; at += 3) {
      cells += 1;
      const apart = (other) => Math.max(...[0, 1, 2].map((colour) => Math.abs(parseInt(line[at + colour], 16) - parseInt(other[at + colour], 16))));
      if (Math.min(...near.map(apart)) >= FAR) far += 1;
    }
  }
  const percent = Math.round((far * 100) / cells);
  return percent > MOST_PERCENT ? `${percent} % of its cells changed` : undefined;
}

test("every component: axe, targets, nothing cut off, and the same picture as before", async () => {
  const site = mkdtempSync(join(tmpdir(), "zige-gallery-"));
  cpSync(join(root, "crates/zige-ui/gallery.html"), join(site, "index.html"));
  cpSync(join(root, "web/styles.css"), join(site, "styles.css"));
  const host = await serve(site);
  const wrong = [];
  try {
    for (const [mode, options, size, target] of MODES) {
      const context = await someone({ viewport: { width: 360, height: 740 } }, options);
      const page = await open(context, host.address);
      await page.evaluate((size) => { document.querySelector(".zige").dataset.size = size; }, size);
      for (const finding of [...(await axe(page)), ...(await smallTargets(page, target)), ...(await lost(page))]) wrong.push(`${mode}: ${finding}`);
      const now = await pictures(page);
      const reference = join(REFERENCES, `${mode}.json`);
      if (process.env.ZIGE_UPDATE_PICTURES) writeFileSync(reference, `${JSON.stringify(now, null, 1)}\n`);
      const before = JSON.parse(readFileSync(reference, "utf8"));
      for (const id of new Set([...Object.keys(before), ...Object.keys(now)])) {
        const found = difference(before[id], now[id]);
        if (found) wrong.push(`${mode}: ${id} ${found}`);
      }
      mkdirSync(join(OUTPUT, "gallery"), { recursive: true });
      await page.screenshot({ fullPage: true, path: join(OUTPUT, "gallery", `${mode}.png`) });
      wrong.push(...page.said.filter((words) => !words.includes("favicon") && !words.includes("404")));
      await context.close();
    }
  } finally {
    await host.close();
    rmSync(site, { recursive: true });
  }
  assert.deepEqual(wrong, []);
});

test("a changed colour, a moved line and a missing example are seen", () => {
  const before = ["fff".repeat(10), "fff".repeat(10), "000".repeat(10), "fff".repeat(10)];
  assert.equal(difference(before, before), undefined);
  assert.equal(difference(before, [...before.slice(0, 2), ...before.slice(1)]), undefined);
  assert.match(difference(before, before.map((line) => line.replaceAll("f", "a"))), /% of its cells/);
  assert.match(difference(before, [...before, ...before]), /was 10 × 4 cells, is 10 × 8/);
  assert.match(difference(before, undefined), /not there/);
  assert.match(difference(undefined, before), /new/);
});
