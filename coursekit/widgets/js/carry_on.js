// Save the record as a file of the browser's downloads, and load such a file.

import { element, keepKeysIn } from "./dom.js";
import { living } from "./living.js";
import { runKeepingPlace } from "./notebook.js";

// How long to wait for the kernel, in milliseconds, before saying that it does not answer.
const PATIENCE = 15_000;
// How near to the window, in pixels, the reader is here: a map of progress stands above.
const AROUND = 1000;
const SILENT =
  "No answer from the kernel yet. If it is busy, wait until it is idle and try again. If it was restarted, run this page again.";

// Records go to and fro compressed: servers of notebooks let no large messages through.
const through = (data, stream) =>
  new Response(new Blob([data]).stream().pipeThrough(stream)).arrayBuffer();

function download(name, data) {
  const address = URL.createObjectURL(new Blob([data], { type: "application/json" }));
  const link = element("a", { href: address, download: name, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser may still be about to read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function render({ model, el }) {
  const words = model.get("words");
  const button = (text, quiet) =>
    element(
      "button",
      { type: "button", class: `ck-card-button${quiet ? " ck-card-quiet" : ""}` },
      text,
    );
  const [save, load, again] = [
    button(words.save),
    button(words.load, true),
    button(words.again, true),
  ];
  const file = element("input", {
    type: "file",
    accept: ".json,application/json",
    "aria-label": words.load,
    tabindex: "-1",
    hidden: "",
  });
  const advice = element("p");
  const told = element("p", { class: "ck-card-status", role: "status" });
  const wrong = element("p", { class: "ck-card-error", role: "alert" });
  const held = element("span", { class: "ck-card-foot" });
  const card = element(
    "div",
    { class: "ck-card ck-card-carry", role: "group", "aria-label": words.heading },
    [
      element("p", { class: "ck-card-title" }, words.heading),
      advice,
      element("div", { class: "ck-card-line" }, [save, load, file, held]),
      told,
      wrong,
      element("div", { class: "ck-card-line" }, [again]),
    ],
  );
  el.replaceChildren(card);
  keepKeysIn(card);

  let timer;
  const busy = (now) => {
    clearTimeout(timer);
    for (const one of [save, load]) one.toggleAttribute("aria-disabled", now);
    if (now) timer = setTimeout(() => complain(SILENT), PATIENCE);
  };
  const complain = (text) => {
    busy(false);
    wrong.textContent = text;
    wrong.hidden = !text;
    if (text) told.hidden = true;
  };
  const show = () => {
    busy(false);
    advice.textContent = model.get("advice");
    advice.className = model.get("urgent") ? "ck-card-notice" : "ck-card-lead";
    held.textContent = model.get("held");
    told.textContent = model.get("told");
    told.hidden = !model.get("told");
    complain(model.get("wrong"));
    again.hidden = !model.get("fresh") || !el.closest(".jp-Notebook");
  };
  const waiting = () => save.hasAttribute("aria-disabled");

  save.addEventListener("click", () => {
    if (waiting()) return;
    complain("");
    busy(true);
    model.send({ action: "save" });
  });
  load.addEventListener("click", () => waiting() || file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    complain("");
    if (chosen.size > model.get("most")) {
      const size = Math.round(chosen.size / 1e6).toLocaleString("en");
      complain(
        `${chosen.name} has ${size} MB, and a record has a few: choose the file that ${words.save} has written.`,
      );
      file.value = "";
      return;
    }
    busy(true);
    try {
      const packed = await through(await chosen.arrayBuffer(), new CompressionStream("gzip"));
      const name = new TextEncoder().encode(chosen.name).buffer;
      if (packed.byteLength > 8_000_000) throw new Error("it is too large");
      model.send({ action: "load" }, undefined, [name, packed]);
    } catch (problem) {
      complain(`${chosen.name} could not be read (${problem.message}).`);
    }
    // The same file can be chosen once more.
    file.value = "";
  });
  again.addEventListener("click", () =>
    runKeepingPlace(model.widget_manager, el.closest(".jp-Cell"), "notebook:run-all-cells"),
  );
  const received = async (message, buffers) => {
    if (!message.file) return;
    download(message.file, await through(buffers[0], new DecompressionStream("gzip")));
  };

  // What was answered on the page since is counted when the reader comes near.
  let here = false;
  const look = () => {
    if (here && model.get("stale")) model.send({ action: "look" });
  };
  const near = new IntersectionObserver(
    (entries) => {
      here = entries.at(-1).isIntersecting;
      if (here) model.send({ action: "look" });
    },
    { root: el.closest(".jp-WindowedPanel-outer"), rootMargin: `${AROUND}px 0px` },
  );
  near.observe(card);

  const shown =
    "change:advice change:urgent change:held change:told change:wrong change:fresh change:turn";
  model.on(shown, show);
  model.on("change:stale", look);
  model.on("msg:custom", received);
  show();
  return () => {
    clearTimeout(timer);
    near.disconnect();
    model.off(shown, show);
    model.off("change:stale", look);
    model.off("msg:custom", received);
  };
}

export const show = living(render);
