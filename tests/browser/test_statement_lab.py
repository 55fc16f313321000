"""The claim sorter and the statement lab in a real JupyterLab, by keyboard and on narrow pages."""

import pytest
from jupyterlab import OpenNotebook, write_cells

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
        write_cells(server.folder / f"{name}.ipynb", (SETUP, *CELLS.values()))


@pytest.fixture(scope="module")
def page(server, browser, written):
    notebook = OpenNotebook(browser, server, "statements.ipynb", width=1250, height=1400)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    notebook.close()


def place(page, name):
    """Scroll to a lab, wait for its text, and return it."""
    cell = page.page.locator(".jp-CodeCell").nth(1 + list(CELLS).index(name))
    cell.evaluate("e => e.scrollIntoView()")
    lab = cell.locator(".ck-lab").first
    lab.locator(".ck-said").first.wait_for(state="attached")
    return lab


def wait_for(lab, words):
    lab.locator(".ck-said", has_text=words).first.wait_for(state="visible")


def press(page, *keys):
    for key in keys:
        page.page.keyboard.press(key)


def told_to_kernel(page, expression):
    """What the kernel's widgets hold."""
    widgets = "list(__import__('ipywidgets').widgets.widget._instances.values())"
    return page.ask_kernel(f"(lambda W: {expression})({widgets})")


def test_claims_are_sorted_by_keyboard(page):
    lab = place(page, "sorter")
    choice = lab.get_by_label("C05 is")
    choice.focus()
    press(page, "c")
    assert choice.input_value() == "causal"
    lab.get_by_label("C24 is").focus()
    press(page, "n")
    lab.get_by_role("button", name="Check").focus()
    press(page, "Enter")
    wait_for(lab, "1 of 12 agrees with the key; 1 differs; 10 not sorted yet.")
    assert lab.locator(".ck-mark").count() == 2
    assert "For 'normative' the claim would have to" in lab.inner_text()
    lab.get_by_role("button", name="Try again").focus()
    press(page, "Enter")
    wait_for(lab, "1 claim to sort again")
    assert lab.locator(".ck-mark").count() == 1
    assert page.problems() == []


def test_keys_for_a_control_do_not_cut_the_cell(page):
    cells = page.page.locator(".jp-CodeCell").count()
    lab = place(page, "sorter")
    for control in (lab.get_by_label("C32 is"), lab.get_by_role("button", name="Reset")):
        control.focus()
        press(page, "x", "a", "d", "d")
        page.settled()
        assert page.page.locator(".jp-CodeCell").count() == cells


def test_what_is_said_is_announced(page):
    for name in CELLS:
        said = place(page, name).locator(".ck-said").first
        assert said.get_attribute("aria-live") == "polite"
        assert said.get_attribute("role") == "status"


def test_a_source_is_chosen_by_keyboard(page):
    lab = place(page, "detective")
    sources = lab.get_by_role("radiogroup", name="Source").get_by_role("radio")
    assert sources.count() == 4
    sources.first.focus()
    press(page, "Space", "ArrowDown", "ArrowDown")
    assert sources.nth(2).is_checked()
    # A click overtakes changes that still wait for the kernel to finish with the one before.
    chosen = "[w.value for w in W if type(w).__name__ == 'RadioButtons'][0]"
    assert told_to_kernel(page, chosen) == "S03"
    lab.get_by_role("button", name="Check").focus()
    press(page, "Enter")
    wait_for(lab, "Yes: the source is dated 29 June 2022.")
    assert "About 4 months after Russia's full-scale invasion" in lab.inner_text()
    lab.get_by_role("button", name="Next phrase").focus()
    press(page, "Enter")
    lab.get_by_text("it represents a serious provocation").wait_for()
    assert lab.get_by_role("radiogroup", name="Source").get_by_role("radio").count() == 4
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
    lab = place(page, "halves")
    lab.get_by_label("Q6 uses").select_option(label="no sphere of influence (3rd part)")
    lab.get_by_role("button", name="Check").click()
    wait_for(lab, "1 of 9 agrees with the key")
    assert "Sergey Lavrov (14 February 2022)" in lab.locator(".ck-text").inner_text()
    assert page.problems() == []


def test_speakers_stay_hidden_until_both_denials_are_rated(page):
    lab = place(page, "mirror")
    show = lab.get_by_role("button", name="Show the speakers")
    show.click()
    wait_for(lab, "Missing: Denial 1 and Denial 2.")
    for name, times in (("Denial 1", 11), ("Denial 2", 5)):
        lab.get_by_role("slider", name=name).focus()
        press(page, *["ArrowRight"] * times)
    assert lab.get_by_role("slider", name="Denial 1").get_attribute("aria-valuetext") == "50"
    ratings = "[w.value for w in W if getattr(w, 'description', '') == 'Denial 2'][0]"
    assert told_to_kernel(page, ratings) == 20
    assert "Zakharova" not in lab.inner_text()
    show.click()
    wait_for(lab, "You rated denial 1 30 points higher.")
    for words in ("Zakharova", "Strategic Concept", "Denial 2: 20 of 100"):
        assert words in lab.inner_text()
    page.page.emulate_media(forced_colors="active")
    ground, bar = lab.locator(".ck-bar").first.evaluate(
        "e => [e, e.firstChild].map(part => getComputedStyle(part).backgroundColor)"
    )
    page.page.emulate_media(forced_colors="none")
    assert ground != bar, "with forced colours a bar cannot be seen"
    lab.get_by_role("button", name="Reset").click()
    wait_for(lab, "The speakers are hidden again.")
    assert "Zakharova" not in lab.inner_text()
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
                lab.get_by_role("radio").first.check()
                lab.get_by_role("button", name="Check").click()
                wait_for(lab, "No: the source is dated")
            if name == "sorter":
                lab.get_by_label("C05 is").select_option(label="fact")
                lab.get_by_role("button", name="Check").click()
                wait_for(lab, "0 of 12 agree")
            out = lab.evaluate(
                """lab => {
                    const edge = lab.getBoundingClientRect().right + 1;
                    return [...lab.querySelectorAll('*')]
                      .filter(e => e.checkVisibility() && !e.closest('thead, pre'))
                      .filter(e => e.getBoundingClientRect().right > edge)
                      .map(e => `${e.className}: ${e.textContent.slice(0, 60)}`);
                }"""
            )
            assert out == [], name
        assert notebook.problems() == []
    finally:
        notebook.close()
