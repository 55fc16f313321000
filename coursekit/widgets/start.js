// The button at the top of a page. It runs the boxes below its own and stays where the reader is.

const left = (notebook) =>
  [...notebook.querySelectorAll(".jp-InputPrompt")].filter((p) => p.textContent.includes("*"));

function render({ model, el }) {
  const button = made("button", { type: "button", class: "ck-start-button" }, "Start this page");
  const told = made("span", { role: "status" });
  el.replaceChildren(made("div", { class: "ck-start" }, button, " ", told));

  const notebook = el.closest(".jp-Notebook");
  if (!notebook) {
    button.hidden = true;
    told.textContent = "To start this page, run all its boxes.";
    return undefined;
  }
  const own = el.closest(".jp-Cell");
  let watch;
  const count = () => {
    const boxes = left(notebook).length;
    button.disabled = boxes > 0;
    button.textContent = boxes ? "Starting …" : "Run this page again";
    told.textContent = boxes
      ? `${boxes} ${boxes === 1 ? "box" : "boxes"} to go. You can begin to read.`
      : "This page is awake: every box has been run.";
    if (!boxes) clearInterval(watch);
  };
  const follow = () => {
    clearInterval(watch);
    watch = setInterval(count, 250);
    count();
  };
  button.addEventListener("click", () => {
    runKeepingPlace(notebook, own, "notebook:run-all-cells");
    follow();
  });

  // Run all Cells runs this box together with the others; alone, it brings them along.
  if (model.get("fresh")) {
    model.set("fresh", false);
    model.save_changes();
    const others = left(notebook).some((prompt) => !own.contains(prompt));
    const next = own.nextElementSibling;
    if (!others && next?.matches(".jp-Cell"))
      runKeepingPlace(notebook, next, "notebook:run-all-below", own);
  }
  follow();
  return () => clearInterval(watch);
}
