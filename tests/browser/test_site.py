"""The built site in a real browser: pictures, no request to anywhere else, narrow screens."""

import functools
import http.server
import threading
from pathlib import Path
from urllib.parse import urlsplit

import axe
import nbformat
import pytest
from jupyterlab import PATIENCE
from site_build import built_site

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
    pictures = here.page.locator("article img")
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.is_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert picture.get_attribute("alt").strip()
    assert pictures.count() == PAGES.get(name, pictures.count())
    assert here.page.locator("h1").count() == (name != "search")
    here.page.set_viewport_size({"width": 400, "height": 900})
    assert here.page.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [400, 400]
    assert not here.elsewhere(address)
    assert not here.complaints


def test_a_folded_cell_opens_with_a_click_and_shows_its_code(visit):
    page = visit("course/02_who_joined_when").page
    cell = page.locator("details.hide").first
    code = cell.locator("pre")
    assert not code.is_visible()
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
    here.page.locator("article .ck-term[data-term='C24']").first.click()
    box = here.page.get_by_role("dialog")
    box.get_by_text("What speaks against it").wait_for()
    here.page.keyboard.press("Escape")
    box.wait_for(state="hidden")
    table = here.page.locator("article code.ck-term").first
    table.hover()
    here.page.get_by_text("Licence:").first.wait_for()
    assert not here.elsewhere(address)
    assert not here.complaints
