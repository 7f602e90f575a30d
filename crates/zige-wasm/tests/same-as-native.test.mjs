// The npm package in Node judges as the native evaluator does, case by case and byte by byte: `node --test`, with
// ZIGE_PACKAGE (folder of the package) and ZIGE_CORPUS (what `agreement --export` wrote) in the environment.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { replay } from "../../../tests/agreement/replay.mjs";

test("WASM in Node agrees with the native evaluator", async (run) => {
  const corpus = process.env.ZIGE_CORPUS;
  const { ready, Engine } = await import(pathToFileURL(join(resolve(process.env.ZIGE_PACKAGE ?? "pkg"), "index.js")));
  await ready();
  const engine = Engine.load(readFileSync(join(corpus, "packs.zige")));
  const lines = readFileSync(join(corpus, "cases.ndjson"), "utf8").split("\n");
  const sha256 = async (text) => createHash("sha256").update(text).digest("hex");
  const { cases, whole, checks, differences } = await replay(engine, lines, sha256);
  run.diagnostic(`${cases} cases, ${whole} whole reports`);
  assert.deepEqual(differences.slice(0, 5), []);
  const all = engine.packs().flatMap(({ id, checks }) => checks.map((check) => `${id} ${check.id}`));
  assert.deepEqual([...checks].sort(), all.sort(), "every check was compared");
  assert.ok(whole >= all.length, `${whole} whole reports were compared`);
});
