"""The laboratory's widgets in a real JupyterLab: every control is driven."""

import pytest
from jupyterlab import OpenNotebook, until, write_cells

from coursekit.data import load

pytestmark = pytest.mark.browser

CELLS = {
    "explorer": "import coursekit as ck\nexplorer = ck.enlargement_explorer()\nexplorer",
    "compare": "ck.compare()",
    "timeline": "timeline = ck.timeline(explorer)\ntimeline",
    "rates": "ck.rate_calculator()",
}


@pytest.fixture(scope="module")
def laboratory(server, browser):
    write_cells(server.folder / "laboratory.ipynb", CELLS.values())
    notebook = OpenNotebook(browser, server, "laboratory.ipynb", height=1600)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    assert notebook.problems() == []
    notebook.close()


class Widget:
    """One of the widgets on the page."""

    def __init__(self, notebook, place):
        self.notebook, self.page = notebook, notebook.page
        self.page.evaluate("n => document.querySelectorAll('.ck-lab')[n].scrollIntoView()", place)
        self.root = self.page.locator(".ck-lab").nth(place)
        self.settled()

    def settled(self):
        self.notebook.settled()
        self.root.locator("[data-pending='false']").first.wait_for(state="attached")

    def label(self, place=0):
        self.settled()
        return self.root.locator(".ck-label").nth(place).inner_text()

    def number(self, label):
        self.settled()
        item = self.root.locator(".ck-numbers li", has_text=label).first
        return item.locator(".ck-value").text_content()

    def choose(self, name, choice):
        self.root.get_by_label(name, exact=True).select_option(label=choice)
        self.settled()

    def press(self, key, slider=0):
        self.root.locator("[role='slider']").nth(slider).focus()
        self.page.keyboard.press(key)
        self.settled()

    def looks(self):
        return self.root.evaluate(
            """root => Object.fromEntries([...root.querySelectorAll('g[data-look]')]
                .map(g => [g.id.split('-').slice(1).join('-'), g.dataset.look]))"""
        )


@pytest.fixture
def explorer(laboratory):
    return Widget(laboratory, 0)


@pytest.fixture
def compare(laboratory):
    return Widget(laboratory, 1)


@pytest.fixture
def timeline(laboratory):
    return Widget(laboratory, 2)


@pytest.fixture
def rates(laboratory):
    return Widget(laboratory, 3)


def test_perspectives_reorder_the_measures_and_change_no_number(explorer):
    assert explorer.label() == "Members"
    people = explorer.number("People covered")
    said = explorer.root.locator(".ck-quotes blockquote").all_inner_texts()
    explorer.choose("Seen by", "Russian officials")
    assert explorer.label() == "Nearest point to Moscow"
    assert explorer.number("Nearest point to Moscow") == "590 km"
    assert explorer.number("People covered") == people
    russian = explorer.root.locator(".ck-quotes blockquote").all_inner_texts()
    assert len(said) == len(russian) == 3
    assert not set(said) & set(russian)
    explorer.choose("Seen by", "states in between")
    assert explorer.label() == "States in between"
    explorer.choose("Seen by", "members")
    assert explorer.label() == "Members"


def test_more_measures_unfold_and_mark_what_needs_a_causal_claim(explorer):
    explorer.root.locator("summary", has_text="More measures").click()
    kinds = explorer.root.locator(".ck-kind:not(:empty)").all_inner_texts()
    assert set(kinds) == {"needs a causal claim"}
    explorer.root.locator("summary", has_text="More measures").click()


def test_two_scenarios_are_compared(compare):
    assert compare.number("Members") == "32"
    assert compare.looks()["EST"] == "only_first"
    compare.choose("Second", "The Cold War sixteen")
    assert compare.looks()["POL"] == "only_first"
    compare.choose("First", "Ukraine and Georgia admitted in 2008")
    assert compare.number("Members") == "34"
    assert compare.looks()["UKR"] == "only_first"
    compare.press("Home")
    assert compare.number("Members") == "12"
    assert set(compare.looks().values()) == {"both", "neither"}
    compare.root.locator(".widget-play button").first.click()
    until(
        compare.page,
        "Play has moved the year on from 1949",
        "() => !document.querySelectorAll('.ck-lab')[1].innerText.includes('Members\\n12')",
    )
    compare.root.locator(".widget-play button").first.click()
    compare.press("End")
    compare.choose("First", "History")
    compare.choose("Second", "Without the round of 2004")
    assert compare.number("Members") == "32"


def test_every_category_of_the_timeline_can_be_switched(timeline):
    every = len(load("events"))
    assert timeline.number("Events shown") == str(every)
    for chip in timeline.root.locator(".ck-chip input").all():
        chip.click()
        timeline.settled()
        assert "hidden" in timeline.looks().values()
        assert int(timeline.number("Events shown")) < every
        chip.click()
        timeline.settled()
    assert set(timeline.looks().values()) == {"shown"}


def test_the_cursor_follows_the_explorer(laboratory):
    def place():
        return (
            laboratory.page.locator(".ck-lab")
            .nth(2)
            .evaluate("root => root.querySelector('g[id$=\"-cursor\"]').getBoundingClientRect().x")
        )

    timeline = Widget(laboratory, 2)
    before = place()
    Widget(laboratory, 0).press("PageDown")
    year = laboratory.ask_kernel("explorer.year.value")
    assert year < 2025
    assert laboratory.ask_kernel("timeline.year.value") == year
    timeline = Widget(laboratory, 2)
    assert place() < before
    assert timeline.number(f"Up to {year}")
    timeline.press("End")
    assert laboratory.ask_kernel("explorer.year.value") == 2025


def test_an_event_tells_its_source(timeline):
    timeline.root.locator(".ck-picture").focus()
    timeline.page.keyboard.press("Home")
    told = timeline.root.locator(".ck-told").inner_text()
    assert told.startswith("1947-03-04")
    assert "Source:" in told


def test_the_rate_calculator(rates):
    assert rates.number("State-years") == "269.1"
    assert rates.number("Upper bound") == "1.1% a year"
    rates.choose("Group", "Promised or invited")
    assert rates.number("Events") == "11"
    rates.choose("Event", "war between states")
    assert rates.number("Events") == "3"
    rates.press("End", slider=0)
    shorter = rates.number("State-years")
    rates.press("Home", slider=1)
    assert rates.number("State-years") != shorter
    assert "Neutral" in rates.root.locator(".ck-picture").inner_text()


@pytest.mark.parametrize("width", [1300, 400])
def test_nothing_sticks_out(laboratory, width):
    laboratory.resize(width, 1400)
    out = laboratory.page.evaluate(
        """() => [...document.querySelectorAll('.ck-lab')].flatMap(lab => {
            const box = lab.getBoundingClientRect();
            return [...lab.querySelectorAll('.ck-chip, .ck-numbers li, .ck-quotes figure, select, '
                + '.ck-picture, .ck-told')]
                .filter(p => p.offsetWidth && p.getBoundingClientRect().right > box.right + 1)
                .map(p => p.className + ': ' + p.innerText);
        })"""
    )
    laboratory.resize(1400, 1600)
    assert out == []
