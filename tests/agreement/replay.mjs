// Repeats the cases of `agreement --export` on an engine: under Node by node.mjs, in a browser by a page.

/**
 * @param engine  an `Engine` of the npm package, with the corpus' packs loaded
 * @param lines   the lines of cases.ndjson
 * @param sha256  text -> promise of its SHA-256 in lower-case hexadecimal
 * @returns how many cases and whole reports of which checks (`pack check`) were compared, and what differs
 */
export async function replay(engine, lines, sha256) {
  const prepared = new Map();
  const result = { cases: 0, whole: 0, checks: [], differences: [] };
  for (const line of lines) {
    if (line === '') continue;
    const expected = JSON.parse(line);
    const name = `${expected.pack} ${expected.check}`;
    if (!result.checks.includes(name)) result.checks.push(name);
    const key = `${name} ${expected.on}`;
    if (!prepared.has(key)) {
      prepared.set(key, engine.prepare(expected.pack, expected.check, expected.on));
    }
    const check = prepared.get(key);
    check.setAll(expected.answers);
    const found = {
      possible: check.judge(),
      conditions: Array.from(check.conditions),
      missing: Array.from(check.missing),
    };
    if ('whole' in expected) {
      found.whole = await wholeReport(engine, expected, sha256);
      result.whole += 1;
    }
    for (const [what, value] of Object.entries(found)) {
      if (JSON.stringify(value) !== JSON.stringify(expected[what])) {
        result.differences.push(
          `${what} is ${JSON.stringify(value)}, natively ${JSON.stringify(expected[what])}: ${line}`,
        );
      }
    }
    result.cases += 1;
  }
  return result;
}

async function wholeReport(engine, { pack, check, on, answers, possible }, sha256) {
  try {
    return await sha256(engine.checkJson(pack, check, answers, on));
  } catch (error) {
    if (possible === 0) return null;
    throw error;
  }
}
