// A reader's view of a step, given at the step itself, and what it changes, told beside it.

import { element } from "./dom.js";

const VIEWS = { Accept: "accepted", Reject: "rejected", Undecided: "" };
// Where the box may stand, in pixels, and how many hidden ones are as bad as one more of distance.
const RASTER = 16;
const DISTANCE = 45;
// Room for what will be told, so that the box need not move under the pointer.
const HEIGHT = 150;

export function atStep({ model, picture, find, say }) {
  const frame = picture.parentElement;
  const name = element("p", { class: "ck-step-name" });
  const why = element("p");
  // A region is announced only if it was there before its text changed.
  const spoken = element("p", { class: "ck-step-spoken", role: "status", "aria-live": "polite" });
  const buttons = Object.entries(VIEWS).map(([words, stance]) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", () => decide(stance));
    return button;
  });
  const views = element("div", { class: "ck-step-views" }, buttons);
  const shut = element(
    "button",
    { type: "button", class: "ck-step-shut", "aria-label": "Close", title: "Close" },
    "×",
  );
  const box = element("div", { class: "ck-step", role: "group" }, [name, shut, views, why]);
  const marks = element("div", { class: "ck-step-marks", "aria-hidden": "true" });
  box.hidden = true;
  picture.after(marks, box, spoken);

  let step = "";
  const stances = () => model.get("stances") ?? {};
  function decide(stance) {
    const { [step]: before, ...others } = stances();
    say("stances", stance ? { ...others, [step]: stance } : others);
    fill();
  }

  const fill = () => {
    const { step: about, said = "" } = model.get("beside") ?? {};
    name.textContent = step ? model.get("names")[step] : "";
    box.setAttribute("aria-label", step ? `Your view of ${name.textContent}` : "What changed");
    views.hidden = !(step in model.get("switches"));
    for (const [place, stance] of Object.values(VIEWS).entries())
      buttons[place].setAttribute("aria-pressed", (stances()[step] ?? "") === stance);
    why.textContent = about === step || !about ? said : "";
  };

  // Near the step, where it hides neither the step nor what may change with it, and little else.
  const place = () => {
    const home = frame.getBoundingClientRect();
    const at = (id) => find(id)?.getBoundingClientRect();
    const own = at(step);
    if (!own) return;
    const [width, height] = [box.offsetWidth, Math.max(box.offsetHeight, HEIGHT)];
    const change = model.get("switches")[step] ?? [];
    const steps = Object.keys(model.get("names")).flatMap((id) => {
      const weight = id === step ? 20 : change.includes(id) ? 10 : 1;
      return at(id) ? [{ rect: at(id), weight }] : [];
    });
    const shared = (from, to, low, high) => Math.max(0, Math.min(to, high) - Math.max(from, low));
    const cost = (x, y) => {
      const [left, top] = [x + home.left, y + home.top];
      const across = Math.max(own.left - left - width, left - own.right, 0);
      const down = Math.max(own.top - top - height, top - own.bottom, 0);
      return steps.reduce(
        (sum, { rect, weight }) =>
          sum +
          weight *
            shared(left, left + width, rect.left, rect.right) *
            shared(top, top + height, rect.top, rect.bottom),
        DISTANCE * (across + down),
      );
    };
    let best = Infinity;
    for (let x = 4; x <= Math.max(4, home.width - width - 6); x += RASTER)
      for (let y = 4; y <= Math.max(4, picture.offsetHeight - height - 4); y += RASTER) {
        const here = cost(x, y);
        if (here >= best) continue;
        best = here;
        box.style.left = `${x}px`;
        box.style.top = `${y}px`;
      }
  };

  const mark = () => {
    const home = frame.getBoundingClientRect();
    const changed = (model.get("beside")?.changed ?? []).filter((id) => find(id));
    marks.replaceChildren(
      ...changed.map((id) => {
        const { left, top, width, height } = find(id).getBoundingClientRect();
        const made = element("div", { "data-changed": id }, element("span", {}, "changed"));
        made.style.cssText = `left: ${left - home.left}px; top: ${top - home.top}px; width: ${width}px; height: ${height}px`;
        return made;
      }),
    );
  };

  const settle = () => {
    mark();
    if (!box.hidden) place();
  };
  const open = (id, { focus = false } = {}) => {
    const moved = id !== step || box.hidden;
    step = id;
    box.hidden = false;
    fill();
    if (moved) place();
    if (focus) (buttons.find((one) => one.getAttribute("aria-pressed") === "true") ?? shut).focus();
  };
  const close = () => {
    box.hidden = true;
    step = "";
  };

  const told = () => {
    fill();
    mark();
    if (box.offsetHeight > HEIGHT) place();
    spoken.textContent = model.get("beside")?.said ?? "";
  };
  const chosen = () => model.get("chosen") && open(model.get("chosen"));
  model.on("change:beside change:stances", told);
  model.on("change:chosen", chosen);
  shut.addEventListener("click", () => {
    close();
    picture.focus();
  });
  box.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = buttons.indexOf(event.target);
    if (event.key === "Escape") shut.click();
    else if (way && here >= 0) buttons[(here + way + buttons.length) % buttons.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  picture.addEventListener("scroll", settle);
  const resized = new ResizeObserver(settle);
  resized.observe(picture);
  return {
    open,
    close,
    settle,
    stop() {
      resized.disconnect();
      model.off("change:beside change:stances", told);
      model.off("change:chosen", chosen);
    },
  };
}
