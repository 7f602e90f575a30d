// Times the package in this Node: `node bench.mjs PACKAGE MODEL_FOLDER PACKS`.
//
// 1. A changed answer to verdict, conditions, missing and next, on the largest pack.
// 2. Forty plain verdicts over twelve facts through the flat path, beside a plain JavaScript walk of the same rules
//    in the same run. The walk is Kleene's logic, which is not exact: the comparison is in its favour.
// 3. The whole canonical report.
//
// Before anything is timed, both must agree on complete answers, and the walk may say no more than we do on partial ones.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , packageFolder, modelFolder, packsFile] = process.argv;
const zige = await import(pathToFileURL(join(resolve(packageFolder), "index.js")));
await zige.ready();

const trees = JSON.parse(readFileSync(join(modelFolder, "model.json"), "utf8"));
const board = zige.Engine.load(readFileSync(join(modelFolder, "model.zige"))).prepareAll("2026-11-21");

const random = generator(7);
const drawn = (fact) => [0, 1].includes(fact % 3) ? Math.floor(random() * (fact % 3 === 0 ? 2 : 5)) : Math.floor(random() * 101);
const complete = Array.from({ length: 400 }, () => Int32Array.from({ length: 12 }, (_, fact) => drawn(fact)));
const partial = complete.map((answers) => answers.map((answer) => (random() < 0.5 ? zige.NOT_ASKED : answer)));

let settledByUsOnly = 0;
for (const answers of [...complete, ...partial]) {
  board.answers.set(answers);
  const results = board.judge();
  trees.forEach((tree, at) => {
    const walked = walk(tree, answers);
    const ours = results[at];
    if (walked !== undefined && ours !== (walked ? zige.ELIGIBLE : zige.INELIGIBLE)) throw new Error(`programme ${at}: ${ours}, walked ${walked}`);
    if (walked === undefined && [zige.ELIGIBLE, zige.INELIGIBLE].includes(ours)) settledByUsOnly += 1;
  });
}
console.log(`40 programmes × ${complete.length * 2} answers agree; ${settledByUsOnly} cases only the exact evaluator settles`);

const views = board.answers;
let sink = 0;
for (const [name, all] of [["complete", complete], ["partial", partial]]) {
  const ours = time(all, (answers) => {
    for (let fact = 0; fact < 12; fact += 1) views[fact] = answers[fact];
    sink += board.judge()[0];
  });
  const theirs = time(all, (answers) => {
    for (let at = 0; at < trees.length; at += 1) sink += walk(trees[at], answers) ? 1 : 0;
  });
  console.log(`40 verdicts, ${name} answers: zige ${told(ours)}, plain JavaScript ${told(theirs)}, ratio ${(ours.p50 / theirs.p50).toFixed(2)}`);
}

const engine = zige.Engine.load(readFileSync(packsFile));
for (const programme of engine.packs()) {
  for (const { id } of programme.checks) {
    const facts = engine.facts(programme.id).filter((fact) => fact.role !== "form" && fact.record === null && fact.checks.includes(id));
    const check = engine.prepare(programme.id, id, "2026-11-21");
    const draw = (fact) => {
      switch (fact.type) {
        case "yes_no": return random() < 0.7;
        case "choice": return fact.options[Math.floor(random() * fact.options.length)].term;
        case "date": {
          const first = Math.max(1960, Number.parseInt(fact.range.least, 10) + 1);
          return `${first + Math.floor(random() * 30)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`;
        }
        case "number": return Math.floor(fact.range.least + random() * (Math.min(fact.range.most, 100) - fact.range.least));
        default: return undefined;
      }
    };
    const changes = Array.from({ length: 400 }, () => {
      const fact = facts[Math.floor(random() * facts.length)];
      return [fact.id, random() < 0.3 ? undefined : draw(fact)];
    });
    const judged = time(changes, ([fact, value]) => {
      check.set(fact, value);
      check.judge();
      sink += check.conditions.length + check.missing.length + (check.next?.length ?? 0);
    });
    console.log(`${programme.id} ${id}: a changed answer to verdict, conditions, missing, next: ${told(judged)}`);
    const birthday = facts.some((fact) => fact.id === "birth_date") ? { birth_date: "1983-03-07" } : {};
    const report = time(Array(50).fill(birthday), (answers) => {
      sink += engine.checkJson(programme.id, id, answers, "2026-11-21").length;
    });
    console.log(`${programme.id} ${id}: a whole canonical report, prepared anew: ${told(report)}`);
  }
}
if (sink === 0) throw new Error("nothing was worked out");

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

/** Microseconds for one case: the median and the 99th percentile over rounds, after warming up. */
function time(cases, work) {
  const rounds = [];
  for (const one of cases) work(one);
  const until = performance.now() + 300;
  for (const one of cases) work(one);
  while (performance.now() < until) for (const one of cases) work(one);
  for (let round = 0; round < 200; round += 1) {
    const from = performance.now();
    const some = cases.slice((round * 20) % cases.length, ((round * 20) % cases.length) + 20);
    for (const one of some) work(one);
    rounds.push(((performance.now() - from) * 1000) / some.length);
  }
  rounds.sort((a, b) => a - b);
  return { p50: rounds[100], p99: rounds[197] };
}

function told({ p50, p99 }) {
  return `${p50.toFixed(2)} µs (p99 ${p99.toFixed(2)})`;
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
