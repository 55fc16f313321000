"""Widgets that were deaf or slept take part again, and a page starts and is saved well."""

import json
import os
import signal

import nbformat
import pytest
from jupyterlab import OpenNotebook, until, write_cells
from playwright.sync_api import expect

from coursekit.nato.enlargement import Scenario
from coursekit.nato.status_rules import state_names
from coursekit.widgets.start import STILL

pytestmark = pytest.mark.browser

CELLS = ["import coursekit as ck", 'ck.predict("02-seven")', 'ck.reveal("02-seven")']
WAITING = "import os, time\nwhile not os.path.exists('go'):\n    time.sleep(0.05)"
TALL = "print('a tall box\\n' * 60)"


def lock(notebook, value="25"):
    card = notebook.page.locator(".ck-card", has_text="Predict").first
    card.locator("input[type='text']").fill(value)
    card.get_by_role("button", name="Lock in my prediction").click()
    card.get_by_text(f"Locked in: {value}").wait_for()


@pytest.fixture
def opened(server, browser):
    """Open a notebook of cells in the browser; closed at the end, its record emptied."""
    found = []

    def opening(name, cells, before=None):
        write_cells(server.folder / name, cells)
        found.append(OpenNotebook(browser, server, name))
        if before:
            found[-1].page.evaluate(before)
        return found[-1]

    yield opening
    for notebook in found:
        notebook.close()
    server.empty_record()


@pytest.fixture
def impatient(server, browser):
    """Let anywidget give up on every model at once, as it does after 2 seconds of a busy page."""
    script = """() => {
        window.timeoutOfSignals ??= AbortSignal.timeout;
        AbortSignal.timeout = () => {
            const stop = new AbortController();
            queueMicrotask(() => stop.abort());
            return stop.signal;
        };
    }"""
    yield script
    server.labs[-1].page.evaluate("() => { AbortSignal.timeout = window.timeoutOfSignals; }")


def test_a_widget_on_which_anywidget_gave_up_hears_the_kernel_all_the_same(impatient, opened):
    notebook = opened("deaf.ipynb", CELLS, impatient)
    notebook.run_all()
    lock(notebook)
    notebook.page.get_by_text("25 members").first.wait_for()
    assert notebook.problems() == []


def test_what_was_said_before_a_widget_could_hear_is_asked_for(impatient, opened):
    cells = [CELLS[0], 'seven = ck.predict("02-seven")\nseven', 'seven.title = "Come too early"']
    notebook = opened("early.ipynb", cells, impatient)
    notebook.run_all()
    notebook.page.locator(".ck-card-title", has_text="Come too early").wait_for()


def test_a_silent_kernel_is_told_of_with_a_button_that_asks_again(opened):
    notebook = opened("silent.ipynb", CELLS[:2])
    notebook.run_all()
    notebook.page.get_by_role("button", name="Lock in my prediction").wait_for()
    # An answer that is still under way would be heard after all.
    notebook.settled()
    # What is sent is lost; then the widgets go out of sight and come back, and so ask.
    notebook.page.evaluate(
        """async () => {
            window.lost = 0;
            for (const own of globalThis.coursekitPage.own.values()) {
                if (!own.comm) continue;
                own.sending = own.comm.send;
                own.comm.send = () => window.lost++;
            }
            const panel = document.querySelector(".jp-WindowedPanel-outer");
            const seen = (wanted) => new Promise((done) => {
                const watching = new IntersectionObserver((entries) => {
                    if (entries.at(-1).isIntersecting !== wanted) return;
                    watching.disconnect();
                    done();
                });
                watching.observe(document.querySelector(".ck-card"));
            });
            panel.style.display = "none";
            await seen(false);
            panel.style.display = "";
            await seen(true);
        }"""
    )
    until(notebook.page, "a widget that came back has asked", "() => window.lost > 0")
    again = notebook.page.get_by_role("button", name="Ask again")
    again.wait_for()
    expect(notebook.page.get_by_text("No answer from the kernel")).to_be_visible()
    notebook.page.evaluate(
        """() => {
            for (const own of globalThis.coursekitPage.own.values())
                if (own.sending) own.comm.send = own.sending;
        }"""
    )
    again.click()
    expect(again).to_be_hidden()


