"""Let the maps of the alliance live on the site: their rules stand in the page, no kernel is asked.

A cell that makes one is called once while the site is built, with an empty record; what a browser
would be told of it goes into a file beside the page.
"""

import ast
import json
import os
import re
import tempfile
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path

import ipywidgets as widgets
from explained_pages import script

import coursekit as ck
from coursekit.widgets.living import HERE

# What follows from rules alone, as far as a page shows it.
MADE = ("enlargement_explorer", "timeline")
SCRIPT, STYLE = "alive.js", "alive.css"
STYLES = (*("living.css", "explain.css", "live_figure.css"), STYLE)
# What JupyterLab alone needs of a widget's state.
LEFT_OUT = ("layout", "style", "tabbable", "program", "own", "asleep", "revision", "inputs", "play")


def call_in(cell):
    """Find in a cell of code what makes a living figure.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A cell.

    Returns
    -------
    str
        The call, with those arguments that are plain values; empty if there is none.
    """
    if cell.cell_type != "code" or not any(f"ck.{name}(" in cell.source for name in MADE):
        return ""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in [f"ck.{n}" for n in MADE]:
            plain = [word for word in node.keywords if isinstance(word.value, ast.Constant)]
            return ast.unparse(ast.Call(node.func, [], plain))
    return ""


def name_of(call):
    """Name the file of a figure.

    Parameters
    ----------
    call : str
        What makes it.

    Returns
    -------
    str
        A name without suffix.
    """
    return f"figure-{sha256(call.encode()).hexdigest()[:10]}"


def place_for(cell):
    """Write the place in a page where the figure of a cell will live.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A cell.

    Returns
    -------
    str
        HTML; empty if nothing in the cell can live without a kernel.
    """
    call = call_in(cell)
    if not call:
        return ""
    PLACED[name_of(call)] = call
    return f'<div class="ck-alive" data-figure="{name_of(call)}" hidden></div>'


PLACED = {}


@cache
def told(call):
    """Make a figure and write down all that a page has to know of it.

    Parameters
    ----------
    call : str
        What makes it.

    Returns
    -------
    dict
        Controls by name, rows of their names, and the state of the figure.
    """
    with tempfile.TemporaryDirectory() as empty:
        before = os.environ.get("COURSEKIT_RECORD")
        os.environ["COURSEKIT_RECORD"] = empty
        try:
            lab = eval(call, {"ck": ck})
            lab.live.svg  # noqa: B018 - it is drawn when it is read for the first time
        finally:
            os.environ.pop("COURSEKIT_RECORD")
            if before is not None:
                os.environ["COURSEKIT_RECORD"] = before
    controls = {**lab.live.inputs, "play": lab.live.play}
    names = {id(control): name for name, control in controls.items()}
    rows = [
        [names.get(id(one)) or _plain(one.value) for one in box.children]
        if isinstance(box, widgets.HBox)
        else None
        for box in lab.children
        if isinstance(box, widgets.HBox) or box is lab.live
    ]
    middle = rows.index(None)
    ask = next((box.value for box in lab.children if isinstance(box, widgets.HTML)), "")
    state = _state(lab.live)
    state["inputs"] = {name: f"IPY_MODEL_{name}" for name in lab.live.inputs}
    state["play"] = "IPY_MODEL_play"
    return {
        "ask": _plain(ask),
        "above": rows[:middle],
        "below": rows[middle + 1 :],
        "classes": " ".join(lab._dom_classes),
        "controls": {name: _state(control) for name, control in controls.items()},
        "links": [["play", "year"]],
        "figure": state,
    }


def _plain(text):
    return unescape(re.sub(r"<[^>]*>", "", text))


def _state(widget):
    return {
        name: value
        for name, value in widget.get_state().items()
        if name not in LEFT_OUT and (not name.startswith("_") or name in ("_model_name", LABELS))
    }


LABELS = "_options_labels"


def files(app, problem):
    """Write the figures that pages have places for, the program that fills them, and its style."""
    if problem or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    for name, call in PLACED.items():
        data = json.dumps({name: told(call)}, ensure_ascii=False)
        code = f"Object.assign((globalThis.coursekitFigures ??= {{}}), {data});\n"
        (folder / f"{name}.js").write_text(code, encoding="utf-8")
    (folder / SCRIPT).write_text(script(SCRIPT), encoding="utf-8")
    styles = "\n".join((HERE / name).read_text(encoding="utf-8") for name in STYLES)
    (folder / STYLE).write_text(styles, encoding="utf-8")


def bring(app, name, template, context, doctree):
    """Let a page load the figures that it has places for, and the program after them."""
    wanted = [each for each in PLACED if f'data-figure="{each}"' in context.get("body", "")]
    if not wanted:
        return
    for each in (*(f"{figure}.js" for figure in wanted), SCRIPT):
        app.add_js_file(each, loading_method="defer")
    app.add_css_file(STYLE)


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("html-page-context", bring)
    app.connect("build-finished", files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
