/* Light, dark or as the system, at once and without loading the page again. The cookie is what the server reads. */
const YEAR = 365 * 24 * 3600;

const keep = (theme) => {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
};

export const show = (theme) => {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-switch]") || !event.submitter) return;
  event.preventDefault();
  keep(event.submitter.value);
  show(event.submitter.value);
});
