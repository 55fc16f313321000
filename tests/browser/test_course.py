"""The course as a student meets it: a real JupyterLab in a real browser."""

import random

import pytest
from jupyterlab import OpenNotebook, until, write_cells
from playwright.sync_api import expect

from coursekit.nato.enlargement import ROUNDS, Scenario
from coursekit.nato.readout import readout

pytestmark = pytest.mark.browser

EXPLORER = "notebooks/02_who_joined_when.ipynb"
STATE = "Which state do you want to follow?"
SEVEN = {"BGR", "EST", "LTU", "LVA", "ROU", "SVK", "SVN"}


@pytest.fixture(scope="module")
def lesson(server, browser):
    """Notebook 02, run from top to bottom."""
    notebook = OpenNotebook(browser, server, EXPLORER)
    notebook.run_all()
    notebook.unfold()
    notebook.show(".ck-lab")
    agree(notebook)
    yield notebook
    notebook.close()


@pytest.fixture
def explorer(lesson):
    """The explorer of notebook 02, put back into its first state."""
    lesson.page.get_by_label("Also admit").select_option(label="nobody")
    lesson.page.get_by_label("Ukraine and Georgia admitted in 2008").set_checked(False)
    lesson.page.locator(".ck-lab [role='slider']").first.focus()
    lesson.page.keyboard.press("End")
    lesson.page.get_by_role("button", name="All rounds").click()
    agree(lesson)
    assert number(lesson, "Members") == "32"
    return lesson


def agree(notebook):
    """Wait until the explorer's numbers belong to what its controls show."""
    notebook.settled()
    lab = notebook.page.locator(".ck-lab").first
    lab.locator("[data-pending='false'] .ck-label").first.wait_for(state="attached")


def number(notebook, label):
    item = notebook.page.locator(".ck-lab").first.locator(".ck-numbers li", has_text=label).first
    return item.locator(".ck-value").inner_text()


def told(notebook):
    return notebook.page.locator(".ck-told").first.inner_text()


def colours(notebook):
    """Read the fill of each state from the page, as the browser computed it."""
    return notebook.page.evaluate(
        """() => Object.fromEntries([...document.querySelector('.ck-lab')
            .querySelectorAll('.ck-picture g[data-look]')]
            .map(g => [g.id.split('-')[1], getComputedStyle(g.querySelector('path, use')).fill
                 .replace(/ck\\d+-/, '')]))"""
    )


def chip(notebook, year):
    return notebook.page.locator(".ck-chip", has_text=str(year)).locator("input").first


def looks(notebook):
    return notebook.page.evaluate(
        """() => Object.fromEntries([...document.querySelector('.ck-lab')
            .querySelectorAll('.ck-picture g[data-look]')]
            .map(g => [g.id.split('-')[1], g.dataset.look]))"""
    )


def test_a_notebook_opened_before_it_is_run_shows_a_picture(open_notebook):
    notebook = open_notebook(EXPLORER)
    notebook.unfold()
    notebook.show(".jp-OutputArea-output img")
    assert "model not found" not in notebook.page.inner_text("body")
    assert notebook.problems() == []


def test_a_long_error_shows_its_end_and_words_in_tables_begin_at_the_left(server, open_notebook):
    table = "from IPython.display import HTML\nHTML('<table><tr><td>Words</td></tr></table>')"
    short = "import coursekit as ck\nck.load('claims')['statu']"
    long = "def deeper(n):\n    return deeper(n - 1) if n else ck.load('claims')['kin']\ndeeper(9)"
    write_cells(server.folder / "wrong.ipynb", [table, short, long])
    notebook = open_notebook("wrong.ipynb")
    errors = notebook.page.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    notebook.run_all()
    expect(errors).to_contain_text("KeyError: 'statu'")
    assert errors.evaluate("box => box.scrollHeight <= box.clientHeight")
    notebook.command("notebook:run-all-below")
    red = errors.nth(1)
    expect(red).to_contain_text("KeyError: 'kin'")
    shown, whole, below = red.evaluate(
        """box => [box.clientHeight, box.scrollHeight,
            box.querySelector('pre').getBoundingClientRect().bottom
            - box.getBoundingClientRect().bottom]"""
    )
    assert shown < min(300, whole) and below < 2
    words = notebook.page.locator(".jp-OutputArea-output td")
    expect(words).to_have_css("text-align", "left")


