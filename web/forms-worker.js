// Appended to the exporters' glue; runs in a worker. First message: the module. Then: calls by name.
(function () {
  "use strict";
  let ready = null;

  self.onmessage = async function (event) {
    const { id, module, name, args } = event.data;
    try {
      if (module) {
        ready = wasm_bindgen({ module_or_path: module });
        await ready;
        self.postMessage({ id });
      } else {
        await ready;
        self.postMessage({ id, result: wasm_bindgen[name](...args) });
      }
    } catch (error) {
      const fatal = error instanceof WebAssembly.RuntimeError;
      self.postMessage({ id, fatal, error: error instanceof Error ? error.message : String(error) });
    }
  };
})();
