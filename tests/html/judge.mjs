// Judges HTML, one page a line of standard input ({"html": ...}); answers a line of JSON: what is wrong with it.
// Argument: the folder that html-validate is installed in.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const { HtmlValidate, StaticConfigLoader } = createRequire(resolve(process.argv[2], "package.json"))("html-validate");

const judge = new HtmlValidate(new StaticConfigLoader({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Whatever may have a name by ARIA may be given one: lists and groups, not only controls.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "reset", "submit"] }],
    // A title is as long as the team's name in it.
    "long-title": "off",
    // The page of a report that is being made loads itself again where no script can ask for it.
    "meta-refresh": "off",
    // Where a template left blanks is no matter of validity.
    "no-trailing-whitespace": "off",
    "no-unknown-elements": "error",
    // A label around its control names it as well: old screen readers know one of the two only.
    "no-redundant-for": "off",
    // tests/web/linting.py asks for the same, and lets a form pass in which nothing can be changed.
    "wcag/h32": "off",
  },
}));

for await (const line of createInterface({ input: process.stdin })) {
  const report = judge.validateStringSync(JSON.parse(line).html, "page.html");
  const found = report.results.flatMap((result) => result.messages);
  process.stdout.write(`${JSON.stringify(found.map((one) => `${one.ruleId} (line ${one.line}): ${one.message}`))}\n`);
}
