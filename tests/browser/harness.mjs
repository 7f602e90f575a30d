// What every browser test needs: a static host, browsers, and a page that is watched.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));

/** The app as it is shipped. */
export const DIST = resolve(process.env.ZIGE_DIST ?? join(here, "..", "..", "dist"));

/** The npm package, made by `cargo xtask npm`. */
export const PKG = resolve(process.env.ZIGE_PKG ?? join(here, "..", "..", "pkg"));

/** Where pictures and printed pages are left to look at. */
export const OUTPUT = join(here, "output");

/** The two ends of what must work. */
export const KERNELS = ["current", "86"];

/** The media type of each kind of file. */
export const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/**
 * Serves `folder` below `prefix` on a free port, as a plain static host without compression would.
 * `host.folder` may be changed to deploy another version; `host.broken` holds names that answer 503,
 * `host.headers` goes with every answer.
 */
export async function serve(folder = DIST, prefix = "/") {
  const host = { folder, broken: new Set(), headers: {}, requests: [] };
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
      response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-cache", ...host.headers }).end(readFileSync(file));
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

/** A fresh profile in its own browser, closed by `context.close()`. */
export async function freshContext(kernel = "current", { userAgent, ...options } = {}) {
  // What the driver says of a user agent, Chromium 86 does not understand.
  const agent = userAgent === undefined ? [] : [`--user-agent=${userAgent}`];
  const browser = await (kernel === "86" ? launchChromium86(agent) : launchChromium(agent));
  const context = await browser.newContext(options);
  context.close = () => browser.close();
  return context;
}

function launchChromium(more) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", ...more] });
}

function launchChromium86(more) {
  const folder = chromium86();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // It brings no library for graphics. Not `--single-process`, with which it often never opens a
    // page when the machine is busy.
    args: ["--no-sandbox", "--disable-gpu", ...more],
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
  const page = await context.newPage();
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
