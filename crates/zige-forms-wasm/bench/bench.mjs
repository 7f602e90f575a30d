// Times each form's exports in this Node: `node bench.mjs FOLDER PACKS REQUESTS`; `cargo xtask bench` runs it.
//
// FOLDER holds the module as it is shipped (forms.js, forms.wasm), REQUESTS is what `requests` of zige-tests wrote. Prints one Markdown table.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [, , folder, packsFile, requestsFile] = process.argv;
const RUNS = 21;
const WARM_UP = 3;
const BUDGET_MS = 30;

// The glue is a classic script, as the worker runs it.
const forms = runInThisContext(`${readFileSync(join(folder, "forms.js"), "utf8")}; wasm_bindgen`);
forms.initSync({ module: readFileSync(join(folder, "forms.wasm")) });
const packs = new Uint8Array(readFileSync(packsFile));
const requests = Object.entries(JSON.parse(readFileSync(requestsFile, "utf8"))).map(([name, hex]) => [name, new Uint8Array(Buffer.from(hex, "hex"))]);

/** The median in milliseconds; the packs are copied in at each call, as in the worker. */
function median(run) {
  const times = [];
  for (let round = -WARM_UP; round < RUNS; round += 1) {
    const start = performance.now();
    if (run().length === 0) throw new Error("nothing was made");
    if (round >= 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[(RUNS - 1) / 2];
}

const machine = `${cpus()[0].model.replaceAll("(R)", "").replaceAll("(TM)", "").trim()}, ${cpus().length} cores, Node ${process.version}`;
console.log(`\nA form made in WASM: medians of ${RUNS} for ${requests.length} forms, everything said, on ${machine}.\n`);
console.log("| export | median of all forms | slowest form | | budget |\n|---|---|---|---|---|");
let over = 0;
for (const name of ["html", "docx", "summary", "xlsx", "calendar"]) {
  const times = requests.map(([form, request]) => [median(() => forms[name](packs, request)), form]).sort(([a], [b]) => a - b);
  const [worst, form] = times.at(-1);
  over += times.filter(([time]) => time > BUDGET_MS).length;
  console.log(`| ${name} | ${times[times.length >> 1][0].toFixed(1)} ms | ${worst.toFixed(1)} ms | ${form} | ${BUDGET_MS} ms |`);
}
console.log(`\n${over} exports of forms over ${BUDGET_MS} ms.`);
