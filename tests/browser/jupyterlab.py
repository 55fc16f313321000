"""Drive a real JupyterLab in a headless Chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_client import BlockingKernelClient
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect, sync_playwright
from serving import answer, free_port

from coursekit.cli import page_style
from coursekit.content import PACKAGE

CHROMIUM = next(
    (
        found
        for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Messages of JupyterLab itself that say nothing about the course, and what anywidget says of a
# model on which it gave up: whether the widget answers all the same is seen on the page.
NOISE = re.compile(
    r"favicon|sourceMap|source map|ResizeObserver|Download the React|workspaces|net::ERR_ABORTED"
    r"|\[anywidget\] Failed to initialize model"
    r"|Failed to load resource|Could not restore the debugger state"
)


# How long a state may take to come about on a busy machine before a test gives up, in milliseconds.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

# What is open, so that a test that fails can keep what was to be seen.
OPEN = []


def until(page, what, script, arg=None):
    """Wait until a function in the page, async or not, gives something true; else say what."""
    # Playwright's own wait_for_function takes the promise of an async function for true.
    came = page.evaluate(
        f"""async ([arg, patience]) => {{
            const holds = {script};
            const end = performance.now() + patience;
            while (!(await holds(arg))) {{
                if (performance.now() > end) return false;
                await new Promise(next => setTimeout(next, 15));
            }}
            return true;
        }}""",
        [arg, PATIENCE],
    )
    assert came, f"Waited {PATIENCE // 1000} s in vain: {what}"


class Server:
    """A JupyterLab server on a folder, with settings and runtime files of its own."""

    def __init__(self, root, private, python=sys.executable, flags=()):
        # Loaded in the browser, with no notebook open.
        self.labs = []
        self.port, self.runtime = free_port(), Path(private) / "runtime"
        self.record = Path(private) / "record"
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {
            **os.environ,
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "JUPYTER_CONFIG_DIR": str(Path(private) / "config"),
            "JUPYTER_CONFIG_PATH": str(PACKAGE / "jupyterlab"),
            "JUPYTER_DATA_DIR": str(Path(private) / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(Path(private) / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(Path(private) / "workspaces"),
            "IPYTHONDIR": str(Path(private) / "ipython"),
            "COURSEKIT_RECORD": str(self.record),
        }
        if python != sys.executable:
            # The kernels found there belong to this environment.
            environment.pop("JUPYTER_PATH", None)
        self.runtime.mkdir(parents=True)
        self.log = Path(private) / "server.log"
        command = [python, "-m", "jupyter", "lab", f"--ServerApp.root_dir={root}"]
        command += [
            f"--port={self.port}",
            "--no-browser",
            "--allow-root",
            "--IdentityProvider.token=",
            "--ServerApp.port_retries=0",
            "--LabApp.expose_app_in_browser=True",
            *page_style(),
            *flags,
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            answer(f"{self.address}/api/status", self.process)
        except OSError:
            self.process.kill()
            raise RuntimeError("JupyterLab did not start:\n" + self.log.read_text()) from None

    def empty_record(self):
        """Forget what has been answered, as on the first day."""
        shutil.rmtree(self.record, ignore_errors=True)

    def stop(self):
        """Close what is open in the browser, and stop the server and its kernels."""
        while self.labs:
            self.labs.pop().context.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


@contextmanager
def chromium():
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, headless=True)
        try:
            yield browser
        finally:
            browser.close()


def write_cells(path, sources):
    """Write a notebook of these cells of code."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(source) for source in sources]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


@contextmanager
def open_cells(sources, width, height):
    """Open a notebook of these cells on a server of its own, and run it."""
    with tempfile.TemporaryDirectory() as folder:
        write_cells(Path(folder) / "cells.ipynb", sources)
        with chromium() as browser:
            server = Server(folder, Path(folder) / "private")
            try:
                opened = OpenNotebook(browser, server, "cells.ipynb", width=width, height=height)
                opened.run_all()
                yield opened
            finally:
                server.stop()


