// A figure drawn by matplotlib, repainted here by the ids of its artists.

let figures = 0;

const RELATIONS = {
  "=": (a, b) => a === b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  in: (a, b) => b.includes(a),
};

const element = (tag, attributes = {}, children = []) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...[children].flat());
  return made;
};

// A list of choices keeps the place of the choice, other controls keep a value.
const position = (control) => control.get("value") ?? control.get("index");

// A slider may say 5.000000000000001 where the kernel says 5.
const same = (a, b) =>
  typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
    : JSON.stringify(a) === JSON.stringify(b);

const holds = (conditions, values) =>
  conditions.every(([input, relation, value]) =>
    RELATIONS[relation](values[input], value?.input ? values[value.input] : value)
  );

// Ids in a page must be unique, and references to hatchings follow them.
const placed = (svg, prefix) =>
  svg
    .replaceAll(/\bid="/g, `id="${prefix}`)
    .replaceAll("url(#", `url(#${prefix}`)
    .replaceAll('href="#', `href="#${prefix}`);

async function render({ model, el }) {
  const prefix = `ck${++figures}-`;
  const find = (id) => el.querySelector(`#${CSS.escape(prefix + id)}`);
  const controls = {};
  const undo = [];

  const picture = element("div", { class: "ck-picture", role: "img", tabindex: "0" });
  const told = element("p", { class: "ck-told", "aria-live": "polite" });
  const legend = element("ul", { class: "ck-legend", "aria-label": "Legend" });
  const numbers = element("ul", { class: "ck-numbers", "aria-live": "polite" });
  const more = element("ul", { class: "ck-numbers" });
  const quotes = element("div", { class: "ck-quotes" });
  const folded = element("details", {}, [element("summary", {}, "More measures"), more]);
  const error = element("p", { class: "ck-error", role: "alert" });
  const table = element("div", { class: "ck-table", tabindex: "0" });
  const code = element("pre", { class: "ck-code", tabindex: "0" });
  el.replaceChildren(
    element("div", { class: "ck-figure" }, [
      element("div", { class: "ck-left" }, [picture, told, legend]),
      element("div", { class: "ck-right" }, [error, numbers]),
    ]),
    quotes,
    folded,
    element("details", {}, [element("summary", {}, "Show as a table"), table]),
    element("details", {}, [element("summary", {}, "Show the code"), code])
  );

  const names = model.get("names");
  const order = Object.keys(names).sort((a, b) => names[a].localeCompare(names[b]));

  const values = () =>
    Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, position(control)]));

  let looks = {};
  const draw = () => {
    picture.innerHTML = placed(model.get("svg"), prefix);
    looks = {};
    legend.replaceChildren();
    for (const swatch of el.querySelectorAll(`[id^="${prefix}look-"]`)) {
      const name = swatch.id.slice(`${prefix}look-`.length);
      looks[name] = swatch.querySelector("path, use").getAttribute("style");
      const sample = `<svg class="ck-swatch" viewBox="0 0 30 14" aria-hidden="true"><rect x="1" y="1" width="28" height="12" style="${looks[name]}"/></svg>`;
      const words = swatch.nextElementSibling?.textContent.trim() ?? name;
      const item = element("li", { "data-look": name });
      item.innerHTML = sample;
      item.append(words);
      legend.append(item);
    }
    find("legend")?.setAttribute("visibility", "hidden");
    legend.hidden = !legend.children.length;
  };

  const now = {};
  const paint = () => {
    const state = values();
    for (const [id, rules] of Object.entries(model.get("rules"))) {
      const artist = find(id);
      const rule = rules.find((r) => holds(r.when, state));
      if (!artist || !rule) continue;
      if (now[id] === rule) continue;
      now[id] = rule;
      artist.style.display = rule.look === "hidden" ? "none" : "";
      if (rule.look in looks)
        for (const path of artist.querySelectorAll("path, use"))
          path.setAttribute("style", looks[rule.look]);
      artist.classList.toggle("ck-changed", Boolean(rule.changed));
      artist.dataset.look = rule.look;
    }
    for (const [id, { input, origin, per }] of Object.entries(model.get("moves")))
      find(id)?.setAttribute("transform", `translate(${(state[input] - origin) * per} 0)`);
    const used = new Set(Object.values(now).map((rule) => rule.look));
    const changed = Object.values(now).some((rule) => rule.changed);
    const ruled = Object.keys(model.get("rules")).length > 0;
    for (const item of legend.children) {
      const name = item.dataset.look;
      item.hidden = ruled && !(name === "changed" ? changed : used.has(name));
    }
  };

  // The numbers belong to a state of the controls; any other state makes them out of date.
  const compare = () => {
    const answered = model.get("answer").inputs ?? {};
    const state = values();
    const agree = Object.keys(answered).every((name) => same(answered[name], state[name]));
    el.dataset.pending = String(!agree);
    numbers.setAttribute("aria-busy", String(!agree));
  };

  const answer = () => {
    const { alt, readout = [], quotes: said = [], table: facts, code: lines = "" } = model.get("answer");
    const hint = order.length ? " Use the arrow keys to go through its parts." : "";
    picture.setAttribute("aria-label", `${alt ?? model.get("alt")}${hint}`);
    const entry = ({ label, value, change, detail, help, kind }) =>
      element("li", { title: help ?? "" }, [
        element("span", { class: "ck-label" }, label),
        element("span", { class: "ck-value" }, value),
        element("span", { class: "ck-change" }, change ?? ""),
        element("span", { class: "ck-detail" }, detail ?? ""),
        element("span", { class: "ck-kind" }, kind && kind !== "mechanical" ? kind : ""),
      ]);
    const shown = model.get("shown");
    numbers.replaceChildren(...readout.slice(0, shown).map(entry));
    more.replaceChildren(...readout.slice(shown).map(entry));
    folded.hidden = readout.length <= shown;
    quotes.replaceChildren(
      ...said.map(({ text, by }) =>
        element("figure", {}, [
          element("blockquote", {}, text),
          element("figcaption", {}, by),
        ])
      )
    );
    if (facts) {
      table.replaceChildren(
        element("table", {}, [
          element("thead", {}, element("tr", {}, facts.columns.map((c) => element("th", { scope: "col" }, c)))),
          element("tbody", {}, facts.rows.map((row) => element("tr", {}, row.map((c) => element("td", {}, String(c)))))),
        ])
      );
    }
    code.textContent = lines;
    compare();
  };

  const fail = () => {
    error.textContent = model.get("error");
    error.hidden = !model.get("error");
  };

  // One part at a time: by pointer, or by the arrow keys when the picture has the focus.
  let chosen = -1;
  const tell = (id) => {
    el.querySelector(".ck-chosen")?.classList.remove("ck-chosen");
    chosen = order.indexOf(id);
    find(id)?.classList.add("ck-chosen");
    told.textContent = id ? `${names[id]}: ${now[id]?.text ?? ""}` : idle;
  };
  const idle = order.length ? "Point at the picture, or use the arrow keys on it." : "";
  const artistAt = (event) =>
    order.find((id) => find(id)?.contains(event.target));
  picture.addEventListener("mousemove", (event) => {
    const id = artistAt(event);
    if (id && id !== order[chosen]) tell(id);
  });
  picture.addEventListener("click", (event) => tell(artistAt(event)));
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let next;
    if (step) next = (chosen + step + order.length + (chosen < 0 && step < 0)) % order.length;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = order.length - 1;
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const from = [...order.slice(chosen + 1), ...order.slice(0, chosen + 1)];
      const id = from.find((i) => names[i].toLowerCase().startsWith(event.key.toLowerCase()));
      next = id ? order.indexOf(id) : undefined;
    }
    if (next === undefined || !order.length) return;
    tell(order[next]);
    event.preventDefault();
    event.stopPropagation();
  });

  const follow = () => {
    paint();
    compare();
    if (chosen >= 0) tell(order[chosen]);
  };
  for (const [name, reference] of Object.entries(model.get("inputs"))) {
    const control = await model.widget_manager.get_model(reference.slice("IPY_MODEL_".length));
    if (!(name in model.get("presets"))) {
      controls[name] = control;
      control.on("change:value change:index", follow);
      undo.push(() => control.off("change:value change:index", follow));
    }
    label(control, model.get("presets")[name]);
  }

  // Buttons set other controls here, without waiting for the kernel; sliders get a name that
  // screen readers can say. The views of the controls may be made after this one.
  function label(control, preset, tries = 100) {
    const views = Object.values(control.views ?? {});
    if (!views.length && tries) {
      requestAnimationFrame(() => label(control, preset, tries - 1));
      return;
    }
    for (const promise of views) {
      promise.then((view) => {
        const words = control.get("description") || control.get("tooltip") || "";
        for (const handle of view.el.querySelectorAll('[role="slider"]'))
          handle.setAttribute("aria-label", words);
        for (const box of view.el.querySelectorAll("input, select, [contenteditable]"))
          if (!box.getAttribute("aria-label")) box.setAttribute("aria-label", words);
        if (preset && !view.el.dataset.ckPreset) {
          view.el.dataset.ckPreset = "1";
          view.el.addEventListener("click", () => set(preset));
        }
      });
    }
  }

  function set(preset) {
    for (const [name, value] of Object.entries(preset)) {
      if (controls[name].get("value") === value) continue;
      controls[name].set("value", value);
      controls[name].save_changes();
    }
  }

  const redraw = () => {
    draw();
    for (const id of Object.keys(now)) delete now[id];
    paint();
  };
  told.hidden = !order.length;
  model.on("change:svg", redraw);
  model.on("change:rules", redraw);
  model.on("change:answer", answer);
  model.on("change:error", fail);
  redraw();
  answer();
  fail();
  tell();
  return () => {
    model.off("change:svg", redraw);
    model.off("change:rules", redraw);
    model.off("change:answer", answer);
    model.off("change:error", fail);
    undo.forEach((off) => off());
  };
}

export default { render };
