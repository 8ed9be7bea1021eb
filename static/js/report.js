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

  const regions = document.querySelectorAll(".scroll[tabindex]");
  const measure = () => {
    for (const region of regions) {
      if (region.scrollWidth > region.clientWidth + 1) region.setAttribute("tabindex", "0");
      else region.removeAttribute("tabindex");
    }
  };
  new ResizeObserver(measure).observe(document.documentElement);
  document.addEventListener("toggle", measure, true);
  measure();
  for (const region of document.querySelectorAll(".scroll-centred")) {
    region.scrollLeft = (region.scrollWidth - region.clientWidth) / 2;
  }
})();
