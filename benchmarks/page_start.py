"""How long a student waits after a page is started, beside another checkout of the course.

    python benchmarks/page_start.py --before ../before [--notebook 02_who_joined_when] [--turns 5]

The other checkout needs a `.venv` of its own (`make install-test` there). Both run in turn in the
same browser, with signed notebooks and kernels that load ahead, as in `coursekit lab`. Printed are
medians: seconds until the first widget is there, until the first with a question is, until every
box has been run and every widget has answered, and the bytes that the kernel sent. `--reading`: for
so many seconds a student looks at the page before the button is pressed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/browser")]

import jupyterlab  # noqa: E402

# Looked at in the page: what drives the browser takes its time to find and press a button.
COUNT = """([first, question]) => {
    window.sent = 0;
    const seen = window.seen = {};
    const press = () => { seen.begun ??= performance.now(); };
    document.addEventListener("click", press, { capture: true });
    new MutationObserver(() => {
        for (const [name, selector] of Object.entries({ first, question }))
            if (document.querySelector(selector)) seen[name] ??= performance.now() - seen.begun;
    }).observe(document.body, { childList: true, subtree: true });
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    kernel.iopubMessage.connect((_, message) => { window.sent += JSON.stringify(message).length; });
}"""

RUN = """() => {
    window.seen.begun = performance.now();
    void window.jupyterapp.commands.execute("notebook:run-all-cells");
}"""

# What a student can use: a card, or a figure that is drawn.
FIRST = ".ck-card, .ck-picture svg"
QUESTION = ".ck-card"


def serve(checkout, folder):
    """Start JupyterLab of a checkout on a copy of its notebooks."""
    shutil.copytree(checkout / "notebooks", folder / "notebooks")
    os.environ["PYTHONSTARTUP"] = str(checkout / "coursekit/jupyterlab/startup.py")
    sign = [checkout / ".venv/bin/jupyter", "trust", *(folder / "notebooks").glob("*.ipynb")]
    data = {"JUPYTER_DATA_DIR": str(folder / "private/data")}
    subprocess.run(sign, env=os.environ | data, check=True, stdout=subprocess.DEVNULL)
    return jupyterlab.Server(folder, folder / "private", python=checkout / ".venv/bin/python")


def start(server, browser, name, reading):
    """Open a notebook on its first day, start it, and measure.

    Returns
    -------
    tuple of float
        Seconds to the first widget, to the first with a question, and to the end, and bytes.
    """
    server.empty_record()
    notebook = jupyterlab.OpenNotebook(browser, server, f"notebooks/{name}.ipynb", height=1000)
    page = notebook.page
    page.evaluate(COUNT, [FIRST, QUESTION])
    button = page.get_by_role("button", name="Start this page")
    time.sleep(reading)
    if button.count():
        button.click()
    else:
        page.evaluate(RUN)
    page.locator(QUESTION).first.wait_for(state="attached")
    notebook.wait_idle()
    notebook.settled()
    seen = page.evaluate("() => ({ ...seen, whole: performance.now() - seen.begun })")
    sent = page.evaluate("() => window.sent")
    notebook.close()
    return *(seen[part] / 1000 for part in ("first", "question", "whole")), sent


def main():
    """Measure both checkouts in turn and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--notebook", default="02_who_joined_when")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--reading", type=float, default=0)
    given = parser.parse_args()
    checkouts = {"before": given.before.resolve(), "after": ROOT}
    measured = {name: [] for name in checkouts}
    with tempfile.TemporaryDirectory() as folder, jupyterlab.chromium() as browser:
        servers = {}
        try:
            for name, checkout in checkouts.items():
                place = Path(folder) / name
                place.mkdir()
                servers[name] = serve(checkout, place)
            for _ in range(given.turns):
                for name, server in servers.items():
                    measured[name].append(start(server, browser, given.notebook, given.reading))
        finally:
            for server in servers.values():
                server.stop()
    medians = {
        name: [statistics.median(m) for m in zip(*r, strict=True)] for name, r in measured.items()
    }
    print(f"{given.notebook}, medians of {given.turns}")
    units = ("s to the first widget", "s to a question", "s to the whole page", "bytes sent")
    for place, unit in enumerate(units):
        before, after = medians["before"][place], medians["after"][place]
        print(f"{before:12,.2f} -> {after:12,.2f} {unit} ({after / before:.2f})")


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    main()
