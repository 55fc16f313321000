import assert from "node:assert/strict";
import { test } from "node:test";

import { finder, fresh } from "../../coursekit/widgets/js/finding.js";

const KNOWN = {
  C04: {},
  S12: {},
  "table claims": {},
  anarchy: { pages: ["03"] },
  rate: { pages: ["02"] },
  "base rate": { pages: ["02"] },
  policy: {},
  NATO: {},
  "NATO-Russia Council": {},
  "Article 5": {},
  "prisoner's dilemma": { pages: ["03"] },
};
const names = (text, page) => finder(KNOWN, page)(text).map(({ name }) => name);

test("identifiers are found, also beside signs, and no part of a longer one", () => {
  assert.deepEqual(names("C04, (S12) and C04–C05; not C041, xC04, C4 or C99."), [
    "C04",
    "S12",
    "C04",
  ]);
});

test("a place is given in characters of the text", () => {
  const text = "What C04 says.";
  const [{ from, to }] = finder(KNOWN)(text);
  assert.equal(text.slice(from, to), "C04");
});

test("no term is found inside a word", () => {
  assert.deepEqual(
    names("ratesetter, corporate, pro-rate, rate-setting, Anarchyland, NATOs-x"),
    [],
  );
});

test("plurals and capitals at the beginning of a sentence are found", () => {
  assert.deepEqual(names("Rates differ. Policies too. Anarchy, anarchy's end."), [
    "rate",
    "policy",
    "anarchy",
    "anarchy",
  ]);
});

test("a term with a capital is found as it is written only", () => {
  assert.deepEqual(names("nato and article 5"), []);
  assert.deepEqual(names("NATO and Article 5, not Article 50"), ["NATO", "Article 5"]);
});

test("the longest term wins", () => {
  assert.deepEqual(names("The base rate. The NATO-Russia Council. NATO."), [
    "base rate",
    "NATO-Russia Council",
    "NATO",
  ]);
});

test("a line may end within a term, and an apostrophe may be curved", () => {
  assert.deepEqual(names("a base\nrate, two prisoner’s dilemmas"), [
    "base rate",
    "prisoner's dilemma",
  ]);
});

test("a single ordinary word holds on its own pages, a name and two words on all", () => {
  assert.deepEqual(names("rate, base rate, NATO", "04"), ["base rate", "NATO"]);
  assert.deepEqual(names("rate", "02"), ["rate"]);
});

test("tables are no words of a text", () => {
  assert.deepEqual(names("claims, table claims"), []);
});

test("a term counts once, an identifier each time", () => {
  const seen = new Set();
  const found = finder(KNOWN)("NATO C04 NATO C04");
  assert.deepEqual(
    fresh(found, seen).map(({ name, first }) => [name, first]),
    [
      ["NATO", true],
      ["C04", true],
      ["C04", false],
    ],
  );
  assert.deepEqual([...seen], ["NATO", "C04"]);
});

test("a course without terms has identifiers", () => {
  assert.deepEqual(finder({ C04: {} })("C04 is a claim").length, 1);
});
