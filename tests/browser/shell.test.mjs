// What stands around the module: boot script, policy, offline, updates, panics, the kiosk page.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { DIST, KERNELS, freshContext, mounted, open, serve } from "./harness.mjs";

/** Runs `work` with a fresh host and a fresh browser profile. */
async function withHost(work, { kernel = "current", prefix = "/" } = {}) {
  const host = await serve(DIST, prefix);
  const context = await freshContext(kernel);
  try {
    await work(host, context);
  } finally {
    await context.close();
    await host.close();
  }
}

const file = (start, end) => readdirSync(DIST).find((name) => name.startsWith(start) && name.endsWith(end));

for (const kernel of KERNELS) {
  test(`the app starts without a word on the console (Chromium ${kernel})`, async () => {
    await withHost(async (host, context) => {
      const page = await open(context, host.address);
      await mounted(page);
      assert.deepEqual(page.said, []);
    }, { kernel });
  });

  test(`each file is asked for once, and from here (Chromium ${kernel})`, async () => {
    await withHost(async (host, context) => {
      // Without the service worker, which stores everything once more.
      await context.addInitScript(() => delete Object.getPrototypeOf(navigator).serviceWorker);
      const page = await open(context, host.address);
      await mounted(page);
      const asked = (name) => host.requests.filter((request) => request.name === name).length;
      for (const name of [file("first-", ".wasm"), file("outline-", ".bin"), file("boot-", ".js")]) assert.equal(asked(name), 1, name);
      // The whole app and the exporters follow when the page is idle.
      const last = file("forms-", ".wasm");
      for (let waited = 0; asked(last) === 0 && waited < 100; waited += 1) await page.waitForTimeout(100);
      for (const name of [file("zige-", ".wasm"), file("zige-", ".js"), file("packs-", ".bin"), last]) assert.equal(asked(name), 1, name);
      for (const { method, address } of page.asked) {
        assert.equal(method, "GET");
        assert.ok(address.startsWith(host.address), address);
      }
    }, { kernel });
  });

  test(`the app runs in a folder of a host (Chromium ${kernel})`, async () => {
    await withHost(async (host, context) => {
      const page = await open(context, host.address);
      await mounted(page);
      assert.deepEqual(page.said, []);
    }, { kernel, prefix: "/tools/zige/" });
  });

  test(`the kiosk page runs from a file (Chromium ${kernel})`, async () => {
    const context = await freshContext(kernel);
    const page = await open(context, pathToFileURL(join(DIST, "kiosk.html")).href);
    await mounted(page);
    assert.deepEqual(page.said, []);
    assert.equal(page.asked.length, 1);
    assert.equal(await page.evaluate(() => window.zige.kiosk), true);
    assert.match(await refusedForm(page), REFUSED);
    assert.deepEqual(page.said, []);
    await context.close();
  });

  test(`the exporters load in a worker and refuse what is no pack (Chromium ${kernel})`, async () => {
    await withHost(async (host, context) => {
      const page = await open(context, host.address);
      await mounted(page);
      assert.match(await refusedForm(page), REFUSED);
      // The same worker answers again.
      assert.match(await refusedForm(page), REFUSED);
      assert.deepEqual(page.said, []);
    }, { kernel });
  });
}

/** What the exporters say to bytes that are neither packs nor a request. */
function refusedForm(page) {
  return page.evaluate(() =>
    window.zige.forms("html", [new Uint8Array([1, 2, 3]), new Uint8Array([4])]).then(
      () => "no error",
      (error) => error.message,
    ),
  );
}

const REFUSED = /request|pack/;

test("no inline script, no eval, and no foreign address get past the policy", async () => {
  await withHost(async (host, context) => {
    const page = await open(context, host.address);
    await mounted(page);
    const outcome = await page.evaluate(async () => {
      const blocked = [];
      document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "window.inline = true";
      document.body.append(script);
      document.body.setAttribute("onclick", "window.handler = true");
      document.body.click();
      document.body.setAttribute("style", "color: red");
      await fetch("https://example.org/").catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { blocked: [...new Set(blocked)].sort(), inline: window.inline, handler: window.handler };
    });
    assert.deepEqual(outcome, {
      blocked: ["connect-src", "script-src-attr", "script-src-elem", "style-src-attr"],
      inline: undefined,
      handler: undefined,
    });
    // Asked from inside the page: what a debugger evaluates is not held to the policy.
    const evaluated = await page.evaluate(
      () => new Promise((resolve) => {
        const before = window.evaluated;
        setTimeout("window.evaluated = true", 0);
        setTimeout(() => resolve(window.evaluated !== before), 100);
      }),
    );
    assert.equal(evaluated, false);
  });
});

