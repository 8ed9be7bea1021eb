/* The participant's page: follows the room without a reload, saves every choice, loses nothing that was typed.
   What is shown always comes from the server as it would without script; here it is only put in its place. */
import { say } from "./live-region.js";
import { follow } from "./room-stream.js";
import { voteQueue } from "./vote-queue.js";
import { keepAwake } from "./wake.js";

const part = (id) => document.getElementById(id);
const screen = () => part("screen");
const form = () => screen().querySelector("form[data-card]");
const seat = screen().dataset.seat;
const foot = part("phone-foot");
const onward = part("onward");
document.documentElement.classList.add("scripted");

/* ---------- what was typed, until it is acknowledged: kept in this tab ---------- */
const draftName = (id) => `mythmark:typed:${seat}:${id}`;
const draft = (id) => { try { return JSON.parse(sessionStorage.getItem(draftName(id))) || {}; } catch { return {}; } };
const keepDraft = (id, words) => {
  try {
    if (Object.keys(words).length) sessionStorage.setItem(draftName(id), JSON.stringify(words));
    else sessionStorage.removeItem(draftName(id));
  } catch { /* no store: the form still holds it */ }
};
const typed = (one) => {
  const words = {};
  for (const field of one.querySelectorAll("textarea")) if (field.value !== field.defaultValue) words[field.name] = field.value;
  return words;
};

/* ---------- the line at the foot ---------- */
let refusal = null; /* what to say instead of "saved", until the next choice or phase */
let failing = false;
let known = false; /* the present card is saved */
const line = (words, small, state) => {
  if (part("save-words").textContent !== words) part("save-words").textContent = words;
  if (part("save-small").textContent !== small) part("save-small").textContent = small;
  part("save").dataset.state = state;
  foot.classList.toggle("is-waiting", state === "waiting");
};
const show = () => {
  const waiting = queue.waiting();
  const told = screen().dataset;
  if (waiting && (failing || navigator.onLine === false)) {
    line(`Waiting for the network (${waiting})`, "Kept on this phone, sent by itself", "waiting");
  } else if (refusal) line(refusal[0], refusal[1], refusal[2]);
  else if (waiting) return; /* on its way; the line speaks once, when it is known how it went */
  else if (known && form()) line("Saved", "You can change it until the reveal", "saved");
  else line(told.words, told.small, told.state);
};

/* ---------- the queue ---------- */
const token = () => screen().querySelector("input[name='csrf_token']")?.value || freshToken;
let freshToken = "";
const body = (vote) => {
  const words = draft(vote.id);
  const sent = new URLSearchParams({ csrf_token: token(), seq: String(vote.seq) });
  sent.set(vote.action.includes("/beliefs/") ? "agree" : "answer", vote.answer);
  for (const [name, text] of Object.entries(words)) sent.set(name, text);
  if (vote.answer === "na" && !sent.has("reason")) {
    sent.set("reason", form()?.dataset.card === vote.id ? form().elements.reason.value : "");
  }
  flying.set(vote.id, JSON.stringify(words));
  return sent;
};
const flying = new Map();
const answered = new Set();
const said = (event, vote) => {
  failing = event === "kept";
  if (event === "acknowledged") {
    answered.add(vote.id);
    if (JSON.stringify(draft(vote.id)) === flying.get(vote.id)) settle(vote.id);
    if (form()?.dataset.card === vote.id && !queue.get(vote.id)) { known = true; refusal = null; }
  } else if (event === "late") {
    refusal = ["Cards are open", "Your last choice came too late and is not counted", "open"];
    say("Cards are open. Your last choice came too late and is not counted.");
    load();
  } else if (event === "refused") {
    refusal = ["Not saved", "This was not accepted. Choose once more", "empty"];
  } else if (event === "gone") lost();
  else if (event === "stale") renew();
  show();
  if (leaving && !queue.waiting() && event === "acknowledged") { const go = leaving; leaving = null; go(); }
};
/* Typed words are on the server now: they are what the form was made with. */
const settle = (id) => {
  keepDraft(id, {});
  if (form()?.dataset.card !== id) return;
  for (const field of form().querySelectorAll("textarea")) field.defaultValue = field.value;
};
const renew = async () => {
  const fresh = await fetched("/room/role").catch(() => null);
  freshToken = fresh?.querySelector("input[name='csrf_token']")?.value || freshToken;
  for (const field of document.querySelectorAll("input[name='csrf_token']")) if (freshToken) field.value = freshToken;
};
const queue = voteQueue({ seat, body, said });
let leaving = null;

