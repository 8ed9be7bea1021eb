/* Single keys press the button that shows them, only while the focus is on the stage area (WCAG 2.1.4). */
const TYPING = "input:not([type='radio']):not([type='checkbox']), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  const goesOn = event.key === "Enter" && event.target.matches("[data-shortcuts]");
  if ((event.key.length !== 1 && !goesOn) || event.target.matches(TYPING) || !event.target.closest("[data-shortcuts]")) return;
  const wanted = CSS.escape(event.key.toLowerCase());
  const target = document.querySelector(`[data-key="${wanted}"]:not([disabled])`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
