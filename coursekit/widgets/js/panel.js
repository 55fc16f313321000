// A text that changes, with a line that screen readers announce.

import { element, give, keepKeysIn, nameParts, unique } from "./dom.js";
import { living } from "./living.js";

const mine = unique();
let groups = 0;

// Sliders get a name and a value in words, radio buttons become one group: ipywidgets leaves both
// out, and screen readers and arrow keys need them.
const complete = (lab) => {
  for (const slider of lab.querySelectorAll(".widget-slider")) {
    const handle = slider.querySelector('[role="slider"]');
    const readout = slider.querySelector(".widget-readout");
    nameParts(slider, slider.querySelector(".widget-label").textContent);
    give(handle, "aria-valuetext", readout.textContent);
  }
  for (const radio of lab.querySelectorAll(".widget-radio")) {
    const box = radio.querySelector(".widget-radio-box");
    give(box, "role", "radiogroup");
    give(box, "aria-label", radio.querySelector(".widget-label").textContent);
    box.dataset.group ??= `ck-group-${mine}-${++groups}`;
    for (const input of box.querySelectorAll("input")) give(input, "name", box.dataset.group);
  }
  keepKeysIn(lab);
};

function render({ model, el }) {
  const error = element("p", { class: "ck-error", role: "alert" });
  // A region is announced only if it was there before its text changed.
  const said = element("p", { class: "ck-panel-said", role: "status", "aria-live": "polite" });
  const body = element("div", { class: "ck-panel-text" });
  const code = element("pre", { class: "ck-code", tabindex: "0" });
  const folded = element("details", {}, [element("summary", {}, "Show the code"), code]);
  el.replaceChildren(error, said, body, folded);

  const show = () => {
    error.textContent = model.get("error");
    error.hidden = !model.get("error");
    said.textContent = model.get("said");
    body.innerHTML = model.get("html");
    code.textContent = model.get("code");
    folded.hidden = !model.get("code");
  };
  const names = ["error", "said", "html", "code"];
  for (const name of names) model.on(`change:${name}`, show);
  show();

  let watch;
  const wait = (tries = 100) => {
    const lab = el.closest(".ck-lab");
    if (!lab) {
      if (tries) requestAnimationFrame(() => wait(tries - 1));
      return;
    }
    watch = new MutationObserver(() => complete(lab));
    const attributeFilter = ["aria-valuetext"];
    watch.observe(lab, { attributeFilter, childList: true, subtree: true });
    complete(lab);
  };
  wait();
  return () => {
    watch?.disconnect();
    for (const name of names) model.off(`change:${name}`, show);
  };
}

export const show = living(render);