def test_no_request_leaves_the_machine_and_no_news_pops_up(lesson):
    foreign = [
        address
        for address in lesson.addresses
        if not address.startswith((lesson.server.address, "data:", "blob:"))
    ]
    assert foreign == []
    expect(lesson.page.locator(".Toastify__toast")).to_have_count(0)


def test_cells_of_widgets_are_folded(lesson):
    lesson.show(".ck-lab")
    expect(lesson.page.locator(".ck-lab")).to_have_count(4)
    folded = lesson.page.locator(".jp-CodeCell:has(.ck-lab) .jp-InputPlaceholder")
    expect(folded).to_have_count(4)


def test_switching_2004_off_changes_its_seven_members_and_nothing_else(explorer):
    before = colours(explorer)
    border = number(explorer, "Land border")
    chip(explorer, 2004).click()
    agree(explorer)
    after = colours(explorer)
    assert {iso3 for iso3 in before if before[iso3] != after[iso3]} == SEVEN
    assert number(explorer, "Members") == "25"
    assert number(explorer, "Land border") == "1,709 km" != border
    chip(explorer, 2004).click()
    agree(explorer)
    assert colours(explorer) == before
    assert number(explorer, "Land border") == border
    assert explorer.problems() == []


def test_every_round_can_be_clicked(explorer):
    for year, joined in ROUNDS.items():
        before = colours(explorer)
        chip(explorer, year).click()
        agree(explorer)
        after = colours(explorer)
        changed = {iso3 for iso3 in before if before[iso3] != after[iso3]}
        assert changed == set(joined.members)
        assert number(explorer, "Members") == str(32 - len(joined.members))
        chip(explorer, year).click()
        agree(explorer)
        assert colours(explorer) == before
    assert explorer.problems() == []


def test_numbers_are_marked_until_the_kernel_has_answered(explorer):
    marked = explorer.page.evaluate(
        """() => {
            const figure = document.querySelector('.ck-lab [data-pending]');
            const marks = () => [figure.dataset.pending,
                figure.querySelector('.ck-numbers').getAttribute('aria-busy')];
            const before = marks();
            document.querySelector('.ck-chip input').click();
            return [before, marks()];
        }"""
    )
    assert marked == [["false", "false"], ["true", "true"]]
    agree(explorer)
    assert number(explorer, "Members") == "20"


WORKED_OUT = """name => {
    const lab = document.querySelector('.ck-lab');
    const chip = [...lab.querySelectorAll('.ck-chip')].find(c => c.innerText.startsWith(name));
    chip?.querySelector('input').click();
    return [...lab.querySelectorAll('.ck-numbers [data-known]')].map(entry =>
        ['label', 'value', 'change', 'detail'].map(
            part => entry.querySelector(`.ck-${part}`).textContent));
}"""


def test_the_page_works_out_at_once_the_numbers_that_the_kernel_then_confirms(explorer):
    chance, off, admitted = random.Random(4), set(), {}
    for name in [
        *chance.sample(list(ROUNDS), 5),
        "Ukraine and Georgia",
        *chance.sample(list(ROUNDS), 2),
    ]:
        if name in ROUNDS:
            off ^= {name}
        else:
            admitted = dict.fromkeys(("UKR", "GEO"), 2008)
        at_once = explorer.page.evaluate(WORKED_OUT, str(name))
        said = [
            [entry[part] for part in ("label", "value", "change", "detail")]
            for entry in readout(Scenario(2025, without=off, admitted=admitted))
            if entry["kind"] == "mechanical"
        ]
        assert at_once == said, name
        agree(explorer)
        assert explorer.page.evaluate(WORKED_OUT, "nothing") == said, name
    assert explorer.problems() == []


def test_the_buttons_switch_all_rounds_at_once(explorer):
    explorer.page.get_by_role("button", name="No rounds").click()
    agree(explorer)
    assert number(explorer, "Members") == "0"
    assert "member" not in looks(explorer).values()
    explorer.page.get_by_role("button", name="All rounds").click()
    agree(explorer)
    assert number(explorer, "Members") == "32"