test("a changed file is refused by its integrity, and the page says what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zige-"));
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(join(folder, file("packs-", ".bin")), "something else");
  await withHost(async (host, context) => {
    host.folder = folder;
    const page = await open(context, host.address);
    await page.waitForSelector("#trouble:not([hidden])");
    assert.match(await page.innerText("#trouble"), /请检查网络/);
  });
  rmSync(folder, { recursive: true });
});

test("a host in trouble gets a plain page; the button tries again", async () => {
  await withHost(async (host, context) => {
    host.broken.add(file("zige-", ".wasm"));
    const page = await open(context, host.address);
    await page.waitForSelector("#trouble:not([hidden])");
    host.broken.clear();
    await page.click("#trouble button");
    await mounted(page);
  });
});

test("after a panic the page opens again with the answers, once", async () => {
  await withHost(async (host, context) => {
    const page = await open(context, host.address);
    await mounted(page);
    await page.evaluate(() => {
      window.zige.keep("what the person said");
      window.zige.panicked();
    });
    assert.match(await page.innerText("#trouble"), /已为您留着/);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "BUTTON");
    await page.click("#trouble button");
    await mounted(page);
    assert.equal(await page.evaluate(() => window.zige.kept), "what the person said");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.evaluate(() => window.zige.panicked());
    assert.match(await page.innerText("#trouble"), /从头开始/);
    await page.click("#trouble button");
    await mounted(page);
    assert.equal(await page.evaluate(() => window.zige.kept), undefined);
  });
});

test("a trap that no hook reports shows the same page", async () => {
  await withHost(async (host, context) => {
    const page = await open(context, host.address);
    await mounted(page);
    await page.evaluate(() => {
      setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); });
    });
    await page.waitForSelector("#trouble:not([hidden])");
  });
});

test("after the first visit the app opens with the network gone", async () => {
  await withHost(async (host, context) => {
    const page = await open(context, host.address);
    await mounted(page);
    await stored(page);
    await host.close();
    await page.reload();
    await mounted(page);
    assert.deepEqual(page.said, []);
  });
});

test("an update is offered, keeps the answers, and never mixes versions", async () => {
  const folder = nextVersion();
  await withHost(async (host, context) => {
    const page = await open(context, host.address);
    await mounted(page);
    await stored(page);
    await page.reload();
    await mounted(page);
    const before = await versionOf(page);
    await page.evaluate(() => window.zige.keep("half a form"));
    host.folder = folder;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.waitForSelector("#notice:not([hidden])");
    assert.match(await page.innerText("#notice"), /有新版本/);
    assert.equal(await versionOf(page), before);
    // What the open page still needs is there, although the host has only the new files.
    const old = await page.evaluate((name) => fetch(name).then((response) => response.status), file("boot-", ".js"));
    assert.equal(old, 200);
    await Promise.all([page.waitForNavigation(), page.click("#notice button")]);
    await mounted(page);
    assert.notEqual(await versionOf(page), before);
    assert.equal(await page.evaluate(() => window.zige.kept), "half a form");
    await host.close();
    await page.reload();
    await mounted(page);
    assert.notEqual(await versionOf(page), before);
  });
  rmSync(folder, { recursive: true });
});

/** Waits until the service worker has stored this version and answers this page. */
async function stored(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** The page tells its version only to its own script. */
function versionOf(page) {
  return page.evaluate(() => JSON.parse(document.querySelector("script[data-page]").dataset.page).version);
}

/** A copy of the app whose boot script has another name, as after a deployment. */
function nextVersion() {
  const folder = mkdtempSync(join(tmpdir(), "zige-"));
  cpSync(DIST, folder, { recursive: true });
  const [boot, next] = [file("boot-", ".js"), "boot-0123456789abcdef.js"];
  cpSync(join(folder, boot), join(folder, next));
  rmSync(join(folder, boot));
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const version = /version&quot;:&quot;([0-9a-f]{16})/.exec(page)[1];
  for (const name of ["index.html", "service-worker.js"]) {
    const text = readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, name), text.replaceAll(boot, next).replaceAll(version, "fedcba9876543210"));
  }
  return folder;
}
