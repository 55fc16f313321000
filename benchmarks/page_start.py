"""How long a student waits after a page is started, beside another checkout of the course.

    python benchmarks/page_start.py --before ../before [--notebook 02_who_joined_when] [--turns 5]

The other checkout needs a `.venv` of its own (`make install-test` there). Both run in turn in the
same browser. Printed are medians: seconds until the first widget with a question is there, seconds
until every box has been run and every widget has answered, and the bytes that the kernel sent.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/browser")]

import jupyterlab  # noqa: E402

COUNT = """() => {
    window.sent = 0;
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    kernel.iopubMessage.connect((_, message) => { window.sent += JSON.stringify(message).length; });
}"""


def serve(checkout, folder):
    """Start JupyterLab of a checkout on a copy of its notebooks."""
    shutil.copytree(checkout / "notebooks", folder / "notebooks")
    return jupyterlab.Server(folder, folder / "private", python=checkout / ".venv/bin/python")


def start(server, browser, name):
    """Open a notebook on its first day, start it, and measure.

    Returns
    -------
    tuple of float
        Seconds to the first widget, seconds to the end, bytes.
    """
    server.empty_record()
    notebook = jupyterlab.OpenNotebook(browser, server, f"notebooks/{name}.ipynb", height=1000)
    page = notebook.page
    page.evaluate(COUNT)
    button = page.get_by_role("button", name="Start this page")
    begun = time.perf_counter()
    if button.count():
        button.click()
        once = page.locator(".jp-Dialog").get_by_role("button", name="Run Once")
        once.or_(page.locator(".ck-start")).first.wait_for()
        if once.is_visible():
            once.click()
    else:
        page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".ck-card").first.wait_for(state="attached")
    first = time.perf_counter() - begun
    notebook.wait_idle()
    notebook.settled()
    whole, sent = time.perf_counter() - begun, page.evaluate("() => window.sent")
    notebook.close()
    return first, whole, sent


def main():
    """Measure both checkouts in turn and print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--notebook", default="02_who_joined_when")
    parser.add_argument("--turns", type=int, default=5)
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
                    measured[name].append(start(server, browser, given.notebook))
        finally:
            for server in servers.values():
                server.stop()
    medians = {
        name: [statistics.median(m) for m in zip(*r, strict=True)] for name, r in measured.items()
    }
    print(f"{given.notebook}, medians of {given.turns}")
    units = ("s to the first widget", "s to the whole page", "bytes from the kernel")
    for place, unit in enumerate(units):
        before, after = medians["before"][place], medians["after"][place]
        print(f"{before:12,.2f} -> {after:12,.2f} {unit} ({after / before:.2f})")


if __name__ == "__main__":
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    main()
