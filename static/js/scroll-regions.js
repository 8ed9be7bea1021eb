/* A region that scrolls sideways stops the keyboard; one that has nothing to scroll does not. */

/* All is read before anything is written: what is written in between would have the page laid out again for each. */
const measure = (parts) => {
  const wide = parts.map((part) => part.scrollWidth > part.clientWidth + 1);
  parts.forEach((part, at) => {
    if (wide[at] === part.hasAttribute("tabindex")) return;
    if (wide[at]) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  });
};

/* Told of each region when it is first laid out, as in what was folded away, and whenever it changes. */
const sizes = new ResizeObserver((entries) => measure(entries.map((entry) => entry.target)));
const watch = () => {
  const parts = [...document.querySelectorAll(".scroll")];
  for (const part of parts) sizes.observe(part);
  return parts;
};

document.addEventListener("htmx:after:swap", () => measure(watch()));
watch();
