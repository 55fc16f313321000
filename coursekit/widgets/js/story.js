// A story told beside a picture. Each step puts controls somewhere; whoever moves them takes over
// and can come back.

import { element } from "./dom.js";
import { same } from "./rules.js";

export function tale({ model, set, values, say }) {
  const steps = model.get("story");
  const last = steps.length - 1;
  const place = element("p", { class: "ck-story-place" });
  const words = element("p", { class: "ck-story-text" });
  const source = element("p", { class: "ck-story-source" });
  const told = element("div", { "aria-live": "polite" }, [place, words, source]);
  const button = (label, act) => {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", act);
    return made;
  };
  const at = () => Math.min(Math.max(model.get("step"), 0), last);
  const back = button("Back", () => go(at() - 1));
  const next = button("Next", () => go(at() < last ? at() + 1 : 0));
  const home = button("Back to the story", () => {
    next.focus();
    go(at());
  });
  const buttons = element("div", { class: "ck-story-buttons" }, [back, next, home]);
  const node = element("section", { class: "ck-story", "aria-label": "Story", tabindex: "0" }, [
    told,
    buttons,
  ]);

  // A button that has the focus must not go away.
  const off = (one, here) => one.setAttribute("aria-disabled", here);
  const write = (part, text) => {
    if (part.textContent !== text) part.textContent = text;
  };
  const tell = () => {
    const { title, text, source: from, of } = steps[at()];
    write(place, `${at() + 1} of ${steps.length}. ${title}`);
    write(words, of[model.get("chosen")] ?? text);
    write(source, from);
    off(back, at() === 0);
    write(next, at() < last ? "Next" : "Play again");
    follow();
  };
  const follow = () => {
    const state = values();
    const wanted = Object.entries(steps[at()].set);
    const there = wanted.every(([name, value]) => !(name in state) || same(state[name], value));
    node.dataset.taken = String(!there);
    home.hidden = there;
  };
  const go = (step) => {
    if (!(step in steps)) return;
    set(steps[step].set);
    say("step", step);
    tell();
  };
  node.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    go(at() + way);
    event.preventDefault();
    event.stopPropagation();
  });
  return { node, tell, follow };
}