const choice = (one) => one.querySelector("input[type='radio']:checked")?.value;
const put = (one) => {
  const answer = choice(one);
  if (answer === undefined) return false;
  if (answer === "na" && !one.elements.reason.value.trim()) {
    refusal = ["Not saved yet", "Say why it does not apply", "empty"];
    show();
    return false;
  }
  known = false;
  refusal = null;
  const vote = queue.put(one.dataset.card, new URL(one.action).pathname, answer, Number(one.elements.seq.value) || 0);
  one.elements.seq.value = String(vote.seq);
  setTimeout(show, 0);
  return true;
};
document.addEventListener("change", (event) => {
  const one = event.target.closest("form[data-card]");
  if (one) put(one);
});
document.addEventListener("input", (event) => {
  const one = event.target.matches("textarea") && event.target.closest("form[data-card]");
  if (one) keepDraft(one.dataset.card, typed(one));
});

/* ---------- putting a screen in its place ---------- */
/* As a document, not as text: nothing of it can ever run, and the policy has nothing to forbid. */
const fetched = (address) => new Promise((resolve, reject) => {
  const ask = new XMLHttpRequest();
  ask.open("GET", address);
  ask.responseType = "document";
  ask.timeout = 10000;
  ask.setRequestHeader("HX-Request", "true");
  ask.onload = () => (ask.status === 200 && ask.response ? resolve(ask.response) : reject(new Error(String(ask.status))));
  ask.onerror = ask.ontimeout = () => reject(new Error("0"));
  ask.send();
});
const restore = () => {
  const one = form();
  known = false;
  if (!one) return;
  const words = draft(one.dataset.card);
  for (const [name, text] of Object.entries(words)) {
    if (one.elements[name]) { one.elements[name].value = text; one.elements[name].closest("details")?.setAttribute("open", ""); }
  }
  const vote = queue.get(one.dataset.card);
  if (vote) {
    for (const radio of one.querySelectorAll("input[type='radio']")) radio.checked = radio.value === vote.answer;
  }
};
const settleIn = () => {
  const one = form();
  onward.hidden = !one || (screen().dataset.phase === "voting" && "follow" in screen().dataset);
  if (one) { onward.textContent = one.dataset.button; onward.setAttribute("form", one.id); } else onward.removeAttribute("form");
  document.title = `${screen().dataset.title} - Mythmark`;
  restore();
  show();
  keepAwake(screen().dataset.phase === "voting");
};
const rescue = (before, after) => {
  const words = before && before.dataset.card !== after?.dataset.card ? Object.values(typed(before)).join("\n") : "";
  if (!words.trim()) return;
  part("kept-text").value = words;
  part("kept-words").hidden = false;
};
/* A finger on its way to a row of the screen before must not choose on this one. */
const unhurried = () => {
  screen().classList.add("is-new");
  setTimeout(() => screen().classList.remove("is-new"), 400);
};
const replace = (change) => {
  const inside = screen().contains(document.activeElement);
  const before = form();
  part("notices").replaceChildren();
  change();
  rescue(before, form());
  settleIn();
  unhurried();
  window.scrollTo(0, 0);
  if (inside) screen().focus({ preventScroll: true });
};
part("kept-away").addEventListener("click", () => { part("kept-words").hidden = true; screen().focus(); });