def test_the_year_slider_and_play(explorer):
    handle = explorer.page.locator(".ck-lab [role='slider']").first
    handle.focus()
    explorer.page.keyboard.press("Home")
    agree(explorer)
    assert number(explorer, "Members") == "12"
    explorer.page.locator(".ck-lab .widget-play button").first.click()
    until(
        explorer.page,
        "Play has moved the year on from 1949",
        "() => !document.querySelector('.ck-numbers').innerText.includes('Members\\n12')",
    )
    explorer.page.locator(".ck-lab .widget-play button").first.click()
    handle.focus()
    explorer.page.keyboard.press("End")
    agree(explorer)
    assert number(explorer, "Members") == "32"


def test_the_what_ifs(explorer):
    promised = explorer.page.get_by_label("Ukraine and Georgia admitted in 2008")
    promised.click()
    agree(explorer)
    assert number(explorer, "Members") == "34"
    assert looks(explorer)["UKR"] == looks(explorer)["GEO"] == "member"
    promised.click()
    agree(explorer)
    explorer.page.get_by_label("Also admit").select_option(label="Austria")
    agree(explorer)
    assert number(explorer, "Members") == "33"
    assert looks(explorer)["AUT"] == "member"
    year = explorer.page.locator(".ck-lab input[type='number']")
    year.fill("2030")
    year.press("Tab")
    agree(explorer)
    assert year.input_value() == "2025"
    year.fill("2008")
    year.press("Tab")
    explorer.page.get_by_label("Also admit").select_option(label="nobody")
    agree(explorer)
    assert number(explorer, "Members") == "32"
    assert explorer.problems() == []


def test_colours_and_numbers_agree_however_fast_one_clicks(explorer):
    chance = random.Random(2004)
    for _ in range(4):
        explorer.page.evaluate(
            """places => {
                const boxes = [...document.querySelectorAll('.ck-chip input')];
                for (const place of places) boxes[place].click();
            }""",
            [chance.randrange(len(ROUNDS)) for _ in range(40)],
        )
        agree(explorer)
        scenario = Scenario(2025, without=explorer.ask_kernel("explorer.scenario.without"))
        assert number(explorer, "Members") == str(len(scenario.members()))
        assert looks(explorer) == {iso3: scenario.status(iso3) for iso3 in looks(explorer)}
        off = explorer.page.evaluate(
            "() => [...document.querySelectorAll('.ck-chip input')].slice(0, 11)"
            ".map((b, n) => b.checked ? null : n).filter(n => n !== null)"
        )
        assert [list(ROUNDS)[n] for n in off] == list(scenario.without)


def test_with_reduced_motion_play_goes_one_step_at_a_press(explorer):
    handle = explorer.page.locator(".ck-lab [role='slider']").first
    play = explorer.page.locator(".ck-lab .widget-play button").first
    explorer.page.emulate_media(reduced_motion="reduce")
    handle.focus()
    explorer.page.keyboard.press("Home")
    agree(explorer)
    for year in ("1950.0", "1951.0"):
        play.click()
        playing = explorer.page.locator(".ck-lab .widget-play .fa-play").first
        playing.wait_for()
        agree(explorer)
        assert handle.get_attribute("aria-valuenow") == year
    moving = (
        "() => [...document.querySelectorAll('.ck-lab *')].filter(e => "
        "parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert explorer.page.evaluate(moving) == 0
    explorer.page.emulate_media(reduced_motion="no-preference")


def test_with_forced_colours_every_state_can_be_told_apart(explorer):
    chip(explorer, 2004).click()
    agree(explorer)
    before = colours(explorer)
    explorer.page.emulate_media(forced_colors="active", color_scheme="dark")
    assert colours(explorer) == before
    ground = "() => getComputedStyle(document.querySelector('.ck-left')).backgroundColor"
    assert explorer.page.evaluate(ground) == "rgb(255, 255, 255)"
    borders = explorer.page.evaluate(
        "() => [...document.querySelectorAll('.ck-chip')].slice(4, 6)"
        ".map(c => getComputedStyle(c).borderWidth)"
    )
    assert borders == ["3px", "1px"], "a chip that is on looks like one that is off"
    explorer.page.emulate_media(forced_colors="none", color_scheme="light")


def test_pressing_and_dragging_in_a_picture_selects_no_words(explorer):
    explorer.show(".ck-picture")
    box = explorer.page.locator(".ck-picture").first.bounding_box()
    mouse = explorer.page.mouse
    mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] - 20)
    mouse.move(box["x"] + 60, box["y"] + 60)
    mouse.down()
    mouse.move(box["x"] + box["width"] - 60, box["y"] + box["height"] - 60, steps=5)
    mouse.up()
    assert explorer.page.evaluate("() => String(getSelection())") == ""


