// What follows from where the controls stand: the look of each part, and numbers that are counts
// and sums over the parts of a look. Nothing here touches the page.

const RELATIONS = {
  "=": (a, b) => a === b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  in: (a, b) => b.includes(a),
};

// A slider may say 5.000000000000001 where the kernel says 5.
export const same = (a, b) =>
  typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))
    : JSON.stringify(a) === JSON.stringify(b);

const holds = (conditions, values) =>
  conditions.every(([input, relation, value]) =>
    RELATIONS[relation](values[input], value?.input ? values[value.input] : value),
  );

/** Give by part the rule that it follows: the first that holds. */
export const chosen = (rules, values) =>
  Object.fromEntries(
    Object.entries(rules).flatMap(([id, mine]) => {
      const rule = mine.find((one) => holds(one.when, values));
      return rule ? [[id, rule]] : [];
    }),
  );

/** Write a number as Python does: of two that are equally near it takes the even one. */
export function fixed(number, digits = 0) {
  const scaled = number * 10 ** digits;
  const below = Math.floor(scaled);
  const between = scaled - below === 0.5 && Number.isInteger(number * 2 ** (digits + 1));
  const near = between && below % 2 === 0 ? below / 10 ** digits : number;
  const [whole, part] = near.toFixed(digits).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...(part ? [part] : [])].join(".");
}

const written = (value, { scale, digits, unit, missing }) =>
  value === null ? missing : fixed(value / scale, digits) + unit;

// How two numbers differ, unless they look alike.
function difference(now, then, form, beside) {
  if (written(now, form) === written(then, form)) return "";
  if (now === null || then === null) return `${written(then, form)} ${beside}`;
  const { scale, digits, unit, gap } = form;
  const sign = now > then ? "+" : "−";
  return `${sign}${fixed(Math.abs(now - then) / scale, digits)}${gap ?? unit} ${beside}`;
}

const inside = (place, low, high) => Math.min(Math.max(place, low), high);
const within = (list, place) => list[inside(place, 0, list.length - 1)];

// Parts on a chain of neighbours that touches both ends: a part of the look `from`, and `to`.
function linked(ids, { neighbours, from, to }, looks) {
  const open = new Set(ids);
  const found = [];
  for (const start of ids) {
    if (!open.delete(start)) continue;
    const chain = [start];
    for (const id of chain)
      for (const next of neighbours[id] ?? []) if (open.delete(next)) chain.push(next);
    const touched = chain.flatMap((id) => neighbours[id] ?? []);
    if (touched.includes(to) && touched.some((id) => looks[id] === from)) found.push(...chain);
  }
  return found;
}

// The numbers of one state of the controls, by name: the value, null where there is none, and the
// parts that it counts.
function reckon({ numbers, tables, since, others, clock }, rules, values) {
  const time = values[clock];
  const looks = {};
  for (const [id, { look }] of Object.entries(chosen({ ...rules, ...others }, values)))
    looks[id] = look;
  const there = (among) =>
    Object.keys(looks).filter((id) => !among || time >= (since[among][id] ?? Infinity));
  const value = (number, ids) => {
    const { table, as, total } = number;
    if (time < (number.begins ?? -Infinity)) return null;
    if (as === "pairs") {
      const [one, other] = number.looks.map(
        (wanted) => ids.filter((id) => wanted.includes(looks[id])).length,
      );
      return 100 * ((one * other) / ((ids.length * (ids.length - 1)) / 2));
    }
    if (!table || as === "count") return ids.length;
    const { first, of } = tables[table];
    const weights = ids.map((id) => within(of[id], time - first));
    if (as === "least") return weights.length ? Math.min(...weights) : null;
    const sum = weights.reduce((a, b) => a + b, 0);
    return as === "share" ? (100 * sum) / within(total, time - first) : sum;
  };
  return Object.fromEntries(
    Object.entries(numbers).map(([name, number]) => {
      const { table, as, looks: wanted, among, chain } = number;
      let ids = there(among);
      if (as !== "pairs") ids = ids.filter((id) => wanted.includes(looks[id]));
      if (table) {
        const { first, of } = tables[table];
        ids = ids.filter((id) => id in of && within(of[id], time - first) !== null);
      }
      if (chain) ids = linked(ids, chain, looks);
      return [name, { value: value(number, ids), ids, looks, time }];
    }),
  );
}

const DETAILS = {
  names: ({ ids, time }, { names }, { before }) => {
    const listed = ids
      .map((id) => names[id])
      .sort()
      .join(", ");
    return before && time < before.year ? before.words + listed : listed;
  },
  tally: ({ ids, looks }, { labels }) =>
    Object.entries(labels)
      .map(([look, label]) => [label, ids.filter((id) => looks[id] === look).length])
      .filter(([, count]) => count)
      .map(([label, count]) => `${label}: ${count}`)
      .join("; "),
  dated: ({ value, time }, { tables }, { table }) => {
    const { first, last } = tables[table];
    return value === null ? "" : `figures of ${inside(time, first, last)}`;
  },
};

/**
 * Put all numbers into words, as the kernel does: `{name: {value, change, detail}}`.
 *
 * `told` holds the `numbers`, each with its `form`, the `looks` that count, perhaps the `table` of
 * weights, `among` whom, and its `detail`; what they are compared with is the state of the controls
 * in which some of them stand as `against` says.
 */
export function numbersOf(told, rules, values) {
  const now = reckon(told, rules, values);
  const then = reckon(told, rules, { ...values, ...told.against });
  return Object.fromEntries(
    Object.entries(told.numbers).map(([name, number]) => {
      const form = told.forms[number.form];
      const detail = DETAILS[number.detail]?.(now[name], told, number) ?? "";
      return [
        name,
        {
          value: written(now[name].value, form),
          change: difference(now[name].value, then[name].value, form, told.beside),
          detail,
        },
      ];
    }),
  );
}
