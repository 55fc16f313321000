"""A student makes the file to hand in, in JupyterLab."""

import shutil

import axe
import pytest
from jupyterlab import OpenNotebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAME = "02_who_joined_when"


@pytest.fixture(scope="module")
def card(server, browser, root):
    """The last box of the released set 02, run."""
    place = server.folder / "handing" / NAME
    shutil.copytree(root / "exercises" / "release" / NAME, place)
    notebook = OpenNotebook(browser, server, f"handing/{NAME}/{NAME}.ipynb")
    for text in ("import coursekit", "ck.hand_in()"):
        notebook.page.evaluate(
            """text => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.activeCellIndex = notebook.widgets.findIndex(
                    cell => cell.model.type === 'code'
                      && cell.model.sharedModel.getSource().includes(text));
                notebook.activate();
            }""",
            text,
        )
        notebook.page.keyboard.press("Shift+Enter")
        notebook.wait_idle()
    box = notebook.page.locator(".jp-CodeCell", has_text="Make the file to hand in")
    # Beside it stands JupyterLab's own prompt.
    card = box.locator(".jp-OutputArea-output")
    card.locator("textarea").wait_for()
    card.notebook, card.place = notebook, place
    yield card
    notebook.close()


def press(card, name):
    card.locator("textarea").fill(name)
    card.get_by_role("button", name="Check and make my file").click()


def test_a_name_that_is_no_file_is_told_beside_the_field(card):
    press(card, "../kim")
    card.get_by_text("letters, digits and hyphens").wait_for()
    assert card.locator("textarea").input_value() == "../kim"
    assert not (card.place / "hand_in").exists()


def test_it_says_that_boxes_run_and_then_what_was_made_and_what_is_open(card):
    press(card, "kim")
    card.get_by_text("All boxes are being run afresh").wait_for()
    expect(card.get_by_role("button", name="Check and make my file")).to_be_hidden()
    card.get_by_text("The file is ready").wait_for()
    said = card.inner_text()
    assert f"kim_{NAME}.ipynb" in said and "hand_in, beside this notebook" in said
    assert "No answer yet: border_without_1999" in said
    assert "No answer from the kernel" not in said
    assert (card.place / "hand_in" / f"kim_{NAME}.ipynb").is_file()
    expect(card.get_by_role("button", name="Check and make my file")).to_be_visible()
    assert card.notebook.problems() == []


@pytest.mark.parametrize("theme", ["Dark", "Light"])
def test_it_fits_a_narrow_window_in_both_themes(card, checker, theme):
    card.notebook.fold_sidebar()
    card.notebook.resize(400, 900)
    card.notebook.use_theme(theme)
    card.scroll_into_view_if_needed()
    wide = card.evaluate(
        """node => [...node.querySelectorAll('p, textarea, button')]
            .filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
            .map(part => part.textContent)"""
    )
    assert wide == []
    assert axe.grave_violations(card, checker, theme) == []
