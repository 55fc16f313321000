"""axe-core on every widget, with all its parts unfolded, in the light and the dark theme."""

import axe
import pytest
from jupyterlab import OpenNotebook, write_cells
from playwright.sync_api import expect

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
    # So high that all is in view: what is not is not drawn.
    opened = OpenNotebook(browser, server, "widgets.ipynb", width=1300, height=24_000)
    opened.fold_sidebar()
    opened.run_all()
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["Light", "Dark"])
def found(notebook, request, checker):
    """What axe-core finds in each widget."""
    notebook.use_theme(request.param)
    # A widget may hold the output of a box within itself.
    outputs = notebook.page.locator(".jp-OutputArea-output:not(.jp-OutputArea-output *)")
    expect(outputs).to_have_count(len(WIDGETS))
    notebook.settled()
    outputs.evaluate_all(
        """async nodes => {
            for (const node of nodes)
                for (const folded of node.querySelectorAll('details')) folded.open = true;
            for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
        }"""
    )
    assert all(len(text) > 50 for text in outputs.all_inner_texts())
    yield dict(zip(WIDGETS, axe.of_each(outputs, checker, notebook.theme), strict=True))
    notebook.use_theme("Light")


@pytest.mark.parametrize("widget", WIDGETS)
def test_axe_finds_nothing_grave(found, widget):
    assert found[widget] == []


# A page that is not JupyterLab's: no attribute says which theme there is, and no colours are given.
ELSEWHERE = """(classes) => {
    const { body, documentElement: root } = document;
    for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)
        for (const name of rule.style ?? [])
            if (name.startsWith("--jp-")) root.style.setProperty(name, "initial");
    delete body.dataset.jpThemeLight;
    body.className = classes;
    for (const part of document.querySelectorAll(".jp-NotebookPanel, .jp-WindowedPanel-outer"))
        part.style.background = "#1e1e1e";
}"""


@pytest.mark.parametrize(("classes", "scheme"), [("", "dark"), ("vscode-dark", "light")])
def test_text_can_be_read_on_a_dark_page_that_is_not_jupyterlabs(
    server, browser, checker, classes, scheme
):
    cells = [
        "import coursekit as ck",
        *("ck.enlargement_explorer()", "ck.argument_map()", "ck.trust_lab()"),
        *('ck.quiz("02")', 'ck.predict("02-seven")', 'ck.note("dark", "Why?")', "ck.progress()"),
    ]
    write_cells(server.folder / "dark.ipynb", cells)
    notebook = OpenNotebook(browser, server, "dark.ipynb")
    try:
        notebook.run_all()
        notebook.page.emulate_media(color_scheme=scheme)
        notebook.page.evaluate(ELSEWHERE, classes)
        ground = notebook.page.locator(".ck-living").first
        assert ground.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(28, 33, 36)"
        found = axe.grave_violations(notebook.page.locator(".ck-lab, .ck-card"), checker, "Dark")
        assert found == []
    finally:
        # What was changed goes with the page.
        notebook.page.emulate_media(color_scheme="light")
        notebook.close()
        server.labs.pop().context.close()
