// What all widgets do alike: they ask the kernel how things stand, say so when it is silent, and
// leave a still picture of themselves when the page is saved.

import { element } from "./dom.js";
import { hearAtOnce } from "./ipywidgets.js";
import { runKeepingPlace } from "./notebook.js";

// How long to wait for the kernel, in milliseconds, before saying that it does not answer.
const SILENCE = 15_000;
// How near to the window, in pixels, a widget begins to ask.
const NEAR = 800;
const VIEW = "application/vnd.jupyter.widget-view+json";
/** What a widget says of itself when it begins to wait for the kernel, and when it need not. */
export const WAITS = "coursekit:waits";
const ASLEEP = "Asleep. Run this page to go on.";

const page = (globalThis.coursekitPage ??= {
  heard: new WeakSet(),
  kept: new WeakSet(),
  own: new Map(),
  stills: new Map(),
});

function hear(own) {
  if (!own.comm || page.heard.has(own)) return;
  page.heard.add(own);
  hearAtOnce(own, () => own.trigger("coursekit:heard"));
}

// A stored view would say "model not found" on the next day. What is saved in its place is the
// picture or text beside it, for cards with the answers given since.
function still(notebook) {
  for (const cell of notebook.cells)
    for (const { data, metadata } of cell.outputs ?? []) {
      const id = data?.[VIEW]?.model_id;
      if (!id || !(data["image/png"] || data["text/html"])) continue;
      delete data[VIEW];
      delete metadata?.[VIEW];
      const now = page.own.get(id)?.get("asleep") || page.stills.get(id);
      if (now) data["text/html"] = now;
    }
  return notebook;
}

// JupyterLab asks a notebook's model for what it saves. No server has to know the course for this.
function keepStill({ context }) {
  if (!context?.model?.toJSON || page.kept.has(context)) return;
  page.kept.add(context);
  const whole = context.model.toJSON.bind(context.model);
  context.model.toJSON = () => still(whole());
}

// What is answered changes no cell, so JupyterLab would neither save it by itself nor ask before the
// page is closed.
function unsaved({ context }) {
  if (context?.model) context.model.dirty = true;
}

/** Ask for the pictures that the saved page is to have, one after the other. */
export function askForStills(model) {
  const came = ({ of, still, left }) => {
    if (left === undefined) return;
    if (of) {
      page.stills.set(of, still);
      unsaved(model.widget_manager);
    }
    if (left) model.send({ ask: "still" });
    else model.off("msg:custom", came);
  };
  model.on("msg:custom", came);
  model.send({ ask: "still" });
}

/** Make what the loader calls of the function that shows one kind of widget. */
export const living = (render) => (context) => live(context, render);

async function live(context, render) {
  const { model, el } = context;
  const manager = model.widget_manager;
  const own = await manager.get_model(model.get("own"));
  page.own.set(model.get("own"), own);
  own.once("destroy", () => page.own.delete(model.get("own")));
  hear(own);
  keepStill(manager);

  const words = element("span");
  const again = element("button", { type: "button", class: "ck-again" }, "Ask again");
  const wake = element("button", { type: "button", class: "ck-again" }, "Run this page");
  const notice = element("div", { class: "ck-silent", role: "status" }, [words, " ", again, wake]);
  const body = element("div", { class: "ck-living" });
  el.replaceChildren(notice, body);

  let timer;
  let asked = false;
  const quiet = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const wait = () => {
    timer ??= setTimeout(() => {
      tell(
        "No answer from the kernel yet. It may be busy. If it stays so, ask again or run this page.",
      );
    }, SILENCE);
  };
  const tell = (text = "") => {
    quiet();
    words.textContent = text;
    notice.hidden = !text;
    again.hidden = text === ASLEEP;
    wake.hidden = text !== ASLEEP || !el.closest(".jp-Notebook");
  };
  const ask = () => {
    if (!own.comm_live) {
      tell(ASLEEP);
      return;
    }
    asked = true;
    model.send({ ask: "state", revision: own.get("revision") ?? 0 });
    quiet();
    wait();
  };
  const heard = () => {
    asked = false;
    tell();
  };
  const answered = () => unsaved(manager);
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.at(-1).isIntersecting) ask();
    },
    { root: el.closest(".jp-WindowedPanel-outer"), rootMargin: `${NEAR}px 0px` },
  );
  const connected = (_, status) => {
    if (status === "connected") ask();
  };
  const { connectionStatusChanged } = manager.kernel ?? {};

  tell();
  again.addEventListener("click", ask);
  wake.addEventListener("click", () => {
    runKeepingPlace(manager, el.closest(".jp-Cell"), "notebook:run-all-cells");
  });
  // A message of a control may be the last that arrives, and this widget does not hear of it.
  body.addEventListener(WAITS, ({ detail }) => {
    if (detail) wait();
    else if (!asked) tell();
  });
  own.on("coursekit:heard", heard);
  own.on("comm_live_update", ask);
  own.on("change:asleep", answered);
  connectionStatusChanged?.connect(connected);
  let undo;
  const close = () => {
    quiet();
    near.disconnect();
    own.off("coursekit:heard", heard);
    own.off("comm_live_update", ask);
    own.off("change:asleep", answered);
    connectionStatusChanged?.disconnect(connected);
    undo?.();
  };
  try {
    undo = await render({ ...context, el: body });
  } catch (problem) {
    close();
    throw problem;
  }
  near.observe(el);
  return close;
}
