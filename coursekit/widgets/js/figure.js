// A figure drawn by matplotlib, repainted here by the ids of its artists.

import { drawn, element, keepKeysIn, nameParts, unique } from "./dom.js";
import { explain } from "./explain.js";
import { modelOf, underway } from "./ipywidgets.js";
import { living, WAITS } from "./living.js";
import { chosen, numbersOf, same } from "./rules.js";
import { atStep } from "./step.js";
import { tale } from "./story.js";
import {
  followsRules,
  LIST,
  NO_NUMBERS,
  seenBy,
  tableFrom,
  together,
  UNCOUNTED,
} from "./unaided.js";

// How long to wait, in milliseconds, before looking once more whether a message has arrived.
const [SHORTEST, LONGEST] = [10, 1000];

// How long it takes, in milliseconds, to draw lines that are traced.
const TRACING = { duration: 1500, easing: "ease-in-out" };

const wantsRest = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A list of choices keeps the place of the choice, other controls keep a value.
const position = (control) => control.get("value") ?? control.get("index");

// An address in a table is a link that says where it leads.
const placeOnWeb = (text) => {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return element("a", { href: text, target: "_blank", rel: "noopener" }, new URL(text).hostname);
};

const tableOf = (columns, rows) =>
  element("table", {}, [
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        columns.map((c) => element("th", { scope: "col" }, c)),
      ),
    ),
    element(
      "tbody",
      {},
      rows.map((row) =>
        element(
          "tr",
          {},
          row.map((c) => element("td", {}, placeOnWeb(String(c)))),
        ),
      ),
    ),
  ]);

