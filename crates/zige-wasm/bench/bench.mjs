// Times the package in this Node: `node bench.mjs PACKAGE MODEL_FOLDER PACKS NATIVE`; `cargo xtask bench` runs it.
//
// NATIVE is what the native benchmark wrote: JSON, row -> [number, …]. Prints one Markdown table.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , packageFolder, modelFolder, packsFile, nativeFile] = process.argv;
const zige = await import(pathToFileURL(join(resolve(packageFolder), "index.js")));
await zige.ready();

const ON = "2026-11-21";
const native = JSON.parse(readFileSync(nativeFile, "utf8"));
const model = (name) => readFileSync(join(modelFolder, name));
const random = generator(7);
let sink = 0;

const { largest, name, touched } = changedAnswers();
const forty = fortyVerdicts();
const thousand = thousandPacks();
const grown = memoryGrowth();
const slow = explanations();
if (sink === 0) throw new Error("nothing was worked out");

const machine = `${cpus()[0].model.replaceAll("(R)", "").replaceAll("(TM)", "").trim()}, ${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
console.log(`Medians on ${machine}.\n`);
console.log("| what | native | WASM in Node | budget |\n|---|---|---|---|");
row(`a changed answer to verdict, conditions, missing and next: the check with most nodes (${name})`, micro(native.changed), micro(largest), "100 µs");
row("the same for every check of all five packs that asks the fact", micro(native.touched), micro(touched), "300 µs");
for (const part of ["because", "changes", "windows"]) {
  row(`${part}: the slowest check`, milli(native[part]), milli(slow[part]), "5 ms");
}
row("windows with nothing answered: the slowest check", milli(native.nothing), milli(slow.nothing), "5 ms");
row("40 plain verdicts over 12 facts, all known", "", `${micro(forty.complete.ours)}, plain JavaScript ${micro(forty.complete.theirs)}: ${forty.complete.ratio.toFixed(2)} ×`, "1 ×");
row("the same, half of the facts known", "", `${micro(forty.partial.ours)}, plain JavaScript ${micro(forty.partial.theirs)}: ${forty.partial.ratio.toFixed(2)} ×`, "1 ×");
row("1,000 packs loaded, a changed answer that ten of them ask", "", `${micro(thousand.all)}; the ten alone ${micro(thousand.ten)}`, "as the ten alone");
row("a check prepared for a day: the slowest", milli(native.prepare), milli(slow.prepare), "");
row("memory after 1,000 changed answers", "", `${grown} bytes more`, "flat");

function row(...cells) {
  console.log(`| ${cells.join(" | ")} |`);
}

function micro(microseconds) {
  return `${microseconds < 10 ? microseconds.toFixed(1) : microseconds.toFixed(0)} µs`;
}

function milli(microseconds) {
  return `${(microseconds / 1000).toFixed(microseconds < 1000 ? 2 : 1)} ms`;
}

/** Every check of the five packs, prepared, with the facts that it asks. */
function prepared() {
  const engine = zige.Engine.load(readFileSync(packsFile));
  return engine.packs().flatMap((programme) => {
    const facts = engine.facts(programme.id).filter(({ role, record, type }) => role !== "form" && record === null && type !== "records");
    return programme.checks.map(({ id }) => ({
      engine,
      pack: programme.id,
      id,
      name: `${programme.short} ${id}`,
      check: engine.prepare(programme.id, id, ON),
      facts: facts.filter(({ checks }) => checks.includes(id)),
    }));
  });
}

function drawn({ type, options, range }) {
  switch (type) {
    case "yes_no": return random() < 0.7;
    case "choice": return options[Math.floor(random() * options.length)].term;
    case "date": {
      const first = Math.max(1960, Number.parseInt(range.least, 10) + 1);
      return `${first + Math.floor(random() * 30)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`;
    }
    default: return Number(range.least) + Math.floor(random() * Math.min(Number(range.most) - Number(range.least), 50));
  }
}

function judged({ check }, [key, value]) {
  check.set(key, value);
  check.judge();
  sink += check.conditions.length + check.missing.length + (check.next?.length ?? 0);
}

function changedAnswers() {
  const all = prepared();
  const changes = (facts) =>
    Array.from({ length: 400 }, () => {
      const fact = facts[Math.floor(random() * facts.length)];
      return [fact.id, random() < 0.3 ? undefined : drawn(fact)];
    });
  const chosen = all.find(({ pack, id }) => native.most_nodes === `${pack} ${id}`);
  const largest = time(changes(chosen.facts), (change) => judged(chosen, change));
  const facts = [...new Map(all.flatMap(({ facts }) => facts).map((fact) => [fact.id, fact])).values()];
  const touched = time(changes(facts), (change) => {
    for (const one of all) if (one.facts.some(({ id }) => id === change[0])) judged(one, change);
  });
  return { largest, touched, name: chosen.name };
}

/** Forty verdicts beside a plain JavaScript walk of the same rules in the same run. */
function fortyVerdicts() {
  const trees = JSON.parse(model("model.json"));
  const board = zige.Engine.load(model("model.zige")).prepareAll(ON);
  const drawn = (fact) => [0, 1].includes(fact % 3) ? Math.floor(random() * (fact % 3 === 0 ? 2 : 5)) : Math.floor(random() * 101);
  const complete = Array.from({ length: 400 }, () => Int32Array.from({ length: 12 }, (_, fact) => drawn(fact)));
  const partial = complete.map((answers) => answers.map((answer) => (random() < 0.5 ? zige.NOT_ASKED : answer)));
  const judge = (answers) => {
    board.setAll(answers);
    return board.judge();
  };
  // Before anything is timed, both agree where the walk, which is Kleene's logic and not exact, says something.
  for (const answers of [...complete, ...partial]) {
    const results = judge(answers);
    trees.forEach((tree, at) => {
      const walked = walk(tree, answers);
      if (walked !== undefined && results[at] !== (walked ? zige.ELIGIBLE : zige.INELIGIBLE)) throw new Error(`programme ${at}: ${results[at]}, walked ${walked}`);
    });
  }
  const compared = (all) => {
    const ours = time(all, (answers) => {
      sink += judge(answers)[0];
    });
    const theirs = time(all, (answers) => {
      for (let at = 0; at < trees.length; at += 1) sink += walk(trees[at], answers) ? 1 : 0;
    });
    return { ours, theirs, ratio: ours / theirs };
  };
  return { complete: compared(complete), partial: compared(partial) };
}

function thousandPacks() {
  const measured = (file) => {
    const board = zige.Engine.load(model(file)).prepareAll(ON);
    const changes = Array.from({ length: 400 }, () => [Math.floor(random() * 12), random() < 0.3 ? zige.NOT_ASKED : Math.floor(random() * 2)]);
    board.judge();
    const spent = time(changes, ([at, answer]) => {
      board.set(at, answer);
      sink += board.judge()[0];
    });
    board.free();
    return spent;
  };
  return { all: measured("thousand.zige"), ten: measured("ten.zige") };
}

function memoryGrowth() {
  const all = prepared().filter(({ facts }) => facts.length > 0);
  const change = (turn) => {
    const one = all[turn % all.length];
    const fact = one.facts[turn % one.facts.length];
    judged(one, [fact.id, turn % 3 === 0 ? undefined : drawn(fact)]);
  };
  for (let turn = 0; turn < 1000; turn += 1) change(turn);
  const before = zige.memoryBytes();
  for (let turn = 0; turn < 1000; turn += 1) change(turn);
  return zige.memoryBytes() - before;
}

/** For each kind of explanation the slowest check's median. */
function explanations() {
  const slowest = { because: 0, changes: 0, windows: 0, nothing: 0, prepare: 0 };
  const keep = (what, spent) => (slowest[what] = Math.max(slowest[what], spent));
  for (const { engine, pack, id, check, facts } of prepared()) {
    const some = Array.from({ length: 12 }, () => Object.fromEntries(facts.filter(() => random() < 0.9).map((fact) => [fact.id, drawn(fact)])));
    for (const part of ["because", "changes", "windows"]) {
      keep(part, median(some.map((answers) => {
        check.setAll(answers);
        return spent(() => (sink += check[part]().length));
      })));
    }
    check.setAll({});
    keep("nothing", median(some.map(() => spent(() => (sink += check.windows().length)))));
    keep("prepare", median(some.map(() => spent(() => engine.prepare(pack, id, ON).free()))));
  }
  return slowest;
}

/** Kleene's logic: true, false, or undefined for not known. */
function walk(node, answers) {
  switch (node[0]) {
    case "is": return known(answers[node[1]]) ? answers[node[1]] === 1 : undefined;
    case "from": return known(answers[node[1]]) ? answers[node[1]] >= node[2] : undefined;
    case "up_to": return known(answers[node[1]]) ? answers[node[1]] <= node[2] : undefined;
    case "and": {
      let all = true;
      for (let part = 1; part < node.length; part += 1) {
        const one = walk(node[part], answers);
        if (one === false) return false;
        if (one === undefined) all = undefined;
      }
      return all;
    }
    default: {
      let any = false;
      for (let part = 1; part < node.length; part += 1) {
        const one = walk(node[part], answers);
        if (one === true) return true;
        if (one === undefined) any = undefined;
      }
      return any;
    }
  }
}

function known(answer) {
  return answer > zige.UNKNOWN;
}

/** Microseconds of one run. */
function spent(work) {
  const from = performance.now();
  work();
  return (performance.now() - from) * 1000;
}

/** Microseconds for one case: the median over rounds, after warming up. */
function time(cases, work) {
  const until = performance.now() + 300;
  do for (const one of cases) work(one);
  while (performance.now() < until);
  const rounds = [];
  for (let round = 0; round < 400; round += 1) {
    const from = (round * 20) % cases.length;
    const some = cases.slice(from, from + 20);
    rounds.push(spent(() => some.forEach(work)) / some.length);
  }
  return median(rounds);
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Mulberry32: the same numbers in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
