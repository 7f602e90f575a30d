// What every browser test needs: a static host, browsers, and a page that is watched.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));

/** The app as it is shipped. */
export const DIST = process.env.ZIGE_DIST ?? join(here, "..", "..", "dist");

/** Where pictures and printed pages are left to look at. */
export const OUTPUT = join(here, "output");

/** The two ends of what must work. */
export const KERNELS = ["current", "86"];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/**
 * Serves `folder` below `prefix` on a free port, as a plain static host without compression would.
 * `host.folder` may be changed to deploy another version; `host.broken` holds names that answer 503.
 */
export async function serve(folder = DIST, prefix = "/") {
  const host = { folder, broken: new Set(), requests: [] };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const name = path.startsWith(prefix) ? path.slice(prefix.length) || "index.html" : "";
    const file = join(host.folder, normalize(`/${name}`));
    host.requests.push({ method: request.method, name });
    if (host.broken.has(name)) {
      response.writeHead(503).end();
    } else if (name === "" || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
    } else {
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache" }).end(readFileSync(file));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails early must not keep the run alive.
  server.unref();
  host.port = server.address().port;
  host.address = `http://localhost:${host.port}${prefix}`;
  host.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return host;
}

/**
 * A fresh profile in its own browser, closed by `context.close()`. One browser each, because Chromium
 * 86, as it is packed, has a single process and takes a single profile.
 */
export async function freshContext(kernel = "current", options = {}) {
  return kernel === "86" ? freshContext86(options) : newContext(launchChromium, options);
}

/**
 * This build sometimes starts and then never opens a page, about once in fifty times on a busy
 * machine; that says nothing about the app, so it is started again.
 */
async function freshContext86(options) {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const started = newContext(launchChromium86, options).then(async (context) => {
      await context.newPage();
      return context;
    });
    const context = await Promise.race([started, pause(10_000)]);
    if (context) return context;
    started.then((late) => late.close(), () => {});
  }
  throw new Error("Chromium 86 started five times and never opened a page");
}

async function newContext(launch, options) {
  const browser = await launch();
  const context = await browser.newContext(options);
  context.close = () => Promise.race([browser.close(), pause(5_000)]);
  return context;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function launchChromium() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

function launchChromium86() {
  const folder = chromium86();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // This build knows no other way to run.
    args: ["--headless", "--no-sandbox", "--single-process", "--no-zygote"],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "lib") },
  });
}

/** Unpacks the Chromium that chrome-aws-lambda brings, once. */
function chromium86() {
  const folder = join(here, "node_modules", ".chromium-86");
  if (existsSync(folder)) return folder;
  const packed = join(here, "node_modules", "chrome-aws-lambda", "bin");
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const unpack = (name) => brotliDecompressSync(readFileSync(join(packed, `${name}.br`)));
  writeFileSync(join(unfinished, "chromium"), unpack("chromium"));
  chmodSync(join(unfinished, "chromium"), 0o755);
  execFileSync("tar", ["-x", "-C", unfinished], { input: unpack("aws.tar") });
  renameSync(unfinished, folder);
  return folder;
}

/**
 * A new page that keeps what it says and asks for. `page.said` are console messages and uncaught
 * errors; `page.asked` are requests. Tests say what they expect of both.
 */
export async function open(context, address) {
  const unused = context.pages().find((page) => page.url() === "about:blank");
  const page = unused ?? (await context.newPage());
  page.said = [];
  page.asked = [];
  page.on("console", (message) => page.said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.said.push(`uncaught: ${error.message}`));
  page.on("request", (request) => page.asked.push({ method: request.method(), address: request.url() }));
  await page.goto(address);
  return page;
}

/** Waits until the app has taken the place of the skeleton. */
export async function mounted(page) {
  await page.waitForFunction(() => {
    const app = document.getElementById("app");
    return app.childElementCount > 0 && !app.querySelector(".skeleton");
  });
}
