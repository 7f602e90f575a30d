// Times each form's exports and the filling of blank forms in this Node: `node bench.mjs FOLDER PACKS`; `cargo xtask bench` runs it.
//
// FOLDER holds the modules as they are shipped (forms.js, forms.wasm, blank.js, blank.wasm), what `requests` of zige-tests wrote (forms.json) and what `requests` of zige-blank wrote (blank.json). Prints two Markdown tables.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

const [, , folder, packsFile] = process.argv;
const RUNS = 21;
const WARM_UP = 3;
const BUDGET_MS = 30;

/** A module as it is shipped. The glue is a classic script, as the worker runs it. */
function load(name) {
  const module = new Function(`${readFileSync(join(folder, `${name}.js`), "utf8")}; return wasm_bindgen`)();
  module.initSync({ module: readFileSync(join(folder, `${name}.wasm`)) });
  return module;
}

const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const requestsOf = (name) => Object.entries(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));
const packs = new Uint8Array(readFileSync(packsFile));

/** The median in milliseconds; the packs are copied in at each call, as in the worker. */
function median(run) {
  const times = [];
  for (let round = -WARM_UP; round < RUNS; round += 1) {
    const start = performance.now();
    const made = run();
    // What is refused comes back as a sentence, pages as markup, all else as bytes.
    if (made.length === 0 || (typeof made === "string" && !made.startsWith("<"))) throw new Error(`nothing was made: ${made}`);
    if (round >= 0) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[(RUNS - 1) / 2];
}

const machine = `${cpus()[0].model.replaceAll("(R)", "").replaceAll("(TM)", "").trim()}, ${cpus().length} cores, Node ${process.version}`;

/** Times by form, the slowest last. */
const timed = (requests, run) => requests.map(([form, request]) => [median(() => run(request)), form]).sort(([a], [b]) => a - b);

function line(name, times) {
  const [worst, form] = times.at(-1);
  const over = times.filter(([time]) => time > BUDGET_MS).length;
  console.log(`| ${name} | ${times[times.length >> 1][0].toFixed(1)} ms | ${worst.toFixed(1)} ms | ${form} | ${over} over ${BUDGET_MS} ms |`);
}

const forms = load("forms");
const asked = requestsOf("forms").map(([form, request]) => [form, bytes(request)]);
console.log(`\nA form made in WASM: medians of ${RUNS} for ${asked.length} forms, everything said, on ${machine}.\n`);
console.log("| export | median of all forms | slowest form | | budget |\n|---|---|---|---|---|");
for (const name of ["html", "docx", "summary", "xlsx", "calendar"]) {
  line(name, timed(asked, (request) => forms[name](packs, request)));
}

const filler = load("blank");
const blanks = requestsOf("blank").map(([form, { request, blank }]) => [form, { request: bytes(request), blank: bytes(blank) }]);
const fill = ({ request, blank }) => filler.blank(packs, request, blank);
const [all, single] = [true, false].map((wanted) => blanks.filter(([form]) => (form === "all in a row") === wanted));
console.log(`\nA blank .docx filled in WASM: medians of ${RUNS}, everything said.\n`);
console.log("| blanks | median | slowest | | budget |\n|---|---|---|---|---|");
line(`${single.length} blank forms`, timed(single, fill));
line("the same as one document", timed(all, fill));
