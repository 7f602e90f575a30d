// Starts the app: content security policy, modules, packs, and what the page does when a module
// cannot (load, survive a panic, hear of an update). A classic script in the words of Chrome 86.
// The first module has what the first questions need; the whole one takes over between two questions or pages.
// `cargo xtask dist` writes what it needs to know into its `data-page` attribute.
(function () {
  "use strict";

  const page = JSON.parse(document.currentScript.dataset.page);
  const KEPT = "zige-kept";
  const SAVED = "zige-saved";
  const PANIC_LOOP_MS = 10000;
  const started = Date.now();

  let answers = "";
  let broken = false;
  // Workers by the stem of their files: the exporters, and the module for blank forms.
  const workers = {};
  // The first module; the whole one's packs, once it is ready; whether it is the one that runs.
  let first = null;
  let whole = null;
  let running = false;
  // What is asked while the whole module waits for its turn.
  let question = "";
  let saved = takeSaved();

  setPolicy();
  const kept = takeKept();
  const host = {
    kiosk: page.kiosk,
    kept: kept,
    arriving: false,
    keep: function (text) {
      answers = text;
      // Once the next question is on the page.
      if (whole !== null) setTimeout(turn, 0);
    },
    get saved() { return saved; },
    save: save,
    panicked: panicked,
    formsAvailable: true,
    forms: callForms,
  };
  window.zige = host;
  window.addEventListener("error", function (event) { trapped(event.error); });
  window.addEventListener("unhandledrejection", function (event) { trapped(event.reason); });
  document.querySelector("#trouble button").addEventListener("click", function () { location.reload(); });
  start();

  // Kernels older than the word 'wasm-unsafe-eval' need 'unsafe-eval' to compile a module; no other
  // kernel gets it. The page's own policy already forbids inline and foreign scripts.
  function setPolicy() {
    const meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = page.policy.replace("{wasm}", knowsWasmUnsafeEval() ? "'wasm-unsafe-eval'" : "'unsafe-eval'");
    document.head.appendChild(meta);
  }

  function knowsWasmUnsafeEval() {
    const agent = navigator.userAgent;
    const oldest = [[/Chrom(?:e|ium)\/(\d+)/, 97], [/Firefox\/(\d+)/, 102], [/(?:iPhone|CPU) OS (\d+)/, 16], [/Version\/(\d+)/, 16]];
    for (const [pattern, version] of oldest) {
      const found = pattern.exec(agent);
      if (found) return Number(found[1]) >= version;
    }
    return true;
  }

  async function start() {
    if (typeof WebAssembly !== "object" || (page.kiosk && typeof DecompressionStream !== "function")) {
      trouble("old");
      return;
    }
    window.addEventListener("hashchange", function () { takeOver(true); });
    try {
      // What somebody has said before only the whole module can read.
      if (typeof zigeFirst === "function" && !kept && !saved) {
        const [outline, wasm] = await Promise.all([bytes("outline"), module("firstModule")]);
        await zigeFirst({ module_or_path: wasm });
        first = zigeFirst;
        first.start(new Uint8Array(outline), host);
        if (!isWaiting()) await idle();
      }
      await openWhole();
    } catch (error) {
      if (!trapped(error)) trouble(error instanceof WebAssembly.CompileError ? "old" : "load");
      return;
    }
    afterLoad();
  }

  // The page waits for the whole module, which alone can show it.
  function isWaiting() {
    return first === null || document.querySelector("[data-waiting]") !== null;
  }

  async function openWhole() {
    const patience = first === null ? 0 : 3;
    for (let attempt = 0; ; attempt++) {
      try {
        const [packs, wasm] = await Promise.all([bytes("packs"), module("wasm"), glue()]);
        await wasm_bindgen({ module_or_path: wasm });
        whole = packs;
        question = asked();
        break;
      } catch (error) {
        // The first questions can go on without it.
        if (attempt >= patience || error instanceof WebAssembly.CompileError) throw error;
        await new Promise(function (resolve) { setTimeout(resolve, 5000); });
      }
    }
    if (isWaiting()) takeOver(first !== null);
  }

  function asked() {
    const place = document.querySelector("[data-question]");
    return place ? place.dataset.question : "";
  }

  function turn() {
    if (asked() !== question) takeOver(true);
  }

  // The whole module goes on where the first one was, with what was said and typed.
  function takeOver(arriving) {
    if (whole === null || running) return;
    // What is being told must stay to be read.
    if (!isWaiting() && document.querySelector(".note")) return;
    running = true;
    if (first !== null) {
      first.stop();
      host.kept = answers || undefined;
      host.arriving = arriving;
    }
    wasm_bindgen.start(new Uint8Array(whole), host);
    whole = null;
  }

  // In the kiosk page it stands there already.
  function glue() {
    if (typeof wasm_bindgen === "function") return null;
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = page.assets.glue.href;
      script.integrity = page.assets.glue.integrity;
      script.onload = resolve;
      script.onerror = function () {
        script.remove();
        reject(new Error(script.src));
      };
      document.head.appendChild(script);
    });
  }

  // A response that can be compiled while it arrives, or else the bytes.
  async function module(name) {
    if (inline(name)) return bytes(name);
    const response = await get(name);
    return response.headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer();
  }

  // In the kiosk page the files stand as text: gzip in base64.
  async function bytes(name) {
    const text = inline(name);
    if (!text) return (await get(name)).arrayBuffer();
    const characters = atob(text.textContent);
    const data = new Uint8Array(characters.length);
    for (let i = 0; i < data.length; i++) data[i] = characters.charCodeAt(i);
    return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  function inline(name) {
    return document.getElementById("zige-" + name);
  }

  async function get(name) {
    const asset = page.assets[name];
    const options = { integrity: asset.integrity };
    const response = await fetch(asset.href, options).catch(async function () {
      await new Promise(function (resolve) { setTimeout(resolve, 1000); });
      return fetch(asset.href, options);
    });
    if (!response.ok) throw new Error(asset.href + ": " + response.status);
    return response;
  }

  // The exporters: a second module in a worker. It is built from a blob so that its code is checked
  // against its integrity hash and obeys this page's policy; both would not hold for an address.
  async function callForms(name, args) {
    const stem = name === "blank" ? "blank" : "forms";
    if (!workers[stem]) workers[stem] = openWorker(stem);
    const opening = workers[stem];
    const call = await opening.catch(function (error) {
      if (workers[stem] === opening) workers[stem] = null;
      throw error;
    });
    return call({ name: name, args: args });
  }

  async function openWorker(stem) {
    if (stem === "forms") formsStyles();
    const [script, module] = await Promise.all([bytes(stem + "Script"), bytes(stem + "Module")]);
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(address);
    const waiting = new Map();
    let calls = 0;
    function call(message) {
      return new Promise(function (resolve, reject) {
        calls += 1;
        waiting.set(calls, { resolve: resolve, reject: reject });
        worker.postMessage(Object.assign({ id: calls }, message));
      });
    }
    // After a trap the module's memory cannot be trusted: the next call opens a new worker.
    function end(reason) {
      worker.terminate();
      workers[stem] = null;
      waiting.forEach(function (one) { one.reject(new Error(reason)); });
      waiting.clear();
    }
    worker.onerror = function (event) { end(event.message); };
    worker.onmessage = function (event) {
      const answer = event.data;
      if (answer.fatal) {
        end(answer.error);
        return;
      }
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("error" in answer) one.reject(new Error(answer.error));
      else one.resolve(answer.result);
    };
    await call({ module: module });
    URL.revokeObjectURL(address);
    return call;
  }

  // How forms look on paper; in the kiosk page the styles stand there already.
  function formsStyles() {
    if (page.kiosk || document.getElementById("forms-styles")) return;
    const link = document.createElement("link");
    link.id = "forms-styles";
    link.rel = "stylesheet";
    link.href = page.assets.formsStyles.href;
    link.integrity = page.assets.formsStyles.integrity;
    document.head.appendChild(link);
  }

  // Nothing more may compete with the first question for the line.
  function idle() {
    return new Promise(function (resolve) {
      if ("requestIdleCallback" in window) window.requestIdleCallback(resolve, { timeout: 3000 });
      else setTimeout(resolve, 1000);
    });
  }

  async function afterLoad() {
    if (page.kiosk) return;
    await idle();
    if ("serviceWorker" in navigator) {
      // It stores the exporters too.
      keepOffline();
    } else {
      bytes("formsScript").catch(function () {});
      bytes("formsModule").catch(function () {});
    }
  }

  // Offline and updates. A new version waits until the person takes it; a page never uses files of
  // two versions, because all files but the page itself are named after their content.
  async function keepOffline() {
    const workers = navigator.serviceWorker;
    const before = workers.controller;
    let reload = false;
    workers.addEventListener("controllerchange", function () {
      if (reload) location.reload();
    });
    let registration;
    try {
      registration = await workers.register("service-worker.js");
    } catch (error) {
      // Private windows and some web views refuse; the page works, only not offline.
      return;
    }
    function look() {
      const waiting = registration.waiting;
      if (!waiting || !before) return;
      const channel = new MessageChannel();
      channel.port1.onmessage = function (event) {
        // The network was first: this page is the new version already.
        if (event.data === page.version) waiting.postMessage("take over");
        else offerUpdate(function () {
          store();
          reload = true;
          waiting.postMessage("take over");
        });
      };
      waiting.postMessage("version", [channel.port2]);
    }
    look();
    registration.addEventListener("updatefound", function () {
      const installing = registration.installing;
      installing.addEventListener("statechange", function () {
        if (installing.state === "installed") look();
      });
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "visible") registration.update().catch(function () {});
    });
  }

  function offerUpdate(update) {
    const notice = document.getElementById("notice");
    notice.querySelector("button").onclick = update;
    notice.hidden = false;
  }

  function trapped(error) {
    const trap = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
    if (trap) panicked();
    return trap;
  }

  // Called by the module's panic hook; the module is not to be used after it.
  function panicked() {
    if (broken) return;
    broken = true;
    running = true;
    const again = kept !== undefined && Date.now() - started < PANIC_LOOP_MS;
    if (!again) store();
    trouble(again ? "again" : "panic");
    // Nobody may be there to press the button, and the next person must not find this one's page.
    if (page.kiosk) setTimeout(function () { location.reload(); }, 5000);
  }

  function trouble(kind) {
    document.getElementById("app").hidden = true;
    const box = document.getElementById("trouble");
    box.querySelector("[data-trouble=" + kind + "]").hidden = false;
    box.hidden = false;
    box.querySelector("button").focus();
  }

  function store() {
    try {
      if (answers) sessionStorage.setItem(KEPT, answers);
    } catch (error) {
      // Storage may be switched off; then there is nowhere to keep them.
    }
  }

  // What the person asked to save on this device; undefined in a kiosk and where storage is off.
  function takeSaved() {
    try {
      return page.kiosk ? undefined : localStorage.getItem(SAVED) || "";
    } catch (error) {
      return undefined;
    }
  }

  // Another window may have saved or cleared meanwhile; this one must not undo that.
  function save(text) {
    try {
      if (text === "") {
        localStorage.removeItem(SAVED);
      } else {
        if ((localStorage.getItem(SAVED) || "") !== saved) return false;
        localStorage.setItem(SAVED, text);
      }
      saved = text;
      return true;
    } catch (error) {
      return false;
    }
  }

  function takeKept() {
    try {
      const text = sessionStorage.getItem(KEPT);
      sessionStorage.removeItem(KEPT);
      return text === null ? undefined : text;
    } catch (error) {
      return undefined;
    }
  }
})();
