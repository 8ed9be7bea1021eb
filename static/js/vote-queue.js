/* What this phone has chosen and the server has not acknowledged. Kept in localStorage without any words: which
   question and voting, which answer, and a number that rises. Sent until it is acknowledged; the server is the truth. */
const PREFIX = "mythmark:votes:";
const OLD_MS = 24 * 3600 * 1000;
const FIRST_MS = 1000;
const LONGEST_MS = 15000;

const read = (name) => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; } };

/* Choices of other seats on this phone: those of yesterday are forgotten. */
const tidy = (mine) => {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX) || name === mine) continue;
      if (Object.values(read(name)).every((vote) => vote.at < Date.now() - OLD_MS)) localStorage.removeItem(name);
    }
  } catch { /* no store */ }
};

/* seat: names the seat. body(vote): what is sent. said(event, vote): tells of "kept", "acknowledged", "late",
   "refused", "gone" (no seat any more) and "stale" (the page's own protection is too old: renew it, then retry). */
export const voteQueue = ({ seat, body, said }) => {
  const name = PREFIX + seat;
  let memory = read(name); /* what counts when there is no store */
  let sending = false;
  let wait = FIRST_MS;
  let timer = 0;
  tidy(name);

  const all = () => memory;
  const write = (votes) => {
    memory = votes;
    try { localStorage.setItem(name, JSON.stringify(votes)); } catch { /* a full or forbidden store: this tab keeps it */ }
  };
  const drop = (vote) => {
    /* Another tab of this phone may have written meanwhile; a newer choice for the same question stays. */
    const votes = { ...memory, ...read(name) };
    if (votes[vote.id] && votes[vote.id].seq <= vote.seq) delete votes[vote.id];
    write(votes);
  };
  const again = (milliseconds) => { clearTimeout(timer); timer = setTimeout(send, milliseconds); };
  const later = (after) => {
    const seconds = Number(after) || 0;
    again(Math.max(seconds * 1000, wait * (0.75 + Math.random() / 2)));
    wait = Math.min(LONGEST_MS, wait * 2);
  };

  const outcome = (status) => {
    if (status >= 200 && status < 300) return "acknowledged";
    return { 401: "gone", 404: "refused", 409: "late", 413: "refused", 422: "refused", 400: "stale" }[status] || "";
  };
  const post = async (vote) => {
    const stop = new AbortController();
    const slow = setTimeout(() => stop.abort(), 10000);
    try {
      return await fetch(vote.action, {
        method: "POST", body: body(vote), headers: { "HX-Request": "true" }, credentials: "same-origin", redirect: "manual",
        signal: stop.signal,
      });
    } finally { clearTimeout(slow); }
  };

  async function send() {
    clearTimeout(timer);
    if (sending) return;
    const vote = Object.values(all()).sort((one, two) => one.seq - two.seq)[0];
    if (!vote) { wait = FIRST_MS; return; }
    sending = true;
    let answer = null;
    try { answer = await post(vote); } catch { /* no network, or none that answers in time */ }
    sending = false;
    const how = answer ? outcome(answer.status) : "";
    if (how === "stale") {
      said("stale", vote);
      later(0);
    } else if (how) {
      wait = FIRST_MS;
      drop(vote);
      said(how, vote);
      again(0);
    } else {
      said("kept", vote);
      later(answer && answer.headers.get("Retry-After"));
    }
  }

  /* Rises over reloads, tabs and devices: never below what the server has, and by the clock from there on. */
  const next = (least) => Math.max(Date.now(), least + 1, ...Object.values(all()).map((vote) => vote.seq + 1));

  const hurry = () => { wait = FIRST_MS; again(0); };
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) hurry(); });
  window.addEventListener("pageshow", hurry);
  again(0);

  return {
    put: (id, action, answer, least) => {
      const vote = { id, action, answer, seq: next(least), at: Date.now() };
      write({ ...memory, [id]: vote });
      again(200);
      return vote;
    },
    get: (id) => all()[id],
    waiting: () => Object.keys(all()).length,
    hurry,
  };
};
