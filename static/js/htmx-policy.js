/* What htmx may put into the page: answers of our own server, never a script inside one. */
(() => {
  "use strict";
  const refuse = () => { throw new TypeError("an answer of the server may not bring a script"); };
  const rules = { createHTML: (text) => text, createScript: refuse, createScriptURL: refuse };
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy("mythmark", rules) : rules;
  const never = () => { throw new EvalError("nothing in these pages is evaluated"); };
  window.htmx.registerExtension("mythmark", { init: (api) => { api.initSecurity(policy, never, never); } });
})();
