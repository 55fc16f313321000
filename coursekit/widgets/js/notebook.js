// The notebook around a widget: its boxes are run, its folded sections opened.

import { element } from "./dom.js";

// The prompts of boxes that wait for the kernel.
export const queued = (notebook) =>
  [...notebook.querySelectorAll(".jp-InputPrompt")].filter((p) => p.textContent.includes("*"));

// Run boxes by a command of JupyterLab, from one box on, and stay where the reader is: JupyterLab
// itself goes to the last box. A reader who scrolls is let go.
export function runKeepingPlace({ rendermime }, from, command, then = from) {
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
export function openSection(el) {
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
