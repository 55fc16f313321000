"""The built site in a real browser: pictures, no request to anywhere else, narrow screens."""

import functools
import http.server
import random
import threading
from pathlib import Path
from urllib.parse import urlsplit

import axe
import nbformat
import pytest
from jupyterlab import PATIENCE
from playwright.sync_api import expect
from site_build import built_site

from coursekit.forms.printing import ASLEEP
from coursekit.nato.enlargement import ROUNDS
from coursekit.nato.readout import by_perspective, quotes, readout
from coursekit.nato.status_rules import HISTORY, candidates, scenario_of, status_rules

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def pictures_in(path):
    """Count the stored pictures of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return sum("image/png" in o.get("data", {}) for cell in cells for o in cell.get("outputs", []))


# The number of pictures by page.
PAGES = {"index": 1, **{f"course/{path.stem}": pictures_in(path) for path in NOTEBOOKS}}
OTHERS = ["codebook", "claims", "data", "api/names", "api/models", "exercise_format", "search"]
CHECKED = [
    "index",
    "course/00_start_here",
    "course/01_reading_an_argument",
    "course/07_sources_and_law",
    "exercises/02_who_joined_when",
    "api/data",
    "claims",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *args):
        """Keep the tests' output clean."""


@pytest.fixture(scope="session")
def address(root, tmp_path_factory):
    """The site, served on this machine alone."""
    folder = built_site(root, tmp_path_factory)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Visit:
    """A page in the browser, with all it asked for and complained of."""

    def __init__(self, browser, address, name, width=1280, **settings):
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        self.page = self.context.new_page()
        self.asked, self.complaints = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(f"{address}/{name}.html")
        self.page.evaluate("() => document.fonts.ready.then(() => null)")

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open_answers(self):
        """Open each part that answers a question."""
        for part in self.page.locator("details.answer > summary").all():
            part.click()

    def elsewhere(self, address):
        """Every request that left for another host."""
        host = urlsplit(address).netloc
        return [url for url in self.asked if urlsplit(url).netloc not in ("", host)]


@pytest.fixture
def visit(browser, address):
    opened = []

    def visiting(name, **settings):
        opened.append(Visit(browser, address, name, **settings))
        return opened[-1]

    yield visiting
    for each in opened:
        each.context.close()


@pytest.mark.parametrize("name", [*PAGES, *OTHERS])
def test_a_page_shows_its_pictures_fits_a_narrow_screen_and_asks_nobody_else(visit, address, name):
    here = visit(name)
    here.open_answers()
    alive = here.page.locator(".ck-alive")
    for figure in alive.all():
        figure.locator(".ck-picture svg").wait_for(state="attached")
    pictures = here.page.locator("article img")
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert picture.get_attribute("alt").strip()
    assert pictures.count() == PAGES.get(name, pictures.count() + alive.count()) - alive.count()
    assert here.page.locator("h1").count() == (name != "search")
    here.page.set_viewport_size({"width": 400, "height": 900})
    assert here.page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [400, 400]
    assert not here.elsewhere(address)
    assert not here.complaints


def test_a_folded_cell_opens_with_a_click_and_shows_its_code(visit):
    page = visit("course/02_who_joined_when").page
    cell = page.locator("details.hide").first
    code = cell.locator("pre")
    expect(code).to_be_hidden()
    cell.locator("summary").click()
    code.wait_for(state="visible")
    assert "ck." in code.inner_text()


def test_the_search_finds_a_claim_without_leaving_the_machine(visit, address):
    here = visit("search")
    here.page.goto(f"{address}/search.html?q=neutrality")
    here.page.wait_for_selector("#search-results li a")
    assert not here.elsewhere(address)


@pytest.mark.parametrize("name", CHECKED)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
def test_a_page_has_no_grave_fault_of_accessibility(visit, checker, name, scheme, width):
    here = visit(name, width=width, color_scheme=scheme)
    here.open_answers()
    assert axe.grave_violations(here.page.locator("body"), checker) == []


def test_identifiers_answer_on_the_site_too_and_ask_nobody(visit, address):
    here = visit("course/03_security_dilemma")
    here.page.locator("article .ck-term[data-term='C24']:visible").first.click()
    box = here.page.get_by_role("dialog")
    box.get_by_text("What speaks against it").wait_for()
    here.page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    here.page.get_by_text("What you learn here").click()
    table = here.page.locator("article code.ck-term:visible").first
    table.hover()
    here.page.get_by_text("Licence:").first.wait_for()
    assert not here.elsewhere(address)
    assert not here.complaints


NOW = {**HISTORY, "pick_year": 2008, "year": 2025}
# What a reader does with the controls of an explorer, and what she then reads.
MOVE = """(states) => {
    const lab = document.querySelector(".ck-alive");
    const called = (words) =>
        [...lab.querySelectorAll("label")].find((one) => one.textContent.startsWith(words)).control;
    const set = (words, part, value) => {
        const control = called(words);
        if (control[part] === value) return;
        if (control.type === "checkbox") return control.click();
        control[part] = value;
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind));
    };
    return states.map((state) => {
        for (const [name, value] of Object.entries(state))
            if (name.startsWith("round_")) set(name.slice(6) + " +", "checked", value);
        set("Ukraine and Georgia", "checked", state.promised_in);
        set("Also admit", "selectedIndex", state.pick);
        set("from", "value", String(state.pick_year));
        set("Year", "value", String(state.year));
        const part = (one, name) => one.querySelector(`.ck-${name}`).textContent;
        const numbers = [...lab.querySelectorAll(".ck-numbers li")].map((one) =>
            ["label", "value", "change", "detail"].map((name) => part(one, name)));
        const looks = Object.fromEntries([...lab.querySelectorAll(".ck-picture [data-look]")]
            .map((one) => [one.id.split("-").at(-1), one.dataset.look]));
        return { numbers, looks };
    });
}"""


