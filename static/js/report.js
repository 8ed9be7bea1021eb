/* The contents list follows the reader, and only what really scrolls sideways stops the keyboard. */
(() => {
  "use strict";
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a[href^='#']")) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) links.set(section, link);
  }
  const inView = new Set();
  const follow = (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inView.add(entry.target);
      else inView.delete(entry.target);
    }
    const current = [...links.keys()].filter((section) => inView.has(section)).pop();
    if (!current) return;
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  /* A section is the current one while it crosses a line a quarter down the window. */
  const observer = new IntersectionObserver(follow, { rootMargin: "-25% 0px -74% 0px" });
  for (const section of links.keys()) observer.observe(section);

  /* Told of each region when it is first laid out and whenever it changes, so nothing is laid out only to be measured.
     All is read before anything is written, for the same reason. */
  const measure = (entries) => {
    const parts = entries.map((entry) => entry.target);
    const rooms = parts.map((part) => part.scrollWidth - part.clientWidth);
    parts.forEach((part, at) => {
      if (rooms[at] > 1 === part.hasAttribute("tabindex")) return;
      if (rooms[at] > 1) part.setAttribute("tabindex", "0");
      else part.removeAttribute("tabindex");
    });
  };
  const sizes = new ResizeObserver(measure);
  for (const part of document.querySelectorAll(".scroll[tabindex]")) sizes.observe(part);
})();
