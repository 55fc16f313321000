"""The claim sorter and the statement lab in a real JupyterLab, by keyboard and on narrow pages."""

import pytest
from jupyterlab import OpenNotebook, write_cells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SETUP = (
    "from coursekit.widgets.claim_sorter import claim_sorter\n"
    "from coursekit.nato.widgets.mirror import Mirror\n"
    "from coursekit.nato.widgets.statement_lab import statement_lab"
)
CELLS = {
    "sorter": "claim_sorter()",
    "detective": "statement_lab(part='detective')",
    "versions": "statement_lab(part='versions')",
    "halves": "statement_lab(part='halves')",
    "mirror": "Mirror(seed=1)",
    "lab": "statement_lab()",
}


@pytest.fixture(scope="module")
def written(server):
    for name in ("statements", "narrow"):
        own = f"import os\nos.environ['COURSEKIT_RECORD'] = os.path.abspath('record-{name}')\n"
        write_cells(server.folder / f"{name}.ipynb", (own + SETUP, *CELLS.values()))


@pytest.fixture(scope="module")
def page(server, browser, written):
    notebook = OpenNotebook(browser, server, "statements.ipynb", width=1250, height=1400)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    notebook.close()


def place(page, name):
    """Scroll to a widget, wait for it, and return it."""
    cell = page.page.locator(".jp-CodeCell").nth(1 + list(CELLS).index(name))
    cell.evaluate("e => e.scrollIntoView()")
    cell.locator(".ck-card, .ck-panel-said").first.wait_for(state="attached")
    return cell.locator(".jp-OutputArea").first


def form(widget, number=0):
    return widget.locator(".ck-card-item").nth(number)


def wait_for(widget, words):
    widget.locator(".ck-panel-said, .ck-card-feedback", has_text=words).first.wait_for(
        state="visible"
    )


def press(page, *keys):
    for key in keys:
        page.page.keyboard.press(key)


def test_claims_are_sorted_by_mouse_and_by_keyboard(page):
    sorter = place(page, "sorter")
    tile, bins = sorter.locator(".ck-card-bins-tile"), sorter.locator(".ck-card-bins button")
    tile.scroll_into_view_if_needed()
    start, goal = tile.bounding_box(), bins.nth(4).bounding_box()
    page.page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.page.mouse.down()
    page.page.mouse.move(goal["x"] + 20, goal["y"] + 20, steps=5)
    page.page.mouse.up()
    wait_for(sorter, "You said definitional")
    # The next claim is an Enter away, and its bins have numbers.
    press(page, "Enter")
    sorter.get_by_text("Claim 2 of 6").wait_for()
    page.settled()
    press(page, "ArrowRight", "Enter")
    wait_for(sorter, "You said causal")
    for number in range(3, 7):
        press(page, "Enter")
        sorter.get_by_text(f"Claim {number} of 6").wait_for()
        page.settled()
        assert tile.evaluate("e => e.getBoundingClientRect().top") > 0
        press(page, "1")
        wait_for(sorter, "You said fact")
    press(page, "Enter")
    wait_for(sorter, "You and the course agree")
    expect(sorter.locator("tbody tr")).to_have_count(6)
    sorter.get_by_role("button", name="Play again").click()
    sorter.get_by_text("Claim 1 of 6").wait_for()
    assert page.problems() == []


def test_the_page_stays_where_it_is_when_a_claim_is_answered(page):
    sorter = place(page, "sorter")
    page.resize(1300, 800)
    sorter.evaluate("card => card.scrollIntoView()")
    bins = sorter.locator(".ck-card-bins button:visible")
    if not bins.first.is_enabled():
        sorter.locator(".ck-card-feedback button").click()
        page.settled()
    page.settled()
    card = sorter.locator(".ck-card-item")
    before = card.bounding_box()
    # The whole is seen at once: what is to be sorted, and all bins.
    assert before["y"] + before["height"] < 780
    bins.first.click()
    wait_for(sorter, "You said fact")
    assert card.bounding_box()["y"] == before["y"]
    # Only the bins that are spoken of are left, each marked by what it is.
    marks = bins.evaluate_all("all => all.map(one => one.dataset.said)")
    assert marks == ["agrees"] or set(marks) <= {"differs", "agrees", "accepted"}
    assert 1 <= len(marks) <= 2
    sorter.get_by_role("button", name="Next claim").or_(
        sorter.get_by_role("button", name="See the round")
    ).click()
    page.settled()
    assert card.bounding_box()["y"] == before["y"]


def test_a_check_of_nothing_says_what_is_missing(page):
    halves = place(page, "halves")
    halves.get_by_role("button", name="Check").click()
    alert = halves.get_by_role("alert").filter(has_text="Choose an answer for at least one text")
    alert.wait_for(state="visible")