let loading = 0;
let retry = 0;
const load = async (asked = false) => {
  const mine = ++loading;
  clearTimeout(retry);
  try {
    const fresh = await fetched("/room");
    if (mine !== loading || !fresh.getElementById("screen")) return;
    const spoken = place(screen().dataset) !== place(fresh.getElementById("screen").dataset);
    replace(() => {
      for (const id of ["room-top", "room-progress", "screen"]) part(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
    });
    if (spoken) say(screen().dataset.say || screen().dataset.title);
    else if (asked === true) screen().focus({ preventScroll: true });
    prefetch();
  } catch (error) {
    if (error.message === "401") lost();
    else if (mine === loading) retry = setTimeout(load, 1000 + Math.random() * 2000, asked);
  }
};

/* ---------- beforehand: the next cards are here before they are asked for ---------- */
let ready = [];
const prefetch = async () => {
  if (screen().dataset.phase !== "lobby" || !form() || !("follow" in screen().dataset)) return;
  const cards = await fetched("/room/cards").catch(() => null);
  if (!cards) return;
  ready = [...cards.querySelectorAll("form[data-card]")].map((one) => document.adoptNode(one));
};
const nextCard = () => {
  const now = form().dataset.card;
  ready = ready.filter((one) => one.dataset.card !== now && !answered.has(one.dataset.card) && !queue.get(one.dataset.card));
  const one = ready.shift();
  if (!one) return false;
  const legend = one.querySelector("legend");
  const title = Object.assign(document.createElement("h1"), { className: "q-legend" });
  title.append(...legend.childNodes);
  legend.append(title);
  replace(() => {
    const alone = screen().querySelector(".alone");
    if (alone) alone.remove(); /* the role is fixed with the first answer */
    form().replaceWith(one);
    const { kind, done, of } = one.dataset;
    const where = `${Number(done) + 1} of ${of}`;
    Object.assign(screen().dataset, { title: `${kind === "belief" ? "Belief" : "Question"} ${where}`, words: "Not answered yet", small: "Choose a line", state: "empty" });
    screen().setAttribute("aria-label", screen().dataset.title);
    part("where").textContent = where;
    part("room-progress").querySelector(".done").setAttribute("width", String(Number(part("room-progress").querySelector(".rest").getAttribute("width")) * done / of));
  });
  if (ready.length < 3) setTimeout(prefetch, 1500);
  return true;
};
document.addEventListener("submit", (event) => {
  const one = event.target.closest("form[data-card]");
  if (!one) return;
  event.preventDefault();
  if (!queue.get(one.dataset.card) && !known && !put(one)) {
    if (choice(one) === undefined) {
      refusal = ["Nothing chosen yet", "Choose a line, or say that you do not know", "empty"];
      one.querySelector("input[type='radio']").focus();
    } else one.elements.reason.focus();
    show();
    return;
  }
  if (!("follow" in screen().dataset)) leaving = () => location.assign("/room/mine");
  else if (nextCard()) screen().focus({ preventScroll: true });
  else leaving = () => load(true);
  if (leaving && !queue.waiting()) { const go = leaving; leaving = null; go(); }
  else queue.hurry();
});

/* ---------- following the room ---------- */
const place = (state) => [state.phase, state.question || "", String(state.voting)].join(":");
const content = (state) => JSON.stringify([place(state), state.agreed, state.distribution, state.why, state.last_time]);
/* The warning to who holds a role alone goes as soon as it is no longer so; the server says whether. */
let joinedBefore = 0;
let asking = 0;
const ease = async () => {
  asking = 0;
  const fresh = screen().querySelector(".alone") && await fetched("/room").catch(() => null);
  const alone = screen().querySelector(".alone");
  if (!alone || !fresh?.getElementById("screen") || fresh.querySelector(".alone")) return;
  const inside = alone.contains(document.activeElement);
  alone.remove();
  unhurried();
  if (inside) screen().focus({ preventScroll: true });
};
let heardBefore = "";
const heard = (state) => {
  failing = false;
  if (state.joined !== joinedBefore && !asking && screen().querySelector(".alone")) {
    asking = setTimeout(ease, 300 + Math.random() * 1000);
  }
  joinedBefore = state.joined;
  part("call").hidden = true;
  const here = screen().dataset;
  const moved = place(state) !== place(here);
  const changed = moved || (heardBefore !== "" && heardBefore !== content(state) && state.phase !== "voting");
  heardBefore = content(state);
  if (!("follow" in here)) {
    if (state.phase === "voting" && moved) { part("call").hidden = false; say("The room votes now."); here.phase = state.phase; here.question = state.question; here.voting = state.voting; }
    return;
  }
  if (!changed) {
    if (state.phase === "voting") part("where").textContent = `${state.voted} of ${state.joined} have voted`;
    return;
  }
  if (moved) refusal = null;
  leaving = null;
  clearTimeout(retry);
  /* A thousand phones do not all ask in the same moment; thirty may. */
  retry = setTimeout(load, Math.random() * Math.min(2000, state.joined * 2));
};
const lost = () => {
  part("call").hidden = false;
  const link = part("call").querySelector("a");
  link.href = "/r";
  link.textContent = "You are no longer in the room. Join again with its code";
  say(link.textContent);
};
settleIn();
if (choice(form() || document.createElement("form")) !== undefined && !queue.get(form().dataset.card)) known = screen().dataset.state === "saved";
show();
prefetch();
window.addEventListener("online", show);
window.addEventListener("offline", show);
if (screen().dataset.phase !== "closed") {
  follow({ events: "/room/events", state: "/room/state", heard, lost: () => { failing = true; show(); }, gone: lost });
}