class TestAnExplorerOnTheSite:
    """No kernel answers it; its controls move the map and the numbers all the same."""

    PAGE = "exercises/02_who_joined_when"

    @pytest.fixture
    def here(self, visit):
        opened = visit(self.PAGE)
        opened.open_answers()
        opened.page.locator(".ck-alive .ck-picture svg").first.wait_for()
        opened.asked.clear()
        yield opened
        assert opened.asked == [], "A request left the page."
        assert not opened.complaints

    def agree(self, here, states):
        for state, found in zip(states, here.page.evaluate(MOVE, states), strict=True):
            scenario = scenario_of(state)
            for entry in readout(scenario):
                shown = next(one for one in found["numbers"] if one[0] == entry["label"])
                if entry["kind"] == "mechanical":
                    told = [entry[part] for part in ("label", "value", "change", "detail")]
                    assert shown == told, state
                elif state != NOW:
                    assert shown[1:] == ["–", "", "Counted only while a kernel runs."], state
            looks = {iso3: scenario.status(iso3) for iso3 in status_rules()}
            assert found["looks"] == looks, state

    def test_has_the_numbers_and_looks_of_every_round_switched_off_and_on(self, here):
        off = [{**NOW, f"round_{number}": False} for number in ROUNDS]
        self.agree(here, [one for state in off for one in (state, NOW)])

    def test_has_the_numbers_and_looks_of_200_states_of_its_controls(self, here):
        chance = random.Random(1949)
        states = [
            {
                **{f"round_{number}": chance.random() < 0.6 for number in ROUNDS},
                "promised_in": chance.random() < 0.4,
                "pick": chance.randrange(len(candidates()) + 1),
                "pick_year": chance.randrange(1949, 2026),
                "year": chance.randrange(1949, 2026),
            }
            for _ in range(200)
        ]
        self.agree(here, states)

    def test_orders_its_numbers_as_a_viewer_does_and_quotes_her_statements(self, here):
        here.page.get_by_label("Seen by").select_option(label="Russian officials")
        order = by_perspective("russia")[0]
        label = {entry["key"]: entry["label"] for entry in readout(scenario_of(NOW))}
        shown = here.page.locator(".ck-alive .ck-label").all_text_contents()
        assert shown[: len(order)] == [label[key] for key in order]
        assert here.page.locator(".ck-alive blockquote").all_text_contents() == [
            one["text"] for one in quotes("russia")
        ]

    def test_can_be_used_by_keys_alone_and_says_what_it_shows(self, here):
        here.page.get_by_label("2004 +7").focus()
        here.page.keyboard.press("Space")
        picture = here.page.get_by_role("img", name="Members: 25")
        picture.wait_for()
        here.page.get_by_role("button", name="No rounds").focus()
        here.page.keyboard.press("Enter")
        here.page.get_by_role("img", name="Members: 0").wait_for()
        here.page.get_by_text("Show as a table").press("Enter")
        row = here.page.get_by_role("row", name="Poland")
        assert row.get_by_role("cell").all_text_contents()[-1] == "NATO member"
        assert row.get_by_role("cell").all_text_contents()[1] != "NATO member"

    @pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 400)])
    def test_fits_the_page_and_has_no_grave_fault(self, visit, checker, scheme, width):
        for name in (self.PAGE, "course/02_who_joined_when"):
            page = visit(name, width=width, color_scheme=scheme).page
            page.locator(".ck-alive .ck-picture svg").first.wait_for(state="attached")
            for part in page.locator(".ck-alive summary").all():
                if part.is_visible():
                    part.click()
            assert axe.grave_violations(page.locator(".ck-alive").first, checker) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_story_on_the_site_follows_a_state_and_can_be_taken_over(visit, address):
    here = visit("course/02_who_joined_when")
    story = here.page.locator(".ck-alive").first
    told = story.locator(".ck-told")
    state = story.get_by_label("Which state")
    state.select_option(label="Poland")
    assert told.inner_text() == "Poland: NATO member since 1999"
    for _ in range(3):
        story.get_by_role("button", name="Next").click()
    assert story.locator(".ck-story-place").inner_text().startswith("4 of 8")
    story.get_by_label("Year").press("Home")
    story.get_by_role("button", name="Back to the story").wait_for()
    assert told.inner_text().startswith("Poland: ")
    story.locator(".ck-picture [id$='-FRA']").first.click()
    assert state.evaluate("list => list.selectedOptions[0].text") == "France"
    assert not here.elsewhere(address)
    assert not here.complaints


def test_no_page_of_the_site_asks_to_be_run_where_it_cannot(root, tmp_path_factory):
    folder = built_site(root, tmp_path_factory)
    pages = [*(folder / "course").glob("*.html"), *(folder / "exercises").glob("*.html")]
    assert len(pages) > len(NOTEBOOKS)
    assert [page.name for page in pages if ASLEEP in page.read_text(encoding="utf-8")] == []
