/* Cards go from lane to lane by drag as well as by their buttons. They go at once; the server decides, and what it
   refuses goes back with its words. Without this file there are the buttons. */
import { say } from "./live-region.js";

const told = document.getElementById("board-said");
let held = null;

const ready = () => {
  for (const card of document.querySelectorAll("#lanes .kcard")) {
    card.draggable = card.querySelector("form.moves") !== null;
    for (const link of card.querySelectorAll("a")) link.draggable = false;
  }
};
const recount = () => {
  for (const lane of document.querySelectorAll("#lanes .lane")) {
    lane.querySelector("h2 span").textContent = lane.querySelectorAll(".kcard").length;
  }
};
const complain = (words) => {
  told.textContent = words;
  told.hidden = words === "";
  if (words) say(words);
};
const refresh = () => window.htmx.ajax("GET", location.pathname + location.search, { target: "#lanes", swap: "outerHTML" });

/* Words of the server, or why there are none. */
const ask = async (form, state) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("to", state);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    const words = plain ? await answer.text() : "The server did not take it. Load the page again to see how things stand.";
    return { good: answer.ok, stale: answer.status === 409, words };
  } catch {
    return { good: false, stale: false, words: "There is no connection to the server. Try again when it is back." };
  }
};

const move = async (card, lane) => {
  const [list, next] = [card.parentElement, card.nextElementSibling];
  const title = card.querySelector("h3").textContent;
  complain("");
  lane.querySelector("ul").append(card);
  card.classList.add("is-moving");
  card.draggable = false;
  recount();
  const { good, stale, words } = await ask(card.querySelector("form.moves"), lane.dataset.state);
  if (good) {
    await refresh();
    say(`${title}: ${words}`);
    return;
  }
  list.insertBefore(card, next);
  card.classList.remove("is-moving");
  card.draggable = true;
  recount();
  complain(`\u201c${title}\u201d was not moved. ${words}`);
  if (stale) await refresh();
};

const over = (target) => (held && target instanceof Element ? target.closest("#lanes .lane.is-open") : null);
const mark = (lane) => {
  for (const one of document.querySelectorAll("#lanes .lane.is-over")) if (one !== lane) one.classList.remove("is-over");
  if (lane) lane.classList.add("is-over");
};

document.addEventListener("dragstart", (event) => {
  held = event.target instanceof Element ? event.target.closest("#lanes .kcard[draggable='true']") : null;
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.querySelector("h3").textContent);
  held.classList.add("is-held");
  const home = held.closest(".lane");
  for (const lane of document.querySelectorAll("#lanes .lane[data-state]")) lane.classList.toggle("is-open", lane !== home);
});
document.addEventListener("dragover", (event) => {
  const lane = over(event.target);
  mark(lane);
  if (!lane) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});
document.addEventListener("drop", (event) => {
  const lane = over(event.target);
  if (!lane) return;
  event.preventDefault();
  move(held, lane);
});
document.addEventListener("dragend", () => {
  mark(null);
  for (const lane of document.querySelectorAll("#lanes .lane.is-open")) lane.classList.remove("is-open");
  if (held) held.classList.remove("is-held");
  held = null;
});

document.addEventListener("htmx:after:swap", ready);
ready();
