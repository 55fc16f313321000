"""axe-core on every widget, with all its parts unfolded, in the light and the dark theme."""

import axe
import nbformat
import pytest
from jupyterlab import OpenNotebook
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.browser

# Cards of quizzes, predictions and notes are checked with their errors and answers in test_quiz.py.
WIDGETS = (
    "ck.enlargement_explorer()",
    "ck.compare()",
    "ck.timeline()",
    "ck.rate_calculator()",
    "ck.game_lab()",
    "ck.arms_race_lab()",
    "ck.trust_lab()",
    "ck.deterrence_lab()",
    "ck.reciprocity_lab()",
    "ck.polarisation_lab()",
    "ck.comparison_lab()",
    "ck.argument_map()",
    "ck.argument_map('build')",
    "ck.claim_sorter()",
    "ck.statement_lab()",
    "ck.progress()",
    "ck.claim('C30')",
)
THEMES = ("JupyterLab Light", "JupyterLab Dark")


@pytest.fixture(scope="module")
def notebook(server, browser):
    cells = [new_code_cell(source) for source in ("import coursekit as ck", *WIDGETS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, server.folder / "widgets.ipynb")
    opened = OpenNotebook(browser, server, "widgets.ipynb", width=1300)
    opened.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    opened.run_all()
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=THEMES)
def widgets(notebook, request):
    notebook.command("apputils:change-theme", theme=request.param)
    light = str(request.param == THEMES[0]).lower()
    notebook.page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
    yield notebook
    # JupyterLab remembers the theme, and other tests look at colours.
    notebook.command("apputils:change-theme", theme=THEMES[0])


@pytest.mark.parametrize("widget", WIDGETS)
def test_axe_finds_nothing_grave(widgets, checker, widget):
    cell = widgets.page.locator(".jp-CodeCell").nth(1 + WIDGETS.index(widget))
    cell.scroll_into_view_if_needed()
    output = cell.locator(".jp-OutputArea-output").last
    output.wait_for()
    output.evaluate(
        "async (node) => {"
        "  for (const folded of node.querySelectorAll('details')) folded.open = true;"
        "  for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);"
        "}"
    )
    assert axe.grave_violations(output, checker) == []
