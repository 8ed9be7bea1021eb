/* Follows the room: a stream, and where streams fail a question every few seconds. Tells every new state once. */
const STREAM_MS = 8000; /* a stream that says nothing for so long after it began does not come through */
const POLL_MS = 3000;
const QUIET_MS = 60000; /* after so long without a word it is asked once whether all is well */
const RETRY_MS = 1500;
const LONGEST_MS = 20000;
const jitter = (milliseconds) => milliseconds * (0.5 + Math.random());

/* events, state: addresses. heard(state): a state. lost(): the server cannot be reached. gone(): the seat is no more. */
export const follow = ({ events, state, heard, lost, gone }) => {
  let source = null;
  let retry = RETRY_MS;
  let opening = 0;
  let polling = 0;
  let tag = "";
  let over = false;
  let quiet = 0;

  const tell = (text) => {
    const found = JSON.parse(text);
    clearTimeout(quiet);
    quiet = setTimeout(poll, jitter(QUIET_MS));
    heard(found);
    if (found.phase === "closed") { over = true; stop(); }
  };
  const stop = () => {
    if (source) source.close();
    source = null;
    clearTimeout(opening);
    clearTimeout(polling);
    clearTimeout(quiet);
    polling = 0;
  };
  const poll = async () => {
    clearTimeout(polling);
    try {
      const answer = await fetch(state, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
      if (answer.status === 401) { over = true; stop(); gone(); return; }
      if (answer.status === 200) { tag = answer.headers.get("ETag") || ""; tell(await answer.text()); }
      else if (answer.status !== 304) lost();
    } catch { lost(); }
    clearTimeout(quiet);
    quiet = setTimeout(poll, jitter(QUIET_MS));
    if (!over && polling) polling = setTimeout(poll, jitter(POLL_MS));
  };
  const fallBack = () => { if (!polling && !over) { polling = setTimeout(poll, jitter(200)); } };

  const open = () => {
    if (over) return;
    if (source) source.close();
    clearTimeout(opening);
    const mine = source = new EventSource(events);
    opening = setTimeout(fallBack, STREAM_MS);
    mine.addEventListener("state", (event) => {
      clearTimeout(opening);
      clearTimeout(polling);
      polling = 0;
      retry = RETRY_MS;
      tell(event.data);
    });
    mine.addEventListener("error", () => {
      if (mine !== source || over) return;
      lost();
      fallBack();
      /* The browser comes back by itself unless it was refused; then nobody but us does. */
      if (mine.readyState !== EventSource.CLOSED) return;
      clearTimeout(opening);
      opening = setTimeout(open, jitter(retry));
      retry = Math.min(LONGEST_MS, retry * 2);
    });
  };

  /* A phone that slept may hold a stream that is dead without knowing it. */
  const wake = () => { if (!over && !document.hidden) { retry = RETRY_MS; open(); } };
  let slept = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) slept = Date.now();
    else if (Date.now() - slept > 3000 || !source || source.readyState !== EventSource.OPEN) wake();
  });
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  open();
};
