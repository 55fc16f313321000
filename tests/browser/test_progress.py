"""The map of the course in a real JupyterLab."""

import pytest
from jupyterlab import OpenNotebook, until, write_cells
from playwright.sync_api import expect
from windows import too_wide

pytestmark = pytest.mark.browser

CELLS = [
    """import os, tempfile
os.environ["COURSEKIT_RECORD"] = tempfile.mkdtemp()
import coursekit as ck
from coursekit.record import record
record().add("played", "toy/05-any", result={"response": "{}"})
for n in range(1, 9):
    given = {"success": n > 3, "confidence": 0.8}
    record().add("answered", f"quiz/02/02-q{n}", result=given, context={"objective": "Count"})""",
    "ck.progress()",
]


@pytest.fixture(scope="module")
def opened(server, browser):
    write_cells(server.folder / "notebooks" / "zz_progress.ipynb", CELLS)
    notebook = OpenNotebook(browser, server, "notebooks/zz_progress.ipynb", width=1300)
    notebook.fold_sidebar()
    notebook.run_all()
    notebook.show(".ck-lab .ck-picture svg")
    yield notebook
    notebook.close()
    (server.folder / "notebooks" / "zz_progress.ipynb").unlink()


def test_the_map_shows_every_page_and_says_it_in_words(opened):
    picture = opened.page.locator(".ck-lab .ck-picture").first
    expect(picture.locator("g[id*='station-']")).to_have_count(11)
    said = picture.get_attribute("aria-label")
    for part in ("Begun: Who joined when, Trust.", "Next: Trust.", "Toys played: 1."):
        assert part in said
    assert opened.problems() == []


def test_no_word_of_the_map_lies_on_another(opened):
    boxes = opened.page.locator(".ck-lab .ck-picture svg text").evaluate_all(
        """texts => texts.filter(text => text.textContent.trim()).map(text => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            return [text.textContent, left, right, top + 2, bottom - 2];
        })"""
    )
    over = [
        (one, other)
        for place, (one, left, right, top, bottom) in enumerate(boxes)
        for other, left_, right_, top_, bottom_ in boxes[:place]
        if left < right_ and left_ < right and top < bottom_ and top_ < bottom
    ]
    assert over == []


def test_it_fits_narrow_and_wide_windows(opened):
    assert too_wide(opened, [400, 1300]) == {}


def test_what_comes_next_is_opened_in_jupyterlab(opened):
    opened.page.locator(".ck-lab a", has_text="05 Trust").click()
    until(
        opened.page,
        "the next notebook is open",
        "() => window.jupyterapp.shell.currentWidget.context?.path"
        "?.endsWith('notebooks/05_trust.ipynb')",
    )
    opened.page.evaluate("() => window.jupyterapp.shell.currentWidget.dispose()")
    opened.command("docmanager:open", path="notebooks/zz_progress.ipynb")
    opened.wait_idle()
