"""The course where a student may have it otherwise: Firefox, WebKit, Notebook 7.

Each goes through pages 01, 02, 03 and an exercise: run, switch, slider, map, quiz, note, and the
day after with a new kernel. What the pages do in all details is tested in
Chromium's JupyterLab.
"""

import json
import shutil
import urllib.request
from pathlib import Path

import pytest
from frontends import MINI_BROWSERS, Chromium, Firefox, WebKit, wait
from jupyterlab import Server
from programs import missing

from coursekit.forms.printing import ASLEEP

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]

SET = "02_who_joined_when"
# The test ends kernels by itself, as a server does over night.
FLAGS = ["--ServerApp.disable_check_xsrf=True"]
NOTED = "Kept in this browser."
FOUND = """(selector, text) => [...document.querySelectorAll(selector)]
    .find(one => one.checkVisibility() && one.textContent.includes(text))"""
NEEDED = {
    "Firefox": ("firefox-esr", "firefox"),
    "WebKit": ("WebKitWebDriver",),
}
INSTALL = {
    "Firefox": "apt install firefox-esr",
    "WebKit": "apt install webkit2gtk-driver xvfb",
}


def program(name):
    """Find what starts a browser; where there is none, skip with a line that says what to do."""
    found = next(filter(None, map(shutil.which, NEEDED[name])), None)
    if name == "WebKit" and not (shutil.which("Xvfb") and any(Path("/").glob(MINI_BROWSERS[1:]))):
        found = None
    how = f"Install it ({INSTALL[name]}) to test the pages in it."
    return found or missing(f"{name} was not found", how)


WRONG = """() => [...document.querySelectorAll(".ck-silent:not([hidden]), .ck-error:not([hidden]), "
    + "[data-mime-type='application/vnd.jupyter.error'], .jupyter-widgets-error-widget")]
    .map(one => one.textContent)"""


