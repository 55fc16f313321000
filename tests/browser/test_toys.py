"""Toys in the page: played by mouse and by keyboard, kept, readable in any theme and width."""

import axe
import pytest
from jupyterlab import OpenNotebook, write_cells
from playwright.sync_api import expect
from windows import too_wide

from coursekit.nato.toys.branch import Branch
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


def test_pieces_of_a_branch_are_linked_by_clicks_and_by_arrow_keys(opened):
    notebook = opened("01-branch")
    page, state = notebook.page, Branch(notebook.ask_kernel("_.state.seed"))
    left = page.locator(".ck-numbers li", has_text="Links still to find")
    ends = [[state.pieces.index(id) + 1 for id in pair] for pair in state.right.items()]
    for number, pair in enumerate(ends[:2], 1):
        for piece in pair:
            page.locator(f".ck-picture [id$='-piece-{piece}']").click()
            notebook.settled()
        expect(left).to_contain_text(f"{5 - number}")
    page.locator(".ck-picture").focus()
    for pair in ends[2:]:
        for piece in pair:
            page.keyboard.press("Home")
            for _ in range(piece - 1):
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
            notebook.settled()
    expect(told(notebook)).to_contain_text("All five links are found")
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
