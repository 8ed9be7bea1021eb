/* The live part of the workshop, for the facilitator's view and the wall: it follows the room's stream and fetches its
   own page again when something has changed. Where somebody is typing, nothing is put in place under their hands. */
import { followMoves, isFlying } from "./moves.js";

const live = () => document.querySelector("[data-events]");
const LIGHT = ["voted", "joined", "connected", "revision"];
const GAP = 400;
const MOST_WAIT = 3000;
let seen = null;
let wanted = "";
let timer = 0;
let lastFetch = 0;
let wait = 500;

/* ---------- the stream ---------- */
const onlyCounts = (before, now) =>
  before !== null && Object.keys(now).every((key) => LIGHT.includes(key) || JSON.stringify(now[key]) === JSON.stringify(before[key]));

const fetchSoon = (part) => {
  wanted = wanted === "room" ? "room" : part;
  if (timer || isFlying()) return;
  timer = setTimeout(() => {
    timer = 0;
    if (isFlying()) return; /* it is looked at again when that has ended */
    const tally = wanted === "tally" ? document.getElementById("tally") : null;
    const target = tally || live();
    if (!target) return;
    wanted = "";
    lastFetch = Date.now();
    window.htmx.trigger(target, tally ? "tally" : "room");
  }, Math.max(0, lastFetch + GAP - Date.now()));
};

const changed = (state) => {
  const shown = live();
  if (!shown) return;
  const before = seen;
  seen = state;
  /* A revision that moved with no count beside it is a new order of the agenda, or who leads. */
  const counted = before !== null && ["voted", "joined", "connected"].some((key) => before[key] !== state[key]);
  if (counted && onlyCounts(before, state) && state.phase === "voting" && state.revision - before.revision <= 1 && document.getElementById("tally")) {
    fetchSoon("tally");
  } else if (state.revision > Number(shown.dataset.revision) || counted) {
    fetchSoon("room");
  }
};

const adrift = (yes) => {
  const told = document.getElementById("adrift");
  if (told) told.textContent = yes ? told.dataset.words : "";
};

