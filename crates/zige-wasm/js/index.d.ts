/** Checks talent programmes on the device. All text of a report is Chinese; ids are English. */

/**
 * Starts the module once. In browsers the module is fetched beside this file, in Node it is read
 * from the disk; or give its bytes, its address, or a compiled module.
 */
export function ready(source?: Uint8Array | ArrayBuffer | URL | string | Response | WebAssembly.Module): Promise<void>;

/** `"YYYY-MM-DD"`. */
export type Day = string;

/** A definite verdict: what one completion of the answers comes to. */
export type Class = "ineligible" | "discretionary" | "eligible";
/** 符合, 待认定, 不符合, 待补充. */
export type Verdict = Class | "incomplete";

/**
 * One answer: yes/no, a whole number, money in 分, a decimal (`2.5` or `"2.5"`), an option's Chinese term, a date
 * (`"1980-03-07"`, or `"1980-03"` where only the month is known), a text, records; `null` where the person does not know.
 */
export type Answer = boolean | number | string | null | Answers[] | { records: Answers[]; complete: boolean };
/** Fact id to answer. What is not there was not asked. A decided point is written by its outcome's term. */
export interface Answers {
  [key: string]: Answer;
}

export interface Programme {
  id: string;
  title: string;
  short: string;
  summary: string;
  issuer: string;
  region: string;
  version: string;
  pack_hash: string;
  programme: {
    draft: boolean;
    force: Period;
    applications: Period;
    replaced: { on: Day; by: string } | null;
    article: string | null;
    remark: string;
  };
  checks: { id: string; label: string; question: string; who: "person" | "unit"; article: string }[];
}

/** First and last day; null where it is not known. */
export interface Period {
  from: Day | null;
  to: Day | null;
}

export interface Fact {
  id: string;
  label: string;
  type: "yes_no" | "choice" | "number" | "decimal" | "money" | "date" | "text" | "records";
  question: string;
  help: string;
  find: string;
  attest: string;
  proof: string;
  section: { id: string; label: string };
  role: "answer" | "declaration" | "form";
  changeable: "fixed" | "up" | "down" | "free";
  options: { term: string; hint: string }[] | null;
  ordered: boolean | null;
  range: { least: number | string; most: number | string } | null;
  unit: string | null;
  places: number | null;
  limit: number | null;
  fields: string[] | null;
  record: string | null;
  applies: string | null;
  checks: string[];
}

export interface Article {
  article: string;
  blocks: string[];
}

/** An article with its blocks, or one block; docs/schemas/show.schema.json says what each kind of block holds. */
export interface Shown {
  pack: string;
  article: string | null;
  chapter: string;
  gist: string;
  quotes: string[];
  blocks: { kind: string; id: string; label: string; detail: Record<string, unknown> | null }[];
}

export interface FactValue {
  id: string;
  label: string;
  value: Answer;
}

/** A decision that only an authority can take. */
export interface Point {
  id: string;
  label: string;
  owner: string;
  question: string;
  reason: string;
  article: string | null;
  outcomes: string[];
}

export interface Missing {
  id: string;
  label: string;
  question: string;
  find: string;
  attest: string;
  /** For a fact of a record: the list's id. */
  list: string | null;
  /** For a fact of a record: which record, from 1. */
  record: number | null;
}

export interface Condition {
  id: string;
  label: string;
  article: string;
  see: string[];
  gist: string;
  quotes: string[];
  strength: "hard" | "in_principle" | "relaxable";
  verdict: Verdict;
  possible: Class[];
  remark: string;
  facts: FactValue[];
  points: Point[];
  declared: boolean;
}

/** The report; docs/schemas/report.schema.json is its schema. */
export interface Report {
  pack: string;
  title: string;
  version: string;
  pack_hash: string;
  check: string;
  check_label: string;
  on: Day;
  programme: {
    state: "draft" | "in_force" | "not_yet" | "lapsed" | "replaced" | "unknown";
    date: Day | null;
    replaced_by: string | null;
    applications: "open" | "not_yet" | "closed" | "unknown";
    applications_date: Day | null;
    article: string | null;
    remark: string;
  };
  verdict: Verdict;
  verdict_label: string;
  possible: Class[];
  conditions: Condition[];
  missing: Missing[];
  next: Missing | null;
  blocked_by: Missing[];
  witnesses: { verdict: Verdict; answers: Answers }[] | null;
  because: { fixes: "eligible" | "ineligible" | "not_eligible" | "not_ineligible"; conditions: string[] }[];
  changes: { verdict: Verdict; facts: FactValue[] }[];
  truncated: boolean;
  windows: { from: Day; to: Day; verdict: Verdict; possible: Class[] }[];
  materials: { id: string; label: string; proof: string; copies: number | null; conditions: string[] }[];
  steps: {
    route: string;
    label: string;
    article: string;
    cases: { label: string; certain: boolean; steps: { office: string; action: string; due: string }[] }[];
  }[];
}

