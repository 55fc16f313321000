// anywidget loads this anew for each widget, so it is short: the program proper comes to the page
// once, in a model that all widgets of a class share.
const ELSEWHERE =
  "To use this, open the page in JupyterLab or Jupyter Notebook: here it is a picture or a text.";
const programs = (globalThis.coursekitPrograms ??= new Map());

async function load(program) {
  const digest = program.get("digest");
  if (!programs.has(digest)) {
    const code = new Blob([program.get("esm")], { type: "text/javascript" });
    const loaded = import(URL.createObjectURL(code));
    loaded.catch(() => programs.delete(digest));
    programs.set(digest, loaded);
    const style = document.createElement("style");
    style.textContent = program.get("css");
    document.head.append(style);
  }
  return programs.get(digest);
}

export default {
  async render(context) {
    const { model, el } = context;
    if (!model.widget_manager) {
      el.textContent = ELSEWHERE;
      const came = ({ still }) => {
        if (still) el.innerHTML = `${still}<p>${ELSEWHERE}</p>`;
      };
      model.on("msg:custom", came);
      model.send({ ask: "instead" });
      return () => model.off("msg:custom", came);
    }
    const reference = model.get("program").slice("IPY_MODEL_".length);
    const program = await model.widget_manager.get_model(reference);
    return (await load(program)).show(context);
  },
};
