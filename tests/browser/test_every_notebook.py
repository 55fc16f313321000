"""Each notebook as a student meets it: on the first day, on a slow laptop; then on the next day."""

import json
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyterlab import OpenNotebook, until
from playwright.sync_api import expect
from slow_laptop import SlowLaptop
from windows import too_wide

# A slowed page beside a busy machine takes its time.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CONTROLS = (
    "select, input[type='checkbox'], input[type='radio']:not(:checked), [role='slider'], "
    ".ck-move:enabled"
)
# What is seen of a lab, without asking a slow page to lay it out.
SIGNATURE = """lab => {
    const seen = [lab.textContent, ...[...lab.querySelectorAll('svg')].map(svg => svg.innerHTML)];
    let sum = 0;
    for (const letter of seen.join()) sum = (sum * 31 + letter.codePointAt(0)) | 0;
    return sum;
}"""
# How many times slower the browser is than this machine.
SLOW = 6
# Slowed by the browser's own means up to its last prediction, which costs so many times as much;
# all else by stopping it.
BY_THE_BROWSER = "02_who_joined_when"
ASLEEP = "Asleep. Run this page to go on."
# What shows a widget other than the one that starts the page.
WIDGETS = (
    r"ck\.(play|predict|reveal|review|carry_on|quiz|note|credences?|credence_review|claim_sorter|statement_lab|compare"
    r"|argument_map|timeline|progress|rate_calculator|write_report|enlargement_explorer|\w+_lab)\b"
)
NOTED = "A thought kept with Shift and Enter."


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def path(server, request):
    server.empty_record()
    yield f"notebooks/{request.param.name}"
    server.empty_record()


@pytest.fixture
def day(server, browser, path):
    notebook = OpenNotebook(browser, server, path, height=1400)
    notebook.fold_sidebar()
    yield notebook
    notebook.close()


@contextmanager
def slow_laptop(page, browser, path):
    """Slow the browser down for a while."""
    if Path(path).stem == BY_THE_BROWSER:
        page.slow_down(SLOW)
        try:
            yield
        finally:
            # The page is used again, also after a test that failed.
            page.slow_down(1)
    else:
        with SlowLaptop(browser, SLOW):
            yield


def start(page):
    """Start the page by its button; a file that was not signed asks once."""
    page.page.get_by_role("button", name="Start this page").click()
    once = page.page.locator(".jp-Dialog").get_by_role("button", name="Run Once")
    awake = page.page.get_by_text("every box has been run")
    once.or_(awake).first.wait_for()
    if once.is_visible():
        once.click()
    awake.wait_for()
    page.settled()


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
    for entry in card.query_selector_all(".ck-card-small, input[type='text']"):
        entry.fill("1")
    if first := card.query_selector("input[type='radio']"):
        # A slow page that is still being laid out may move away from under the pointer.
        while not first.is_checked():
            card.query_selector(".ck-card-choice").click()
    card.query_selector("button:has-text('Lock in my prediction')").click()
    until(
        page.page,
        "the prediction is locked in",
        "card => !card.isConnected || !card.textContent.includes('Lock in my prediction')",
        card,
    )


def predictions(server, path):
    """How many predictions the notebook asks for."""
    boxes = json.loads((server.folder / path).read_text(encoding="utf-8"))["cells"]
    return sum("ck.predict(" in "".join(box["source"]) for box in boxes)


def lock_all(page, expected):
    # On a slow page cards come some time after their boxes have been run.
    open_cards = page.page.locator(".ck-card", has_text="Lock in my prediction")
    expect(open_cards).to_have_count(expected)
    for left in range(expected, 0, -1):
        open_cards.first.scroll_into_view_if_needed()
        commit(page, open_cards.first.element_handle())
        expect(open_cards).to_have_count(left - 1)
    page.settled()


