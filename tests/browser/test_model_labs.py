"""The labs on the models in a real JupyterLab: every control of every lab is driven."""

import pytest
from jupyterlab import OpenNotebook, write_cells

pytestmark = pytest.mark.browser

# It chooses whose sliders move next; until one moves there is nothing new to see.
SILENT = {"Whose belief"}
VIEWS = ("View", "Show", "Payoffs from")
LABS = ["game", "arms_race", "trust", "deterrence", "reciprocity", "polarisation", "comparison"]
PARTS = """\
from coursekit.figures.game import game_figure
from coursekit.widgets.live_figure import LiveFigure
live = LiveFigure(game_figure, names={"cell-00": "One", "cell-01": "Two"})
live"""

# Picture and words, once the numbers belong to what the controls show.
SIGNATURE = """async lab => {
    const figure = lab.querySelector('[data-pending]');
    while (figure.dataset.pending !== 'false') await new Promise(requestAnimationFrame);
    return lab.querySelector('.ck-picture').innerHTML + lab.innerText;
}"""


@pytest.fixture(scope="module")
def page(server, browser):
    labs = [f"{name} = ck.{name}_lab()\n{name}" for name in LABS]
    write_cells(server.folder / "models.ipynb", ["import coursekit as ck", *labs, PARTS])
    notebook = OpenNotebook(browser, server, "models.ipynb", width=1300, height=1500)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    assert notebook.problems() == []
    notebook.close()


def show(page, name):
    place = LABS.index(name)
    page.page.evaluate("n => document.querySelectorAll('.ck-lab')[n].scrollIntoView()", place)
    lab = page.page.locator(".ck-lab").nth(place)
    lab.locator("[data-pending]").first.wait_for()
    return lab


def signature(lab):
    return lab.evaluate(SIGNATURE)


def reset(page, lab, first, back=lambda: None):
    """Press the button; the lab looks again as it did at first."""
    lab.get_by_role("button", name="Reset").click()
    page.settled()
    back()
    page.settled()
    assert signature(lab) == first, "Reset did not bring back what was shown at first."


def drive(page, control):
    """Move a control in every way it can be moved; yield after each move."""
    kind = control.evaluate("e => e.getAttribute('role') || e.type || e.tagName.toLowerCase()")
    keys = {"slider": ("ArrowRight", "ArrowLeft", "ArrowLeft"), "number": ("ArrowUp", "ArrowUp")}
    if kind in keys:
        for key in keys[kind]:
            control.focus()
            page.keyboard.press(key)
            yield
    elif kind == "select-one":
        values = control.evaluate("e => [...e.options].map(o => o.value)")
        for value in [*values[:3], values[-1]]:
            control.select_option(value=value)
            yield
    else:
        control.click()
        yield


def drive_all(page, lab, name, back=lambda: None):
    """Drive all controls that are seen; `back` brings back the view if one changes it."""
    first = signature(lab)
    everything = ".ck-row :is([role='slider'], select, input)"
    controls = [c for c in lab.locator(everything).element_handles() if c.is_visible()]
    names = [c.evaluate("e => e.ariaLabel || e.closest('label').innerText") for c in controls]
    for control, words in zip(controls, names, strict=True):
        if words in VIEWS:
            continue
        changed = [signature(lab) != first for _ in drive(page.page, control)]
        assert any(changed) or words in SILENT, f"{name}: {words!r} was moved, nothing changed"
        reset(page, lab, first, back)
    return set(names)


@pytest.mark.parametrize("name", LABS)
def test_every_control_changes_what_is_seen(page, name):
    lab = show(page, name)
    view = lab.locator(", ".join(f"select[aria-label='{words}']" for words in VIEWS))
    if view.count():
        driven = set()
        for place in reversed(range(view.locator("option").count())):
            view.select_option(index=place)
            driven |= drive_all(page, lab, name, lambda at=place: view.select_option(index=at))
    else:
        driven = drive_all(page, lab, name)
    assert driven == set(page.ask_kernel(f"[c.description for c in {name}.live.inputs.values()]"))
    lab.get_by_text("What the model assumes").click()
    lab.get_by_text("A model shows what follows from assumptions.").wait_for()


def plane(lab):
    signature(lab)
    return lab.locator("[id$='-plane']").bounding_box()


def spot(box, x, y):
    """Where a point of the plane is on the screen; x and y are shares of its width and height."""
    return box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]


def test_a_click_in_the_four_worlds_sets_the_point(page):
    lab = show(page, "game")
    first = signature(lab)
    page.page.mouse.click(*spot(plane(lab), 0.9, 0.1))
    assert "doubly dangerous" in signature(lab)
    assert lab.get_by_label("Payoffs from").input_value() == "point of the plane"
    for name, value in {"Offence": "0.9", "Distinguishability": "0.1"}.items():
        handle = lab.locator(f"[role='slider'][aria-label='{name}']")
        assert handle.get_attribute("aria-valuetext") == value
    reset(page, lab, first)


def test_the_start_of_a_race_is_dragged(page):
    lab = show(page, "arms_race")
    first, box, mouse = signature(lab), plane(lab), page.page.mouse
    mouse.move(*spot(box, 0.5, 0.125))
    mouse.down()
    for step in range(1, 11):
        mouse.move(*spot(box, 0.5 + 0.025 * step, 0.125 + 0.05 * step))
    mouse.up()
    signature(lab)
    assert page.ask_kernel("arms_race.start") == [3, 2.5]
    marker = lab.locator("[id$='-start']").bounding_box()
    there = spot(box, 0.75, 0.625)
    assert marker["x"] + marker["width"] / 2 == pytest.approx(there[0], abs=3)
    assert marker["y"] + marker["height"] / 2 == pytest.approx(there[1], abs=3)
    mouse.move(*spot(box, 0.2, 0.2))
    assert page.ask_kernel("arms_race.start") == [3, 2.5]
    reset(page, lab, first)


def test_a_part_is_chosen_by_click_and_by_key_and_only_then(page):
    page.show("[aria-label*='arrow keys']")
    figure = page.page.locator("[data-pending]").nth(len(LABS))
    picture, mouse = figure.locator(".ck-picture"), page.page.mouse

    def middle(part):
        box = figure.locator(f"[id$='-{part}']").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    mouse.move(*middle("cell-00"))
    assert figure.locator(".ck-told").inner_text().startswith("One")
    assert page.ask_kernel("live.chosen") == ""
    mouse.click(*middle("cell-00"))
    assert page.ask_kernel("live.chosen") == "cell-00"
    picture.focus()
    page.page.keyboard.press("End")
    assert page.ask_kernel("live.chosen") == "cell-00"
    for key, move, wanted in (("Enter", "Home", "cell-01"), (" ", "Home", "cell-00")):
        page.page.keyboard.press(key)
        assert page.ask_kernel("live.chosen") == wanted
        page.page.keyboard.press(move)


@pytest.mark.parametrize("width", [1300, 400])
def test_nothing_sticks_out(page, width):
    page.resize(width, 1500)
    out = page.page.evaluate(
        """() => [...document.querySelectorAll('.ck-lab')].flatMap(lab => {
            const box = lab.getBoundingClientRect();
            return [...lab.querySelectorAll('.ck-row > *, .ck-numbers li, .ck-picture, .ck-note')]
                .filter(p => p.offsetWidth && p.getBoundingClientRect().right > box.right + 1)
                .map(p => p.className + ': ' + p.innerText);
        })"""
    )
    page.resize(1300, 1500)
    assert out == []