/** The packs that were loaded. Every method throws an Error whose message says what to mend. */
export class Engine {
  private constructor();
  /** Reads packs from the bytes of a file that `zige compile` wrote. Call `await ready()` before. */
  static load(bytes: Uint8Array | ArrayBuffer): Engine;
  /** Adds packs of a further file; a pack with a known id replaces the former one. */
  add(bytes: Uint8Array | ArrayBuffer): void;
  packs(): Programme[];
  facts(pack: string): Fact[];
  articles(pack: string): Article[];
  /** An article by its name or a block by its id. */
  show(pack: string, name: string): Shown | undefined;
  /** The whole report on answers: an object, or their JSON. */
  check(pack: string, check: string, answers: Answers | string, on: Day): Report;
  /** The same in canonical JSON: the bytes of `zige check --json` without the last line end. */
  checkJson(pack: string, check: string, answers: Answers | string, on: Day): string;
  /** One check at a day, for many judgements. */
  prepare(pack: string, check: string, on: Day): Prepared;
  /** Every check of every pack at a day, over one set of answers. */
  prepareAll(on: Day): Board;
  /** Gives the memory back. */
  free(): void;
}

/**
 * Flat answers are whole numbers, one for each entry of `layout`: yes/no 1 or 0, a choice or a point's outcome by its
 * position from 0, a date in days since 1970-01-01, money in 分, a decimal times 10 to its places; `NOT_ASKED`;
 * `UNKNOWN`. Lists and dates known to the month cannot be said this way. A result is one byte: what is possible.
 */
export class Prepared {
  private constructor();
  /** Sets one answer; `undefined` takes it back. */
  set(key: string, value: Answer | undefined): void;
  /** Sets all answers; those that are not given are taken back. */
  setAll(answers: Answers | string): void;
  /** Works out verdict, conditions, missing and next, and returns the result byte. */
  judge(): number;
  /** The next question's fact id. */
  readonly next: string | undefined;
  /** What is missing, in the order to ask. */
  readonly missing: string[];
  /** Each condition's result byte, in author order. */
  readonly conditions: Uint8Array;
  /** The whole report on the answers that were set. */
  report(): Report;
  /** Parts of the report alone. */
  because(): Report["because"];
  changes(): Report["changes"];
  windows(): Report["windows"];

  /** What the numbers of one flat row stand for: fact ids, then point ids. */
  readonly layout: string[];
  /** How many numbers one row has. */
  readonly width: number;
  /** One row to write to, at first all not asked. */
  readonly answers: Int32Array;
  /** Judges one row: `answers`, or the one given. Allocates nothing. */
  verdict(flat?: ArrayLike<number>): number;
  /** Makes room for so many rows. */
  reserve(rows: number): void;
  /** Judges rows that follow each other; returns how many. Allocates nothing once there is room. */
  verdicts(answers: ArrayLike<number>, out: Uint8Array): number;
  free(): void;
}

/** Every check of every pack. */
export class Board {
  private constructor();
  /** What the answers stand for: fact ids, and `pack/point` for points. */
  readonly layout: string[];
  /** What the results stand for: `pack/check`. */
  readonly checks: string[];
  /** Sets one answer, a number as in flat answers, by its place in `layout`. */
  set(at: number, answer: number): void;
  /** Sets all answers, a number for each entry of `layout`. */
  setAll(answers: ArrayLike<number>): void;
  /** The results of the last `judge`. */
  readonly results: Uint8Array;
  /** Judges the checks of those packs whose answers changed; returns `results`. Allocates nothing. */
  judge(): Uint8Array;
  free(): void;
}

/** How large the module's memory is, in bytes; it never shrinks. */
export function memoryBytes(): number;

/** In flat answers: not asked; for a point: open. */
export const NOT_ASKED: number;
/** In flat answers: asked, and the person does not know. */
export const UNKNOWN: number;
/** Result bits; several together are `incomplete`, none: the answers contradict each other. */
export const INELIGIBLE: 1;
export const DISCRETIONARY: 2;
export const ELIGIBLE: 4;
/** Result: a number was outside its fact's range. */
export const NOT_JUDGED: 255;

/** The verdict that a result byte stands for. */
export function verdict(result: number): Verdict | "contradiction" | "not_judged";
