// For each policy: from an empty page to a verdict, to its form as a .docx, opened again on another device.

import assert from "node:assert/strict";
import { test } from "node:test";

import { accept, fillLine, items, openFile, ready, take } from "./form-page.mjs";
import { answerAll, heading, touch, visit } from "./person.mjs";
import { CHECKS } from "./policies.mjs";
import { unzip } from "./zip.mjs";

const UNKNOWN = "未填";

/** The check and the paper to begin with, and whether the check asks for something that stands on it. */
const PAPERS = [
  ["chifeng-talent-leaders-2014", "mentor", "培带人推荐申报表", true],
  ["liaoning-minority-professionals-draft", "trainee", "少数民族专业技术人才特殊培养人选推荐表", true],
  ["panzhihua-mentoring-2022", "pair", "导师结对培养年度考核登记表", true],
  ["yuxi-grassroots-2019", "trainee", "申请表", true],
  ["ziliujing-talent-training", "trainee", "人才培养对象登记表", true],
];

test("no policy is left out", () => assert.deepEqual(PAPERS.map(([pack]) => pack), [...new Set(CHECKS.map(({ pack }) => pack))]));

for (const [pack, id, paper, known] of PAPERS) {
  const { on, answers } = CHECKS.find((check) => check.pack === pack && check.id === id);
  test(`${pack}: verdict, form, document, and back`, async () => {
    let [fragment, filled, file] = [];
    await visit({ fragment: `#/p/${pack}/${id}`, on, acceptDownloads: true }, async ({ page }) => {
      await answerAll(page, touch, answers);
      assert.match(await heading(page), /(^|：\s*)符合$/);
      const link = page.getByRole("link", { name: new RegExp(`^填写.*${paper}`) });
      await page.locator("details.more").evaluateAll((more) => more.forEach((one) => { one.open = true; }));
      await link.first().tap();
      await ready(page);
      fragment = await page.evaluate(() => location.hash);
      let lines = 0;
      for (const [item, content] of Object.entries(await items(page))) {
        if (content === UNKNOWN && (await fillLine(page, item, "样例内容"))) lines += 1;
      }
      assert.ok(lines > 0, "some lines are the form's own");
      filled = Object.fromEntries(Object.entries(await items(page)).filter(([, content]) => content !== UNKNOWN));
      assert.equal(Object.keys(filled).length > lines, known, `what the check asked is there already: ${Object.keys(filled)}`);
      file = await take(page, "下载Word文档");
    });
    await visit({ fragment, on, acceptDownloads: true }, async ({ page }) => {
      await ready(page);
      assert.ok(Object.values(await items(page)).every((content) => content === UNKNOWN), "the page is empty");
      await openFile(page, file);
      assert.equal(await page.locator(".opened .warning").count(), 0, "everything is understood");
      await accept(page);
      const back = Object.fromEntries(Object.entries(await items(page)).filter(([, content]) => content !== UNKNOWN));
      assert.deepEqual(back, filled);
      const again = await take(page, "下载Word文档");
      for (const part of ["word/document.xml", "docProps/custom.xml"]) assert.equal(unzip(again.bytes)[part], unzip(file.bytes)[part], part);
    });
  });
}
