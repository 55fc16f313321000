"""axe-core on every widget, with all its parts unfolded, in the light and the dark theme."""

import axe
import pytest
from jupyterlab import OpenNotebook, write_cells

pytestmark = pytest.mark.browser

# Cards of quizzes, predictions and notes are checked with their errors and answers in test_quiz.py.
WIDGETS = (
    "ck.enlargement_explorer()",
    "ck.compare()",
    "ck.timeline()",
    "ck.rate_calculator()",
    "ck.spending_lab()",
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


@pytest.fixture(scope="module")
def notebook(server, browser):
    write_cells(server.folder / "widgets.ipynb", ("import coursekit as ck", *WIDGETS))
    opened = OpenNotebook(browser, server, "widgets.ipynb", width=1300)
    opened.fold_sidebar()
    opened.run_all()
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["Light", "Dark"])
def widgets(notebook, request):
    notebook.use_theme(request.param)
    yield notebook
    notebook.use_theme("Light")


@pytest.mark.parametrize("widget", WIDGETS)
def test_axe_finds_nothing_grave(widgets, checker, widget):
    cell = widgets.page.locator(".jp-CodeCell").nth(1 + WIDGETS.index(widget))
    cell.scroll_into_view_if_needed()
    # A widget may hold the output of a box within itself.
    output = cell.locator(".jp-OutputArea-output:not(.jp-OutputArea-output *)").last
    output.wait_for()
    output.evaluate(
        "async (node) => {"
        "  for (const folded of node.querySelectorAll('details')) folded.open = true;"
        "  for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);"
        "}"
    )
    assert axe.grave_violations(output, checker, widgets.theme) == []
