"""The argument map in a real JupyterLab, by mouse and by keyboard alone."""

import pytest
from jupyterlab import OpenNotebook, write_cells
from jupyterlab import until as wait_until
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = [
    "from coursekit.widgets.argument_map import argument_map",
    "argument_map()",
    "argument_map(mode='build')",
]
# A step is the group whose id has a prefix and the identifier, and nothing else.
STEP = """(lab, id) => [...lab.querySelectorAll('.ck-picture g')]
    .find(g => g.id.split('-').length === 2 && g.id.endsWith(`-${id}`))"""


@pytest.fixture(scope="module")
def page(server, browser):
    write_cells(server.folder / "argument.ipynb", CELLS)
    notebook = OpenNotebook(browser, server, "argument.ipynb", width=1200, height=1300)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.fixture
def explorer(page):
    page.resize(1200, 1300)
    lab = show(page, 0)
    lab.get_by_role("radio", name="map", exact=True).check()
    lab.get_by_role("button", name="Reset").click()
    lab.evaluate("lab => lab.querySelector('.ck-step:not([hidden]) .ck-step-shut')?.click()")
    until(lab, {"A6": "stands", "H3": "stands"})
    yield lab
    assert page.problems() == []


@pytest.fixture
def builder(page):
    page.resize(1200, 1300)
    yield show(page, 1)
    assert page.problems() == []


def show(page, place):
    two = "() => document.querySelectorAll('.ck-argument svg').length >= 2"
    wait_until(page.page, "both maps are drawn", two)
    page.page.evaluate("n => document.querySelectorAll('.ck-argument')[n].scrollIntoView()", place)
    return page.page.locator(".ck-argument").nth(place)


def looks(lab, *ids):
    step = f"(lab, ids) => ids.map(id => ({STEP})(lab, id).dataset.look)"
    return dict(zip(ids, lab.evaluate(step, list(ids)), strict=True))


def until(lab, wanted):
    """Wait until steps look as they should and the words agree with them."""
    agree = f"""([lab, wanted]) => lab.querySelector("[data-pending='false']")
        && Object.entries(wanted).every(([id, look]) => ({STEP})(lab, id).dataset.look === look)"""
    what = f"the steps look as they should: {wanted}"
    wait_until(lab.page, what, agree, [lab.element_handle(), wanted])


def displayed(lab, artist):
    return lab.evaluate(
        "(lab, end) => getComputedStyle([...lab.querySelectorAll('.ck-picture g')]"
        ".find(g => g.id.endsWith(end))).display !== 'none'",
        f"-{artist}",
    )


def click_step(lab, id):
    spot = lab.evaluate(
        f"(lab, id) => {{ const g = ({STEP})(lab, id); g.scrollIntoView({{block: 'center'}});"
        " const box = g.getBoundingClientRect(); return [box.x + 12, box.y + box.height / 2]; }",
        id,
    )
    lab.page.mouse.click(*spot)


def view(lab, words):
    return lab.locator(".ck-step").get_by_role("button", name=words)


def tab_to(lab, selector, key="Tab"):
    """Press a key until an element of the lab has the focus."""
    for _ in range(80):
        lab.page.keyboard.press(key)
        if lab.evaluate("(lab, s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with {key}")


def test_rejecting_h3_changes_a6_and_what_hangs_on_it(explorer):
    click_step(explorer, "H3")
    card = explorer.locator(".ck-panel-text")
    card.get_by_text("H3 Without enlargement").wait_for()
    assert displayed(explorer, "frame-H3")
    assert displayed(explorer, "strong-A6-K1") and not displayed(explorer, "state-falls-A6")
    explorer.evaluate("lab => { lab.querySelector('.ck-picture svg').same = true; }")
    view(explorer, "Reject").click()
    until(explorer, {"H3": "rejected", "A6": "falls", "K1": "stands"})
    for artist in ("state-rejected-H3", "state-falls-A6", "state-strike-A6", "faint-A6-K1"):
        assert displayed(explorer, artist), artist
    assert not displayed(explorer, "strong-A6-K1")
    assert "A6 falls: its only line of support needs H3" in explorer.inner_text()
    assert explorer.evaluate("lab => lab.querySelector('.ck-picture svg').same"), "drawn anew"
    view(explorer, "Undecided").click()
    until(explorer, {"H3": "stands", "A6": "stands"})


