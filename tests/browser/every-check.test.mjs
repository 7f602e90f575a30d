// Every check of every policy, from its first question to its verdict, with a thumb and with keys alone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, answerAll, heading, keyboard, section, touch, visit } from "./person.mjs";
import { CHECKS } from "./policies.mjs";

for (const { pack, id, label, on, answers } of CHECKS) {
  for (const [means, hand] of [["touch", touch], ["keyboard", keyboard]]) {
    test(`${pack} ${label}: by ${means}`, () => visit({ screen: PHONE, fragment: `#/p/${pack}/${id}`, on }, async ({ page }) => {
      const order = await answerAll(page, hand, answers);
      assert.ok(order.length > 0, "something is asked");
      assert.equal(new Set(order).size, order.length, `nothing is asked twice: ${order}`);
      assert.match(await heading(page), /(^|：\s*)符合$/);
      assert.ok(await page.evaluate(() => document.activeElement === document.querySelector("h1")), "the result has the focus");
      const why = await section(page, "为什么符合").innerText();
      assert.match(why, /依据：/);
    }));
  }
}
