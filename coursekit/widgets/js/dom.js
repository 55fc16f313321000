// What all widgets need of the page.

// Two courses, or two versions of one, may stand in one page.
export const unique = () => Math.random().toString(36).slice(2, 10);

const filled = (made, attributes, children) => {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value);
  made.append(...[children].flat().filter((child) => child !== undefined && child !== ""));
  return made;
};

/** Make an element of the page, with attributes and children; texts stay texts.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {any} [children]
 * @returns {any} */
export const element = (tag, attributes = {}, children = []) =>
  filled(document.createElement(tag), attributes, children);

/** Make an element of a drawing.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {any} [children]
 * @returns {any} */
export const drawn = (tag, attributes = {}, children = []) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// What watches the page would otherwise see a change each time.
export const give = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};

const SUPPRESS = "data-lm-suppress-shortcuts";
const TAKE_KEYS = "a, button, input, select, summary, [tabindex]";

// Keys meant for a control must not reach the notebook: there x cuts the cell.
export const keepKeys = (node, keep = true) => node.toggleAttribute(SUPPRESS, keep);
export const keepKeysIn = (root) => {
  for (const control of root.querySelectorAll(TAKE_KEYS)) give(control, SUPPRESS, "true");
};

// ipywidgets leaves the handle of a slider without a name, and screen readers have nothing to say.
export const nameParts = (root, words) => {
  for (const handle of root.querySelectorAll('[role="slider"]')) give(handle, "aria-label", words);
  for (const box of root.querySelectorAll("input, select, [contenteditable]"))
    if (!box.getAttribute("aria-label")) box.setAttribute("aria-label", words);
};
