// <zige-check pack="…" check="…" packs="packs.zige">: one check on any page, in its own shadow root.
//
// Colours and sizes are the page's to set, by the custom properties of zige.css (--zige-accent, --zige-paper …). At each
// change it sends `zige-verdict` with { pack, check, verdict, possible }: nothing of the person. `zige-trouble` tells why
// it could not start. Its policy must allow this package's place for scripts, styles and connections, and 'wasm-unsafe-eval'.
import start, { mount, watch } from "./zige_widget.js";

const CLASSES = ["ineligible", "discretionary", "eligible"];
const BROKEN = "程序遇到问题，请刷新页面后重试。";

const elements = new Set();
let module;
const files = new Map();

function ready() {
  return (module ??= start().then(() => watch(() => elements.forEach((element) => element.fail(BROKEN)))));
}

function load(address) {
  if (!files.has(address)) {
    const file = fetch(address, { credentials: "omit" }).then(async (answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    });
    file.catch(() => files.delete(address));
    files.set(address, file);
  }
  return files.get(address);
}

class ZigeCheck extends HTMLElement {
  static get observedAttributes() {
    return ["pack", "check", "packs"];
  }

  connectedCallback() {
    elements.add(this);
    this.show();
  }

  disconnectedCallback() {
    elements.delete(this);
    this.clear();
  }

  attributeChangedCallback(_, before, now) {
    if (this.isConnected && before !== now) this.show();
  }

  async show() {
    // Attributes that are set one after another show one check, the last.
    const turn = (this.turn = (this.turn ?? 0) + 1);
    await null;
    if (turn !== this.turn || !this.isConnected) return;
    this.clear();
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const styles = document.createElement("link");
    const root = document.createElement("div");
    styles.rel = "stylesheet";
    styles.href = new URL("./zige.css", import.meta.url).href;
    const styled = new Promise((done) => (styles.onload = styles.onerror = done));
    shadow.replaceChildren ? shadow.replaceChildren(styles, root) : ((shadow.textContent = ""), shadow.append(styles, root));
    try {
      const address = new URL(this.getAttribute("packs") ?? "packs.zige", document.baseURI).href;
      const [bytes] = await Promise.all([load(address), ready(), styled]);
      if (turn !== this.turn || !this.isConnected) return;
      const heard = (pack, check, bits) => {
        const possible = CLASSES.filter((_, bit) => bits & (1 << bit));
        const verdict = possible.length === 1 ? possible[0] : "incomplete";
        this.send("zige-verdict", { pack, check, verdict, possible });
      };
      this.widget = mount(root, bytes, this.getAttribute("pack") ?? "", this.getAttribute("check") ?? "", heard);
    } catch (error) {
      root.textContent = BROKEN;
      this.send("zige-trouble", { message: String(error?.message ?? error) });
    }
  }

  clear() {
    this.widget?.destroy();
    this.widget?.free();
    this.widget = undefined;
  }

  fail(message) {
    // The module stopped: its objects cannot be freed any more.
    this.widget = undefined;
    if (this.shadowRoot) this.shadowRoot.textContent = message;
  }

  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get("zige-check")) customElements.define("zige-check", ZigeCheck);