// Ids in a page must be unique, and references to hatchings follow them.
const placed = (svg, prefix) =>
  svg
    .replaceAll(/\bid="/g, `id="${prefix}`)
    .replaceAll("url(#", `url(#${prefix}`)
    .replaceAll('href="#', `href="#${prefix}`);

/** Show a figure, and let it follow its controls; gives what ends it. */
export async function render({ model, el }) {
  const prefix = `ck${unique()}-`;
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
  const unheard = element(
    "p",
    { class: "ck-unaided", role: "status", hidden: "" },
    "No kernel answers here. The controls move the picture and what follows from it; nothing is kept.",
  );
  let play;
  // What changes while a message is on its way waits for its end; then the last word is sent.
  const say = (name, value) => {
    model.set(name, value);
    model.save_changes();
    compare();
  };
  const values = () =>
    Object.fromEntries(
      Object.entries(controls).map(([name, control]) => [name, position(control)]),
    );
  const story = model.get("story")?.length
    ? tale({ model, values, say, set: (places) => set(places) })
    : undefined;
  // Who follows a state on the map looks up colours all the time: the key stands beside its top.
  el.replaceChildren(
    unheard,
    element("div", { class: "ck-figure" }, [
      element("div", { class: "ck-left" }, [
        picture,
        told,
        ...(model.get("follows") ? [] : [legend]),
      ]),
      element("div", { class: "ck-right" }, [
        story?.node,
        error,
        ...(model.get("follows") ? [legend] : []),
        numbers,
      ]),
    ]),
    quotes,
    folded,
    element("details", {}, [element("summary", {}, "Show as a table"), table]),
    element("details", {}, [element("summary", {}, "Show the code"), code]),
  );

  // Where no kernel hears the controls, a figure goes on as far as its rules go. One that has none
  // cannot tell, and has nothing to go on with.
  const alone = () =>
    ready &&
    followsRules(model) &&
    Object.keys(controls).length > 0 &&
    Object.values(controls).every((one) => !one.comm_live);

  let names = {};
  let order = [];
  const name = () => {
    names = model.get("names");
    order = Object.keys(names).sort((a, b) => names[a].localeCompare(names[b]));
  };
  name();

  let looks = {};
  const draw = () => {
    picture.innerHTML = placed(model.get("svg") ?? "", prefix);
    looks = {};
    legend.replaceChildren();
    for (const swatch of el.querySelectorAll(`[id^="${prefix}look-"]`)) {
      const name = swatch.id.slice(`${prefix}look-`.length);
      looks[name] = swatch.querySelector("path, use").getAttribute("style");
      const box = { x: 1, y: 1, width: 28, height: 12, style: looks[name] };
      const viewBox = "0 0 30 14";
      const sample = { class: "ck-swatch", viewBox, "aria-hidden": "true" };
      const words = swatch.nextElementSibling?.textContent.trim() ?? name;
      const swatches = drawn("svg", sample, drawn("rect", box));
      legend.append(element("li", { "data-look": name }, [swatches, words]));
    }
    find("legend")?.setAttribute("visibility", "hidden");
    legend.hidden = !legend.children.length;
  };

  const now = {};
  const paint = () => {
    const state = values();
    for (const [id, rule] of Object.entries(chosen(model.get("rules"), state))) {
      const artist = find(id);
      if (!artist || now[id] === rule) continue;
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

  // Numbers, table and code belong to a state of the controls and to what was chosen in the picture;
  // anything else makes them out of date. So does a message of a control that is still on its way:
  // it may bring a state that has passed, or repeat one.
  let looking;
  let pause = SHORTEST;
  const compare = () => {
    const { inputs = {}, chosen = "", pointed = [], stances = {} } = model.get("answer");
    const state = values();
    const single = alone();
    const agree =
      (single || same([chosen, pointed], [model.get("chosen"), model.get("pointed")])) &&
      same(stances, model.get("stances") ?? {}) &&
      Object.keys(inputs).every(
        (name) => (single && NO_NUMBERS.includes(name)) || same(inputs[name], state[name]),
      );
    const late = Object.values(controls).some(underway);
    // Nobody tells when a message has arrived. One look at a time, and less and less often.
    clearTimeout(looking);
    pause = agree && late ? Math.min(2 * pause, LONGEST) : SHORTEST;
    if (agree && late) looking = setTimeout(compare, pause);
    const detail = !agree || late;
    if (!single) el.dispatchEvent(new CustomEvent(WAITS, { bubbles: true, detail }));
    el.dataset.alone = String(single);
    unheard.hidden = !single;
    el.dataset.pending = String(!single && detail);
    numbers.setAttribute("aria-busy", el.dataset.pending);
    count(agree);
    if (!single && !unaided) return;
    unaided = single;
    describe(single && !agree);
  };

  // Without a kernel the words around the picture come from the rules too. Nobody writes the code.
  let unaided = false;
  const describe = (moved) => {
    words();
    const mine = moved && tableFrom(model, values(), order);
    code.parentElement.hidden = moved;
    table.parentElement.hidden = moved && !mine;
    const quoted = seenBy(model, values(), []).quotes;
    if (quoted && unaided) quote(quoted);
    if (!moved) return;
    if (mine) table.replaceChildren(tableOf(mine.columns, mine.rows));
    const said = [...numbers.children].map((one) =>
      [".ck-label", ".ck-value"].map((part) => one.querySelector(part).textContent).join(": "),
    );
    picture.setAttribute("aria-label", [...said, hint()].join(". "));
  };

  // Until the kernel has said all numbers, those that follow from the looks are worked out here;
  // the others wait. A number that was right is not announced twice.
  let readout = "";
  let ready = false;
  const count = (agree) => {
    const said = model.get("answer").readout ?? [];
    const known = model.get("numbers");
    const here = !agree && ready && known.numbers;
    const mine = here ? numbersOf(known, model.get("rules"), values()) : {};
    const rest = here && alone() ? UNCOUNTED : {};
    const all = said.map((one) => ({ ...one, ...(mine[one.key] ?? rest) }));
    const entries = alone() ? seenBy(model, values(), all).entries : all;
    const next = JSON.stringify(entries);
    if (next === readout) return;
    readout = next;
    const shown = model.get("shown");
    numbers.replaceChildren(...entries.slice(0, shown).map(entry));
    more.replaceChildren(...entries.slice(shown).map(entry));
    folded.hidden = entries.length <= shown;
  };
  const entry = ({ key, label, value, change, detail, help, kind, tables }) =>
    element(
      "li",
      { title: !tables && help, "data-known": key in (model.get("numbers").numbers ?? {}) },
      [
        element("span", { class: "ck-label" }, tables ? origin(label, help, tables) : label),
        element("span", { class: "ck-value" }, value),
        element("span", { class: "ck-change" }, change ?? ""),
        element("span", { class: "ck-detail" }, detail ?? ""),
        element("span", { class: "ck-kind" }, kind && kind !== "mechanical" ? kind : ""),
      ],
    );

  // What a number is called says how it was counted, and where it is from.
  const origin = (label, help, tables) => {
    const named = tables.split("; ");
    const from = `From the course's ${named.length > 1 ? "tables" : "table"} ${named.join(", ")}.`;
    const made = element("span", { class: "ck-term", role: "button", tabindex: "0" }, label);
    explain().offer(made, () => {
      const head = element("div", {}, [element("h4", {}, label), element("p", {}, help ?? "")]);
      const cards = named.map((name) => model.get("origins")[name] ?? "");
      return {
        name: label,
        short: help ? `${help} ${from}` : from,
        card: `${head.innerHTML}${cards.join("")}`,
        more: "Where is this number from?",
      };
    });
    return made;
  };

  const hint = () => (order.length ? " Use the arrow keys to go through its parts." : "");
  const quote = (said) =>
    quotes.replaceChildren(
      ...said.map(({ text, by }) =>
        element("figure", {}, [element("blockquote", {}, text), element("figcaption", {}, by)]),
      ),
    );
  const words = () => {
    const { alt, quotes: said = [], table: facts, code: lines = "" } = model.get("answer");
    picture.setAttribute("aria-label", `${alt ?? ""}${hint()}`);
    quote(said);
    if (facts) table.replaceChildren(tableOf(facts.columns, facts.rows));
    code.textContent = lines;
  };
  const answer = () => {
    words();
    compare();
  };

  const fail = () => {
    error.textContent = model.get("error");
    error.hidden = !model.get("error");
  };

  // A map of an argument takes the reader's view of a step at the step itself.
  const beside = Object.keys(model.get("switches") ?? {}).length
    ? atStep({ model, picture, find, say })
    : undefined;
  if (beside) numbers.setAttribute("aria-live", "off");

  // One part at a time is previewed, by pointer or by the arrow keys when the picture has the
  // focus. A click, Enter or the space bar chooses it.
  let here = -1;
  const tell = (id) => {
    el.querySelector(".ck-here")?.classList.remove("ck-here");
    here = order.indexOf(id);
    find(id)?.classList.add("ck-here");
    // Its outline would lie half under its neighbours; names stay on top of it.
    const label = picture.querySelector('[id*="-label-"]');
    if (id && label?.parentNode === find(id)?.parentNode) label?.before(find(id));
    const words = id ? [names[id], now[id]?.text].filter(Boolean).join(": ") : idle();
    if (told.textContent !== words) told.textContent = words;
    told.hidden = !told.textContent;
  };
  const idle = () => {
    if (model.get("follows")) return "Choose one in the list, or click on it in the picture.";
    if (order.length) return "Point at the picture, or use the arrow keys on it.";
    return model.get("plane").id ? "Click or drag in the plane, or move the sliders." : "";
  };
  const artistAt = (event) => order.find((id) => find(id)?.contains(event.target));
  const covers = (id, { clientX, clientY }) => {
    const area = find(id)?.getBoundingClientRect();
    if (!area) return false;
    return (
      clientX >= area.left && clientX <= area.right && clientY >= area.top && clientY <= area.bottom
    );
  };
  // Each touch is news, the second of the same part as well.
  const touch = (id, onto = "") => {
    model.set("touched", [id, onto, String(Date.now())]);
    say("chosen", id);
  };
  picture.addEventListener("mousemove", (event) => {
    const id = artistAt(event);
    if (id && id !== order[here]) tell(id);
  });
  // Who follows one part comes back to it after a look at others.
  const home = () => tell(model.get("follows") ? model.get("chosen") || undefined : undefined);
  picture.addEventListener("mouseleave", () => model.get("follows") && home());
  picture.addEventListener("click", (event) => {
    const id = artistAt(event);
    if (!id && model.get("follows")) return home();
    tell(id);
    if (!id) return beside?.close();
    touch(id);
    beside?.open(id);
  });
  picture.addEventListener("keydown", (event) => {
    if (!order.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let next;
    if (step) next = (here + step + order.length + (here < 0 && step < 0)) % order.length;
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = order.length - 1;
    else if ([" ", "Enter"].includes(event.key) && !event.shiftKey && here >= 0) {
      next = here;
      touch(order[here]);
      beside?.open(order[here], { focus: true });
    } else if (event.key.length === 1) {
      const from = [...order.slice(here + 1), ...order.slice(0, here + 1)];
      const id = from.find((i) => names[i].toLowerCase().startsWith(event.key.toLowerCase()));
      next = id ? order.indexOf(id) : undefined;
    }
    if (next === undefined) return;
    if (next !== here) beside?.open(order[next]);
    tell(order[next]);
    event.preventDefault();
    event.stopPropagation();
  });

  // A plane is pointed at in the units of its axes. Touch only taps, so that a page still scrolls.
  const within = ([low, high], share) => low + (high - low) * Math.min(Math.max(share, 0), 1);
  const inPlane = (event) => covers(model.get("plane").id, event);
  const point = ({ clientX, clientY }) => {
    const { id, x, y } = model.get("plane");
    const area = find(id).getBoundingClientRect();
    say("pointed", [
      within(x, (clientX - area.left) / area.width),
      within(y, (area.bottom - clientY) / area.height),
    ]);
  };
  picture.addEventListener("mousedown", (event) => {
    if (event.detail > 1) event.preventDefault();
  });
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch" && inPlane(event))
      picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    const over = artistAt(event) && (model.get("onto").length ? "grab" : "pointer");
    picture.style.cursor = inPlane(event) ? "crosshair" : over || "";
    if (!held && picture.hasPointerCapture(event.pointerId)) point(event);
  });
  picture.addEventListener("click", (event) => {
    if (inPlane(event)) point(event);
  });

  // A part can be dragged onto an area, where a picture has any. Touch only taps here too.
  let held;
  picture.addEventListener("pointerdown", (event) => {
    const { clientX: x, clientY: y, button, pointerType } = event;
    const id = model.get("onto").length && artistAt(event);
    held = id && button === 0 && pointerType !== "touch" ? { id, x, y } : undefined;
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 5) return;
    // Only now: a click on a part would otherwise become one on the picture.
    held.moved = true;
    picture.setPointerCapture(event.pointerId);
    const svg = picture.querySelector("svg");
    const per = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    find(held.id).setAttribute("transform", `translate(${dx * per} ${dy * per})`);
  });
  picture.addEventListener("pointerup", (event) => {
    const { id, moved } = held ?? {};
    held = undefined;
    if (!moved) return;
    const area = model.get("onto").find((one) => covers(one, event));
    if (area) touch(id, area);
    // Whoever has moved is soon drawn anew; whoever has not goes back.
    const part = find(id);
    setTimeout(() => part?.removeAttribute("transform"), area ? 800 : 0);
  });
  picture.addEventListener("pointercancel", () => {
    if (held?.moved) find(held.id)?.removeAttribute("transform");
    held = undefined;
  });

  let list;
  const follow = () => {
    if (alone()) list?.fromList();
    paint();
    compare();
    if (here >= 0) tell(order[here]);
    story?.follow();
  };
  const manager = model.widget_manager;
  for (const [name, reference] of Object.entries(model.get("inputs"))) {
    const control = await modelOf(manager, reference);
    if (!(name in model.get("presets"))) {
      controls[name] = control;
      control.on("change:value change:index", follow);
      control.on("comm_live_update", compare);
      undo.push(() => {
        control.off("change:value change:index", follow);
        control.off("comm_live_update", compare);
      });
    }
    label(control, model.get("presets")[name]);
  }
  if (model.get("follows") && controls[LIST]) list = together(model, controls[LIST], () => order);
  ready = true;
  compare();
  story?.tell();
  if (model.get("play")) {
    play = await modelOf(manager, model.get("play"));
    label(play);
    // Who wants less motion gets one step at a press; Play sets its timer after its value.
    const halt = () => {
      if (play.get("playing") && wantsRest()) queueMicrotask(() => play.set("playing", false));
    };
    play.on("change:value", halt);
    undo.push(() => play.off("change:value", halt));
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
        if (words) nameParts(view.el, words);
        for (const button of view.el.querySelectorAll(":scope.widget-play button"))
          button.setAttribute(
            "aria-label",
            button.querySelector(".fa-stop") ? "Stop" : "Play or pause",
          );
        keepKeysIn(view.el.closest(".ck-lab") ?? view.el);
        if (preset && !view.el.dataset.ckPreset) {
          view.el.dataset.ckPreset = "1";
          view.el.addEventListener("click", () => set(preset));
        }
      });
    }
  }

  function set(preset) {
    if (!ready) return;
    // Years that go on by themselves would leave at once what is set here.
    if (play?.get("playing")) play.set("playing", false);
    for (const [name, value] of Object.entries(preset)) {
      if (controls[name].get("value") === value) continue;
      controls[name].set("value", value);
      controls[name].save_changes();
    }
  }

  // A part that has another place in the next picture goes there, with what is written on it.
  const places = () => Object.fromEntries(order.map((id) => [id, find(id)?.getBBox()]));
  const travel = (before) => {
    if (wantsRest()) return;
    for (const [id, to] of Object.entries(places())) {
      const from = before[id];
      if (!from || !to || Math.hypot(from.x - to.x, from.y - to.y) < 2) continue;
      const start = `translate(${from.x - to.x}px, ${from.y - to.y}px)`;
      const way = [{ transform: start }, { transform: "none" }];
      for (const node of picture.querySelectorAll(`[id^="${prefix}${id}"]`))
        node.animate(way, { duration: 900, easing: "ease-in-out" });
    }
  };

  // Lines are drawn before the eyes of whoever has not asked for less motion.
  const trace = () => {
    if (wantsRest()) return;
    for (const id of model.get("traced").parts ?? [])
      for (const line of find(id)?.querySelectorAll("path") ?? []) {
        const length = line.getTotalLength();
        line.animate({ strokeDasharray: [`0 ${length}`, `${length} ${length}`] }, TRACING);
      }
  };

  const redraw = () => {
    const before = places();
    name();
    draw();
    for (const id of Object.keys(now)) delete now[id];
    paint();
    travel(before);
    if (!order.length) tell();
    else if (here >= 0) tell(order[here]);
    beside?.settle();
  };
  const follows = () => {
    if (alone()) list?.fromFigure();
    if (model.get("follows")) home();
    story?.tell();
  };
  model.on("change:svg", redraw);
  model.on("change:rules", redraw);
  model.on("change:names", redraw);
  model.on("change:chosen change:step", follows);
  model.on("change:answer", answer);
  model.on("change:error", fail);
  model.on("change:traced", trace);
  redraw();
  answer();
  fail();
  home();
  story?.tell();
  return () => {
    model.off("change:svg", redraw);
    model.off("change:rules", redraw);
    model.off("change:names", redraw);
    model.off("change:chosen change:step", follows);
    model.off("change:answer", answer);
    model.off("change:error", fail);
    model.off("change:traced", trace);
    for (const off of undo) off();
    clearTimeout(looking);
    beside?.stop();
  };
}

export const show = living(render);
