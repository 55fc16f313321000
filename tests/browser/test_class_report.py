"""The report on a class in a real browser: nothing is fetched, nothing runs, all can use it."""

import axe
import pytest
from typer.testing import CliRunner

from coursekit.cli import app

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PAGES = ("instructor.html", "to_show.html")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report on a made-up class of 24."""
    folder = tmp_path_factory.mktemp("class")
    command = ["class", str(folder / "records"), f"--to={folder / 'report'}", "--simulate=24"]
    assert CliRunner().invoke(app, command).exit_code == 0
    return folder / "report"


@pytest.fixture(scope="module")
def visit(report, browser):
    """Open a page of the report; what it asked for and complained of is kept."""
    opened = []

    def visiting(name, **context):
        opened.append(browser.new_context(**context))
        page = opened[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto((report / name).as_uri())
        return page

    yield visiting
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself(visit, report, name):
    page = visit(name)
    others = [url for url in page.asked if not url.startswith("data:")]
    assert others == [(report / name).as_uri()]
    assert page.said == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_page_has_no_grave_fault_of_accessibility(visit, checker, name, theme):
    # The page's own rule against scripts would stop the checker too.
    page = visit(name, color_scheme=theme.lower(), bypass_csp=True)
    for fold in page.locator("details").all():
        fold.locator("summary").click()
    assert axe.grave_violations(page.locator("body"), checker, theme) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [400, 1300])
def test_a_page_is_no_wider_than_the_screen(visit, name, width):
    page = visit(name, viewport={"width": width, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_each_picture_is_drawn_and_has_a_text(visit, name):
    page = visit(name)
    pictures = page.locator("img").all()
    assert pictures
    for picture in pictures:
        assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
        assert len(picture.get_attribute("alt")) > 40


def test_a_page_is_printed_dark_on_white(visit):
    page = visit("instructor.html", color_scheme="dark")
    page.emulate_media(media="print")
    colours = page.evaluate(
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.body)"
        ".backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_a_script_in_the_page_would_not_run(visit):
    page = visit("instructor.html")
    page.evaluate(
        "() => { const one = document.createElement('script');"
        " one.textContent = 'window.ran = true'; document.body.append(one); }"
    )
    assert page.evaluate("() => window.ran === undefined")
