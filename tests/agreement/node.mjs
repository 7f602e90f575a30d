// node tests/agreement/node.mjs PKG CORPUS
//
// PKG is the npm package's folder, CORPUS what `agreement --export CORPUS` wrote. Exit code 1 when WASM and
// the native evaluator differ.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { replay } from './replay.mjs';

const [pkg, corpus] = process.argv.slice(2);
if (pkg === undefined || corpus === undefined) {
  console.error('usage: node tests/agreement/node.mjs PKG CORPUS');
  process.exit(2);
}

const zige = await import(pathToFileURL(resolve(pkg, 'zige_wasm.js')).href);
zige.initSync({ module: await readFile(join(pkg, 'zige_wasm_bg.wasm')) });
const engine = zige.Engine.load(await readFile(join(corpus, 'packs.zige')));
const lines = (await readFile(join(corpus, 'cases.ndjson'), 'utf8')).split('\n');
const sha256 = async (text) => createHash('sha256').update(text).digest('hex');

const { cases, whole, differences } = await replay(engine, lines, sha256);
for (const difference of differences.slice(0, 5)) console.log(difference);
console.log(`${cases} cases, ${whole} whole reports, ${differences.length} differences`);
if (cases === 0 || differences.length > 0) process.exit(1);