def test_accepted_objections_bring_down_the_conclusions(explorer):
    click_step(explorer, "R2")
    explorer.locator(".ck-panel-text").get_by_text("R2 States in danger").wait_for()
    view(explorer, "Accept").click()
    until(explorer, {"R2": "accepted", "A6": "falls", "K1": "stands", "B5": "stands"})
    for id in ("R1", "R6"):
        click_step(explorer, id)
        view(explorer, "Accept").click()
    until(explorer, {"B5": "falls", "C1": "falls", "K1": "falls", "K2": "falls"})
    explorer.get_by_role("button", name="Reset").click()
    until(explorer, {"R2": "idle", "K1": "stands", "K2": "stands"})


def test_the_keyboard_alone_is_enough(explorer):
    keyboard, told = explorer.page.keyboard, explorer.locator(".ck-told")
    explorer.get_by_role("radio", name="map", exact=True).focus()
    tab_to(explorer, ".ck-picture")
    for _ in range(3):
        keyboard.press("h")
    assert told.inner_text().startswith("H3 Without enlargement")
    keyboard.press("Enter")
    explorer.locator(".ck-panel-text").get_by_text("H3 Without enlargement").wait_for()
    focused = "() => document.activeElement.textContent"
    assert explorer.page.evaluate(focused) == "Undecided"
    keyboard.press("ArrowLeft")
    keyboard.press("Enter")
    until(explorer, {"H3": "rejected", "A6": "falls"})
    assert explorer.page.evaluate(focused) == "Reject", "the focus stays"
    keyboard.press("Escape")
    assert explorer.evaluate("lab => document.activeElement.matches('.ck-picture')")
    keyboard.press("Home")
    assert told.inner_text().startswith("A1 ")
    keyboard.press("ArrowDown")
    # A step under the focus offers its switch too, before it is chosen.
    tab_to(explorer, ".ck-step button:not(.ck-step-shut)")
    assert explorer.locator(".ck-step").get_attribute("aria-label").startswith("Your view of A2 ")
    keyboard.press("Escape")
    keyboard.press("Space")
    explorer.locator(".ck-panel-text").get_by_text("A2 Russian officials").wait_for()
    explorer.locator("select").first.focus()
    tab_to(explorer, "button", "Shift+Tab")
    tab_to(explorer, "input[type='radio']", "Shift+Tab")
    keyboard.press("ArrowRight")
    explorer.locator("[data-switch='H4']").wait_for()
    tab_to(explorer, "[data-switch='H4']")
    keyboard.press("r")
    explorer.locator("[data-state='B5']", has_text="falls").first.wait_for()
    tab_to(explorer, "button", "Shift+Tab")
    keyboard.press("Enter")
    explorer.locator("[data-state='B5']", has_text="stands").first.wait_for()
    tab_to(explorer, ".ck-modes > .widget-radio input", "Shift+Tab")
    keyboard.press("Space")
    modes = explorer.page.locator(".ck-modes").first
    modes.get_by_role("button", name="Add link").wait_for()
    keyboard.press("Shift+Tab")
    keyboard.press("Space")
    modes.locator("[data-state='B5']", has_text="stands").first.wait_for()


def test_what_changed_is_marked_and_told_beside_the_step(explorer):
    click_step(explorer, "H3")
    view(explorer, "Reject").click()
    explorer.locator(".ck-step", has_text="H3 falls because you rejected it. Now A6").wait_for()
    spoken = explorer.locator(".ck-step-spoken[aria-live='polite']")
    assert spoken.text_content().endswith("Now A6 falls too.")
    assert view(explorer, "Reject").get_attribute("aria-pressed") == "true"
    apart = explorer.evaluate(
        f"""lab => {{
            const rect = node => node.getBoundingClientRect();
            const box = rect(lab.querySelector('.ck-step'));
            const away = (step) => Math.max(step.left - box.right, box.left - step.right,
                step.top - box.bottom, box.top - step.bottom);
            const [mark, ...more] = lab.querySelectorAll('[data-changed]');
            const step = ({STEP})(lab, 'A6');
            return [away(rect(({STEP})(lab, 'H3'))), away(rect(step)), more.length,
                mark.dataset.changed, mark.textContent, rect(mark).top - rect(step).top];
        }}"""
    )
    assert 0 <= apart[0] < 250 and apart[1] >= 0, "the box hides what it speaks of, or is far off"
    assert apart[2:5] == [0, "A6", "changed"] and abs(apart[5]) < 10


@pytest.mark.parametrize("width", [1300, 1920])
def test_the_whole_map_fits_beside_the_file_browser(explorer, page, width):
    page.page.evaluate("() => window.jupyterapp.shell.expandLeft()")
    page.resize(width, 1000)
    assert explorer.locator(".ck-picture").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert smallest_letters(explorer) >= 10
    page.fold_sidebar()


