/* The key that this device made, kept for this room: the same phone gets the same seat again, also without its cookie.
   128 bit from the browser's own source, since crypto.randomUUID is not there on plain http. */
const made = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

const keyOf = (code) => {
  const name = `mythmark:key:${code}`;
  try {
    const kept = localStorage.getItem(name) || made();
    localStorage.setItem(name, kept);
    return kept;
  } catch {
    return null; /* no store: the key that came with the page does */
  }
};
const plain = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");

const joining = document.querySelector("[data-join], [data-arrive]");
/* A link to a further device carries the code behind its mark, which no server is sent. */
const code = plain(joining.dataset.join || location.hash);
const key = code && keyOf(code);
if (key) joining.elements.key.value = key;
