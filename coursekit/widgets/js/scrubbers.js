// Sentences whose numbers are controls: dragged sideways, or changed by keys.

import { element, give, keepKeysIn } from "./dom.js";
import { living } from "./living.js";
import { dragged, pressed, widest, worded } from "./scrub.js";

function render({ model, el }) {
  const ranges = model.get("numbers");
  const shown = {};
  const fill = () => {
    for (const [name, value] of Object.entries(model.get("value"))) {
      const text = worded(value, ranges[name]);
      if (shown[name].textContent !== text) shown[name].textContent = text;
      give(shown[name], "aria-valuenow", String(value));
      give(shown[name], "aria-valuetext", text);
    }
  };
  const say = (name, value) => {
    if (value === model.get("value")[name]) return false;
    model.set("value", { ...model.get("value"), [name]: value });
    model.save_changes();
    fill();
    return true;
  };
  const release = () => {
    model.set("released", model.get("released") + 1);
    model.save_changes();
  };

  const number = (name) => {
    const range = ranges[name];
    const node = element("span", {
      class: "ck-scrub",
      role: "slider",
      tabindex: "0",
      "aria-label": range.label,
      "aria-valuemin": String(range.low),
      "aria-valuemax": String(range.high),
      style: `min-width: ${widest(range)}ch`,
    });
    let taken;
    let moved = false;
    node.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      node.focus();
      node.setPointerCapture(event.pointerId);
      taken = { x: event.clientX, value: model.get("value")[name] };
      event.preventDefault();
    });
    node.addEventListener("pointermove", (event) => {
      if (taken) moved = say(name, dragged(taken.value, event.clientX - taken.x, range)) || moved;
    });
    const drop = () => {
      if (moved) release();
      taken = undefined;
      moved = false;
    };
    node.addEventListener("lostpointercapture", drop);
    node.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const value = pressed(event.key, model.get("value")[name], range);
      if (value === undefined) return;
      moved = say(name, value) || moved;
      event.preventDefault();
      event.stopPropagation();
    });
    node.addEventListener("keyup", drop);
    node.addEventListener("blur", drop);
    shown[name] = node;
    return node;
  };

  const lines = model.get("parts").map((line) =>
    element(
      "p",
      {},
      line.flatMap(([words, name]) => [words, name ? number(name) : ""]),
    ),
  );
  const hint = element("p", { class: "ck-scrub-hint" }, model.get("hint"));
  el.replaceChildren(element("div", { class: "ck-scrubbers" }, [...lines, hint]));
  keepKeysIn(el);
  fill();
  model.on("change:value", fill);
  return () => model.off("change:value", fill);
}

export const show = living(render);
