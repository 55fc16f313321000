// Identifiers, terms and names of tables in the texts of a page become places that answer.

import { element } from "./dom.js";
import { explain } from "./explain.js";
import { finder, fresh } from "./finding.js";

const HEADING = "h1, h2, h3, h4, h5, h6";
// What does something of its own, and what is no prose.
const LEFT_ALONE = `a, button, label, summary, pre, script, style, svg, math, select, textarea, mjx-container,
  .cell_output, .ck-alive, [role="button"], [role="dialog"], [contenteditable], .ck-term`;
// How much time, in milliseconds, a turn must have left.
const ENOUGH = 4;

const whenIdle = (work) =>
  globalThis.requestIdleCallback
    ? requestIdleCallback(work, { timeout: 2000 })
    : setTimeout(() => work({ timeRemaining: () => 50 }), 50);

/** Let the texts of a page answer, also those that come later or change.
 * @param {Element} page
 * @param {string} texts - a selector: the parts of the page that hold prose
 * @param {{known: Record<string, any>, card: (name: string) => string | undefined,
 *   met?: (names: string[]) => void}} given
 * @returns {() => void} what ends it */
export function mark(page, texts, { known, card, met }) {
  const explains = explain();
  // What each text had seen of its section at its end.
  const done = new WeakMap();
  let find;
  let waiting = false;

  const answers = (node, name) => {
    node.dataset.term = name;
    explains.offer(node, () => ({
      name: name.replace("table ", "Table "),
      short: known[name].short,
      card: card(name),
    }));
  };
  const place = (name, text, first) => {
    const about = { class: "ck-term", role: "button", tabindex: first ? "0" : "-1" };
    const made = element("span", about, text);
    answers(made, name);
    return made;
  };
  const table = (code) => {
    const name = `table ${code.textContent}`;
    if (!(name in known) || code.closest("a, pre")) return undefined;
    code.classList.add("ck-term");
    code.setAttribute("role", "button");
    code.setAttribute("tabindex", "0");
    answers(code, name);
    return name;
  };

  // A page that is run again has a new kernel, perhaps, and marks of before.
  const again = (node, seen) => {
    const name = node.dataset.term;
    if (!(name in known)) return undefined;
    seen.add(name);
    answers(node, name);
    return name;
  };

  const markText = (root, seen) => {
    const names = [];
    /** @type {[Text, {name: string, from: number, to: number, first: boolean}[]][]} */
    const pieces = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => {
        if (!(node instanceof Element)) return NodeFilter.FILTER_ACCEPT;
        if (node.matches(HEADING)) seen.clear();
        if (node.matches(".ck-term")) names.push(again(node, seen));
        else if (node.localName === "code") names.push(table(node));
        if (node.matches(`${HEADING}, code, ${LEFT_ALONE}`)) return NodeFilter.FILTER_REJECT;
        return NodeFilter.FILTER_SKIP;
      },
    });
    while (walk.nextNode()) {
      const text = /** @type {Text} */ (walk.currentNode);
      const found = fresh(find(text.data), seen);
      if (found.length) pieces.push([text, found]);
    }
    for (const [text, found] of pieces)
      for (const { name, from, to, first } of found.reverse()) {
        text.splitText(to);
        const said = text.splitText(from);
        said.replaceWith(place(name, said.nodeValue, first));
        names.push(name);
      }
    return names.filter(Boolean);
  };

  const all = () => {
    find ??= finder(known, page.querySelector("h1")?.textContent.match(/^\s*(\d\d)\b/)?.[1]);
    return [...page.querySelectorAll(texts)].filter((one) => !one.parentElement.closest(texts));
  };
  const turn = (idle) => {
    waiting = false;
    if (!page.isConnected) return;
    const names = [];
    let seen = new Set();
    for (const text of all()) {
      if (!done.has(text)) {
        if (idle.timeRemaining() < ENOUGH && !idle.didTimeout) {
          soon();
          break;
        }
        names.push(...markText(text, seen));
        done.set(text, new Set(seen));
      }
      seen = new Set(done.get(text));
    }
    // What was marked is no change of the page.
    watch.takeRecords();
    if (names.length) met?.([...new Set(names)]);
  };
  const soon = () => {
    if (!waiting) whenIdle(turn);
    waiting = true;
  };
  const watch = new MutationObserver((changes) => {
    let more = false;
    for (const { target, addedNodes } of changes) {
      const text = /** @type {Element} */ (target).closest(texts);
      if (text) done.delete(text);
      more ||= Boolean(text) || [...addedNodes].some((node) => node instanceof Element);
    }
    if (more) soon();
  });
  watch.observe(page, { childList: true, subtree: true });
  soon();
  return () => watch.disconnect();
}
