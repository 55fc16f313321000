import assert from "node:assert/strict";
import { test } from "node:test";

import loader from "../../coursekit/widgets/js/loader.js";

test("a page without a manager of widgets shows the picture that the kernel sends, and says where to go", async () => {
  const el = { textContent: "", innerHTML: "" };
  const asked = [];
  const heard = new Set();
  const model = {
    get: () => "IPY_MODEL_1",
    on: (event, act) => event === "msg:custom" && heard.add(act),
    off: (_, act) => heard.delete(act),
    send: (message) => asked.push(message),
  };
  const close = await loader.render({ model, el });
  assert.match(el.textContent, /open the page in JupyterLab/);
  assert.deepEqual(asked, [{ ask: "instead" }]);
  for (const act of heard) act({ told: "state" });
  assert.equal(el.innerHTML, "");
  for (const act of heard) act({ still: "<img alt='A map'>" });
  assert.match(el.innerHTML, /^<img alt='A map'>.*open the page in JupyterLab/);
  close();
  assert.equal(heard.size, 0);
});
