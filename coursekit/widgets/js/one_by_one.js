// The questions of a card one at a time: a row of marks that lead to each, ways on and back, an end.

import { element } from "./dom.js";
import { draftAt } from "./drafts.js";

// What stands below the number of a question, and what is said for it.
const STANDS = {
  right: ["✓", "right"],
  part: ["≈", "partly right"],
  wrong: ["✗", "not right"],
  told: ["•", "answered"],
  open: ["", "open"],
};
const END = "";
// From one question to the next a card does not shrink below so many pixels.
const STEADY = 460;

export function oneByOne({ model, card, list, say, feedback }) {
  const button = (words, quiet) =>
    element(
      "button",
      { type: "button", class: `ck-card-button${quiet ? " ck-card-quiet" : ""}` },
      words,
    );
  const marks = element("div", {
    class: "ck-card-marks",
    role: "group",
    "aria-label": "Questions",
  });
  const heading = element("h3", { class: "ck-card-label ck-card-step", tabindex: "-1" });
  const end = element("section", { class: "ck-card-end" });
  const [next, back] = [button("Next"), button("Back", true)];
  const later = button("Later", true);
  const foot = element("div", { class: "ck-card-line ck-card-ways" }, [next, back, later]);
  const goOn = button("Go on");
  const waits = element("span");
  const folded = element("div", { class: "ck-card-line ck-card-put-off" }, [goOn, waits]);

  let items = [];
  let nodes = new Map();
  let at;
  const stands = ({ mark }) => mark || "open";
  const firstOpen = () => items.find((item) => stands(item) === "open")?.key;
  const finished = () => Object.keys(model.get("ending") ?? {}).length > 0;
  const place = () => (at === END ? items.length : items.findIndex(({ key }) => key === at));

  // A test can be put off; this browser remembers it.
  const memory = () => draftAt(`${model.get("place")}/${items[0]?.key}/later`);
  const fold = (away) => {
    card.dataset.putOff = away && !finished();
    if (away) memory().write({ later: true });
    else memory().remove();
  };
  later.addEventListener("click", () => {
    fold(true);
    goOn.focus();
  });
  goOn.addEventListener("click", () => {
    fold(false);
    show(at, true);
  });

  const markOf = (item, number) => {
    const [sign, words] = STANDS[stands(item)];
    const made = element(
      "button",
      {
        type: "button",
        "data-mark": stands(item),
        "aria-label": `Question ${number}: ${words}`,
        "aria-current": item.key === at && "step",
      },
      [element("span", {}, String(number)), element("span", { "aria-hidden": "true" }, sign)],
    );
    made.addEventListener("click", () => show(item.key, true));
    return made;
  };

  const show = (key, moved) => {
    // The next question may be shorter: what stands below the card stays where it is.
    if (moved) list.style.minHeight = `${Math.min(STEADY, list.clientHeight)}px`;
    at = key;
    for (const [item, node] of nodes) node.toggleAttribute("data-away", item.key !== at);
    end.hidden = at !== END;
    list.toggleAttribute("data-away", at === END);
    const number = place();
    const item = items[number];
    heading.replaceChildren(
      item ? item.label : model.get("ending").title,
      item?.tag ? element("span", { class: "ck-card-tag" }, item.tag) : "",
    );
    marks.replaceChildren(...items.map((one, index) => markOf(one, index + 1)));
    const last = number === items.length - 1;
    const done = item && stands(item) !== "open";
    next.hidden = !done;
    next.textContent = !last ? "Next" : finished() ? "See the result" : "Next open question";
    back.hidden = number === 0;
    waits.textContent = `${model.get("title")}: put off. ${model.get("status")}`;
    later.hidden = !model.get("later") || finished();
    foot.hidden = next.hidden && back.hidden && later.hidden;
    if (!moved) return;
    say(item ? `${item.label}: ${STANDS[stands(item)][1]}` : "The end");
    heading.focus({ preventScroll: true });
    const seen = card.closest(".jp-WindowedPanel-outer")?.getBoundingClientRect();
    const { top, bottom } = marks.getBoundingClientRect();
    if (top < (seen?.top ?? 0) || bottom > (seen?.bottom ?? innerHeight) - 120)
      marks.scrollIntoView({ block: "start" });
  };

  next.addEventListener("click", () => {
    const following = items[place() + 1]?.key;
    show(following ?? (finished() ? END : firstOpen()), true);
  });
  back.addEventListener("click", () => show(items[place() - 1].key, true));

  // A narrower card is taller: what it measured before means nothing then.
  let width = 0;
  const resized = new ResizeObserver(() => {
    if (width && width !== list.clientWidth) list.style.minHeight = "";
    width = list.clientWidth;
  });
  resized.observe(list);

  return {
    above: [folded, marks, heading],
    below: [end, foot],
    follow: (made) => {
      nodes = made;
      items = [...made.keys()];
      end.replaceChildren(
        ...(finished()
          ? [
              element(
                "div",
                { class: "ck-card-feedback" },
                feedback({ lines: model.get("ending").lines }),
              ),
            ]
          : []),
      );
      const known = items.some(({ key }) => key === at) || (at === END && finished());
      if (!known) {
        at = firstOpen() ?? (finished() ? END : items[0]?.key);
        card.dataset.stepwise = "";
        fold(model.get("later") && memory().read().later === true);
      }
      show(at, false);
    },
    close: () => resized.disconnect(),
  };
}
