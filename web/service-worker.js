// Offline: keeps one whole version of the app. The page is asked from the network first, all else
// is named after its content and comes from the cache first, so versions cannot mix.
// `cargo xtask dist` writes VERSION and FILES.
"use strict";

const VERSION = "{version}";
const FILES = {files};
const PREFIX = "zige-";
const PAGE = new URL("./", self.location).href;
const HASHED = /-[0-9a-f]{16}\.\w+$/;
const PATIENCE_MS = 4000;

self.addEventListener("install", function (event) {
  event.waitUntil(install());
});

async function install() {
  const cache = await caches.open(PREFIX + VERSION);
  const page = await fetch(PAGE, { cache: "no-cache" });
  const text = await page.clone().text();
  // During a deployment the host may still send the old page; the browser will try again later.
  if (!page.ok || !text.includes(VERSION)) throw new Error("the page and its worker differ");
  await cache.put(PAGE, page);
  // With integrity: what a hotel's login page sends instead must not be kept for ever.
  await cache.addAll(FILES.map(function (file) { return new Request(file.href, { integrity: file.integrity }); }));
}

self.addEventListener("activate", function (event) {
  event.waitUntil(forgetOldVersions().then(function () { return self.clients.claim(); }));
});

// Pages of the version before this may still be open; they keep their files.
async function forgetOldVersions() {
  const names = (await caches.keys()).filter(function (name) { return name.startsWith(PREFIX) && name !== PREFIX + VERSION; });
  await Promise.all(names.slice(0, -1).map(function (name) { return caches.delete(name); }));
}

self.addEventListener("message", function (event) {
  if (event.data === "version") event.ports[0].postMessage(VERSION);
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", function (event) {
  const request = event.request;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET") return;
  if (address === PAGE || address === PAGE + "index.html") event.respondWith(pageFirstFromNetwork(request));
  else if (address.startsWith(PAGE) && HASHED.test(address)) event.respondWith(fileFirstFromCache(request));
});

async function pageFirstFromNetwork(request) {
  const cache = await caches.open(PREFIX + VERSION);
  const kept = await cache.match(PAGE);
  if (!kept) return fetch(request);
  const patience = new Promise(function (resolve) { setTimeout(resolve, PATIENCE_MS, kept); });
  const network = fetch(request).then(function (response) { return response.ok ? response : kept; }, function () { return kept; });
  return Promise.race([network, patience]);
}

async function fileFirstFromCache(request) {
  return (await caches.match(request, { ignoreVary: true })) || fetch(request);
}
