"""Toys in the page: played by mouse and by keyboard, kept, readable in any theme and width."""

import axe
import pytest
from jupyterlab import OpenNotebook, write_cells
from playwright.sync_api import expect
from windows import too_wide

from coursekit.nato.widgets.play import TOYS
from coursekit.toys.rival import RIVALS

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(server, browser):
    """Open a notebook with one toy and run it."""
    server.empty_record()
    found = []

    def opening(name, **size):
        write_cells(server.folder / f"{name}.ipynb", [f"import coursekit as ck\nck.play({name!r})"])
        found.append(OpenNotebook(browser, server, f"{name}.ipynb", **size))
        found[-1].fold_sidebar()
        found[-1].run_all()
        found[-1].page.locator(".ck-picture svg").first.wait_for()
        return found[-1]

    yield opening
    for notebook in found:
        notebook.close()


def moves(notebook):
    """The buttons that can be pressed now, without the one that begins anew."""
    names = notebook.page.locator(".ck-lab .ck-move:visible")
    return names.filter(has_not_text="Play again")


def told(notebook):
    """What just happened, in words."""
    return notebook.page.locator(".ck-numbers").first


def test_the_rival_is_played_by_mouse_and_found_again(opened):
    notebook = opened("03-rival")
    for number in range(1, 10):
        moves(notebook).filter(has_text="Hold back").click()
        expect(told(notebook)).to_contain_text(f"Round {number}")
        notebook.settled()
    moves(notebook).filter(has_text="Arm").click()
    expect(moves(notebook)).to_have_count(len(RIVALS))
    moves(notebook).first.click()
    expect(told(notebook)).to_contain_text("Kinds that fit what you saw")
    notebook.restart()
    notebook.run_all()
    expect(told(notebook)).to_contain_text("Kinds that fit what you saw")
    assert notebook.problems() == []


def press(notebook, *labels):
    for label in labels:
        moves(notebook).filter(has_text=label).first.click()
        notebook.settled()


def test_states_are_shuffled_by_mouse_in_both_comparisons(opened):
    notebook = opened("09-shuffle")
    press(notebook, "too large for chance", "Shuffle once", "Shuffle ten", "Shuffle a hundred")
    expect(told(notebook)).to_contain_text("of 111 shuffles")
    expect(told(notebook)).to_contain_text("You said that it is too large for chance.")
    press(notebook, "The other comparison", "could be chance", "Shuffle a hundred")
    expect(told(notebook)).to_contain_text("of 100 shuffles")
    press(notebook, "The other comparison")
    expect(told(notebook)).to_contain_text("of 111 shuffles")
    assert notebook.problems() == []


def test_a_feud_is_begun_and_repaired_by_mouse(opened):
    notebook = opened("10-feud")
    press(notebook, "My move slips", "Five rounds")
    expect(told(notebook)).to_contain_text("the feud goes on")
    press(notebook, "I accept a just answer", "Five rounds")
    expect(told(notebook)).to_contain_text("Both cooperate.")
    press(notebook, "Its move slips", "Five rounds")
    expect(told(notebook)).to_contain_text("the feud goes on")
    assert notebook.problems() == []


@pytest.mark.parametrize("name", TOYS)
def test_each_is_played_by_keyboard_alone(opened, name):
    notebook = opened(name)
    before = told(notebook).inner_text()
    moves(notebook).first.focus()
    notebook.page.keyboard.press("Enter")
    expect(told(notebook)).not_to_have_text(before)
    notebook.settled()
    again = notebook.page.get_by_role("button", name="Play again")
    again.focus()
    notebook.page.keyboard.press(" ")
    notebook.settled()
    assert notebook.problems() == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("name", TOYS)
def test_axe_finds_nothing_grave(opened, checker, name, theme):
    notebook = opened(name)
    notebook.use_theme(theme)
    lab = notebook.page.locator(".ck-lab")
    lab.evaluate("lab => lab.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert axe.grave_violations(lab, checker, theme) == []
    notebook.use_theme("Light")


@pytest.mark.parametrize("name", TOYS)
def test_each_fits_a_narrow_page(opened, name):
    notebook = opened(name, width=400)
    assert too_wide(notebook) == {}