def test_after_a_restart_widgets_say_that_they_sleep_and_wake_by_their_button(opened):
    notebook = opened("restarted.ipynb", CELLS)
    notebook.run_all()
    lock(notebook)
    notebook.restart()
    asleep = notebook.page.get_by_text("Asleep. Run this page to go on.")
    asleep.first.wait_for()
    notebook.page.get_by_role("button", name="Run this page").first.click()
    notebook.wait_idle()
    expect(asleep).to_have_count(0)
    notebook.page.get_by_text("Locked in: 25").wait_for()
    assert notebook.problems() == []


class TestAnExplorerWhoseKernelGoes:
    """In the middle of a drag: the map follows the pointer, the page says so and mends itself."""

    CELLS = ("import coursekit as ck", "ck.enlargement_explorer()")
    SILENT = "No answer from the kernel yet."

    @pytest.fixture(autouse=True)
    def own_lab(self, server):
        """A page that has been without a network is not used again."""
        yield
        while server.labs:
            server.labs.pop().context.close()

    @pytest.fixture
    def dragged(self, opened):
        """Hold the slider of years with the pointer; gives what drags it a part of its way."""
        notebook = opened("dragged.ipynb", self.CELLS)
        notebook.run_all()
        notebook.page.locator(".ck-picture svg").first.wait_for()
        notebook.settled()
        track = notebook.page.locator(".ck-lab .noUi-base").first.bounding_box()
        middle = track["y"] + track["height"] / 2

        def drag(share):
            notebook.page.mouse.move(track["x"] + share * track["width"], middle, steps=5)

        drag(1)
        notebook.page.mouse.down()
        drag(0.8)
        return notebook, drag

    @pytest.fixture
    def released(self, dragged):
        """The page when the slider has been let go and the kernel has answered."""
        notebook, _ = dragged
        notebook.page.mouse.up()
        notebook.settled()
        notebook.page.locator("[data-pending='false'] .ck-picture svg").wait_for()
        return notebook

    def agrees(self, notebook):
        """Wait until map and numbers are those of the year that the slider shows."""
        year = notebook.page.locator(".ck-lab .widget-readout").first.inner_text()
        members = str(Scenario(int(year)).measures().members)
        shown = notebook.page.locator(".ck-numbers li", has_text="Members").first
        expect(shown.locator(".ck-value")).to_have_text(members)
        expect(notebook.page.locator(".ck-picture [data-look='member']")).to_have_count(
            sum(Scenario(int(year)).status(iso3) == "member" for iso3 in state_names())
        )
        return int(year)

    def test_goes_on_by_itself_when_the_kernel_is_killed_and_wakes_when_run(self, dragged):
        notebook, drag = dragged
        os.kill(notebook.ask_kernel("__import__('os').getpid()"), signal.SIGKILL)
        drag(0.4)
        notebook.page.mouse.up()
        notebook.page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
        notebook.page.get_by_text("Asleep. Run this page to go on.").wait_for()
        notebook.page.get_by_text("No kernel answers here.").wait_for()
        before = self.agrees(notebook)
        slider = notebook.page.locator(".ck-lab [role='slider']").first
        slider.press("ArrowLeft")
        readout = notebook.page.locator(".ck-lab .widget-readout").first
        expect(readout).to_have_text(str(before - 1))
        self.agrees(notebook)
        notebook.page.locator(".ck-chip", has_text="1952").locator("input").click()
        notebook.page.locator(".ck-legend [data-look='changed']").wait_for()
        notebook.page.get_by_text("More measures").click()
        expect(notebook.page.get_by_text("Counted only while a kernel runs.").first).to_be_visible()
        expect(notebook.page.get_by_text("Show the code")).to_be_hidden()
        notebook.wait_idle()
        notebook.forget_the_dead()
        notebook.page.get_by_role("button", name="Run this page").click()
        notebook.wait_idle()
        notebook.page.locator("[data-alone='false'] .ck-picture svg").wait_for()
        assert self.agrees(notebook) == 2025
        assert notebook.problems() == []

    def test_says_that_nobody_answers_while_there_is_no_network_and_then_goes_on(self, dragged):
        notebook, drag = dragged
        notebook.lab.context.set_offline(True)
        try:
            drag(0.4)
            notebook.page.mouse.up()
            self.agrees(notebook)
            notebook.page.get_by_text(self.SILENT).wait_for()
        finally:
            notebook.lab.context.set_offline(False)
        expect(notebook.page.get_by_text(self.SILENT)).to_be_hidden()
        notebook.settled()
        notebook.page.locator("[data-pending='false'] .ck-picture svg").wait_for()
        self.agrees(notebook)

    def test_says_nothing_of_a_kernel_that_has_answered(self, released):
        # The kernel is done with a control some time after the last that the figure hears of it.
        waiting = released.page.evaluate(
            """async () => {
                const own = [...coursekitPage.own.values()].find((one) => one.get("inputs"));
                const reference = own.get("inputs").year;
                const control = await own.widget_manager.get_model(reference.slice(10));
                const [begin, end] = [window.setTimeout, window.clearTimeout];
                const patient = new Set();
                window.setTimeout = (act, delay, ...given) => {
                    const timer = begin(act, delay, ...given);
                    if (delay === 15_000) patient.add(timer);
                    return timer;
                };
                window.clearTimeout = (timer) => {
                    patient.delete(timer);
                    end(timer);
                };
                const waiting = [];
                for (const underway of [1, 0]) {
                    control._pending_msgs = underway;
                    control.trigger("change:value", control, control.get("value"), {});
                    waiting.push(patient.size);
                }
                Object.assign(window, { setTimeout: begin, clearTimeout: end });
                return waiting;
            }"""
        )
        assert waiting == [1, 0]

    def test_looks_less_and_less_often_whether_a_message_has_arrived(self, released):
        delays = released.page.evaluate(
            """async () => {
                const own = [...coursekitPage.own.values()].find((one) => one.get("inputs"));
                const reference = own.get("inputs").year;
                const control = await own.widget_manager.get_model(reference.slice(10));
                const delays = [];
                const whole = window.setTimeout;
                window.setTimeout = (act, delay, ...given) => {
                    if (act.name !== "compare") return whole(act, delay, ...given);
                    delays.push(delay);
                    if (delays.length === 12) control._pending_msgs = 0;
                    return whole(act, 0);
                };
                control._pending_msgs = 1;
                const moved = ["change:value", control, control.get("value"), {}];
                for (let turn = 0; turn < 3; turn++) control.trigger(...moved);
                while (control._pending_msgs) await new Promise(requestAnimationFrame);
                window.setTimeout = whole;
                return delays;
            }"""
        )
        assert delays == sorted(delays)
        assert delays[-1] == 1000


def outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [output["data"] for cell in cells for output in cell.get("outputs", [])]


class TestThePageAsItIsSaved:
    CELLS = (*CELLS, "ck.timeline()", 'ck.note("day", "Why?")')
    FOREIGN = "import ipywidgets\nipywidgets.Text()"

    def test_keeps_pictures_and_answers_and_no_view_of_the_course(self, opened, server, browser):
        notebook = opened("saved.ipynb", [*self.CELLS, self.FOREIGN])
        notebook.run_all()
        lock(notebook)
        note = notebook.page.locator(".ck-card textarea")
        note.fill("As I said.")
        note.press("Shift+Enter")
        notebook.page.get_by_text("Kept. You can change it").wait_for()
        notebook.settled()
        notebook.command("docmanager:save")
        predicted, revealed, timeline, noted, foreign = outputs(server.folder / "saved.ipynb")
        for data in (predicted, revealed, timeline, noted):
            assert "application/vnd.jupyter.widget-view+json" not in data
        assert "Locked in: 25" in "".join(predicted["text/html"])
        assert "You said" in "".join(revealed["text/html"])
        assert timeline["image/png"]
        assert "As I said." in "".join(noted["text/html"])
        # What a student makes with ipywidgets alone has nothing else to show.
        assert "application/vnd.jupyter.widget-view+json" in foreign
        # The page itself stays alive, and is to be saved again.
        dirty = "() => window.jupyterapp.shell.currentWidget.context.model.dirty"
        assert not notebook.page.evaluate(dirty)
        note.fill("And more.")
        note.press("Shift+Enter")
        until(notebook.page, "the page is known to be unsaved", dirty)
        assert notebook.problems() == []


def start_page(folder, name, cells):
    write_cells(folder / name, ["import coursekit as ck\nck.start()", *cells])
    notebook = nbformat.read(folder / name, as_version=4)
    data = {"text/html": STILL, "text/plain": "Start"}
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", data=data)]
    nbformat.write(notebook, folder / name)


def scrolled(notebook):
    return notebook.page.evaluate(
        "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"
    )


