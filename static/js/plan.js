/* The slider beside the number of days, and a word to people who do not see what has changed. htmx asks for the plan;
   without this file there is the number and the button. */
import { say } from "./live-region.js";

const form = document.querySelector("[data-plan]");
if (form) {
  const number = form.querySelector("#capacity");
  const slide = form.querySelector("#slide");
  slide.closest(".plan-slide").hidden = false;
  /* It plans while the hand moves; Enter in the number still asks. */
  form.querySelector(".row-btns").hidden = true;
  /* The slider has no name of its own: what it says is sent as the number. */
  slide.addEventListener("input", () => { number.value = slide.value; });
  number.addEventListener("input", () => { slide.value = number.value; });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target?.id === "lanes") return;
    const said = document.querySelector("[data-said]") || document.getElementById("no-plan");
    if (said) say(said.textContent.trim().replace(/\s+/g, " "));
  });
}