class Lab:
    """JupyterLab in a page of the browser, in which one notebook after the other is opened.

    To load JupyterLab takes four times as long as to open a notebook in it.
    """

    def __init__(self, browser, server):
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints, self.addresses = [], []
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.on("console", self._listen)
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.address = f"{server.address}/lab?reset"
        self.load()

    def load(self):
        """Load JupyterLab, with nothing open in it."""
        self.page.goto(self.address)
        until(self.page, "JupyterLab is there", "() => window.jupyterapp?.shell.currentWidget")

    def _note(self, text):
        if not NOISE.search(text):
            self.complaints.append(text)

    def _listen(self, message):
        if message.type == "error":
            self._note(message.text)


class OpenNotebook:
    """A notebook open in JupyterLab, with its kernel connected."""

    def __init__(self, browser, server, path, width=1400, height=1000):
        self.server = server
        self.lab = server.labs.pop() if server.labs else Lab(browser, server)
        self.page, self.complaints = self.lab.page, self.lab.complaints
        self.complaints.clear()
        OPEN.append(self)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate("() => window.jupyterapp.shell.expandLeft()")
        self._open(path)

    def _open(self, path):
        self.command("docmanager:open", path=path)
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
        self.wait_idle()
        self.page.evaluate(LISTEN)

    @property
    def addresses(self):
        """All that was asked for since JupyterLab was loaded."""
        return self.lab.addresses

    def wait_idle(self):
        """Wait until the kernel is connected and no cell waits for it."""
        until(
            self.page,
            "the kernel is connected and idle, and no cell waits",
            """() => {
                const panel = window.jupyterapp?.shell.currentWidget;
                const kernel = panel?.sessionContext?.session?.kernel;
                return kernel?.connectionStatus === 'connected' && kernel.status === 'idle'
                  && ![...panel.node.querySelectorAll('.jp-InputPrompt')].some(
                       p => p.textContent.includes('*'));
            }""",
        )

    def settled(self):
        """Wait until the kernel has answered all that the page has sent, and the page shows it."""
        until(
            self.page,
            "the kernel has answered every message of the page",
            """async () => {
                if (window.unanswered.size) return false;
                for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
                return window.unanswered.size === 0;
            }""",
        )

    def resize(self, width, height):
        """Change the window's size and wait until the page has taken it in."""
        self.page.set_viewport_size({"width": width, "height": height})
        until(
            self.page,
            f"the page is laid out for a window of {width} by {height} pixels",
            """async ([width, height]) => {
                const frame = () => new Promise(requestAnimationFrame);
                const sizes = () => JSON.stringify([innerWidth, innerHeight, ...[
                    ...document.querySelectorAll('.jp-NotebookPanel, .jp-OutputArea-output')
                ].map(part => [part.clientWidth, part.clientHeight])]);
                const before = sizes();
                for (let turn = 0; turn < 3; turn++) await frame();
                return innerWidth === width && innerHeight === height && sizes() === before;
            }""",
            [width, height],
        )

    def slow_down(self, times):
        """Let the page have only a part of this machine's time, by Chromium's own means."""
        if not hasattr(self.lab, "devtools"):
            self.lab.devtools = self.lab.context.new_cdp_session(self.page)
        self.lab.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def fold_sidebar(self):
        """Close the file browser at the left."""
        self.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")

    def restart(self):
        """Restart the kernel and wait for the new one."""
        # The old kernel is idle too; only an answer of the new one says that it is there.
        self.page.evaluate(
            """async () => {
                const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
                await kernel.restart();
                window.unanswered.clear();
                await kernel.requestKernelInfo();
            }"""
        )
        self.wait_idle()

    def forget_the_dead(self):
        """Wait no longer for answers to what was sent to a kernel that has been killed."""
        self.page.evaluate("() => window.unanswered.clear()")

    def reload(self):
        """Load the page anew, without saving; the kernel goes on."""
        path = self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path")
        self.page.evaluate("() => { window.onbeforeunload = null; }")
        self.lab.load()
        self._open(path)

    def run_all(self):
        """Run all cells and wait for the last."""
        self.command("notebook:run-all-cells")
        self.wait_idle()

    def unfold(self):
        """Open the sections that wait for an answer, as a student can by a command of the menu."""
        # JupyterLab may draw the arrows of folded headings later than the page.
        self.command("notebook:expand-all-headings")
        self.page.locator(".jp-collapseHeadingButton.jp-mod-collapsed").first.wait_for(
            state="detached"
        )

    def show(self, selector):
        """Scroll to the first element that matches, and return it."""
        self.page.wait_for_selector(selector, state="attached")
        self.page.evaluate("s => document.querySelector(s).scrollIntoView()", selector)
        element = self.page.locator(selector).first
        element.wait_for(state="visible")
        return element

    def command(self, name, **arguments):
        """Run one of JupyterLab's commands."""
        return self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)",
            [name, arguments],
        )

    def use_theme(self, name):
        """Change to ``Light`` or ``Dark``. JupyterLab remembers it: other tests look at colours."""
        self.command("apputils:change-theme", theme=f"JupyterLab {name}")
        light = str(name == "Light").lower()
        self.page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        self.theme = name

    def ask_kernel(self, expression):
        """Evaluate an expression in the kernel, by way of JSON, once it knows what the page shows.

        The page keeps a change back until the kernel has answered the one before, so a question
        that goes past the page could overtake it.
        """
        self.settled()
        kernel = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
        )
        client = BlockingKernelClient(
            connection_file=str(self.server.runtime / f"kernel-{kernel}.json")
        )
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=PATIENCE / 1000)
            reply = client.execute_interactive(
                "import json as _json",
                user_expressions={"answer": f"_json.dumps({expression})"},
                store_history=False,
                silent=False,
                output_hook=lambda message: None,
                timeout=PATIENCE / 1000,
            )
        finally:
            client.stop_channels()
        answer = reply["content"]["user_expressions"]["answer"]
        if answer["status"] != "ok":
            raise AssertionError(f"{expression}: {answer['evalue']}")
        return json.loads(eval(answer["data"]["text/plain"]))

    def problems(self):
        """List every error that a student could meet: outputs, widget state, page, console."""
        found = list(self.complaints)
        found += self.page.eval_on_selector_all(
            ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error'],"
            ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'],"
            ".jupyter-widgets-error-widget, .ck-error:not([hidden])",
            "nodes => nodes.map(n => n.textContent.trim().slice(0, 300))",
        )
        found += self.page.evaluate("() => window.kernelErrors")
        found += self.ask_kernel(WIDGET_ERRORS)
        return found

    def keep(self, folder):
        """Write down what is to be seen, for whoever looks into a failure."""
        self.page.screenshot(path=folder / "page.png", timeout=10_000)
        told = [*self.complaints, *self.page.evaluate("() => window.kernelErrors ?? []")]
        (folder / "page.txt").write_text("\n".join([self.page.url, *told]), encoding="utf-8")
        # The kernels write to the log of their server.
        shutil.copy(self.server.log, folder / "server_and_kernels.log")

    def close(self):
        """Close the notebook without saving it, and shut its kernel down."""
        OPEN.remove(self)
        self.page.evaluate(
            """async () => {
                const { currentWidget } = window.jupyterapp.shell;
                await currentWidget.sessionContext.shutdown();
                currentWidget.dispose();
            }"""
        )
        self.server.labs.append(self.lab)


# Which messages the kernel has yet to answer; and what a callback raises, of which nobody else
# hears.
LISTEN = """() => {
    window.kernelErrors = [];
    window.unanswered = new Set();
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === 'send' && msg.channel === 'shell')
            window.unanswered.add(msg.header.msg_id);
    });
    // It comes when widgets have taken in all that the kernel said before.
    kernel.iopubMessage.connect((_, { header, parent_header: parent, content }) => {
        if (header.msg_type === 'status' && content.execution_state === 'idle')
            window.unanswered.delete(parent.msg_id);
        if (header.msg_type === 'error')
            window.kernelErrors.push(`${content.ename}: ${content.evalue}`);
    });
}"""

WIDGET_ERRORS = """(lambda all_widgets: [
    f"{type(w).__name__}: {w.error}" for w in all_widgets
    if isinstance(getattr(w, "error", None), str) and w.error
] + [
    str(output) for w in all_widgets if type(w).__name__ == "Output"
    for output in w.outputs if output.get("output_type") == "error"
])(list(__import__("ipywidgets").widgets.widget._instances.values()))"""
