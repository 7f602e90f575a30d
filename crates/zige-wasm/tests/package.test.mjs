// The npm package in Node: `node --test`, with ZIGE_PACKAGE (folder of the package), ZIGE (the command) and ZIGE_PACKS
// (the container of packs) in the environment.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const folder = resolve(process.env.ZIGE_PACKAGE ?? "pkg");
const zige = await import(pathToFileURL(join(folder, "index.js")));
const bytes = readFileSync(process.env.ZIGE_PACKS);
const PACK = "liaoning-minority-professionals-draft";
const ON = "2026-11-21";

await zige.ready();
const engine = zige.Engine.load(bytes);

const cases = [
  {},
  { unit_kind: "机关或者参照公务员法管理的单位" },
  { unit_place: "凤城市", unit_kind: "事业单位", ethnicity: "满族", title_level: "中级", birth_date: "1983-03-07", work_start: "2010-07" },
  { title_level: null, birth_date: "1970-05", work_start: "1992-08-01", retirement_category: "男职工" },
];

function command(...args) {
  return execFileSync(process.env.ZIGE, args, { encoding: "utf8", maxBuffer: 1e8 });
}

test("a report is the command line's, byte for byte", () => {
  for (const answers of cases) {
    const json = JSON.stringify(answers);
    const told = execFileSync(process.env.ZIGE, ["check", PACK, "trainee", "--answers", "-", "--on", ON, "--json", "--packs", process.env.ZIGE_PACKS], { input: json, encoding: "utf8" });
    assert.equal(`${engine.checkJson(PACK, "trainee", answers, ON)}\n`, told);
    assert.equal(`${engine.checkJson(PACK, "trainee", json, ON)}\n`, told);
    assert.deepEqual(engine.check(PACK, "trainee", answers, ON), JSON.parse(told));
  }
});

test("packs, facts, articles and blocks are the command line's", () => {
  const packs = ["--packs", process.env.ZIGE_PACKS, "--json"];
  const byId = (list) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(byId(engine.packs()), JSON.parse(command("list", ...packs)));
  for (const { id } of engine.packs()) {
    assert.deepEqual(engine.facts(id), JSON.parse(command("facts", id, ...packs)));
    const articles = engine.articles(id);
    assert.deepEqual(articles, JSON.parse(command("articles", id, ...packs)));
    const { article } = articles.at(-1);
    assert.deepEqual(engine.show(id, article), JSON.parse(command("show", id, article, ...packs)));
  }
  assert.equal(engine.show(PACK, "nothing"), undefined);
});

test("answers that are set one by one come to the same report", () => {
  for (const answers of cases) {
    const check = engine.prepare(PACK, "trainee", ON);
    check.set("title_level", "正高级");
    check.set("title_level", undefined);
    for (const [key, value] of Object.entries(answers)) check.set(key, value);
    const whole = engine.check(PACK, "trainee", answers, ON);
    assert.equal(zige.verdict(check.judge()), whole.verdict);
    assert.equal(check.next, whole.next?.id);
    assert.deepEqual(check.missing, [...new Set(whole.missing.map(({ id }) => id))]);
    assert.deepEqual([...check.conditions].map(zige.verdict), whole.conditions.map(({ verdict }) => verdict));
    assert.deepEqual(check.report(), whole);
    for (const part of ["because", "changes", "windows"]) assert.deepEqual(check[part](), whole[part], part);
    check.free();
  }
});

/** Answers as numbers, by the documented encoding. */
function flat(check, facts, answers) {
  return Int32Array.from(check.layout, (key) => {
    const value = answers[key];
    const fact = facts.find(({ id }) => id === key);
    if (value === undefined) return zige.NOT_ASKED;
    if (value === null) return zige.UNKNOWN;
    switch (fact?.type) {
      case "yes_no": return Number(value);
      case "choice": return fact.options.findIndex(({ term }) => term === value);
      case "date": return Date.parse(value) / 86_400_000;
      default: return Number(value);
    }
  });
}

test("flat answers come to the same verdicts, one or many at a time", () => {
  const facts = engine.facts(PACK).filter(({ role, type, record }) => role !== "form" && type !== "records" && record === null);
  const check = engine.prepare(PACK, "trainee", ON);
  let state = 7;
  const random = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  const drawn = ({ type, options, range }) => {
    switch (type) {
      case "yes_no": return random(2) === 1;
      case "choice": return options[random(options.length)].term;
      case "date": return new Date(Math.max(Date.parse("1960-01-01"), Date.parse(range.least)) + random(14000) * 86_400_000).toISOString().slice(0, 10);
      default: return Number(range.least) + random(50);
    }
  };
  const some = [];
  while (some.length < 300) {
    const answers = {};
    for (const fact of facts) if (fact.checks.includes("trainee") && random(3) > 0) answers[fact.id] = random(8) === 0 ? null : drawn(fact);
    some.push(answers);
  }
  const rows = some.map((answers) => flat(check, facts, answers));
  const out = new Uint8Array(rows.length);
  const judged = check.verdicts(Int32Array.from(rows.flatMap((row) => [...row])), out);
  assert.equal(judged, rows.length);
  const seen = new Set();
  some.forEach((answers, at) => {
    check.setAll(answers);
    const expected = check.judge();
    seen.add(zige.verdict(expected));
    assert.equal(out[at], expected, JSON.stringify(answers));
    assert.equal(check.verdict(rows[at]), expected);
    check.answers.set(rows[at]);
    assert.equal(check.verdict(), expected);
  });
  assert.ok(seen.has("ineligible") && seen.has("incomplete"), `too few kinds: ${[...seen]}`);
  assert.equal(check.verdict(rows[0].map((number, at) => (facts[0].id === check.layout[at] ? 9999 : number))), zige.NOT_JUDGED);
});

