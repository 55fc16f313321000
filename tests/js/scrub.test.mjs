import assert from "node:assert/strict";
import { test } from "node:test";

import { dragged, pressed, stepped, widest, worded } from "../../coursekit/widgets/js/scrub.js";

const tens = { low: 10, high: 100, step: 5, unit: " %" };
const few = { low: 0, high: 5, step: 0.5 };

test("a number stands on a step within its range", () => {
  assert.equal(stepped(52, tens), 50);
  assert.equal(stepped(53, tens), 55);
  assert.equal(stepped(3, tens), 10);
  assert.equal(stepped(1e9, tens), 100);
  assert.equal(stepped(0.1 + 0.2, { low: 0, high: 1, step: 0.1 }), 0.3);
});

test("a drag to the right makes it larger, to the left smaller, and back is back", () => {
  assert.equal(dragged(50, 40, tens) > 50, true);
  assert.equal(dragged(50, -40, tens) < 50, true);
  assert.equal(dragged(50, 0, tens), 50);
  assert.equal(dragged(50, 220, tens), 100);
  assert.equal(dragged(50, -220, tens), 10);
});

test("a hand that trembles changes nothing", () => {
  assert.equal(dragged(2, 5, few), 2);
  assert.equal(dragged(2, -5, few), 2);
});

test("keys go one step, several, or to an end; others mean nothing", () => {
  assert.equal(pressed("ArrowRight", 2, few), 2.5);
  assert.equal(pressed("ArrowUp", 5, few), 5);
  assert.equal(pressed("ArrowLeft", 2, few), 1.5);
  assert.equal(pressed("ArrowDown", 0, few), 0);
  assert.equal(pressed("PageUp", 2, few), 4.5);
  assert.equal(pressed("PageDown", 2, few), 0);
  assert.equal(pressed("Home", 2, few), 0);
  assert.equal(pressed("End", 2, few), 5);
  assert.equal(pressed("x", 2, few), undefined);
});

test("a number is written with its unit, and its widest text is known", () => {
  assert.equal(worded(50, tens), "50 %");
  assert.equal(widest(tens), "100 %".length);
  assert.equal(widest(few), "0.5".length);
});
