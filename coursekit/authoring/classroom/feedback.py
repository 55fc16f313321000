"""Pages for students on which nothing runs and nothing stands that only marking knows."""

import builtins
import re
from functools import cache
from html import unescape
from pathlib import Path

import bleach
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import read
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from coursekit.authoring.classroom.leaks import secrets, squeezed
from coursekit.authoring.classroom.source import ExerciseSet, worked
from coursekit.checks.result import beside
from coursekit.checks.sheet import FILE

TAGS = {
    *bleach.ALLOWED_TAGS,
    *("br", "del", "details", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "span"),
    *("sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {"*": ["class"], "a": ["href", "title"], "td": ["colspan"], "th": ["colspan"]}
ACTIVE = ("applet", "base", "embed", "form", "iframe", "link", "object", "script")
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
.ck-check { border-left: 4px solid #767676; padding: 4px 12px; max-width: 46em }
.rendered_html summary { display: list-item }
.rendered_html th, .rendered_html td { padding: 2px 12px 2px 0 }
"""
PICTURE = re.compile(r"!\[([^\]]{0,200})\]\(attachment:[^)]{0,200}\)")
# Under this type a graded check says what students may be told.
TOLD = "text/x-coursekit-told"
# Nobody writes as long a text, or a word, or as much in all, unless to keep this busy.
MOST_TEXT, LONGEST_TEXT, LONGEST_WORD = 90_000, 30_000, re.compile(r"\S{2000,}")
HIDDEN_TESTS = "\n### BEGIN HIDDEN TESTS"
KEPT_BACK = "What came back holds a part of a check that only marking knows, so it is not shown."


def clean(html: str) -> str:
    """Leave of a piece of a page what formats text; the rest is shown as it was written."""
    return bleach.clean(str(html), tags=TAGS, attributes=ATTRIBUTES)


def rendered(text: str) -> str:
    """Write Markdown as a piece of a page; a picture that was pasted in is named."""
    text = LONGEST_WORD.sub("…", text)
    text = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"
    # nbconvert writes no page at all if a picture is missing.
    text = PICTURE.sub(r"(picture: \1)", text).replace("attachment:", "attachment ")
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return clean(MarkdownWithMath(renderer=renderer).render(text))


def _source(resources):
    """Find the source of the set that a graded notebook belongs to."""
    place = Path(resources["metadata"]["path"])
    return ExerciseSet(place.parents[1].with_name("source") / place.name)


@cache
def _hidden(source: ExerciseSet) -> list[str]:
    """List the hidden calls and values of a set; none if there is no source."""
    if not (source.folder / FILE).is_file():
        return []
    return [text for text, kind in secrets(source).items() if "hidden" in kind]


class SafeCells(NbGraderPreprocessor):
    """Keep of a graded notebook what a student wrote, and what the checks said.

    What the student's own cells displayed can be drawn, encoded, anything: it is in her notebook,
    and here only the kind of error that a cell stopped with is told.
    """

    def preprocess(self, nb, resources):
        """Work through a graded notebook."""
        hidden = _hidden(_source(resources))
        nb.metadata = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
        left = MOST_TEXT
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = cell.source[:left]
                left -= len(cell.source)
            about = cell.metadata.get("nbgrader")
            cell.metadata = {"nbgrader": about} if about else {}
            cell.pop("attachments", None)
            if cell.cell_type != "code":
                continue
            if is_grade(cell) and about.get("locked"):
                cell.source = cell.source.partition(HIDDEN_TESTS)[0]
                shown = [each for each in cell.outputs if each.output_type == "display_data"]
                cell.outputs = [_what_was_told(output, hidden) for output in shown]
            else:
                errors = [each for each in cell.outputs if each.output_type == "error"]
                cell.outputs = [_kind_of_error(each) for each in errors[-1:]]
        return nb, resources


def _what_was_told(output, hidden):
    data = {kind: output.data.get(kind, "") for kind in ("text/html", "text/plain")}
    if TOLD in output.data:
        data = {"text/html": output.data[TOLD]}
    found = squeezed(unescape("".join(map(str, data.values()))))
    if any(text in found for text in hidden):
        data = {"text/plain": KEPT_BACK}
    return new_output("display_data", {kind: text for kind, text in data.items() if text})


def _kind_of_error(output):
    # A name of her own choosing could say anything.
    kind = output.ename if hasattr(builtins, output.ename) else "an error of its own kind"
    return new_output("stream", text=f"This box stopped: {kind}\n")


class AddWorkedSolutions(NbGraderPreprocessor):
    """Show in the feedback, below each task that earned all its points, a worked solution."""

    def preprocess(self, nb, resources):
        """Work through the cells of a marked notebook."""
        source = _source(resources).notebook
        solutions = worked(read(source, as_version=4)) if source.is_file() else {}
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            about = cell.metadata.get("nbgrader", {})
            name = about.get("grade_id")
            if name in solutions and about.get("score") and about["score"] == about["points"]:
                cells.append(new_markdown_cell(beside(solutions[name])))
        nb.cells = cells
        return nb, resources


class Feedback(HTMLExporter):
    """Write the page, with all that students wrote cleaned and with nothing that runs."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sanitize_html = True

    def default_filters(self):
        """Put the cleaning in the place of nbconvert's filters."""
        yield from super().default_filters()
        yield "clean_html", clean
        yield "markdown2html", rendered

    def from_notebook_node(self, nb, resources=None, **kwargs):
        """Write the whole page."""
        html, resources = super().from_notebook_node(nb, resources, **kwargs)
        page = BeautifulSoup(html, "html.parser")
        for element in page.find_all(ACTIVE):
            element.decompose()
        for element in page.find_all(True):
            for name in [name for name in element.attrs if name.lower().startswith("on")]:
                del element[name]
        page.head.insert(0, page.new_tag("style", string=STYLE))
        policy = {"http-equiv": "Content-Security-Policy", "content": NOTHING_RUNS}
        page.head.insert(0, page.new_tag("meta", attrs=policy))
        return str(page), resources