def each_lab_answers(page, controls):
    for lab in widgets(page, ".ck-lab"):
        expect(lab).to_have_text(re.compile(r"\w{3}"))
        found = [c for c in lab.locator(CONTROLS).element_handles() if c.is_visible()]
        if not found:
            lab.get_by_text("Your progress").wait_for()
            continue
        page.settled()
        before = lab.evaluate(SIGNATURE)
        values = []
        for control in found[:controls]:
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


def keep_a_note(page):
    """Keep the first note of the page, if it asks for one."""
    card = page.page.locator(".ck-card", has_text="Keep my note").first
    if not card.count():
        return False
    card.scroll_into_view_if_needed()
    card.locator("textarea").fill(NOTED)
    card.locator("textarea").press("Shift+Enter")
    card.get_by_text("Kept. You can change it").wait_for()
    return True


def go_through(page):
    """Scroll from box to box: JupyterLab makes what is stored in each when it comes into view."""
    page.unfold()
    boxes = page.page.locator(".jp-CodeCell").element_handles()
    for number, box in enumerate(boxes, start=1):
        box.evaluate("box => box.scrollIntoView()")
        until(
            page.page,
            f"JupyterLab shows what is stored in code box {number} of {len(boxes)}",
            """box => {
                const { widgets } = window.jupyterapp.shell.currentWidget.content;
                const cell = widgets.find(cell => cell.node === box);
                return cell?.outputArea
                    && cell.outputArea.widgets.length >= cell.model.outputs.length;
            }""",
            box,
        )
    page.page.evaluate("() => document.querySelector('.jp-Cell').scrollIntoView()")


def all_answer(page):
    """Wait until nothing on the page is asleep, without an answer or without a model."""
    expect(page.page.locator(".ck-silent:not([hidden])")).to_have_count(0)
    expect(page.page.locator(".jp-OutputArea-output", has_text="model not found")).to_have_count(0)


@pytest.fixture(scope="module")
def noted():
    """Notebooks in which a note was kept."""
    return {}


def test_a_first_day_on_a_slow_laptop(day, path, noted, server, browser):
    with slow_laptop(day, browser, path):
        start(day)
        asked = predictions(server, path)
        lock_all(day, asked)
        expect(day.page.locator(".ck-card", has_text="Locked in:")).to_have_count(asked)
    with SlowLaptop(browser, SLOW):
        day.unfold()
        expect(day.page.get_by_text("Predict first.", exact=True)).to_have_count(0)
        expect(day.page.locator(".jp-collapseHeadingButton.jp-mod-collapsed")).to_have_count(0)
        each_lab_answers(day, controls=1)
        noted[path] = keep_a_note(day)
        all_answer(day)
        assert day.problems() == []
        day.settled()
    day.command("docmanager:save")


def test_a_second_day(day, path, noted, server):
    # No kernel has run anything yet.
    saved = json.loads((server.folder / path).read_text(encoding="utf-8"))
    boxes = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert "widget-view" not in json.dumps(boxes)
    widgets = [box for box in boxes if re.search(WIDGETS, "".join(box["source"]))]
    assert [box["source"] for box in widgets if ASLEEP not in json.dumps(box["outputs"])] == []
    go_through(day)
    boxes = day.page.locator(".jp-CodeCell")
    expect(boxes.filter(has_text=ASLEEP)).to_have_count(len(widgets))
    expect(boxes.filter(has_text="Locked in:")).to_have_count(predictions(server, path))
    expect(boxes.filter(has_text=NOTED)).to_have_count(int(noted[path]))
    all_answer(day)
    assert too_wide(day) == {}

    start(day)
    expect(day.page.get_by_text("Lock in my prediction")).to_have_count(0)
    expect(day.page.get_by_text("Predict first.", exact=True)).to_have_count(0)
    each_lab_answers(day, controls=3)
    if noted[path]:
        note = day.page.locator(".ck-card", has_text="Keep my note").first
        note.scroll_into_view_if_needed()
        expect(note.locator("textarea")).to_have_value(NOTED)
    assert too_wide(day, [400, 800]) == {}
    all_answer(day)
    assert day.problems() == []
