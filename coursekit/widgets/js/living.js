// What all widgets do alike: they ask the kernel how things stand, say so when it is silent, and
// leave a still picture of themselves when the page is saved.

// How long to wait for the kernel, in milliseconds, before saying that it does not answer.
const SILENCE = 15_000;
// How near to the window, in pixels, a widget begins to ask.
const NEAR = 800;
const VIEW = "application/vnd.jupyter.widget-view+json";
const ASLEEP = "Asleep. Run this page to go on.";

const page = (globalThis.coursekitPage ??= { heard: new WeakSet(), kept: new WeakSet(), own: new Map() });

// anywidget waits for a model before it passes on what the kernel says, and after 2 seconds never
// passes on anything again, though the model may be there a moment later; on a slow computer it
// is. https://github.com/manzt/anywidget/issues/803 (the limit came with the answer to it). So
// messages go to the handler that anywidget's stands before.
function hear(own) {
  if (!own.comm || page.heard.has(own)) return;
  page.heard.add(own);
  let kind = Object.getPrototypeOf(own);
  const waiting = kind._handle_comm_msg;
  while (kind?._handle_comm_msg === waiting) kind = Object.getPrototypeOf(kind);
  if (!kind) return;
  own.comm.on_msg((message) => {
    own.trigger("coursekit:heard");
    return kind._handle_comm_msg.call(own, message);
  });
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
      const now = page.own.get(id)?.get("asleep");
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

// Two courses, or two versions of one, may stand in one page.
const unique = () => Math.random().toString(36).slice(2, 10);

const element = (tag, attributes = {}, children = []) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value);
  made.append(...[children].flat().filter((child) => child !== undefined && child !== ""));
  return made;
};

// The prompts of boxes that wait for the kernel.
const queued = (notebook) =>
  [...notebook.querySelectorAll(".jp-InputPrompt")].filter((p) => p.textContent.includes("*"));

// Run boxes by a command of JupyterLab, from one box on, and stay where the reader is: JupyterLab
// itself goes to the last box. A reader who scrolls is let go.
function runKeepingPlace({ rendermime }, from, command, then = from) {
  const notebook = from.closest(".jp-Notebook");
  const scroller = from.closest(".jp-WindowedPanel-outer") ?? notebook;
  const place = scroller.scrollTop;
  const select = (cell) =>
    cell.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
  const button = element("button", {
    "data-commandlinker-command": command,
    "data-commandlinker-args": "{}",
    hidden: "",
  });
  select(from);
  // This widget runs because its box was run. JupyterLab need not ask whether it is trusted.
  rendermime?.trustHandler?.markTrusted(button);
  document.body.append(button);
  button.click();
  button.remove();
  const hands = ["wheel", "touchmove", "pointerdown", "keydown"];
  let held = true;
  const letGo = ({ isTrusted }) => {
    if (isTrusted) held = false;
  };
  for (const kind of hands) window.addEventListener(kind, letGo, { capture: true, passive: true });
  let idle = 0;
  const keep = () => {
    idle = queued(notebook).length ? 0 : idle + 1;
    if (held && scroller.scrollTop !== place) scroller.scrollTop = place;
    // The last box moves the page once more when it is done.
    if (held && idle < 30) requestAnimationFrame(keep);
    else {
      if (held) select(then);
      for (const kind of hands) window.removeEventListener(kind, letGo, { capture: true });
    }
  };
  keep();
}

// What answers a question stands in a folded section below it. It unfolds when all cards between
// the heading before and its own have what they wait for.
function openSection(el) {
  // Cards have headings too; only those of texts begin a section.
  const heading = (cell) => cell.querySelector(".jp-MarkdownOutput :is(h1, h2, h3, h4)");
  const walk = (cell, step) => {
    const passed = [];
    let next = cell?.[step];
    while (next && !heading(next)) {
      passed.push(next);
      next = next[step];
    }
    return [passed, next];
  };
  const cell = el.closest(".jp-Cell");
  const [before] = walk(cell, "previousElementSibling");
  const [after, section] = walk(cell, "nextElementSibling");
  if ([...before, ...after].some((one) => one.querySelector("[data-gate='shut']"))) return;
  section?.querySelector(".jp-collapseHeadingButton.jp-mod-collapsed")?.click();
}

export async function show(context) {
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
  const tell = (text = "") => {
    clearTimeout(timer);
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
    model.send({ ask: "state", revision: own.get("revision") ?? 0 });
    clearTimeout(timer);
    timer = setTimeout(() => {
      tell("No answer from the kernel yet. It may be busy. If it stays so, ask again or run this page.");
    }, SILENCE);
  };
  const heard = () => tell();
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
  own.on("coursekit:heard", heard);
  own.on("comm_live_update", ask);
  connectionStatusChanged?.connect(connected);
  let undo;
  const close = () => {
    clearTimeout(timer);
    near.disconnect();
    own.off("coursekit:heard", heard);
    own.off("comm_live_update", ask);
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
