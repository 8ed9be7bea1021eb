/* What was waited for is there: go to it, once. A file is saved, and the page stays. */
const go = () => {
  const link = document.querySelector("[data-go]:not([data-gone])");
  if (!link) return;
  link.dataset.gone = "";
  location.replace(link.href);
};

document.addEventListener("htmx:after:swap", go);
go();
