// The argument as a nested list. The kernel says what stands; the switches say what a reader thinks.

import { element, keepKeys } from "./dom.js";
import { living } from "./living.js";

function render({ model, el }) {
  const list = element("div", { class: "ck-outline" });
  keepKeys(list);
  el.replaceChildren(list);

  const states = () => {
    const said = model.get("states");
    for (const place of list.querySelectorAll("[data-state]"))
      place.textContent = said[place.dataset.state] ?? "";
    for (const name of list.querySelectorAll("[data-step]"))
      name.dataset.fallen = String((said[name.dataset.step] ?? "").startsWith("falls"));
  };
  const undoing = () => {
    for (const place of list.querySelectorAll("[data-undoing]")) {
      const lines = model.get("undoing")[place.dataset.undoing] ?? [];
      place.replaceChildren(...lines.map((words) => element("li", {}, words)));
    }
  };
  const switches = () => {
    const stances = model.get("stances");
    for (const choice of list.querySelectorAll("[data-switch]"))
      choice.value = stances[choice.dataset.switch] ?? "";
  };
  const build = () => {
    list.innerHTML = model.get("html");
    states();
    undoing();
    switches();
  };
  list.addEventListener("change", ({ target }) => {
    const { [target.dataset.switch]: before, ...stances } = model.get("stances");
    if (target.value) stances[target.dataset.switch] = target.value;
    model.set("stances", stances);
    model.save_changes();
  });
  const reactions = { html: build, states, undoing, stances: switches };
  for (const [name, react] of Object.entries(reactions)) model.on(`change:${name}`, react);
  build();
  // Whether there is room for the map is the page's to say, and with it whether this is seen.
  const seen = new ResizeObserver(() => {
    if (!list.offsetWidth || model.get("wanted")) return;
    model.set("wanted", true);
    model.save_changes();
  });
  seen.observe(list);
  return () => {
    seen.disconnect();
    for (const [name, react] of Object.entries(reactions)) model.off(`change:${name}`, react);
  };
}

export const show = living(render);
