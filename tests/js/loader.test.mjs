import assert from "node:assert/strict";
import { test } from "node:test";

import loader from "../../coursekit/widgets/js/loader.js";

test("a page without a manager of widgets is told what it lacks, and nothing fails", async () => {
  const el = { textContent: "" };
  await loader.render({ model: { get: () => "IPY_MODEL_1" }, el });
  assert.match(el.textContent, /needs JupyterLab/);
});
