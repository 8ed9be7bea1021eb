/* The moves of one page go out one after the other: htmx queues them on the document (templates/workshop/parts.html).
   What was pressed upon a move that was refused is not made: it was meant for what would have come of it. */
const queued = new Set();
const idle = new Set();
let flying = 0;

const isMove = (context) => context.request.method === "POST";
const told = (context) => {
  const place = document.getElementById("notices");
  const words = document.querySelector("[data-unanswered]")?.dataset.unanswered;
  if (!place || !words || !isMove(context)) return;
  const said = document.createElement("p");
  said.className = "notice notice-problem";
  said.textContent = words;
  place.replaceChildren(said);
};

/* Whether a request is under way. */
export const isFlying = () => flying > 0;

/* ``again``: what is to be done when the page may be older than the room, as nothing came of a move. */
export const followMoves = (again) => {
  const failed = (context) => {
    if (!isMove(context)) return;
    queued.forEach((one) => idle.add(one));
    queued.clear();
  };
  document.addEventListener("htmx:config:request", ({ detail }) => { if (isMove(detail.ctx)) queued.add(detail.ctx); });
  document.addEventListener("htmx:before:request", (event) => {
    flying += 1;
    queued.delete(event.detail.ctx);
    if (idle.delete(event.detail.ctx)) event.preventDefault();
  });
  document.addEventListener("htmx:response:error", ({ detail }) => {
    failed(detail.ctx);
    if (isMove(detail.ctx) && detail.ctx.response.status !== 422) again();
  });
  document.addEventListener("htmx:error", ({ detail }) => {
    if (!detail.ctx) return;
    failed(detail.ctx);
    told(detail.ctx);
    if (isMove(detail.ctx)) again();
  });
  document.addEventListener("htmx:finally:request", () => { flying = Math.max(0, flying - 1); });
};
