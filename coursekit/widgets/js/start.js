// The button at the top of a page. It runs the boxes below its own and stays where the reader is.

import { element } from "./dom.js";
import { explain } from "./explain.js";
import { askForStills, living } from "./living.js";
import { mark } from "./marking.js";
import { queued, runKeepingPlace } from "./notebook.js";

// How many counts without a box in line mean that all is done.
const CALM = 4;
// How often to look whether the first box below has drawn, in milliseconds, and after how many looks
// at an idle kernel it has nothing to draw.
const LOOK = 40;
const LOOKS = 25;
const DRAWN = ".ck-picture svg, .ck-card";
const WRONG = ["error", "stderr"].map(
  (kind) => `[data-mime-type="application/vnd.jupyter.${kind}"]`,
);
// Where a notebook has prose.
const TEXTS = ".jp-MarkdownOutput, .ck-panel-text";

// What the page explains, it has at once. The cards of what it met come from the kernel, when that
// has run all boxes.
function explaining(model, notebook) {
  const cards = () => model.get("cards");
  const came = () => explain().refresh();
  const found = new Set(model.get("wanted"));
  let asked = false;
  const ask = () => {
    asked = true;
    if (found.size === model.get("wanted").length) return;
    model.set("wanted", [...found]);
    model.save_changes();
  };
  const met = (names) => {
    for (const name of names) found.add(name);
    if (asked) ask();
  };
  const known = model.get("known");
  const end = mark(notebook, TEXTS, { known, card: (name) => cards()[name], met });
  model.on("change:cards", came);
  return {
    ask,
    end() {
      end();
      model.off("change:cards", came);
    },
  };
}

// Do something as soon as a box shows what it draws, or has nothing to draw; nothing after an error.
function onceDrawn(box, busy, next) {
  let looks = 0;
  const look = () => {
    const drawn = box.querySelector(DRAWN);
    looks = busy() || queued(box).length ? 0 : looks + 1;
    if (!drawn && looks < LOOKS) return;
    clearInterval(timer);
    next(Boolean(drawn) || !box.querySelector(WRONG.join()));
  };
  const timer = setInterval(look, LOOK);
  return () => clearInterval(timer);
}

function render({ model, el }) {
  const button = element("button", { type: "button", class: "ck-start-button" }, "Start this page");
  const told = element("span", { role: "status" });
  el.replaceChildren(element("div", { class: "ck-start" }, [button, " ", told]));

  const notebook = el.closest(".jp-Notebook");
  if (!notebook) {
    button.hidden = true;
    told.textContent = "To start this page, run all its boxes.";
    return undefined;
  }
  const own = el.closest(".jp-Cell");
  const there = element("button", { type: "button", class: "ck-again" }, "Show me");
  // After an error no further box is run, so it is in the last that was. A box far from the window has
  // no prompt if JupyterLab keeps only those near it.
  const stop = () => {
    const boxes = [...notebook.querySelectorAll(".jp-CodeCell")];
    const unrun = (box) => box.querySelector(".jp-InputPrompt")?.textContent === "[ ]:";
    return boxes[boxes.findIndex(unrun) - 1];
  };
  there.addEventListener("click", () => stop().scrollIntoView({ block: "end" }));
  button.parentElement.append(there);
  let watch;
  // JupyterLab takes a moment to put boxes in line, and another from one to the next.
  let calm = 0;
  const busy = () => model.widget_manager.kernel?.status === "busy";
  // Boxes that are not in line yet.
  let later = 0;
  const count = () => {
    const boxes = queued(notebook).length + later;
    // After an error in a box that may fail JupyterLab marks no other box, and goes on.
    calm = boxes > 0 || busy() ? 0 : calm + 1;
    button.disabled = calm < CALM;
    button.textContent = calm < CALM ? "Starting …" : "Run this page again";
    if (!boxes && calm < CALM) return;
    const stopped = !boxes && Boolean(stop());
    there.hidden = !stopped;
    if (boxes)
      told.textContent = `${boxes} ${boxes === 1 ? "box" : "boxes"} to go. You can begin to read.`;
    else if (stopped)
      told.textContent =
        "It stopped at a box with an error. Mend that box, then run the page again.";
    else told.textContent = "This page is awake: every box has been run.";
    if (calm < CALM) return;
    clearInterval(watch);
    explained.ask();
    askForStills(model);
  };
  const follow = () => {
    clearInterval(watch);
    calm = 0;
    watch = setInterval(count, 250);
    count();
  };
  button.addEventListener("click", () => {
    runKeepingPlace(model.widget_manager, own, "notebook:run-all-cells");
    follow();
  });

  // Run All Cells runs this box together with the others, and goes to the last of them, on a slow
  // page only after this box has been run. Run alone, this box brings the others along.
  const cells = [...notebook.querySelectorAll(".jp-Cell")];
  const last = cells.at(-1);
  const alone =
    own !== last &&
    notebook.querySelector(".jp-Cell.jp-mod-active") !== last &&
    queued(notebook).every((prompt) => own.contains(prompt));
  let forget = () => {};
  if (model.get("fresh")) {
    model.set("fresh", false);
    model.save_changes();
    // To put all boxes in line takes JupyterLab a while, in which it draws nothing. What stands first
    // is run and drawn first, unless the kernel has still to load what all boxes need.
    const run = (box, command) => runKeepingPlace(model.widget_manager, box, command, own);
    const first = own.nextElementSibling;
    if (alone && model.get("loaded") && first.matches(".jp-CodeCell") && first !== last) {
      later = notebook.querySelectorAll(".jp-CodeCell").length - 2;
      run(first, "notebook:run-cell");
      forget = onceDrawn(first, busy, (well) => {
        later = 0;
        if (well) run(first.nextElementSibling, "notebook:run-all-below");
      });
    } else if (alone) run(first, "notebook:run-all-below");
  }
  const explained = explaining(model, notebook);
  follow();
  return () => {
    clearInterval(watch);
    forget();
    explained.end();
  };
}

export const show = living(render);
