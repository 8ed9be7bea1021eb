/* Answers are sent as they are chosen (htmx does it). What the server has not acknowledged is kept in this tab and sent
   again by itself; until then the line at the foot says so. Without this file every answer is a form with a button. */
import { say } from "./live-region.js";

const KEPT = "mythmark:unsent";
const AGAIN_MS = 4000;
const TICK = "M4 11.5l4.8 4.8L18 6.5";
const foot = document.getElementById("phone-foot");
const saved = document.getElementById("save");
const unsaved = document.getElementById("unsaved");
const words = document.getElementById("unsaved-words");
const onward = foot.querySelector("button[type='submit']");
const label = onward ? onward.textContent : "";
let timer = 0;
let sending = null;
/* What is on its way, and what the server has last acknowledged: by path. */
const flying = new Map();
const acknowledged = new Map();

const read = () => { try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { return {}; } };
const write = (kept) => {
  try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* a full or forbidden store: the form still holds it */ }
};
const keep = (path, pairs) => write({ ...read(), [path]: pairs });
/* Only what was acknowledged is dropped: a newer choice for the same question stays. */
const drop = (path, seq) => {
  const kept = read();
  if (kept[path] && new Map(kept[path]).get("seq") === seq) { delete kept[path]; write(kept); }
};

const waits = () => Object.keys(read()).filter((path) => !flying.has(path)).length;
const show = () => {
  const waiting = waits();
  foot.classList.toggle("is-waiting", waiting > 0);
  const before = unsaved.hidden;
  unsaved.hidden = waiting === 0;
  saved.hidden = waiting > 0;
  words.textContent = `Not saved yet (${waiting}): no connection`;
  if (onward) onward.textContent = waiting ? "Try again" : label;
  if (waiting && before) say(`${words.textContent}. It is kept in this tab and sent by itself.`);
  clearTimeout(timer);
  if (waiting) timer = setTimeout(again, AGAIN_MS);
};

/* Rises over reloads and devices: never below what the server has, and by the clock from there on. */
const next = (form) => {
  const field = form.querySelector("[data-seq]");
  const number = String(Math.max(Number(field.value || 0) + 1, Date.now()));
  field.value = number;
  return number;
};
const path = (form) => new URL(form.action).pathname;
const said = (kept) => JSON.stringify(kept.filter(([name]) => name !== "seq"));
const pairs = (body) => [...body.entries()].filter(([name, value]) => name !== "csrf_token" && typeof value === "string");
/* What the server has not even looked at is sent again; what it refused is for a person to mend. */
const looked = (status) => status < 500 && ![400, 401, 429].includes(status);

const post = async ([address, body]) => {
  const form = new URLSearchParams(body);
  form.set("csrf_token", document.querySelector("[name='csrf_token']").value);
  const answer = await fetch(address, { method: "POST", body: form, headers: { "HX-Request": "true" } });
  if (!looked(answer.status)) throw new Error(String(answer.status));
  drop(address, new Map(body).get("seq"));
  if (answer.ok) acknowledged.set(address, said(body));
  return answer.ok;
};

/* "sent", "refused" (a person has to mend it) or "waiting" (the server was not reached). */
const flush = async () => {
  const ends = [];
  for (const one of Object.entries(read())) ends.push(await post(one).catch(() => null));
  return ends.includes(null) ? "waiting" : ends.includes(false) ? "refused" : "sent";
};

/* One at a time, whoever asks. */
const again = async () => {
  sending ??= flush().finally(() => { sending = null; });
  const end = await sending;
  show();
  if (end === "sent") {
    saved.querySelector("span").textContent = "Saved";
    saved.querySelector("path").setAttribute("d", TICK);
    say("Saved");
  }
  return end;
};

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement.closest("form[data-answer]");
  if (!form) return;
  ctx.request.body.set("seq", next(form));
  const body = pairs(ctx.request.body);
  ctx.answer = { path: path(form), seq: ctx.request.body.get("seq"), said: said(body) };
  flying.set(ctx.answer.path, ctx.answer.seq);
  keep(ctx.answer.path, body);
});
document.addEventListener("htmx:after:request", (event) => {
  const { answer, response } = event.detail.ctx;
  if (!answer) return;
  if (looked(response.status)) drop(answer.path, answer.seq);
  if (response.status < 300) acknowledged.set(answer.path, answer.said);
  foot.classList.toggle("is-waiting", response.status >= 400);
});
document.addEventListener("htmx:finally:request", (event) => {
  const answer = event.detail.ctx?.answer;
  if (!answer) return;
  if (flying.get(answer.path) === answer.seq) flying.delete(answer.path);
  if (waits() || !unsaved.hidden) show();
});
addEventListener("online", () => { if (waits()) again(); });

/* Going on while the network is away would end on the browser's own error page: first sent, then gone on. */
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-answer]");
  if (!form) return;
  const body = new FormData(form);
  if (!body.has("answer") && !body.has("agree")) return;
  event.preventDefault();
  if (acknowledged.get(path(form)) !== said(pairs(body))) {
    body.set("seq", next(form));
    keep(path(form), pairs(body));
  }
  const end = Object.keys(read()).length ? await again() : "sent";
  if (end === "refused") form.submit();
  else if (end === "sent" && form.dataset.next) location.assign(form.dataset.next);
});

/* Who moves by keys goes on by keys. */
const stage = document.getElementById("stage");
const hint = document.querySelector("[data-keys]");
if (hint) hint.hidden = false;
if (stage) {
  try {
    if (sessionStorage.getItem("mythmark:keys")) stage.focus();
    sessionStorage.removeItem("mythmark:keys");
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Enter") sessionStorage.setItem("mythmark:keys", "1");
    });
  } catch { /* no store, no memory of it */ }
}

document.documentElement.classList.add("scripted");
if (Object.keys(read()).length) {
  show();
  again().then((end) => { if (end === "sent") location.reload(); });
}
