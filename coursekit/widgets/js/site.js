// The built site has no kernel: what a page can explain stands in the page itself.

import { mark } from "./marking.js";

const given = document.getElementById("ck-explained");
if (given) {
  const { known, cards } = JSON.parse(given.textContent);
  mark(document.body, "article", { known, card: (name) => cards[name] });
}
