// What a page says of a word, an identifier or a number: a sentence while one points at it, and a
// card at a click. There is one such box in a page, whichever widgets use it.

import { element, keepKeys, unique } from "./dom.js";

// How long, in milliseconds, before a word that the pointer passes over answers, and before the
// answer goes when the pointer has left both.
const PAUSE = 250;
const MARGIN = 8;

function make() {
  /** @type {WeakMap<Element, () => {name: string, short?: string, card?: string, more?: string}>} */
  const offers = new WeakMap();
  const id = `ck-explain-${unique()}`;
  const short = element("p", { id, class: "ck-explain-short" });
  const more = element("button", { type: "button", class: "ck-again", tabindex: "-1" });
  const card = element("div", { class: "ck-explain-card" });
  const shut = element("button", { type: "button", class: "ck-again ck-explain-shut" }, "Close");
  const box = element("div", { class: "ck-explain", tabindex: "-1", hidden: "" });
  box.append(shut, short, more, card);
  document.body.append(box);
  keepKeys(box);

  let anchor;
  let open = false;
  let silent = false;
  let timer;
  const wait = (done) => {
    clearTimeout(timer);
    timer = setTimeout(done, PAUSE);
  };
  const offered = (node) => {
    for (let one = node instanceof Element ? node : undefined; one; one = one.parentElement)
      if (offers.has(one)) return one;
    return undefined;
  };

  // Below the word if there is room or more of it than above, and always inside the window.
  const place = () => {
    // It is as wide as the room to its right lets it be.
    box.style.left = `${MARGIN}px`;
    const words = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const below = innerHeight - words.bottom;
    const up = box.scrollHeight + MARGIN > below && words.top > below;
    box.style.maxHeight = `${Math.max(up ? words.top : below, 120) - 2 * MARGIN}px`;
    const { width, height } = box.getBoundingClientRect();
    const most = document.documentElement.clientWidth - width - MARGIN;
    box.style.left = `${Math.max(MARGIN, Math.min(words.left, most))}px`;
    const top = up ? words.top - height - 4 : words.bottom + 4;
    box.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
  };
  const fill = () => {
    const told = offers.get(anchor)();
    short.textContent = told.short ?? "";
    short.hidden = !told.short || (open && Boolean(told.card));
    more.textContent = told.more ?? "Open the card";
    more.hidden = open;
    shut.hidden = !open;
    card.hidden = !open;
    if (open) card.innerHTML = told.card ?? "<p>The card comes as soon as the kernel has time.</p>";
    if (open) box.setAttribute("role", "dialog");
    else box.removeAttribute("role");
    if (open) box.setAttribute("aria-label", told.name);
    else box.removeAttribute("aria-label");
    box.classList.toggle("ck-explain-open", open);
  };
  const hide = () => {
    clearTimeout(timer);
    if (!anchor) return;
    const left = anchor;
    const inside = box.contains(document.activeElement);
    anchor = undefined;
    open = false;
    box.hidden = true;
    left.removeAttribute("aria-describedby");
    left.setAttribute("aria-expanded", "false");
    // Whoever has closed it need not be told again.
    silent = true;
    if (inside) left.focus({ preventScroll: true });
    silent = false;
  };
  const show = (node, whole) => {
    clearTimeout(timer);
    if (anchor === node && open && !whole) return;
    if (anchor && anchor !== node) hide();
    anchor = node;
    open = whole;
    box.hidden = false;
    // The picture of a page in print or export has no such box, so it is told what it describes.
    if (!whole) anchor.setAttribute("aria-describedby", id);
    anchor.setAttribute("aria-expanded", String(whole));
    fill();
    place();
    if (whole) {
      box.scrollTop = 0;
      box.focus({ preventScroll: true });
    }
  };

  const over = ({ target, pointerType }) => {
    if (pointerType === "touch" || open) return;
    const node = offered(target);
    if (node && offers.get(node)().short) wait(() => show(node, false));
    else if (anchor && !box.contains(target)) wait(hide);
    else clearTimeout(timer);
  };
  const pressed = (node, touch) => {
    const shown = anchor === node;
    if (shown && open) hide();
    else show(node, !(touch && !shown && offers.get(node)().short));
  };
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", ({ target }) => {
    const node = silent ? undefined : offered(target);
    if (node && node !== anchor && node.matches(":focus-visible") && offers.get(node)().short)
      show(node, false);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!anchor) return;
    if (
      open
        ? box.contains(target) && relatedTarget && !box.contains(relatedTarget)
        : target === anchor
    )
      hide();
  });
  document.addEventListener("click", (event) => {
    const node = offered(event.target);
    const { pointerType } = /** @type {PointerEvent} */ (event);
    if (node) pressed(node, pointerType === "touch");
    else if (anchor && !box.contains(/** @type {Node} */ (event.target))) hide();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const node = offered(event.target);
      if (event.key === "Escape" && anchor) hide();
      // A button of the page is pressed by the browser.
      else if (node && node.localName !== "button" && ["Enter", " "].includes(event.key))
        pressed(node, false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  document.addEventListener(
    "scroll",
    ({ target }) => {
      if (!anchor || box.contains(/** @type {Node} */ (target))) return;
      const { top, bottom } = anchor.getBoundingClientRect();
      if (open || (bottom > 0 && top < innerHeight)) place();
      else hide();
    },
    { capture: true, passive: true },
  );
  addEventListener("resize", () => anchor && place());
  more.addEventListener("click", () => show(anchor, true));
  shut.addEventListener("click", hide);

  return {
    /** Let an element of the page answer.
     * @param {Element} node
     * @param {() => {name: string, short?: string, card?: string, more?: string}} told */
    offer(node, told) {
      offers.set(node, told);
      keepKeys(node);
      node.setAttribute("aria-haspopup", "dialog");
      node.setAttribute("aria-expanded", "false");
    },
    /** Say anew what is shown, if more is known now. */
    refresh() {
      if (!anchor) return;
      fill();
      place();
    },
  };
}

export const explain = () => (globalThis.coursekitExplain ??= make());
