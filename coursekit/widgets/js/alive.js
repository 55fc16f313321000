// The built site has no kernel: a figure that its rules can carry comes alive there all the same,
// with controls made here of what the widgets' state says.

import { element, unique } from "./dom.js";
import { render } from "./figure.js";
import { same } from "./rules.js";

// What a widget's model offers to the figure, without the other end.
class Model {
  constructor(state) {
    this.state = { ...state };
    this.heard = [];
    this.comm_live = false;
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    if (same(this.state[name] ?? null, value ?? null)) return;
    this.state[name] = value;
    for (const [event, act] of [...this.heard]) if (event === `change:${name}`) act();
  }

  on(events, act) {
    for (const event of events.split(" ")) this.heard.push([event, act]);
  }

  off(events, act) {
    const gone = events.split(" ");
    this.heard = this.heard.filter(([event, one]) => one !== act || !gone.includes(event));
  }

  save_changes() {}
}

// A control and its model change each other.
/** @param {any} model @param {any} control @param {string} trait @param {Record<string, any>} how */
const bound = (model, control, trait, { event = "change", part = "value", read = Number }) => {
  const write = () => {
    control[part] = model.get(trait);
  };
  control.addEventListener(event, () => {
    const given = read(control[part]);
    if (control.validity.valid) model.set(trait, given);
    write();
  });
  model.on(`change:${trait}`, write);
  write();
};

const titled = (model, control, after = []) => {
  const id = `ck-${unique()}`;
  control.id = id;
  control.title = model.get("tooltip") ?? "";
  const label = element("label", { class: "widget-label", for: id }, model.get("description"));
  return element("div", { class: "jupyter-widgets ck-control" }, [label, control, after]);
};

const ranged = (model, type) => {
  const { min, max, step } = model.state;
  return element("input", { type, min, max, step });
};

const MADE = {
  Checkbox(model) {
    const box = element("input", { type: "checkbox" });
    bound(model, box, "value", { part: "checked", read: Boolean });
    const words = element("span", {}, model.get("description"));
    const label = element("label", { title: model.get("tooltip") }, [box, words]);
    return element("div", { class: "jupyter-widgets widget-checkbox ck-chip" }, label);
  },
  Dropdown(model) {
    const list = element(
      "select",
      {},
      model.get("_options_labels").map((words) => element("option", {}, words)),
    );
    bound(model, list, "index", { part: "selectedIndex" });
    return titled(model, list);
  },
  BoundedIntText(model) {
    const box = ranged(model, "number");
    bound(model, box, "value", {});
    return titled(model, box);
  },
  IntSlider(model) {
    const slider = ranged(model, "range");
    const shown = element("output");
    const write = () => {
      shown.textContent = model.get("value");
    };
    bound(model, slider, "value", { event: "input" });
    model.on("change:value", write);
    write();
    return titled(model, slider, shown);
  },
  Button(model) {
    const attributes = { type: "button", title: model.get("tooltip") };
    const button = element("button", attributes, model.get("description"));
    model.views = { one: Promise.resolve({ el: button }) };
    return button;
  },
  Play(model) {
    const button = element("button", { type: "button", title: model.get("tooltip") });
    let timer;
    const write = () => {
      clearInterval(timer);
      button.textContent = model.get("playing") ? "Pause" : "Play";
      if (model.get("playing")) timer = setInterval(step, model.get("interval"));
    };
    const step = () => {
      if (model.get("value") < model.get("max")) model.set("value", model.get("value") + 1);
      else model.set("playing", false);
    };
    button.addEventListener("click", () => {
      const anew = !model.get("playing") && model.get("value") >= model.get("max");
      if (anew) model.set("value", model.get("min"));
      model.set("playing", !model.get("playing"));
    });
    model.on("change:playing", write);
    write();
    return button;
  },
};

// Two models keep one value, as a link in the browser does.
const keepAlike = (one, other) => {
  one.on("change:value", () => other.set("value", one.get("value")));
  other.on("change:value", () => one.set("value", other.get("value")));
};

const row = (names, models) =>
  element(
    "div",
    { class: "ck-row" },
    names.map((name) => {
      if (!(name in models)) return element("p", {}, name);
      return MADE[models[name].get("_model_name").replace("Model", "")](models[name]);
    }),
  );

/** Put a living figure where the still one stands. */
async function comeAlive(place) {
  const { ask, above, below, classes, controls, links, figure } =
    globalThis.coursekitFigures[place.dataset.figure];
  const models = Object.fromEntries(
    Object.entries(controls).map(([name, state]) => [name, new Model(state)]),
  );
  for (const [one, other] of links) keepAlike(models[one], models[other]);
  const model = new Model(figure);
  const manager = { get_model: async (name) => models[name] };
  const el = element("div");
  const rows = (some) => some.map((names) => row(names, models));
  place.append(
    element("div", { class: classes }, [
      ask ? element("p", { class: "ck-ask" }, ask) : undefined,
      ...rows(above),
      el,
      ...rows(below),
    ]),
  );
  await render({ model: Object.assign(model, { widget_manager: manager }), el });
  // Only now: were anything amiss, the still picture would stay.
  place.previousElementSibling?.querySelector(".cell_output")?.remove();
  place.hidden = false;
}

for (const place of document.querySelectorAll(".ck-alive")) comeAlive(place);
