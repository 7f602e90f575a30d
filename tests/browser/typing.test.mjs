// While a person types, nothing jumps: the same node, the same caret, the same text; pinyin is left alone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHECK, TEACHER } from "./applicants.mjs";
import { answer, asked, button, heading, keyboard, touch, visit, DESK } from "./person.mjs";

const FORM = `${CHECK}/form/recommendation`;

async function until(page, wanted) {
  for (let fact = await asked(page); fact !== wanted; fact = await asked(page)) await answer(page, touch, fact, TEACHER[fact]);
}

/** Remembers the focused node; the returned function asserts that it is still the one, with this text and caret. */
async function watch(page) {
  const before = await page.evaluateHandle(() => document.activeElement);
  return async (text, caret = text.length) => {
    const now = await page.evaluate((old) => {
      const node = document.activeElement;
      return { same: node === old && node.isConnected, text: node.value, caret: node.selectionStart };
    }, before);
    assert.deepEqual(now, { same: true, text, caret });
  };
}

/** A pinyin keyboard: letters that are not yet text, then the characters that were chosen. */
async function pinyin(page) {
  const cdp = await page.context().newCDPSession(page);
  return {
    compose: (letters) => cdp.send("Input.imeSetComposition", { text: letters, selectionStart: letters.length, selectionEnd: letters.length }),
    choose: (characters) => cdp.send("Input.insertText", { text: characters }),
    async enter() {
      const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
      await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
      await cdp.send("Input.dispatchKeyEvent", { type: "char", ...key, text: "\r" });
      await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    },
  };
}

test("options vanish and come back around the box that narrows them", () => visit({}, async ({ page }) => {
  await until(page, "ethnicity");
  const box = page.getByLabel("输入一两个字可以缩小范围");
  await box.tap();
  const same = await watch(page);
  const all = await page.getByRole("radio").count();
  await page.keyboard.type("满族");
  assert.equal(await page.getByRole("radio").count(), 1);
  await same("满族");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  await same("族", 0);
  await page.keyboard.press("Delete");
  assert.equal(await page.getByRole("radio").count(), all);
  await same("");
  await page.keyboard.press("Enter");
  assert.equal(await asked(page), "ethnicity", "Enter in the box hands nothing in");
}));

test("pinyin in the box: letters are no text yet, Enter takes them, the choice narrows", () => visit({}, async ({ page }) => {
  await until(page, "ethnicity");
  await page.getByLabel("输入一两个字可以缩小范围").tap();
  const [same, ime] = [await watch(page), await pinyin(page)];
  for (const letters of ["m", "ma", "man"]) {
    await ime.compose(letters);
    await same(letters);
  }
  await ime.enter();
  assert.equal(await asked(page), "ethnicity");
  await ime.compose("man");
  await ime.choose("满");
  await same("满");
  assert.equal(await page.getByRole("radio").count(), 1);
}));

test("a chosen option keeps node and focus while the verdict changes", () => visit({ screen: DESK }, async ({ page }) => {
  await keyboard.choose(page, "凤城市");
  const radio = page.getByRole("radio", { name: "凤城市" });
  const before = await radio.elementHandle();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  assert.ok(await radio.evaluate((node, old) => node === old && node === document.activeElement && node.checked, before));
}));

test("the date keeps its fields when its errors appear and vanish", () => visit({}, async ({ page }) => {
  await until(page, "birth_date");
  const fields = {};
  for (const [name, text] of [["年", "1985"], ["月", "2"], ["日", "30"]]) {
    await touch.type(page, page.getByLabel(name, { exact: true }), text);
    fields[name] = await page.getByLabel(name, { exact: true }).elementHandle();
  }
  await touch.press(page, button(page, "继续"));
  await page.getByRole("alert").waitFor();
  for (const [name, handle] of Object.entries(fields)) {
    assert.ok(await page.getByLabel(name, { exact: true }).evaluate((node, old) => node === old, handle), name);
  }
  await page.getByLabel("日", { exact: true }).tap();
  const same = await watch(page);
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await same("3");
  await page.keyboard.type("1");
  await same("31");
}));

test("a number that is mended stays under the finger when its error goes", () => visit({}, async ({ page }) => {
  await until(page, "birth_date");
  await page.getByText("用身份证号码代填（可不用）").tap();
  await touch.type(page, page.getByLabel("身份证号码", { exact: true }), "210682198503070011");
  const same = await watch(page);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-invalid") === "true");
  await same("210682198503070011");
  await page.keyboard.press("Backspace");
  await same("21068219850307001");
  assert.equal(await page.getByLabel("身份证号码", { exact: true }).isVisible(), true);
}));

test("a form's field: the hint about room appears, the preview is rewritten, the caret stays", () => visit({ fragment: FORM }, async ({ page }) => {
  await page.getByRole("button", { name: /^填写 ?研修方向/ }).tap();
  await page.getByRole("textbox", { name: "研修方向" }).tap();
  const same = await watch(page);
  const long = "心血管介入治疗".repeat(7);
  await page.keyboard.insertText(long);
  await page.getByText(/还可以写\d+字/).waitFor();
  await same(long);
  await page.keyboard.press("Home");
  await page.keyboard.insertText("学习");
  await same(`学习${long}`, 2);
  for (let times = 0; times < 30; times += 1) await page.keyboard.press("Delete");
  assert.equal(await page.getByText(/还可以写\d+字/).count(), 0);
  await same(`学习${long.slice(30)}`, 2);
}));

test("pinyin in a form's field: Enter while composing saves nothing", () => visit({ fragment: FORM }, async ({ page }) => {
  await page.getByRole("button", { name: /^填写 ?姓名/ }).tap();
  await page.getByRole("textbox", { name: "姓名" }).tap();
  const [same, ime] = [await watch(page), await pinyin(page)];
  await ime.compose("wang");
  await ime.enter();
  assert.equal(await page.getByRole("heading", { level: 3 }).first().innerText(), "您的姓名是？");
  await ime.compose("wang");
  await ime.choose("王小明");
  await same("王小明");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^修改 ?姓名/ }).waitFor();
  assert.match(await page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^修改 ?姓名/ }) }).innerText(), /王小明/);
}));

test("records come and go around the one that is being written", () => visit({ fragment: FORM }, async ({ page }) => {
  await page.getByRole("button", { name: /^填写 ?工作经历/ }).tap();
  const add = page.getByRole("button", { name: /^添加一条/ });
  await add.tap();
  await add.tap();
  await add.tap();
  const second = page.getByRole("region", { name: /^第2条/ }).getByLabel("工作单位", { exact: true });
  await second.tap();
  await page.keyboard.insertText("凤城市第一中学");
  const node = await second.elementHandle();
  await page.getByRole("button", { name: /^删除 ?第1条/ }).tap();
  const first = page.getByRole("region", { name: /^第1条/ }).getByLabel("工作单位", { exact: true });
  assert.ok(await first.evaluate((now, old) => now === old && now.value === "凤城市第一中学", node));
  await page.getByRole("button", { name: /^上移 ?第2条/ }).tap();
  const moved = page.getByRole("region", { name: /^第2条/ }).getByLabel("工作单位", { exact: true });
  assert.ok(await moved.evaluate((now, old) => now === old && now.value === "凤城市第一中学", node));
}));
