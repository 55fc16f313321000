"""Identifiers, terms, names of tables and numbers on a page answer: by pointer, keys and touch."""

import axe
import nbformat
import pytest
from jupyterlab import OpenNotebook, until
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
CELLS = [
    new_markdown_cell("# 03 A page\n\nThe essay's claim (C04), statement S12 and event E91."),
    new_code_cell("import coursekit as ck\nck.start()"),
    new_markdown_cell(
        "## C24 and NATO\n\nA security dilemma, and [a security dilemma](https://example.org), C24,"
        " `C24`, `members`, `nothing`. A security dilemma again.\n\n```\nC24 in code\n```"
    ),
    new_code_cell("ck.enlargement_explorer()"),
]


@pytest.fixture(scope="module")
def page(server, browser):
    notebook = new_notebook(cells=CELLS, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, server.folder / "explained.ipynb")
    opened = OpenNotebook(browser, server, "explained.ipynb", width=1300)
    opened.fold_sidebar()
    opened.run_all()
    opened.page.locator(".ck-numbers .ck-term").first.wait_for()
    opened.settled()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def closed(page):
    yield
    page.page.keyboard.press("Escape")
    page.page.mouse.move(5, 5)
    box(page).wait_for(state="hidden")


def box(opened):
    return opened.page.locator(".ck-explain")


def card(opened):
    return opened.page.locator(".ck-explain-card")


def term(opened, name, at=0):
    found = opened.page.locator(f".ck-term[data-term='{name}']").nth(at)
    found.scroll_into_view_if_needed()
    return found


def test_only_prose_answers_and_a_term_once_in_a_section(page):
    marked = page.page.locator(".jp-MarkdownOutput .ck-term").all_inner_texts()
    assert marked == ["C04", "S12", "E91", "security dilemma", "C24", "members"]


def test_a_word_answers_while_one_points_at_it_or_at_the_answer(page):
    term(page, "security dilemma").hover()
    box(page).get_by_text("though none wants war").hover()
    page.page.wait_for_timeout(600)
    expect(box(page)).to_be_visible()
    page.page.mouse.move(5, 5)
    box(page).wait_for(state="hidden")


def test_a_click_opens_the_card_and_escape_gives_the_focus_back(page):
    claim = term(page, "C04")
    claim.click()
    card(page).get_by_text("What speaks against it").wait_for()
    assert box(page).get_attribute("role") == "dialog"
    assert claim.get_attribute("aria-expanded") == "true"
    page.page.keyboard.press("Escape")
    box(page).wait_for(state="hidden")
    assert claim.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S12", "Declaration of the Washington summit"),
        ("E91", "Who acted: Russia, NATO."),
        ("security dilemma", "Herz 1950"),
        ("table members", "Dates and facts, no rights claimed"),
    ],
)
def test_each_kind_has_a_card_with_its_source(page, name, words):
    term(page, name).click()
    card(page).get_by_text(words).first.wait_for()


def test_keys_alone_read_and_open_it_and_the_notebook_takes_none(page):
    term(page, "E91").click()
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Shift+Tab")
    described = page.page.evaluate(
        """() => {
            const { dataset, ariaDescribedByElements: texts } = document.activeElement;
            return [dataset.term, texts[0].innerText];
        }"""
    )
    assert described[0] == "S12"
    assert "decide its own future" in described[1]
    page.page.keyboard.press("Enter")
    card(page).get_by_text("Wording seen").wait_for()
    expect(page.page.locator(".jp-Notebook.jp-mod-editMode")).to_have_count(0)
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("() => document.activeElement.innerText") == "Close"


def test_a_tap_answers_and_a_second_opens_the_card(page):
    tap = "n => n.dispatchEvent(new PointerEvent('click', {pointerType: 'touch', bubbles: true}))"
    claim = term(page, "C24")
    claim.evaluate(tap)
    box(page).get_by_role("button", name="Open the card").wait_for()
    claim.evaluate(tap)
    card(page).get_by_text("What speaks for it").wait_for()


def test_a_number_says_which_tables_it_is_from(page):
    label = page.page.locator(".ck-numbers .ck-term").first
    label.scroll_into_view_if_needed()
    label.hover()
    box(page).get_by_role("button", name="Where is this number from?").click()
    card(page).get_by_text("NATO members (members)").wait_for()
    card(page).get_by_text("Columns").first.click()
    card(page).get_by_text("Short English name.").wait_for()


def test_a_text_that_is_edited_answers_again(page):
    page.page.evaluate(
        """() => {
            const cell = window.jupyterapp.shell.currentWidget.content.widgets[2];
            cell.model.sharedModel.setSource('## Edited\\n\\nC05, then C24 and S12.');
        }"""
    )
    term(page, "C05").click()
    card(page).get_by_text("What speaks for it").wait_for()
    until(
        page.page,
        "the text is marked anew",
        "() => document.querySelectorAll(\".ck-term[data-term='C24']\").length === 1",
    )


def test_a_page_that_is_run_again_answers_with_the_cards_of_the_new_kernel(page):
    page.restart()
    page.run_all()
    page.settled()
    term(page, "C04").click()
    card(page).get_by_text("What speaks for it").wait_for()
    assert page.problems() == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_grave(page, checker, theme):
    page.use_theme(theme)
    try:
        term(page, "C04").click()
        card(page).get_by_text("What speaks for it").wait_for()
        assert axe.grave_violations(box(page), checker, theme) == []
        page.page.keyboard.press("Escape")
        texts = page.page.locator(".jp-MarkdownOutput")
        assert axe.grave_violations(texts, checker, theme) == []
    finally:
        page.use_theme("Light")


def test_the_card_stays_inside_a_narrow_window(page):
    page.resize(400, 700)
    try:
        term(page, "C04").click()
        card(page).get_by_text("What speaks for it").wait_for()
        place = box(page).bounding_box()
        assert place["x"] >= 0 and place["x"] + place["width"] <= 400
        assert place["y"] >= 0 and place["y"] + place["height"] <= 700
        assert box(page).evaluate("n => n.scrollWidth <= n.clientWidth")
    finally:
        page.page.keyboard.press("Escape")
        page.resize(1300, 1000)
