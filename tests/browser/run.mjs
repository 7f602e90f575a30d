// node tests/browser/run.mjs [NAME…]
//
// Runs all browser tests, or those whose file name contains a NAME. ZIGE_DIST is the app (default: dist/), ZIGE_PKG the
// npm package (default: pkg/), ZIGE_CORPUS the cases of `agreement --export` (default: target/corpus), CHROMIUM the browser. The last line says `N passed, N failed`; exit code 1 on failure.

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const names = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs") && (names.length === 0 || names.some((part) => name.includes(part))))
  .map((name) => join(here, name));
if (files.length === 0) throw new Error("no test file has such a name");

// For one file; long, because the machine may be busy with other things.
const MOST_MILLISECONDS = 15 * 60_000;
let [passed, failed] = [0, 0];
const started = Date.now();
const stream = run({ files, concurrency: 2, timeout: MOST_MILLISECONDS });
// A file is reported like a test; it counts only when it broke off.
const isFile = (event) => event.file !== undefined && event.name === event.file;
stream.on("test:pass", (event) => { if (!isFile(event)) passed += 1; });
stream.on("test:fail", (event) => {
  failed += 1;
  const { exitCode, signal } = event.details.error;
  if (isFile(event)) process.stdout.write(`${event.name} broke off: exit code ${exitCode}, signal ${signal}\n`);
});
stream.compose(spec).pipe(process.stdout);
stream.on("end", () => setImmediate(() => {
  if (passed === 0) failed += 1;
  process.stdout.write(`${((Date.now() - started) / 60_000).toFixed(1)} minutes\n${passed} passed, ${failed} failed\n`, () => process.exit(failed > 0 ? 1 : 0));
}));
