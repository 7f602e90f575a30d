// What the package gives, for browsers and Node alike. index.d.ts documents it.
import start, { Engine as Packs, initSync } from "./zige_wasm.js";

/** In flat answers: not asked; for a point: open. */
export const NOT_ASKED = -2147483648;
/** In flat answers: asked, and the person does not know. */
export const UNKNOWN = -2147483647;
/** In results: 1 ineligible, plus 2 discretionary, plus 4 eligible; 0 the answers contradict each other. */
export const INELIGIBLE = 1;
export const DISCRETIONARY = 2;
export const ELIGIBLE = 4;
/** In results: a number was outside its fact's range. */
export const NOT_JUDGED = 255;

let memory;

/** Starts the module once; later calls wait for the first. */
export function ready(source) {
  return (started ??= begin(source));
}

let started;

async function begin(source) {
  const bytes = source ?? (await standard());
  const exports =
    bytes instanceof WebAssembly.Module || bytes instanceof Uint8Array || bytes instanceof ArrayBuffer
      ? initSync({ module: bytes })
      : await start({ module_or_path: bytes });
  memory = exports.memory;
}

// Node cannot fetch files.
async function standard() {
  const address = new URL("./zige_wasm_bg.wasm", import.meta.url);
  if (address.protocol !== "file:" || typeof process === "undefined") return address;
  const { readFile } = await import("node:fs/promises");
  return readFile(address);
}

/** The verdict that a result stands for. */
export function verdict(result) {
  return ["contradiction", "ineligible", "discretionary", "incomplete", "eligible"][result] ?? (result < 8 ? "incomplete" : "not_judged");
}

export class Engine {
  #packs;

  constructor(packs) {
    this.#packs = packs;
  }

  static load(bytes) {
    if (memory === undefined) throw new Error("call `await ready()` before `Engine.load`");
    return new Engine(Packs.load(new Uint8Array(bytes)));
  }

  add(bytes) {
    this.#packs.add(new Uint8Array(bytes));
  }

  packs() {
    return this.#packs.packs();
  }

  facts(pack) {
    return this.#packs.facts(pack);
  }

  articles(pack) {
    return this.#packs.articles(pack);
  }

  show(pack, name) {
    return this.#packs.show(pack, name);
  }

  check(pack, check, answers, on) {
    return this.#packs.check(pack, check, answers, on);
  }

  checkJson(pack, check, answers, on) {
    return this.#packs.checkJson(pack, check, answers, on);
  }

  prepare(pack, check, on) {
    return new Prepared(this.#packs.prepare(pack, check, on));
  }

  prepareAll(on) {
    return new Board(this.#packs.prepareAll(on));
  }

  free() {
    this.#packs.free();
  }
}

/** How large the module's memory is, in bytes; it never shrinks. */
export function memoryBytes() {
  return memory?.buffer.byteLength ?? 0;
}

// A view of the module's memory is void when the memory has grown: it is made anew then.
function view(Type, kept, at, length) {
  return kept?.buffer === memory.buffer ? kept : new Type(memory.buffer, at, length);
}

export class Prepared {
  #check;
  #rows = 1;
  #into;
  #from;

  constructor(check) {
    this.#check = check;
    this.layout = check.layout;
    this.width = check.width;
    this.answers = new Int32Array(this.width).fill(NOT_ASKED);
  }

  set(key, value) {
    this.#check.set(key, value);
  }

  setAll(answers) {
    this.#check.setAll(answers);
  }

  judge() {
    return this.#check.judge();
  }

  get next() {
    return this.#check.next;
  }

  get missing() {
    return this.#check.missing;
  }

  get conditions() {
    return this.#check.conditions;
  }

  report() {
    return this.#check.report();
  }

  because() {
    return this.#check.because();
  }

  changes() {
    return this.#check.changes();
  }

  windows() {
    return this.#check.windows();
  }

  reserve(rows) {
    this.#check.reserve(rows);
    this.#rows = rows;
    this.#into = this.#from = undefined;
  }

  verdict(flat = this.answers) {
    this.#judge(flat, 1);
    return this.#from[0];
  }

  verdicts(answers, out) {
    const rows = Math.floor(answers.length / this.width);
    if (rows > this.#rows) this.reserve(rows);
    this.#judge(answers, rows);
    out.set(rows === this.#rows ? this.#from : this.#from.subarray(0, rows));
    return rows;
  }

  #judge(answers, rows) {
    this.#into = view(Int32Array, this.#into, this.#check.answersAt, this.#rows * this.width);
    this.#into.set(answers);
    this.#check.judgeFlat(rows);
    this.#from = view(Uint8Array, this.#from, this.#check.resultsAt, this.#rows);
  }

  free() {
    this.#check.free();
  }
}

export class Board {
  #board;
  #into;
  #from;

  constructor(board) {
    this.#board = board;
    this.layout = board.layout;
    this.checks = board.checks;
    this.results = new Uint8Array(this.checks.length);
  }

  set(at, answer) {
    this.#board.set(at, answer);
  }

  setAll(answers) {
    this.#into = view(Int32Array, this.#into, this.#board.writtenAt, this.layout.length);
    this.#into.set(answers);
    this.#board.setWritten();
  }

  judge() {
    this.#board.judge();
    this.#from = view(Uint8Array, this.#from, this.#board.resultsAt, this.results.length);
    this.results.set(this.#from);
    return this.results;
  }

  free() {
    this.#board.free();
  }
}
