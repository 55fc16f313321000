import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, fixed, numbersOf, same } from "../../coursekit/widgets/js/rules.js";

const look = (rules, values) =>
  Object.fromEntries(Object.entries(chosen(rules, values)).map(([id, rule]) => [id, rule.look]));

test("the first rule that holds gives the look", () => {
  const rules = {
    A: [
      { when: [["year", ">=", 2000]], look: "new" },
      { when: [], look: "old" },
    ],
  };
  assert.deepEqual(look(rules, { year: 2000 }), { A: "new" });
  assert.deepEqual(look(rules, { year: 1999 }), { A: "old" });
});

test("a part for which no rule holds keeps its look", () => {
  assert.deepEqual(look({ A: [{ when: [["on", "=", true]], look: "on" }] }, { on: false }), {});
});

test("a rule can ask for a bound, for one of several, and for where another control stands", () => {
  const rule = (...condition) => ({ A: [{ when: [condition], look: "yes" }] });
  assert.deepEqual(look(rule("year", "<=", 5), { year: 5 }), { A: "yes" });
  assert.deepEqual(look(rule("pick", "in", [1, 3]), { pick: 3 }), { A: "yes" });
  assert.deepEqual(look(rule("pick", "in", [1, 3]), { pick: 2 }), {});
  const from = rule("year", ">=", { input: "from" });
  assert.deepEqual(look(from, { year: 5, from: 6 }), {});
  assert.deepEqual(look(from, { year: 6, from: 6 }), { A: "yes" });
});

test("numbers are written as Python writes them", () => {
  assert.equal(fixed(1234567.891, 1), "1,234,567.9");
  assert.equal(fixed(999), "999");
  assert.equal(fixed(12.25, 1), "12.2");
  assert.equal(fixed(12.75, 1), "12.8");
  assert.equal(fixed(0.35, 1), "0.3"); // in binary a little less than it says
  assert.equal(fixed(2.5), "2");
  assert.equal(fixed(3.5), "4");
  assert.equal(fixed(0, 1), "0.0");
});

test("what a slider says with an error in the last place is the same", () => {
  assert.ok(same(5.000000000000001, 5));
  assert.ok(!same(5.001, 5));
  assert.ok(same(["A", 1], ["A", 1]));
});

const RULES = {
  A: [{ when: [["a", "=", true]], look: "in" }],
  B: [{ when: [], look: "out" }],
  C: [{ when: [], look: "out" }],
};

const told = (number) => ({
  clock: "year",
  against: { a: false },
  beside: "against nothing",
  numbers: { n: { form: "km", ...number } },
  forms: { km: { unit: " km", digits: 0, scale: 1, gap: null, missing: "none" } },
  tables: { size: { first: 2000, last: 2001, of: { A: [10, 2000], B: [5] } } },
  since: { some: { A: 2001, B: 2001 } },
  others: {},
  names: { A: "Aland", B: "Beland" },
  labels: { in: "In", out: "Out" },
});

const number = (rule, values) => numbersOf(told(rule), RULES, { year: 2001, a: true, ...values }).n;

test("a sum takes the weights of the year, and the nearest year that there is", () => {
  const rule = { looks: ["in"], table: "size" };
  assert.equal(number(rule, {}).value, "2,000 km");
  assert.equal(number(rule, { year: 2000 }).value, "10 km");
  assert.equal(number(rule, { year: 1990 }).value, "10 km");
  assert.equal(number(rule, { year: 2050 }).value, "2,000 km");
});

test("a number says by how much it differs, and nothing if it looks the same", () => {
  const rule = { looks: ["in"], table: "size" };
  assert.equal(number(rule, {}).change, "+2,000 km against nothing");
  assert.equal(number(rule, { a: false }).change, "");
});

test("a number that begins later is missing before", () => {
  const rule = { looks: ["in"], begins: 2001 };
  assert.deepEqual(number(rule, { year: 2000 }), { value: "none", change: "", detail: "" });
  assert.equal(number(rule, {}).value, "1 km");
});

test("only parts that are there by then are counted", () => {
  const rule = { looks: ["in", "out"], among: "some" };
  assert.equal(number(rule, { year: 2000 }).value, "0 km");
  assert.equal(number(rule, {}).value, "2 km");
});

test("the least of no parts is missing", () => {
  const rule = { looks: ["in"], table: "size", as: "least" };
  assert.equal(number(rule, {}).value, "2,000 km");
  assert.equal(number(rule, { a: false }).value, "none");
  assert.equal(number(rule, {}).change, "none against nothing");
});

test("parts between are those on a chain of neighbours from one end to the other", () => {
  const chain = { neighbours: { A: ["B"], B: ["A", "C"], C: ["B", "Z"] }, from: "in", to: "Z" };
  const rule = { looks: ["out"], chain };
  assert.equal(number(rule, {}).value, "2 km");
  assert.equal(number(rule, { a: false }).value, "0 km");
});

test("a detail names the parts that are counted, or tells how many have each look", () => {
  assert.equal(
    number({ looks: ["in", "out"], table: "size", detail: "names" }, {}).detail,
    "Aland, Beland",
  );
  assert.equal(number({ looks: ["in", "out"], detail: "tally" }, {}).detail, "In: 1; Out: 2");
  assert.equal(
    number({ looks: ["in"], table: "size", detail: "dated" }, { year: 2050 }).detail,
    "figures of 2001",
  );
});
