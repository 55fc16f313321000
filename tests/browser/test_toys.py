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


def test_the_feed_names_its_speakers_and_ends_with_links(opened):
    notebook = opened("07-feed")
    moves(notebook).last.click()
    expect(told(notebook)).to_contain_text("You looked it up")
    for number in range(2, 7):
        for press in (0, 3, 1):
            expect(told(notebook)).to_contain_text(f"Quotation {number} of 6")
            notebook.settled()
            moves(notebook).nth(press).click()
    expect(told(notebook)).to_contain_text("Times right")
    notebook.page.get_by_text("Show as a table").click()
    links = notebook.page.locator(".ck-table a")
    assert links.count() >= 4
    assert links.first.get_attribute("href").startswith("http")
    assert notebook.problems() == []


def test_states_are_clicked_and_dragged_between_blocs(opened):
    notebook = opened("08-network")
    page = notebook.page
    alda = page.locator(".ck-picture [id$='state-Alda']")
    alda.click()
    expect(told(notebook)).to_contain_text("Alda went to")
    notebook.settled()
    before = told(notebook).inner_text()
    # The same state once more: a second touch counts.
    alda.click()
    expect(told(notebook)).not_to_have_text(before)
    notebook.settled()
    place = "left" if "right bloc" in told(notebook).inner_text() else "right"
    area = page.locator(f".ck-picture [id$='area-{place}']").bounding_box()
    alda.hover()
    page.mouse.down()
    page.mouse.move(area["x"] + 30, area["y"] + 30, steps=4)
    page.mouse.up()
    expect(told(notebook)).to_contain_text(f"Alda went to the {place} bloc")
    notebook.settled()
    picture = page.locator(".ck-picture")
    picture.focus()
    picture.press("End")
    picture.press("Enter")
    expect(told(notebook)).to_contain_text("Luma went to")
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