class Front:
    """A browser, and where it finds the course on a server of its own."""

    def __init__(self, page, server, way):
        self.page, self.server, self.way = page, server, way

    def open(self, path):
        """Open a notebook, without anything of the day before."""
        asked = f"{self.server.address}/api/sessions"

        def sessions():
            return json.load(urllib.request.urlopen(asked))

        self.page.goto("about:blank")
        for session in sessions():
            gone = urllib.request.Request(f"{asked}/{session['id']}", method="DELETE")
            urllib.request.urlopen(gone).close()
        self.page.goto(f"{self.server.address}{self.way.format(path)}")
        self.see(".jp-Cell")
        # A box that is run before its kernel is there loses its output and is not run.
        wait(
            "the page has a kernel",
            lambda: any(
                one["kernel"]["connections"] and one["kernel"]["execution_state"] == "idle"
                for one in sessions()
            ),
        )

    def click(self, selector, text=""):
        """Click on what has a text."""
        self.page.click(FOUND, selector, text)

    def see(self, selector, text=""):
        """Wait until there is something with a text."""
        self.page.until(
            f"{selector} with {text!r}",
            f"(...given) => Boolean(({FOUND})(...given))",
            selector,
            text,
        )

    def start(self):
        """Start the page by its button; a file that was not signed asks once."""
        self.page.until(
            "the page knows its kernel, so that the button can be pressed",
            f"() => getComputedStyle(({FOUND})('button', 'Start this page')).pointerEvents"
            " !== 'none'",
        )
        self.click("button", "Start this page")
        state = self.page.until(
            "the page has been started",
            """() => {
                const once = [...document.querySelectorAll(".jp-Dialog button")]
                    .some(one => one.textContent.includes("Run Once"));
                return once ? "asks" : document.querySelector(".ck-start") ? "starts" : "";
            }""",
        )
        if state == "asks":
            self.click(".jp-Dialog button", "Run Once")
        self.see(".ck-start", "every box has been run")
        self.silent_or_wrong()

    def silent_or_wrong(self):
        """Wait until nothing on the page is deaf, asleep, or an error."""
        # A widget whose kernel is busy elsewhere says so until it answers.
        self.page.until(
            "nothing on the page is deaf, asleep, or an error", f"() => !({WRONG})().length"
        )

    def save(self, path, text):
        """Save by keys, and wait until the file has a text."""
        self.click(".jp-MarkdownOutput h1")
        self.page.press("Control", "s")
        file = self.server.folder / path
        wait(f"{text!r} is saved", lambda: text in file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def served(root, tmp_path_factory):
    """The course and a set of exercises, as a student has them."""
    folder = tmp_path_factory.mktemp("fronts")
    shutil.copytree(root / "notebooks", folder / "notebooks")
    shutil.copytree(root / "exercises" / "release" / SET, folder / "exercises" / SET)
    running = Server(folder, tmp_path_factory.mktemp("fronts-jupyter"), flags=FLAGS)
    running.folder = folder
    yield running
    running.stop()


FRONTS = ("Notebook 7", "Firefox", "WebKit")


@pytest.fixture(scope="module", params=FRONTS)
def front(request, served):
    """A front end, with an empty record."""
    served.empty_record()
    if request.param == "Notebook 7":
        page = Chromium(request.getfixturevalue("browser"))
        yield Front(page, served, "/notebooks/{}")
    else:
        page = {"Firefox": Firefox, "WebKit": WebKit}[request.param](program(request.param))
        yield Front(page, served, "/lab/tree/{}?reset")
    page.close()


MEMBERS = """(wanted) => [...document.querySelectorAll(".ck-lab .ck-numbers li")]
    .find(one => one.textContent.startsWith("Members"))?.querySelector(".ck-value").textContent
        === wanted"""
READOUT = "() => document.querySelector('.ck-lab .widget-readout').textContent"


def toggle_slide_and_point(front):
    """Switch 2004 off, go back by a year, and ask the map for a state."""
    front.page.until("all are members", MEMBERS, "32")
    front.click(".ck-lab .ck-chip label", "2004")
    front.page.until("seven members fewer", MEMBERS, "25")
    front.click(".ck-lab [role='slider']")
    front.page.press("ArrowLeft")
    front.page.until("a year earlier", f"() => ({READOUT})() === '2024'")
    front.page.press("End")
    front.click(".ck-lab .ck-picture [id$='-FRA']")
    front.see(".ck-told", "France")
    front.page.until(
        "numbers of this state", "() => Boolean(document.querySelector('[data-pending=false]'))"
    )
    front.silent_or_wrong()


# A question that is checked at once; lists are opened by the system, so no click chooses there.
QUESTION = """() => [...document.querySelectorAll(".ck-card-item")].find(one =>
    one.checkVisibility()
        && [...one.querySelectorAll("button")].some(button => button.textContent === "Check"))"""
PART = f"""(selector, text) => [...(({QUESTION})()?.querySelectorAll(selector) ?? [])]
    .find(one => one.textContent.includes(text))"""
HAS = f"(selector) => Boolean(({QUESTION})().querySelector(selector))"
CHOOSE = f"""() => {{
    for (const list of ({QUESTION})().querySelectorAll("select")) {{
        list.selectedIndex = 1;
        for (const kind of ["input", "change"])
            list.dispatchEvent(new Event(kind, {{ bubbles: true }}));
    }}
}}"""


def answer_a_question(front):
    """Answer the first question as it wants to be answered, and let it be checked."""
    page = front.page
    page.until("a question", f"() => Boolean(({QUESTION})())")
    page.run(CHOOSE)
    if page.run(HAS, "input[type='text']"):
        page.click(PART, "input[type='text']", "")
        page.type("1")
        page.until(
            "the number stands there",
            f"""() => ({PART})("input[type='text']", "").value.includes("1")""",
        )
    elif not page.run(HAS, "select, ol"):
        page.click(PART, ".ck-card-choice", "")
    page.click(PART, "label", "80%")
    page.until("80% is chosen", f"() => ({PART})('label', '80%').control.checked")
    page.click(PART, "button", "Check")
    front.see(".ck-card-verdict")


def keep_a_note(front):
    """Write into the first note of the page and keep it with Shift and Enter."""
    front.see(".ck-card", "Keep my note")
    front.page.click(
        "() => [...document.querySelectorAll('.ck-card')]"
        ".find(one => one.textContent.includes('Keep my note')).querySelector('textarea')"
    )
    front.page.type(NOTED)
    front.page.press("Shift", "Enter")
    front.see(".ck-card", "Kept. You can change it")


PAGES = ("02_who_joined_when", "01_reading_an_argument", "03_security_dilemma")


@pytest.mark.parametrize(
    ("front", "path"), [(name, page) for name in FRONTS for page in PAGES], indirect=["front"]
)
def test_a_page_is_used_saved_and_found_again_on_the_next_day(front, path):
    path = f"notebooks/{path}.ipynb"
    front.open(path)
    front.start()
    if "/02" in path:
        toggle_slide_and_point(front)
    answer_a_question(front)
    keep_a_note(front)
    front.save(path, NOTED)
    front.open(path)
    front.see(".jp-OutputArea-output", ASLEEP)
    front.see(".jp-OutputArea-output", NOTED)
    assert "model not found" not in front.page.run("() => document.body.textContent")
    front.start()
    kept = "() => [...document.querySelectorAll('.ck-card textarea')].map(one => one.value)"
    front.page.until("the note is there", f"(noted) => ({kept})().includes(noted)", NOTED)


def test_an_exercise_is_solved(front):
    front.open(f"exercises/{SET}/{SET}.ipynb")

    def run(text, code=""):
        front.click(".jp-CodeCell .cm-content", text)
        if code:
            front.page.press("Control", "a")
            front.page.type(code)
        front.page.press("Shift", "Enter")

    run("import coursekit")
    run("def members_in")
    run('ck.check("02.members_in")')
    front.see(".ck-check", "three dots are still there")
    run("border_without_1999 =", "border_without_1999 = 1500")
    run('ck.check("02.border_without_1999")')
    front.see(".ck-check", "A possible value.")
