// The script of the page that holds the elements: it writes down what it hears.
window.heard = [];
window.violations = [];
for (const name of ["zige-verdict", "zige-trouble"]) {
  document.addEventListener(name, (event) => {
    const place = [...document.querySelectorAll("zige-check")].indexOf(event.target);
    window.heard.push({ name, place, detail: event.detail });
  });
}
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
