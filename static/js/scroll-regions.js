/* A region that scrolls sideways stops the keyboard; one that has nothing to scroll does not. */
const measure = () => {
  for (const part of document.querySelectorAll(".scroll")) {
    if (part.scrollWidth > part.clientWidth + 1) part.setAttribute("tabindex", "0");
    else part.removeAttribute("tabindex");
  }
};

new ResizeObserver(measure).observe(document.documentElement);
document.addEventListener("toggle", measure, true);
document.addEventListener("htmx:after:swap", measure);
measure();
