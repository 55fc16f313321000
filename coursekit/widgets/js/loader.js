// anywidget loads this anew for each widget, so it is short: the program proper comes to the page
// once, in a model that all widgets of a class share.
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
      el.textContent =
        "This page cannot show the widget: it needs JupyterLab, Jupyter Notebook or another page with ipywidgets.";
      return undefined;
    }
    const reference = model.get("program").slice("IPY_MODEL_".length);
    const program = await model.widget_manager.get_model(reference);
    return (await load(program)).show(context);
  },
};
