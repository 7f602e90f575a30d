// The npm package in a browser judges as the native evaluator does, case by case and byte by byte.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PKG, freshContext, open, serve } from "./harness.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** What `agreement --export` wrote. */
const CORPUS = resolve(process.env.ZIGE_CORPUS ?? join(root, "target", "zige", "corpus"));
/** Enough time for some ten thousand cases; what does not fit is left to Node. The checks take turns in them. */
const MOST_MILLISECONDS = 60_000;

test("WASM in the browser agrees with the native evaluator", async (run) => {
  const folder = mkdtempSync(join(tmpdir(), "zige-cases-"));
  symlinkSync(PKG, join(folder, "pkg"));
  symlinkSync(CORPUS, join(folder, "corpus"));
  symlinkSync(join(root, "tests", "agreement", "replay.mjs"), join(folder, "replay.mjs"));
  const host = await serve(folder);
  const context = await freshContext();
  try {
    const page = await open(context, `${host.address}replay.mjs`);
    const result = await page.evaluate(async (most) => {
      const [zige, { replay }] = await Promise.all([import("/pkg/zige_wasm.js"), import("/replay.mjs")]);
      await zige.default();
      const bytes = async (name) => new Uint8Array(await (await fetch(`/corpus/${name}`)).arrayBuffer());
      const engine = zige.Engine.load(await bytes("packs.zige"));
      const lines = new TextDecoder().decode(await bytes("cases.ndjson")).split("\n");
      const sha256 = async (text) => {
        const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
        return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      };
      const result = { cases: 0, whole: 0, checks: [], differences: [], all: lines.length - 1 };
      const [started, batch] = [performance.now(), 200];
      for (let at = 0; at < lines.length && performance.now() - started < most; at += batch) {
        const part = await replay(engine, lines.slice(at, at + batch), sha256);
        result.cases += part.cases;
        result.whole += part.whole;
        result.checks = [...new Set([...result.checks, ...part.checks])];
        result.differences.push(...part.differences);
      }
      const all = engine.packs().flatMap(({ id, checks }) => checks.map((check) => `${id} ${check.id}`));
      return { ...result, left: all.filter((check) => !result.checks.includes(check)) };
    }, MOST_MILLISECONDS);
    run.diagnostic(`${result.cases} of ${result.all} cases, ${result.whole} whole reports`);
    assert.deepEqual(result.differences.slice(0, 5), []);
    assert.deepEqual(result.left, [], "every check was compared");
    assert.ok(result.cases >= 1_000, `${result.cases} cases were compared`);
    assert.ok(result.whole >= 10, `${result.whole} whole reports were compared`);
  } finally {
    await context.close();
    await host.close();
    rmSync(folder, { recursive: true });
  }
});