def test_keys_for_a_control_do_not_cut_the_cell(page):
    cells = page.page.locator(".jp-CodeCell").count()
    sorter = place(page, "sorter")
    for control in sorter.locator(".ck-card-bins button").all()[:2]:
        control.focus()
        press(page, "x", "a", "d", "d")
        page.settled()
        expect(page.page.locator(".jp-CodeCell")).to_have_count(cells)


def test_what_is_said_is_announced(page):
    for name in CELLS:
        said = place(page, name).locator(".ck-panel-said, .ck-card-feedback").first
        assert said.get_attribute("aria-live") == "polite"


def test_a_source_is_chosen_by_keyboard(page):
    first = form(place(page, "detective"))
    sources = first.get_by_role("radio")
    expect(sources).to_have_count(4)
    sources.first.focus()
    press(page, "Space", "ArrowDown", "ArrowDown")
    assert sources.nth(2).is_checked()
    press(page, "Shift+Enter")
    wait_for(first, "Yes: the source is dated 29 June 2022.")
    assert "About 4 months after Russia's full-scale invasion" in first.inner_text()
    seen = first.get_by_role("link", name="Source").first
    assert seen.get_attribute("href").startswith("https://")
    assert seen.get_attribute("rel") == "noopener"
    assert page.problems() == []


def test_texts_are_compared_by_arrow_keys(page):
    lab = place(page, "versions")
    slider = lab.get_by_role("slider", name="Text")
    slider.focus()
    for version in ("Brussels 2021", "Vilnius 2023", "Washington 2024", "The Hague 2025"):
        press(page, "ArrowRight")
        wait_for(lab, version)
        assert slider.get_attribute("aria-valuetext") == version
    assert "no longer mentioned (before: irreversible)" in lab.inner_text()
    assert page.problems() == []


def test_a_part_is_chosen_and_who_uses_it_is_told(page):
    halves = place(page, "halves")
    halves.get_by_label("Q6. ").select_option(label="no sphere of influence (3rd part)")
    halves.get_by_role("button", name="Check").click()
    wait_for(halves, "1 of 9 agrees with the key")
    table = halves.get_by_role("group", name="Who uses which part")
    assert "Sergey Lavrov (14 February 2022)" in table.inner_text()
    assert page.problems() == []


def test_speakers_stay_hidden_until_both_denials_are_rated(page):
    mirror = place(page, "mirror")
    show = mirror.get_by_role("button", name="Show the speakers")
    show.click()
    mirror.get_by_role("alert").filter(has_text="Click on the line").first.wait_for(state="visible")
    first, second = mirror.get_by_role("slider").all()
    for slider, end, steps in ((first, "End", 50), (second, "Home", 0)):
        slider.focus()
        press(page, end, *["ArrowLeft"] * steps)
    assert first.input_value() == "50"
    assert "Putin" not in mirror.inner_text()
    show.click()
    wait_for(mirror, "You rated denial 1 higher, by 50 points.")
    for words in ("Vladimir Putin", "Strategic Concept", "0 of 100"):
        assert words in mirror.inner_text()
    mirror.get_by_role("button", name="Rate once more").click()
    mirror.get_by_role("button", name="Keep my ratings").wait_for()
    assert page.problems() == []


def test_tabs_are_reached_by_keyboard(page):
    lab = place(page, "lab")
    tabs = lab.get_by_role("tab")
    assert tabs.all_inner_texts() == [
        "Quotation detective",
        "Version slider",
        "Three parts",
        "Mirror",
    ]
    tabs.first.focus()
    press(page, "ArrowRight", "Enter")
    lab.get_by_role("slider", name="Text").wait_for(state="visible")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert page.problems() == []


def test_nothing_sticks_out_of_a_narrow_page(server, browser, written):
    notebook = OpenNotebook(browser, server, "narrow.ipynb", width=400, height=3000)
    try:
        notebook.fold_sidebar()
        notebook.run_all()
        for name in CELLS:
            lab = place(notebook, name)
            if name == "detective":
                lab.get_by_role("button", name="Question 2: open").click()
                second = form(lab, 1)
                second.get_by_role("radio").first.check()
                second.get_by_role("button", name="Check").click()
                wait_for(second, "the source is dated")
            if name == "sorter":
                lab.locator(".ck-card-bins button").first.click()
                wait_for(lab, "You said fact")
            out = lab.evaluate(
                """lab => {
                    const edge = lab.getBoundingClientRect().right + 1;
                    return [...lab.querySelectorAll('*')]
                      .filter(e => e.checkVisibility() && !e.closest('thead, pre, .ck-card-scroll'))
                      .filter(e => e.getBoundingClientRect().right > edge)
                      .map(e => `${e.className}: ${e.textContent.slice(0, 60)}`);
                }"""
            )
            assert out == [], name
        assert notebook.problems() == []
    finally:
        notebook.close()