let late = 0;
const follow = () => {
  const shown = live();
  if (!shown || shown.dataset.phase === "closed") return;
  const stream = new EventSource(shown.dataset.events);
  stream.addEventListener("state", (event) => {
    clearTimeout(late);
    late = 0;
    wait = 500;
    adrift(false);
    changed(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (!late) late = setTimeout(() => adrift(true), 2000);
    /* A browser gives up for good on anything but a stream, such as a server that has just started. */
    if (stream.readyState !== EventSource.CLOSED) return;
    stream.close();
    setTimeout(follow, wait * (0.7 + 0.6 * Math.random()));
    wait = Math.min(MOST_WAIT, wait * 2);
  });
  window.addEventListener("pagehide", () => stream.close(), { once: true });
};

/* ---------- what is typed stays, and what is open ---------- */
const SKIP = "hx-morph-skip"; /* htmx leaves such an element as it is */
const TYPED = `form[${SKIP}]`;
const formOf = (element) => (element instanceof Element ? element.closest("form[data-keep]") : null);
document.addEventListener("input", (event) => formOf(event.target)?.setAttribute(SKIP, ""));
document.addEventListener("submit", (event) => {
  event.target.removeAttribute(SKIP);
  document.getElementById("notices")?.replaceChildren(); /* what a move before this one was told */
}, true);
document.addEventListener("htmx:response:error", ({ detail }) => {
  /* What cannot be taken as it is comes back with what was typed, and with what is wrong with it. */
  if (detail.ctx.response.status !== 422) formOf(detail.ctx.sourceElement)?.setAttribute(SKIP, "");
});
let open = new Map();

/* ---------- the focus, when what it was on has become something else ---------- */
const TYPING = "input:not([type='radio']), textarea, select";
let onStage = false;
let wasUp = "";
const upNow = () => `${live()?.dataset.phase} ${live()?.dataset.up}`;
const actOf = (stage) => ({
  revealed: () => stage.querySelector("[name='answer']:checked") || stage.querySelector("[name='answer']"),
  agreed: () => stage.querySelector(".room-actions .btn-primary"),
}[live()?.dataset.phase]?.() || stage);
const keepFocus = () => {
  const stage = document.getElementById("stage");
  const here = document.activeElement;
  if (!onStage || !stage) return;
  if (!stage.contains(here)) stage.focus({ preventScroll: true });
  /* The stage itself hears every key, and nobody is interrupted who writes. Elsewhere Enter would press what has taken
     the place of the button that was pressed. */
  if (wasUp !== upNow() && here !== stage && !here.matches(TYPING)) actOf(stage).focus();
};

const held = document.getElementById("moved-on");
document.addEventListener("htmx:before:swap", (event) => {
  const context = event.detail.ctx;
  const stage = document.getElementById("stage");
  onStage = Boolean(stage && stage.contains(document.activeElement));
  wasUp = upNow();
  open = new Map([...document.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  if (!held || context.sourceElement !== live()) return;
  const lost = [...document.querySelectorAll(TYPED)].some((form) => !context.text.includes(`id="${form.id}"`));
  if (!lost) return;
  event.preventDefault();
  if (held.firstChild) return;
  const words = document.createElement("p");
  words.textContent = "The room has moved on while you were typing. What you typed is still here, and not saved. ";
  const go = document.createElement("button");
  Object.assign(go, { type: "button", className: "btn", textContent: "Go to what is up now" });
  go.addEventListener("click", () => {
    document.querySelectorAll(TYPED).forEach((form) => form.removeAttribute(SKIP));
    held.replaceChildren();
    fetchSoon("room");
  });
  held.append(words, go);
});
document.addEventListener("htmx:after:swap", () => {
  if (held && !document.querySelector(TYPED)) held.replaceChildren();
  open.forEach((was, id) => {
    const now = document.getElementById(id);
    if (now) now.open = was;
  });
  /* What was chosen and not typed follows the server: an undone level is not ticked any more. */
  document.querySelectorAll(`form[data-keep]:not([${SKIP}]) input[type='radio']`).forEach((one) => { one.checked = one.defaultChecked; });
  keepFocus();
  reveal();
  tick();
});
followMoves(() => { wanted = "room"; });
document.addEventListener("htmx:finally:request", () => {
  if (wanted) fetchSoon(wanted);
});

/* ---------- the clock: it informs and never cuts off ---------- */
let shownLeft = null;
let loadedAt = performance.now();
const tick = () => {
  const place = document.getElementById("time-left");
  if (!place || place.dataset.left === "") return;
  if (place.dataset.left !== shownLeft) {
    shownLeft = place.dataset.left;
    loadedAt = performance.now();
  }
  const left = Number(shownLeft) - (performance.now() - loadedAt) / 1000;
  const words = left >= 0 ? `${Math.ceil(left / 60)} min left` : `${Math.ceil(-left / 60)} min over`;
  if (place.textContent !== words) place.textContent = words;
};
setInterval(tick, 5000);

/* ---------- what only works with script shows itself here ---------- */
const reveal = () => {
  document.querySelectorAll("[data-copy], [data-print]").forEach((one) => { one.hidden = false; });
  document.querySelectorAll("[data-full-screen]").forEach((one) => { one.hidden = !document.fullscreenEnabled || Boolean(document.fullscreenElement); });
  document.querySelectorAll("[data-order] > li").forEach((one) => { one.draggable = true; });
};
document.addEventListener("fullscreenchange", reveal);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-full-screen]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  if ("fullScreen" in button.dataset) document.documentElement.requestFullscreen();
  if ("copy" in button.dataset) {
    const text = document.getElementById(button.dataset.copy).textContent;
    navigator.clipboard?.writeText(text).then(() => { button.textContent = "Copied"; });
  }
});

/* ---------- the order by hand: buttons always, dragging as well ---------- */
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-order] > li") || null;
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-order] > li");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over.parentElement.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
});
document.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
document.addEventListener("dragend", () => {
  const list = dragged?.parentElement;
  dragged = null;
  if (!list) return;
  const form = list.closest("form");
  for (const item of list.children) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "order", value: item.dataset.question });
    form.append(field);
  }
  form.requestSubmit();
});

reveal();
tick();
follow();
