"""How long each page is: words, pixels, widgets, minutes, and how far down the first toy stands.

    python benchmarks/pages.py [--checkout ../before] [--notebook 02 05]

Another checkout needs a `.venv` of its own (`make install-test` there). Each page is started in
JupyterLab, 1300 pixels wide, on its first day. Words of prose are those of its text cells, folded
ones too. "With widgets" are the words that a reader meets before a section is opened, and those of
the widgets in sections that are folded; "all open" are those of the whole page, with the texts and
tables that open when a question has been answered. Code, letters in pictures, and what a closed
"More" holds are not counted. The height is that before anything is opened. Identifiers are the
different names such as C04 or S12.
"""

import argparse
import os
import re
import tempfile
from pathlib import Path

import nbformat
from page_start import ROOT, jupyterlab, serve
from windows import SHOW_ALL

WIDTH = 1300
IDENTIFIER = re.compile(r"\b[CSEHNRKB]\d\d?\b")
TIME = re.compile(r"\*\*Time:\*\* about (\d+) minutes")
COLUMNS = (
    *("words", "with widgets", "all open", "pixels", "widgets", "minutes", "to first toy"),
    "identifiers",
)


WIDGET = ".ck-lab, .ck-card, .ck-modes, .ck-outline"
SIZE = """() => {
    const page = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook');
    const seen = [...page.querySelectorAll('.jp-Cell')]
        .map(cell => cell.getBoundingClientRect()).filter(box => box.height);
    const top = seen[0].top;
    const toy = [...page.querySelectorAll('.ck-lab, .ck-card')].find(part => part.clientHeight);
    return {
        height: Math.round(seen.at(-1).bottom - top),
        toy: toy ? Math.round(toy.getBoundingClientRect().top - top) : null,
    };
}"""

WORDS = """(within) => {
    const page = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook');
    const aside = '.jp-InputArea-editor, .jp-InputPrompt, .jp-OutputPrompt, svg, style, script, '
        + '.jp-InputCollapser, .jp-OutputCollapser, .jp-Placeholder, .jp-CellFooter, '
        + 'details:not([open]) > :not(summary)';
    let words = 0;
    for (const part of page.querySelectorAll('.jp-RenderedMarkdown, .jp-OutputArea-output')) {
        if (part.parentElement.closest('.jp-OutputArea-output')) continue;
        const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const { parentElement: around, data } = walk.currentNode;
            if (!around.closest(aside) && around.closest(within) && around.checkVisibility())
                words += data.split(/\\s+/).filter(Boolean).length;
        }
    }
    return words;
}"""

WIDGETS = """() => {
    const view = 'application/vnd.jupyter.widget-view+json';
    const { model } = window.jupyterapp.shell.currentWidget.content;
    return [...model.cells].slice(2).filter(cell => cell.type === 'code'
        && cell.toJSON().outputs.some(output => output.data?.[view])).length;
}"""

# JupyterLab makes what stands in a box when it comes into view.
SCROLL = """async () => {
    for (const cell of document.querySelectorAll('.jp-Notebook .jp-Cell')) {
        cell.scrollIntoView();
        await new Promise(requestAnimationFrame);
    }
    document.querySelector('.jp-Notebook .jp-Cell').scrollIntoView();
}"""


def start(notebook):
    """Start a page by its button, and wait until all that it shows is there."""
    page = notebook.page
    page.get_by_role("button", name="Start this page").click()
    once = page.locator(".jp-Dialog").get_by_role("button", name="Run Once")
    awake = page.get_by_text("every box has been run")
    once.or_(awake).first.wait_for()
    if once.is_visible():
        once.click()
    awake.wait_for()
    _look_through(notebook)


def _look_through(notebook):
    notebook.settled()
    notebook.page.evaluate(SCROLL)
    notebook.settled()


def measure(server, browser, path):
    """Measure one page, on its first day; the numbers are those of `COLUMNS`."""
    server.empty_record()
    cells = nbformat.read(path, as_version=4).cells
    prose = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    stated = TIME.search(prose)
    name = f"notebooks/{path.name}"
    notebook = jupyterlab.OpenNotebook(browser, server, name, width=WIDTH, height=1000)
    notebook.fold_sidebar()
    start(notebook)
    page = notebook.page
    page.evaluate(SHOW_ALL)
    # The width is the page's, without the bars of JupyterLab at its sides.
    notebook.resize(WIDTH, 1000)
    size, widgets = page.evaluate(SIZE), page.evaluate(WIDGETS)
    met, live = page.evaluate(WORDS, "*"), page.evaluate(WORDS, WIDGET)
    notebook.unfold()
    _look_through(notebook)
    opened, words = page.evaluate(WORDS, "*"), met + page.evaluate(WORDS, WIDGET) - live
    page.evaluate("() => document.getElementById('all-cells').remove()")
    notebook.close()
    found = len(set(IDENTIFIER.findall(prose)))
    minutes = int(stated[1]) if stated else None
    told = len(prose.split())
    return told, words, opened, size["height"], widgets, minutes, size["toy"], found


def main():
    """Measure all pages and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", type=Path, default=ROOT)
    parser.add_argument("--notebook", nargs="*", default=[""], help="how their names begin")
    given = parser.parse_args()
    checkout = given.checkout.resolve()
    paths = [
        path
        for path in sorted((checkout / "notebooks").glob("*.ipynb"))
        if path.name.startswith(tuple(given.notebook))
    ]
    print(f"{'':26}" + "".join(f"{column:>14}" for column in COLUMNS), flush=True)
    with tempfile.TemporaryDirectory() as folder, jupyterlab.chromium() as browser:
        server = serve(checkout, Path(folder))
        try:
            rows = []
            for path in paths:
                rows.append(measure(server, browser, path))
                print(f"{path.stem:26}" + _cells(rows[-1]), flush=True)
        finally:
            server.stop()
    sums = [sum(n for n in column if n is not None) for column in zip(*rows, strict=True)]
    print(f"{'mean':26}" + _cells([round(total / len(rows)) for total in sums]))


def _cells(numbers):
    return "".join(f"{'' if n is None else f'{n:,}':>14}" for n in numbers)


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    main()
