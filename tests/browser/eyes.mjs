// What is wrong with a page for assistive technology, for fingers and for weak eyes.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** In CSS pixels: a thumb's width (WCAG 2.5.5). */
const LEAST_TARGET = 44;

/** What axe finds, whatever its impact. */
export async function axe(page) {
  // Given by the debugger, which the page's policy does not bind.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const options = { resultTypes: ["violations"], rules: { region: { enabled: true } } };
    return (await window.axe.run(document, options)).violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => `${node.target} ${node.html.slice(0, 120)}`).slice(0, 3) }));
  });
  return violations.map(({ id, html }) => `${id} ${html.join(" ;; ")}`);
}

/** Things to press that are too small. Links inside a sentence may be as small as the sentence (WCAG 2.5.8). */
export function smallTargets(page, least = LEAST_TARGET) {
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
  }, least);
}

/** Text that is cut off, or a page that must be moved sideways. */
export function lost(page) {
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

/** Text of a paragraph, an answer or an entry that is smaller than `least` pixels, or has too little room between its lines. */
export function smallText(page, least) {
  return page.evaluate((least) => {
    const small = new Set();
    for (const node of document.querySelectorAll("main p, main li, main dd, main td, main th, main label, main input[type=text], main textarea, main summary, main button, main a")) {
      if (node.closest(".zf-preview, .sr-only") || !node.checkVisibility() || !(node.value || node.textContent).trim()) continue;
      const { fontSize, lineHeight } = getComputedStyle(node);
      const size = Number.parseFloat(fontSize);
      if (size < least) small.add(`${size} px: ${node.outerHTML.slice(0, 100)}`);
      if (!node.matches("input, h1, button") && Number.parseFloat(lineHeight) < size * 1.3) small.add(`lines of ${lineHeight}: ${node.outerHTML.slice(0, 100)}`);
    }
    return [...small];
  }, least);
}