test("all checks over one set of answers come to what each comes to alone", () => {
  const board = engine.prepareAll(ON);
  assert.deepEqual(board.checks.length, engine.packs().flatMap(({ checks }) => checks).length);
  const values = { birth_date: Date.parse("1983-03-07") / 86_400_000 };
  board.judge();
  for (const [key, value] of Object.entries(values)) board.set(board.layout.indexOf(key), value);
  const results = board.judge();
  board.checks.forEach((name, at) => {
    const [pack, id] = name.split("/");
    const check = engine.prepare(pack, id, ON);
    const row = Int32Array.from(check.layout, (key) => values[key] ?? zige.NOT_ASKED);
    assert.equal(results[at], check.verdict(row), name);
  });
  const before = [...results];
  board.setAll(board.layout.map(() => zige.NOT_ASKED));
  assert.notDeepEqual([...board.judge()], before);
  board.setAll(board.layout.map((key) => values[key] ?? zige.NOT_ASKED));
  assert.deepEqual([...board.judge()], before);
});

test("numbers that were written stay when the memory grows", () => {
  const [check, board] = [engine.prepare(PACK, "trainee", ON), engine.prepareAll(ON)];
  const born = Date.parse("1990-03-07") / 86_400_000;
  check.answers[check.layout.indexOf("birth_date")] = born;
  board.set(board.layout.indexOf("birth_date"), born);
  const [alone, together] = [check.verdict(), [...board.judge()]];
  const before = zige.memoryBytes();
  const more = [];
  while (zige.memoryBytes() === before) more.push(engine.prepareAll(ON));
  assert.equal(check.answers[check.layout.indexOf("birth_date")], born);
  assert.deepEqual([...board.results], together);
  assert.deepEqual([check.verdict(), [...board.judge()]], [alone, together]);
  for (const board of more) board.free();
});

test("judging keeps the memory as it is", () => {
  const check = engine.prepare(PACK, "trainee", ON);
  check.verdict();
  const before = zige.memoryBytes();
  for (let turn = 0; turn < 20_000; turn += 1) check.verdict();
  for (let turn = 0; turn < 1000; turn += 1) {
    check.set("birth_date", turn % 2 === 0 ? "1983-03-07" : undefined);
    check.judge();
  }
  assert.equal(zige.memoryBytes(), before, "the memory has grown");
});

test("every mistake says what to mend", () => {
  const says = (work, message) => assert.throws(work, (error) => error instanceof Error && message.test(error.message));
  says(() => zige.Engine.load(new Uint8Array([1, 2, 3])), /not a file of packs/);
  says(() => zige.Engine.load(bytes.subarray(0, bytes.length / 2)), /ends inside pack number/);
  says(() => engine.check("liaoning", "trainee", {}, ON), /there is no pack `liaoning`, did you mean `liaoning-minority-professionals-draft`\?/);
  says(() => engine.check(PACK, "trainer", {}, ON), /has no check `trainer`, did you mean `trainee`\?/);
  says(() => engine.check(PACK, "trainee", {}, "2026-02-30"), /`on` is `2026-02-30`/);
  says(() => engine.check(PACK, "trainee", { birth_date: "1983-02-29", salary: 1 }, ON), /`birth_date` is `1983-02-29`.*\n`salary` is no fact/);
  says(() => engine.check(PACK, "trainee", { birth_date: "2026-11-22" }, ON), /`birth_date` is `2026-11-22`, which cannot be true on this day/);
  says(() => engine.check(PACK, "trainee", [1], ON), /give one JSON object/);
  says(() => engine.check(PACK, "trainee", undefined, ON), /no JSON value/);
  says(() => engine.check(PACK, "trainee", " ".repeat(10_000_000), ON), /longer than 1 MB/);
  says(() => engine.prepare(PACK, "trainee", ON).set("salary", 1), /`salary` is no fact/);
  // A mistake breaks nothing.
  assert.equal(engine.check(PACK, "trainee", {}, ON).verdict, "incomplete");
});
