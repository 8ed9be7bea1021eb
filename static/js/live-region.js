/* Says what has changed to people who do not see it, and puts the focus on what has to be mended. */
const region = document.getElementById("live");

export const say = (words) => {
  if (!region) return;
  region.textContent = "";
  /* The same words twice are only heard when the region was empty in between. */
  setTimeout(() => { region.textContent = words; }, 100);
};

const faults = (root) => root.querySelector("[data-focus]");

const said = [...document.querySelectorAll("#notices [data-announce]")].map((part) => part.textContent.trim());
if (said.length) say(said.join(" "));
const first = faults(document);
if (first) first.focus();

document.addEventListener("htmx:after:swap", () => {
  const wrong = faults(document);
  if (wrong) wrong.focus();
});