def test_every_control_is_reached_by_tab(explorer):
    explorer.page.get_by_label(STATE).focus()
    reached = []
    for _ in range(50):
        reached.append(
            explorer.page.evaluate(
                """() => { const e = document.activeElement;
                    return e.closest('.ck-lab') &&
                      [e.getAttribute('role') || e.tagName.toLowerCase(),
                       e.getAttribute('aria-label') || e.closest('label')?.innerText ||
                       e.innerText || e.title || ''].join(': '); }"""
            )
        )
        explorer.page.keyboard.press("Tab")
        if reached[-1] is None:
            break
    text = "\n".join(filter(None, reached))
    for year in ROUNDS:
        assert f"input: {year} +" in text
    for control in (
        "button: All rounds",
        "button: No rounds",
        "slider: Year",
        "select: Which state do you want to follow?",
        "button: Next",
        "input: Ukraine and Georgia admitted in 2008",
        "select: Also admit",
        "input: from",
        "img: Map of Europe on 31 December 2025: 32 NATO members",
        "summary: Show as a table",
        "summary: Show the code",
    ):
        assert control in text, text
    assert "button: Play or pause" in text and "button: Stop" in text, text


def test_the_keyboard_alone_is_enough(explorer):
    chip(explorer, 2004).focus()
    explorer.page.keyboard.press("Space")
    agree(explorer)
    assert number(explorer, "Members") == "25"
    explorer.page.keyboard.press("Space")
    agree(explorer)
    explorer.page.locator(".ck-picture").first.focus()
    explorer.page.keyboard.press("Home")
    assert told(explorer) == "Albania: NATO member since 2009"
    explorer.page.keyboard.press("ArrowRight")
    assert told(explorer).startswith("Andorra: ")
    explorer.page.keyboard.press("u")
    assert (
        explorer.page.locator(".ck-told")
        .first.inner_text()
        .startswith("Ukraine: Promised or invited")
    )
    expect(explorer.page.locator(".ck-picture .ck-here")).to_have_count(1)


def test_the_story_moves_the_map_and_the_student_can_take_over(explorer):
    story = explorer.page.locator(".ck-story")
    home = story.get_by_role("button", name="Back to the story")
    story.get_by_role("button", name="Next").click()
    agree(explorer)
    assert number(explorer, "Members") == "15"
    story.press("ArrowRight")
    agree(explorer)
    expect(story).to_contain_text("3 of 8. 1991")
    assert looks(explorer)["UKR"] == "other"
    expect(home).to_be_hidden()
    chip(explorer, 1955).click()
    agree(explorer)
    assert looks(explorer)["DEU"] == "other"
    home.click()
    agree(explorer)
    assert looks(explorer)["DEU"] == "member"
    expect(home).to_be_hidden()
    story.press("ArrowLeft")
    story.press("ArrowLeft")
    expect(story).to_contain_text("1 of 8.")
    assert explorer.ask_kernel("explorer.live.step") == 0
    assert explorer.problems() == []


def test_the_story_begins_with_a_state_of_ones_own(explorer):
    explorer.page.get_by_label(STATE).select_option(label="Finland")
    agree(explorer)
    assert told(explorer) == "Finland: NATO member since 2023"
    expect(explorer.page.locator(".ck-story")).to_contain_text("Finland today: member of NATO")
    explorer.page.locator(".ck-picture g[id$='-FRA'] path").click()
    agree(explorer)
    expect(explorer.page.get_by_label(STATE).locator("option:checked")).to_have_text("France")
    explorer.page.get_by_label(STATE).select_option(index=0)
    agree(explorer)
    assert told(explorer).startswith("Choose one in the list")