class TestStart:
    @pytest.fixture
    def started(self, server, browser):
        found = []

        def starting(cells):
            start_page(server.folder, "start.ipynb", cells)
            found.append(OpenNotebook(browser, server, "start.ipynb", height=700))
            return found[-1]

        yield starting
        for notebook in found:
            notebook.close()

    def begin(self, notebook):
        notebook.page.get_by_role("button", name="Start this page").click()
        # The file is not one of those that `make lab` signs.
        notebook.page.locator(".jp-Dialog").get_by_role("button", name="Run Once").click()

    def test_can_be_pressed_as_soon_as_there_is_a_kernel_and_not_before(self, started):
        page = started([TALL]).page
        page.get_by_role("button", name="Start this page").wait_for()
        hit = """status => {
            document.querySelector(".jp-Notebook-ExecutionIndicator").dataset.status = status;
            const button = document.querySelector("[data-commandlinker-command]");
            const { x, y } = button.getBoundingClientRect();
            return document.elementFromPoint(x + 9, y + 9) === button;
        }"""
        # What JupyterLab says there until the kernel is known, one after the other.
        for status in ("initializing", "connecting", "unknown"):
            assert not page.evaluate(hit, status), status
        for status in ("idle", "busy"):
            assert page.evaluate(hit, status), status

    @pytest.mark.parametrize("mode", ["defer", "full"])
    def test_runs_every_box_and_stays(self, started, mode):
        notebook = started([TALL] * 6)
        # In the second JupyterLab keeps only the boxes that are near the window.
        notebook.page.evaluate(
            """mode => {
                const { content } = window.jupyterapp.shell.currentWidget;
                content.notebookConfig = { ...content.notebookConfig, windowingMode: mode };
            }""",
            mode,
        )
        self.begin(notebook)
        notebook.page.get_by_text("every box has been run").wait_for()
        notebook.wait_idle()
        assert scrolled(notebook) == 0
        counts = notebook.page.evaluate(
            """() => window.jupyterapp.shell.currentWidget.content.widgets
                .map(({ model }) => model.executionCount)"""
        )
        assert counts == [1, 2, 3, 4, 5, 6, 7]
        assert notebook.complaints == []

    def test_shows_the_first_picture_while_it_runs_and_lets_a_reader_go_where_she_likes(
        self, started
    ):
        notebook = started(["ck.timeline()", TALL, WAITING, TALL])
        self.begin(notebook)
        notebook.page.get_by_text("boxes to go").wait_for()
        notebook.page.locator(".ck-picture svg").wait_for()
        notebook.page.mouse.move(500, 400)
        notebook.page.mouse.wheel(0, 300)
        until(
            notebook.page,
            "the page has moved",
            "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop > 100",
        )
        (notebook.server.folder / "go").touch()
        notebook.page.get_by_text("every box has been run").wait_for(state="attached")
        assert scrolled(notebook) > 100
        (notebook.server.folder / "go").unlink()
        # The picture that is stored comes when all else is done.
        until(notebook.page, "the still is there", "() => coursekitPage.stills.size === 1")
        notebook.command("docmanager:save")
        assert "<img alt=" in (notebook.server.folder / "start.ipynb").read_text(encoding="utf-8")

    @pytest.mark.parametrize("late", [False, True], ids=["at once", "late"])
    def test_is_not_run_twice_by_run_all(self, started, late):
        notebook = started([TALL, "import time; time.sleep(1)" if late else "1 + 1"])
        if late:
            # JupyterLab goes to the last box when a slow page has had time for it.
            notebook.page.evaluate(
                """() => {
                    const { content } = window.jupyterapp.shell.currentWidget;
                    content.activeCellChanged.connect(() => { content.activeCellIndex = 0; });
                }"""
            )
        notebook.run_all()
        notebook.page.get_by_text("every box has been run").wait_for(state="attached")
        prompts = notebook.page.locator(".jp-CodeCell .jp-InputPrompt").all_text_contents()
        assert prompts == ["[1]:", "[2]:", "[3]:"]

    def test_says_where_a_box_has_stopped_it(self, started):
        notebook = started([TALL, "1 / 0", TALL])
        self.begin(notebook)
        notebook.page.get_by_text("stopped at a box with an error").wait_for()
        notebook.page.get_by_role("button", name="Show me").click()
        until(
            notebook.page,
            "the box with the error is on the screen",
            """() => {
                const box = document.querySelector("[data-mime-type$='jupyter.stderr']");
                const { top, bottom } = box.getBoundingClientRect();
                return top > 0 && bottom <= innerHeight;
            }""",
        )
