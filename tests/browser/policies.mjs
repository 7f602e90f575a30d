// What the policies say of themselves: every check with an applicant who qualifies, and every question. Read from the
// documents, so that a new check is tried in the browser as soon as it has an example.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "policies");
const APART = ["LANGUAGE.md", "vocabulary.md"];

/** The blocks of a kind in a document: name and lines. */
function blocks(text, kind) {
  const found = [];
  for (const [, name, body] of text.matchAll(new RegExp(`^\`\`\`${kind} (\\S+)\\n([\\s\\S]*?)^\`\`\``, "gm"))) found.push({ name, body });
  return found;
}

/** A TOML table as far as examples and facts use it: texts, numbers, yes and no, lists, inline tables, tables and lists of tables. */
export function toml(text) {
  const root = {};
  let table = root;
  let at = 0;
  const blank = () => { at += /^(?:\s|#.*)*/.exec(text.slice(at))[0].length; };
  const take = (pattern) => {
    const found = pattern.exec(text.slice(at));
    if (!found) throw new Error(`no TOML: ${text.slice(at, at + 60)}`);
    at += found[0].length;
    return found[1] ?? found[0];
  };
  const path = (names, last) => names.reduce((within, name, place) => {
    const empty = place === names.length - 1 ? last : {};
    within[name] ??= empty;
    const inner = within[name];
    return Array.isArray(inner) && place < names.length - 1 ? inner.at(-1) : inner;
  }, root);
  const value = () => {
    blank();
    const first = text[at];
    if (text.startsWith('"""', at)) return take(/^"""\n?([\s\S]*?)"""/);
    if (first === '"') return JSON.parse(take(/^"(?:[^"\\]|\\.)*"/));
    if (first === "'") return take(/^'([^']*)'/);
    if (first === "[") {
      at += 1;
      const items = [];
      for (blank(); text[at] !== "]"; blank()) {
        items.push(value());
        blank();
        if (text[at] === ",") at += 1;
      }
      at += 1;
      return items;
    }
    if (first === "{") {
      at += 1;
      const items = {};
      for (blank(); text[at] !== "}"; blank()) {
        const key = take(/^[\w-]+/);
        take(/^\s*=/);
        items[key] = value();
        blank();
        if (text[at] === ",") at += 1;
      }
      at += 1;
      return items;
    }
    const word = take(/^[^\s,\]}#]+/);
    return word === "true" ? true : word === "false" ? false : Number(word);
  };
  for (blank(); at < text.length; blank()) {
    if (text.startsWith("[[", at)) {
      const list = path(take(/^\[\[([\w.]+)\]\]/).split("."), []);
      table = {};
      list.push(table);
    } else if (text[at] === "[") {
      table = path(take(/^\[([\w.]+)\]/).split("."), {});
    } else {
      const key = take(/^[\w-]+/);
      take(/^\s*=/);
      table[key] = value();
    }
  }
  return root;
}

const read = (name) => readFileSync(join(folder, name), "utf8");

/** Every question of the vocabulary, by fact. */
export const FACTS = Object.fromEntries(blocks(read("vocabulary.md"), "fact").map(({ name, body }) => [name, toml(body)]));

/** Every check: its pack, its id, its words, and an applicant who qualifies on a day. */
export const CHECKS = readdirSync(folder).filter((name) => name.endsWith(".md") && !APART.includes(name)).sort().flatMap((name) => {
  const text = read(name);
  const examples = blocks(text, "example").map(({ body }) => toml(body));
  return blocks(text, "check").map(({ name: id, body }) => {
    const { label, question } = toml(body);
    const example = examples.find((one) => one.check === id && one.expect === "eligible" && one.like === undefined);
    if (example === undefined) throw new Error(`${name}: no example of somebody who qualifies for ${id}`);
    return { pack: name.slice(0, -".md".length), id, label, question, on: example.on, answers: example.answers };
  });
});