def test_pointing_at_a_state_tells_its_status(explorer):
    explorer.page.locator(".ck-picture g[id$='-FRA'] path").hover()
    assert told(explorer) == "France: NATO member since 1949"


def test_table_and_code_follow_the_controls(explorer):
    chip(explorer, 2004).click()
    agree(explorer)
    explorer.page.locator("summary", has_text="Show as a table").first.click()
    row = explorer.page.locator(".ck-table tr", has_text="Estonia").inner_text()
    assert row.split("\t")[:2] == ["Estonia", "Partner"]
    explorer.page.locator("summary", has_text="Show the code").first.click()
    assert (
        "ck.Scenario(2025, without=[2004])" in explorer.page.locator(".ck-code").first.inner_text()
    )
    explorer.page.locator("summary", has_text="Show as a table").first.click()
    explorer.page.locator("summary", has_text="Show the code").first.click()


@pytest.mark.parametrize("width", [1400, 700, 400])
def test_nothing_is_clipped_or_overlaps(explorer, width):
    if width < 1400:
        explorer.fold_sidebar()
    explorer.resize(width, 1200)
    explorer.show(".ck-lab")
    clipped = explorer.page.evaluate(
        """() => {
            const root = document.querySelector('.ck-lab');
            const lab = root.getBoundingClientRect();
            const parts = [...root.querySelectorAll(
                '.ck-chip, .ck-row button, .ck-numbers li, .ck-told, .ck-legend li, .ck-picture')];
            const out = parts.filter(p => {
                const r = p.getBoundingClientRect();
                return r.width && (r.right > lab.right + 1 || r.left < lab.left - 3
                    || p.scrollWidth > p.clientWidth + 3);
            }).map(p => 'clipped: ' + p.innerText);
            const boxes = parts.map(p => [p, p.getBoundingClientRect()])
                .filter(([p, r]) => r.width && p.checkVisibility());
            for (const [a, x] of boxes) for (const [b, y] of boxes)
                if (a !== b && !a.contains(b) && !b.contains(a) && x.left < y.right - 2
                    && y.left < x.right - 2 && x.top < y.bottom - 2 && y.top < x.bottom - 2)
                    out.push(`overlap: ${a.innerText} / ${b.innerText}`);
            return out;
        }"""
    )
    explorer.resize(1400, 1000)
    assert clipped == []


def test_after_a_restart_the_explorer_says_that_it_is_asleep(explorer):
    explorer.restart()
    asleep = explorer.page.locator(".ck-lab.jupyter-widgets-disconnected").first
    asleep.wait_for()
    signs = asleep.evaluate(
        """lab => [lab, ...lab.querySelectorAll('.jupyter-widgets-disconnected')]
            .map(part => getComputedStyle(part, '::before'))
            .map(sign => sign.display === 'none' ? '' : sign.content)"""
    )
    assert len(signs) > 20 and set(signs) == {""}, "broken icons"
    asleep.get_by_text("Asleep. Run this page to go on.").wait_for()


PLANTED = {
    "in the explorer": [
        "from coursekit.nato.widgets import explorer",
        "explorer.readout = lambda *_, **__: []",
        "made = explorer.enlargement_explorer()",
        "explorer.readout = lambda *_, **__: 1 / 0",
        "made",
    ],
    "in any other widget": [
        "import ipywidgets",
        "slider = ipywidgets.IntSlider(50)",
        "slider.observe(lambda change: 1 / 0, 'value')",
        "slider",
    ],
}


@pytest.mark.parametrize("place", PLANTED)
def test_an_error_in_a_callback_does_not_go_unseen(server, open_notebook, place):
    """A test of the tests: the callback runs when the browser moves a control."""
    write_cells(server.folder / "planted.ipynb", ["\n".join(PLANTED[place])])
    notebook = open_notebook("planted.ipynb")
    notebook.run_all()
    assert notebook.problems() == []
    notebook.page.locator("[role='slider']").first.focus()
    notebook.page.keyboard.press("ArrowLeft")
    until(notebook.page, "the callback's error is known", "() => window.kernelErrors.length")
    assert any("division by zero" in problem for problem in notebook.problems())
    if place == "in the explorer":
        assert notebook.page.inner_text(".ck-error") == "division by zero"