@pytest.mark.parametrize("width", [400, 800, 960])
def test_a_narrow_page_shows_the_outline_unless_one_insists(explorer, page, width):
    page.resize(width, 900)
    explorer.locator(".ck-outline h4").first.wait_for()
    expect(explorer.locator(".ck-picture")).to_be_hidden()
    if width > 400:
        return
    explorer.get_by_role("button", name="Show the map all the same").click()
    explorer.locator(".ck-picture").wait_for()
    assert smallest_letters(explorer) >= 10
    wide = explorer.locator(".ck-picture").evaluate("e => e.scrollWidth > e.clientWidth")
    assert wide and explorer.evaluate("lab => lab.scrollWidth <= lab.clientWidth")
    click_step(explorer, "K2")
    box = explorer.locator(".ck-step").bounding_box()
    home = explorer.bounding_box()
    assert home["x"] <= box["x"] and box["x"] + box["width"] <= home["x"] + home["width"]
    explorer.evaluate("lab => lab.classList.remove('ck-insists')")


def smallest_letters(lab):
    return lab.locator(".ck-picture svg").evaluate(
        """svg => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            return Math.min(...[...svg.querySelectorAll('text')]
                .map(text => parseFloat(getComputedStyle(text).fontSize) * scale));
        }"""
    )


def test_every_label_is_legible_and_inside_its_step(explorer):
    found = explorer.evaluate(
        """lab => {
            const svg = lab.querySelector('.ck-picture svg');
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
            const steps = [...svg.querySelectorAll('g')]
                .filter(g => g.id.split('-').length === 2 && g.dataset.look)
                .map(g => g.getBoundingClientRect());
            const within = (a, b) => a.left >= b.left && a.right <= b.right
                && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
            const middle = ({x, y, width, height}) => [x + width / 2, y + height / 2];
            const around = (a, [x, y]) => a.left < x && x < a.right && a.top < y && y < a.bottom;
            const size = t => parseFloat(getComputedStyle(t).fontSize) * scale;
            const texts = [...svg.querySelectorAll('text')].filter(t => t.getClientRects().length);
            return {
                steps: steps.length,
                smallest: Math.min(...texts.map(size)),
                out: texts.filter(t => {
                    const box = t.getBoundingClientRect();
                    const home = steps.find(step => around(step, middle(box)));
                    return home && !within(box, home);
                }).map(t => t.textContent),
                picture: svg.getBoundingClientRect().right
                    <= lab.querySelector('.ck-picture').getBoundingClientRect().right + 1,
            };
        }"""
    )
    assert found["steps"] == 57
    assert found["smallest"] >= 10
    assert found["out"] == []
    assert found["picture"], "the map is wider than its frame"


def test_the_outline_can_be_used_on_a_page_of_400_pixels(explorer, page):
    page.resize(400, 900)
    outline = explorer.locator(".ck-outline")
    outline.get_by_text("K1 Security for some").first.wait_for()
    expect(explorer.locator(".ck-picture")).to_be_hidden()
    outline.get_by_label("Your view of H3").select_option("reject")
    outline.locator("[data-state='A6']", has_text="falls").first.wait_for()
    outline.locator("[data-undoing='A6']", has_text="It has fallen already.").wait_for()
    struck = outline.locator("h4[data-step='A6']").evaluate(
        "e => getComputedStyle(e).textDecorationLine"
    )
    assert struck == "line-through"
    for summary in outline.locator("summary").all()[:3]:
        summary.click()
    width, frame = outline.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert width <= frame + 1
    assert outline.locator("[data-switch]").count() >= 50


def test_a_map_can_be_built_and_compared(builder):
    builder.get_by_role("combobox", name="From").select_option("R2 States in danger choose to join")
    builder.get_by_role("combobox", name="Link", exact=True).select_option("attacks")
    builder.get_by_role("button", name="Add link").click()
    builder.get_by_text("1 link in your map.").wait_for()
    assert displayed(builder, "strong-R2-A6")
    expect(builder.get_by_text("No kernel answers here.")).to_be_hidden()
    builder.get_by_role("button", name="What is missing?").click()
    builder.get_by_text("Steps that you have not linked yet: 55.").wait_for()
    builder.get_by_role("button", name="Compare with the reference").click()
    builder.get_by_text("Agreed: 1. Only yours: 0. Only the reference: 62.").wait_for()
    builder.get_by_role("combobox", name="Write as").select_option("Argdown")
    wait_until(
        builder.page,
        "the map is written as Argdown",
        "() => [...document.querySelectorAll('.ck-argument textarea')]"
        ".some(t => t.value.includes('- [R2]'))",
    )
    builder.get_by_role("button", name="Start again").click()
    builder.get_by_text("No link yet.").first.wait_for()
