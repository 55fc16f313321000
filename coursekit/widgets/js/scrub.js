// How a number moves that is dragged sideways or changed by keys. Nothing here touches the page.

// So far, in pixels, is a drag through all of a number's range, and so far at most from one step to
// the next.
const RANGE = 220;
const STEP = 18;
// Steps of the Page keys.
const MANY = 5;

/** The nearest step within the range.
 * @param {number} value
 * @param {{low: number, high: number, step: number}} range */
export const stepped = (value, { low, high, step }) => {
  const near = low + Math.round((value - low) / step) * step;
  return Number(Math.min(Math.max(near, low), high).toFixed(9));
};

/** Where a number stands after a drag of some pixels from where it was taken up. */
export const dragged = (from, pixels, range) => {
  const apart = Math.min(STEP, (RANGE * range.step) / (range.high - range.low));
  return stepped(from + Math.round(pixels / apart) * range.step, range);
};

/** Where a number stands after a key; undefined if the key means nothing here. */
export const pressed = (key, value, range) => {
  const steps = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: MANY,
    PageDown: -MANY,
  };
  if (key in steps) return stepped(value + steps[key] * range.step, range);
  return { Home: range.low, End: range.high }[key];
};

/** A number as it stands in the sentence. */
export const worded = (value, { unit = "" }) => `${value}${unit}`;

/** The longest text that a number can have, so that the sentence keeps its place. */
export const widest = (range) =>
  Math.max(
    ...[range.low, range.high, stepped(range.low + range.step, range)].map(
      (value) => worded(value, range).length,
    ),
  );
