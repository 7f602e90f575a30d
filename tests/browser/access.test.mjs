// Every page and state: for assistive technology, for fingers, for weak eyes; with a picture of each.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { axe, lost, smallTargets, smallText } from "./eyes.mjs";
import { OUTPUT, serve } from "./harness.mjs";
import { DESK, PHONE, someone } from "./person.mjs";
import { walk } from "./places.mjs";

/** In CSS pixels, of everything that is pressed in 长辈版. */
const LARGE_TARGET = 60;
/** In CSS pixels, of the text that is read in 长辈版. */
const LARGE_TEXT = 18;

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
      await prepare(page);
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

test("dark on a phone, and 长辈版 in dark and in forced colours", () =>
  everyPlace("360x740-dark", { viewport: PHONE.viewport, isMobile: true, deviceScaleFactor: 2, colorScheme: "dark" }, async (page) => {
    const found = await axe(page);
    const size = (value) => page.evaluate((size) => { document.querySelector(".zige").dataset.size = size; }, value);
    await size("large");
    for (const finding of await axe(page)) found.push(`large: ${finding}`);
    await page.emulateMedia({ forcedColors: "active" });
    for (const finding of await axe(page)) found.push(`large, forced colours: ${finding}`);
    await page.emulateMedia({ forcedColors: null });
    await size("normal");
    return found;
  }));

test("长辈版: everything is larger and nothing is lost", () =>
  everyPlace("360x740-large", { viewport: PHONE.viewport, isMobile: true, deviceScaleFactor: 2 },
    async (page) => [...(await axe(page)), ...(await smallTargets(page, LARGE_TARGET)), ...(await smallText(page, LARGE_TEXT)), ...(await lost(page))],
    async (page) => {
      // Clearing everything takes it away too.
      if (await page.locator(".zige[data-size=large]").count()) return;
      const size = () => page.getByRole("heading", { level: 1 }).evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
      const before = await size();
      await page.getByRole("button", { name: "长辈版", exact: true }).tap();
      assert.ok((await size()) > before * 1.15);
    }));

test("text at 200 %: nothing is cut off, nothing moves sideways", () =>
  everyPlace("640x740-text-200", { viewport: { width: 640, height: 740 } }, lost, async (page) => {
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  }));
