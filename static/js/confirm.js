/* A question before something final opens in place; without script its link leads to a page that asks the same. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-confirm]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.confirm);
    if (!dialog || !dialog.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const keeper = event.target.closest("dialog button[name='no']");
  if (keeper) keeper.closest("dialog").close();
});
