// A figure that no kernel answers: what still follows from its rules, and what does not.

import { chosen } from "./rules.js";

// The list in which a part is chosen that the figure follows, and the one of those who look at it.
// Neither changes a number.
export const LIST = "state";
const VIEWER = "perspective";
export const NO_NUMBERS = [LIST, VIEWER];

/** What only a kernel counts has no number where there is none. */
export const UNCOUNTED = { value: "–", change: "", detail: "Counted only while a kernel runs." };

/** Say whether looks and numbers of a figure all follow from its rules, or nearly all. */
export const followsRules = (model) =>
  Object.keys(model.get("rules")).length > 0 &&
  Boolean(model.get("numbers").numbers || !model.get("answer").readout?.length);

/** Give what a viewer is shown: the numbers in her order, and statements. */
export function seenBy(model, values, entries) {
  const { order, quotes } = model.get("numbers").seen_by?.[values[VIEWER]] ?? {};
  if (!order) return { entries };
  const place = ({ key }) => (order.includes(key) ? order.indexOf(key) : order.length);
  return { entries: entries.toSorted((a, b) => place(a) - place(b)), quotes };
}

/** Say how each part looks now, and how in the state that numbers are compared with.
 * @param {any} model
 * @param {Record<string, any>} values - where the controls stand
 * @param {string[]} order
 * @returns {{columns: string[], rows: string[][]} | undefined} */
export function tableFrom(model, values, order) {
  const { labels, against } = model.get("numbers");
  if (!labels) return undefined;
  const [now, then] = [{}, against].map((other) =>
    chosen(model.get("rules"), { ...values, ...other }),
  );
  const names = model.get("names");
  return {
    columns: ["state", "status", "in_history"],
    rows: order.map((id) => [names[id], labels[now[id]?.look], labels[then[id]?.look]]),
  };
}

/** Keep the chosen part and the list of parts alike, as the kernel otherwise does. */
export function together(model, list, order) {
  const names = model.get("names");
  const labels = list.get("_options_labels");
  const listed = () => order().find((id) => names[id] === labels[list.get("index")]) ?? "";
  return {
    fromList: () => model.set("chosen", listed()),
    fromFigure: () => {
      const place = labels.indexOf(names[model.get("chosen")] ?? "");
      list.set("index", Math.max(place, 0));
    },
  };
}
