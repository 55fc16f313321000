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
from playwright.sync_api import sync_playwright
from serving import answer, free_port

CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
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
# Messages of JupyterLab itself that say nothing about the course.
NOISE = re.compile(
    r"favicon|sourceMap|source map|ResizeObserver|Download the React|workspaces|net::ERR_ABORTED"
    r"|Failed to load resource"
)


class Server:
    """A JupyterLab server on a folder, with settings and runtime files of its own."""

    def __init__(self, root, private, python=sys.executable):
        self.port, self.runtime = free_port(), Path(private) / "runtime"
        self.address = f"http://127.0.0.1:{self.port}"
        environment = {
            **os.environ,
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "JUPYTER_CONFIG_DIR": str(Path(private) / "config"),
            "JUPYTER_DATA_DIR": str(Path(private) / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(Path(private) / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(Path(private) / "workspaces"),
            "IPYTHONDIR": str(Path(private) / "ipython"),
            "COURSEKIT_RECORD": str(Path(private) / "record"),
        }
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

    def stop(self):
        """Stop the server and its kernels."""
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


@contextmanager
def open_cells(sources, width, height):
    """Open a notebook of these cells on a server of its own, and run it."""
    with tempfile.TemporaryDirectory() as folder:
        cells = [new_code_cell(source) for source in sources]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(made, Path(folder) / "cells.ipynb")
        server = Server(folder, Path(folder) / "private")
        try:
            with chromium() as browser:
                opened = OpenNotebook(browser, server, "cells.ipynb", width=width, height=height)
                opened.run_all()
                yield opened
        finally:
            server.stop()


class OpenNotebook:
    """A notebook open in JupyterLab, with its kernel connected."""

    def __init__(self, browser, server, path, width=1400, height=1000):
        self.server = server
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)
        self.addresses = []
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.goto(f"{server.address}/lab/tree/{path}?reset")
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
        self.wait_idle()
        # A callback that raises tells nobody but those who listen to the kernel.
        self.page.evaluate(
            """() => {
                window.kernelErrors = [];
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                kernel.iopubMessage.connect((_, { header, content }) => {
                    if (header.msg_type === 'error')
                        window.kernelErrors.push(`${content.ename}: ${content.evalue}`);
                });
            }"""
        )

    def _listen(self, message):
        if message.type == "error" and not NOISE.search(message.text):
            self.complaints.append(message.text)

    def wait_idle(self, timeout=120_000):
        """Wait until the kernel is connected and has nothing left to do."""
        self.page.wait_for_function(
            """() => {
                const panel = window.jupyterapp?.shell.currentWidget;
                const kernel = panel?.sessionContext?.session?.kernel;
                return kernel?.connectionStatus === 'connected' && kernel.status === 'idle'
                  && !panel.node.querySelector('.jp-InputPrompt')?.textContent.includes('*')
                  && ![...panel.node.querySelectorAll('.jp-InputPrompt')].some(
                       p => p.textContent.includes('*'));
            }""",
            timeout=timeout,
        )

    def run_all(self):
        """Run all cells and wait for the last."""
        self.command("notebook:run-all-cells")
        self.wait_idle()

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

    def ask_kernel(self, expression):
        """Evaluate an expression in the notebook's kernel and return it by way of JSON."""
        kernel = self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
        )
        client = BlockingKernelClient(
            connection_file=str(self.server.runtime / f"kernel-{kernel}.json")
        )
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=30)
            reply = client.execute_interactive(
                "import json as _json",
                user_expressions={"answer": f"_json.dumps({expression})"},
                store_history=False,
                silent=False,
                output_hook=lambda message: None,
                timeout=60,
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

    def close(self):
        """Close the page and shut its kernel down."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.context.close()


WIDGET_ERRORS = """(lambda all_widgets: [
    f"{type(w).__name__}: {w.error}" for w in all_widgets
    if isinstance(getattr(w, "error", None), str) and w.error
] + [
    str(output) for w in all_widgets if type(w).__name__ == "Output"
    for output in w.outputs if output.get("output_type") == "error"
])(list(__import__("ipywidgets").widgets.widget._instances.values()))"""
