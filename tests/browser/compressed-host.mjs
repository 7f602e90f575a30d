// The built app as a static host serves it that knows the `.br` files beside each asset.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { DIST, TYPES } from "./harness.mjs";

/** Serves the app on a free port: `{ address, close }`. */
export async function serveCompressed() {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1) || "index.html";
    const file = join(DIST, name);
    if (name.includes("..") || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const packed = existsSync(`${file}.br`) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
    const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "max-age=31536000" };
    response.writeHead(200, packed ? { ...headers, "Content-Encoding": "br" } : headers).end(readFileSync(packed ? `${file}.br` : file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://localhost:${server.address().port}/`, close: () => server.close() };
}
