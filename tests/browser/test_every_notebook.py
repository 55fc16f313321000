"""Each notebook of the course in JupyterLab: it runs, and every widget on it answers."""

import re
from pathlib import Path

import pytest
from jupyterlab import OpenNotebook, until
from playwright.sync_api import expect
from windows import too_wide

pytestmark = pytest.mark.browser

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CONTROLS = "select, input[type='checkbox'], input[type='radio']:not(:checked), [role='slider']"
SIGNATURE = "lab => lab.innerText + [...lab.querySelectorAll('svg')].map(s => s.innerHTML).join()"


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def page(server, browser, request):
    notebook = OpenNotebook(browser, server, f"notebooks/{request.param.name}", height=1400)
    notebook.stored_too_wide = too_wide(notebook)
    notebook.run_all()
    yield notebook
    notebook.close()


def test_nothing_is_wider_than_a_window_of_400_to_1920_pixels_at_100_and_200_percent(page):
    assert page.stored_too_wide == {}
    assert too_wide(page, [400, 800]) == {}


def widgets(page, selector):
    """Each widget that matches, scrolled into view; nested ones are left to their parent."""
    everything = page.page.locator(f"{selector}:not({selector} {selector})")
    for place in range(everything.count()):
        found = everything.nth(place)
        found.scroll_into_view_if_needed()
        found.wait_for(state="visible")
        yield found


def move(page, control):
    """Move a control by one step."""
    kind = control.evaluate("e => e.getAttribute('role') || e.type || e.tagName.toLowerCase()")
    if kind == "select-one":
        options = control.evaluate("list => [...list.options].map(one => one.value)")
        control.select_option(value=next(o for o in options if o != control.input_value()))
    elif kind == "slider":
        control.focus()
        now, least = (control.get_attribute(f"aria-value{end}") for end in ("now", "min"))
        page.page.keyboard.press("End" if now == least else "Home")
    else:
        control.click(force=True)


def commit(page, card):
    """Make any prediction that the card takes, and wait until this card, and no other, has it."""
    for entry in card.query_selector_all("input[type='text'], input[type='number']"):
        entry.fill("1")
    if card.query_selector("input[type='radio']"):
        card.query_selector(".ck-card-choice").click()
    card.query_selector("button:has-text('Lock in my prediction')").click()
    until(
        page.page,
        "the prediction is locked in",
        "card => !card.isConnected || !card.innerText.includes('Lock in my prediction')",
        card,
    )


def test_it_runs_without_an_error_and_every_widget_answers(page):
    assert page.problems() == []
    for lab in widgets(page, ".ck-lab"):
        expect(lab).to_have_text(re.compile(r"\w{3}"))
        controls = [c for c in lab.locator(CONTROLS).element_handles() if c.is_visible()]
        if not controls:
            lab.get_by_text("Your progress").wait_for()
            continue
        before = lab.evaluate(SIGNATURE)
        values = []
        for control in controls[:3]:
            if not control.is_visible():
                continue
            move(page, control)
            page.settled()
            values.append(lab.evaluate(SIGNATURE))
        # Lists that only prepare something take effect with their button.
        for button in lab.get_by_role("button", name=re.compile("Check|Add link")).all():
            button.click()
            page.settled()
            values.append(lab.evaluate(SIGNATURE))
        assert any(value != before for value in values), lab.inner_text()[:200]
    predicted = page.page.locator(".ck-card", has_text="Lock in my prediction")
    while predicted.count():
        predicted.first.scroll_into_view_if_needed()
        commit(page, predicted.first.element_handle())
    expect(page.page.get_by_text("Predict first.", exact=True)).to_have_count(0)
    assert page.problems() == []
