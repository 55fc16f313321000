"""Let identifiers and terms on the site answer as in a notebook: same script, same cards."""

import json
import re
from html import unescape
from pathlib import Path

from coursekit.forms.entries import TABLE, card, explained
from coursekit.widgets.living import HERE, program_of

PAGES = ("course/", "exercises/", "instructors/lessons/")
SCRIPT, STYLE = "explain.js", "explain.css"


def met(body):
    """List what a page may explain; the script looks more closely.

    Parameters
    ----------
    body : str
        HTML.

    Returns
    -------
    list of str
        Names that the page holds, perhaps inside other words.
    """
    text = re.sub(r"[\s-]+", " ", unescape(body)).replace("’", "'").casefold()
    return [name for name in explained() if _stem(name) in text]


def _stem(name):
    return re.sub(r"[\s-]+", " ", name.removeprefix(TABLE).casefold()).removesuffix("y")


def script(name):
    """Write a program for a page that was opened from a file, where no module runs.

    Parameters
    ----------
    name : str
        A file beside those of the widgets.

    Returns
    -------
    str
        JavaScript.
    """
    exported = re.compile(r"^export (?=const |(async )?function )", re.MULTILINE)
    return f"(() => {{\n{exported.sub('', program_of(name))}}})();\n"


def files(app, problem):
    """Write the script and its style beside those of the theme."""
    if problem or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static"
    (folder / SCRIPT).write_text(script("site.js"), encoding="utf-8")
    styles = "\n".join((HERE / name).read_text("utf-8") for name in ("living.css", STYLE))
    (folder / STYLE).write_text(styles, encoding="utf-8")


def explain(app, name, template, context, doctree):
    """Put into a page what it can explain."""
    if not name.startswith(PAGES) or not context.get("body"):
        return
    names = met(context["body"])
    told = {"known": {n: explained()[n] for n in names}, "cards": {n: card(n) for n in names}}
    # A script ends at the first such sign, whatever stands around it.
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    context["body"] += f'<script type="application/json" id="ck-explained">{data}</script>'
    app.add_js_file(SCRIPT, loading_method="defer")
    app.add_css_file(STYLE)


def setup(app):
    """Register the extension with Sphinx."""
    app.connect("html-page-context", explain)
    app.connect("build-finished", files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
