// In a preview: waits for what is built anew and loads it, with the answers kept as after an update.
// `cargo xtask serve --dev` puts it into the page; it is no part of what is shipped.
(function () {
  "use strict";

  const KEPT = "zige-kept";
  const host = window.zige;
  let answers = "";
  if (host) {
    const keep = host.keep;
    host.keep = function (text) {
      answers = text;
      keep(text);
    };
  }

  const bar = document.createElement("p");
  bar.setAttribute("role", "status");
  bar.hidden = true;
  bar.textContent = "刚才的修改有错误，这里还是修改之前的样子；错在哪里，看运行 serve 的窗口。";
  Object.assign(bar.style, { position: "fixed", bottom: "0", left: "0", right: "0", margin: "0", padding: "0.5em 1em", background: "#8a1c1c", color: "#fff", zIndex: "1000" });
  document.body.appendChild(bar);

  wait("");

  async function wait(seen) {
    let state = seen;
    try {
      const response = await fetch("zige-reload?" + encodeURIComponent(seen), { cache: "no-store" });
      state = await response.text();
    } catch (error) {
      // The server is being started anew.
      await new Promise(function (resolve) { setTimeout(resolve, 1000); });
    }
    bar.hidden = !state.endsWith("broken");
    if (seen && state !== seen && state.endsWith("ready")) {
      if (answers) sessionStorage.setItem(KEPT, answers);
      location.reload();
      return;
    }
    wait(state);
  }
})();
