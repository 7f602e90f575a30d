// Every page and state: for assistive technology, for fingers, for weak eyes; with a picture of each.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { OUTPUT, serve } from "./harness.mjs";
import { DESK, PHONE, someone } from "./person.mjs";
import { walk } from "./places.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** In CSS pixels: a thumb's width (WCAG 2.5.5). */
const LEAST_TARGET = 44;

/** Walks through the app with these options; `look(page, name)` says what is wrong in each state. */
async function everyPlace(name, options, look, prepare = async () => {}) {
  const folder = join(OUTPUT, name);
  mkdirSync(folder, { recursive: true });
  const host = await serve();
  const context = await someone({ hasTouch: true, ...options });
  const wrong = [];
  let stops = 0;
  try {
    const page = await walk(context, host, async (page, place) => {
      stops += 1;
      if (place === "home") await prepare(page);
      // From the top, where bars that stick to the window do not cover the page.
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `${place}.png`), fullPage: true });
      for (const finding of await look(page)) wrong.push(`${place}: ${finding}`);
    });
    wrong.push(...page.said);
  } finally {
    await context.close();
    await host.close();
  }
  assert.ok(stops >= 20, `${stops} states were seen`);
  assert.deepEqual([...new Set(wrong)], []);
}

/** What axe finds, whatever its impact. */
async function axe(page) {
  // Given by the debugger, which the page's policy does not bind.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const options = { resultTypes: ["violations"], rules: { region: { enabled: true } } };
    return (await window.axe.run(document, options)).violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => `${node.target} ${node.html.slice(0, 120)}`).slice(0, 3) }));
  });
  return violations.map(({ id, html }) => `${id} ${html.join(" ;; ")}`);
}

/** Things to press that are too small. Links inside a sentence may be as small as the sentence (WCAG 2.5.8). */
function smallTargets(page) {
  return page.evaluate((least) => {
    const small = [];
    for (const node of document.querySelectorAll("button, a[href], summary, input, textarea, select")) {
      if (node.closest(".zf-preview, [inert]") || !node.checkVisibility()) continue;
      const target = node.matches("input[type=radio], input[type=checkbox]") ? node.closest("label") : node;
      const inSentence = node.matches("a") && getComputedStyle(node).display === "inline";
      const { width, height } = target.getBoundingClientRect();
      const skip = node.matches(".skip");
      if (!skip && !inSentence && (height < least - 0.5 || width < least - 0.5)) small.push(`${Math.round(width)}×${Math.round(height)} ${node.outerHTML.slice(0, 100)}`);
    }
    return small;
  }, LEAST_TARGET);
}

/** Text that is cut off, or a page that must be moved sideways. */
function lost(page) {
  return page.evaluate(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) found.push(`${root.scrollWidth - root.clientWidth} px too wide`);
    for (const node of document.querySelectorAll("body *")) {
      if (node.closest(".zf-preview, .sr-only, .skip") || !node.checkVisibility()) continue;
      const style = getComputedStyle(node);
      if (style.overflowX !== "visible" && style.overflowX !== "auto" && node.scrollWidth > node.clientWidth + 1 && !node.matches("input, progress")) found.push(`cut off: ${node.outerHTML.slice(0, 100)}`);
      const box = node.getBoundingClientRect();
      if (box.width > 0 && box.right > root.clientWidth + 1 && node.children.length === 0 && node.textContent.trim()) found.push(`beyond the edge: ${node.outerHTML.slice(0, 100)}`);
    }
    return found;
  });
}

test("360×740: axe finds nothing, targets are large enough, nothing is cut off", () =>
  everyPlace("360x740", { viewport: PHONE.viewport, isMobile: true, deviceScaleFactor: 2 }, async (page) => [...(await axe(page)), ...(await smallTargets(page)), ...(await lost(page))]));

test("1280×800: axe finds nothing, in light, dark and forced colours", () =>
  everyPlace("1280x800", DESK, async (page) => {
    const found = [...(await axe(page)), ...(await lost(page))];
    await page.emulateMedia({ colorScheme: "dark" });
    for (const finding of await axe(page)) found.push(`dark: ${finding}`);
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    for (const finding of await axe(page)) found.push(`forced colours: ${finding}`);
    await page.emulateMedia({ colorScheme: null, forcedColors: null });
    return found;
  }));

test("dark on a phone", () => everyPlace("360x740-dark", { viewport: PHONE.viewport, isMobile: true, deviceScaleFactor: 2, colorScheme: "dark" }, axe));

test("长辈版: everything is larger and nothing is lost", () =>
  everyPlace("360x740-large", { viewport: PHONE.viewport, isMobile: true, deviceScaleFactor: 2 },
    async (page) => [...(await axe(page)), ...(await smallTargets(page)), ...(await lost(page))],
    async (page) => {
      const size = () => page.getByRole("heading", { level: 1 }).evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
      const before = await size();
      await page.getByRole("button", { name: "长辈版", exact: true }).tap();
      assert.ok((await size()) > before * 1.15);
    }));

test("text at 200 %: nothing is cut off, nothing moves sideways", () =>
  everyPlace("640x740-text-200", { viewport: { width: 640, height: 740 } }, lost, async (page) => {
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  }));
