"""Measure how long a student waits between a click and a changed picture or number.

One run, one browser, one kernel, the same map: the enlargement explorer beside the way most
notebooks do it, ``interact`` with ``plt.show``. Run it with ``make bench``.

"In the page" is the time until the new colours are in the document (explorer) or the new picture
is decoded (usual way); "on the screen" is when the frame that shows it has been painted.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from jupyterlab import OpenNotebook, Server, chromium  # noqa: E402

REPEATS = 20
CELLS = [
    "import coursekit as ck\nck.enlargement_explorer()",
    "ck.timeline()",
    """\
import matplotlib.pyplot as plt
from ipywidgets import interact
from coursekit.figures.europe import draw
@interact(without_2004=False)
def usual(without_2004):
    scenario = ck.Scenario(2025, without=[2004] if without_2004 else [])
    draw(plt.figure(figsize=(9, 6.3)), scenario)
    plt.show()
    print(scenario.measures().members, 'members')
""",
    """\
from coursekit.figures.timeline import CATEGORIES, draw_timeline, event_table
@interact(war=True)
def usual_timeline(war):
    shown = [name for name in CATEGORIES if war or name != 'war']
    draw_timeline(plt.figure(figsize=(9.6, 4.2)), shown, 1990)
    plt.show()
    print(len(event_table(shown)), 'events')
""",
]

MEASURE = """async ([box, changed, number]) => {
    // A task queued while a frame is prepared runs once that frame has been painted.
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(null);
    }));
    const read = selector => document.querySelector(selector)?.innerText ?? '';
    const sign = () => {
        const target = document.querySelector(changed);
        return target && String(target.src ?? target.getAttribute('style'));
    };
    const [look, words] = [sign(), read(number)];
    const times = {};
    const start = performance.now();
    const done = new Promise(resolve => {
        const observer = new MutationObserver(async () => {
            if (!('look' in times) && sign() !== null && sign() !== look) {
                times.look = 0;
                const target = document.querySelector(changed);
                if (target.decode) await target.decode();
                else getComputedStyle(target).fill;
                times.look = performance.now() - start;
                await painted();
                times.screen = performance.now() - start;
            }
            if (!('number' in times) && read(number) && read(number) !== words)
                times.number = performance.now() - start;
            if (times.screen && times.number) { observer.disconnect(); resolve(); }
        });
        observer.observe(document.body,
            { subtree: true, childList: true, characterData: true, attributes: true });
    });
    document.querySelector(box).click();
    const late = new Promise((_, reject) =>
        setTimeout(() => reject(new Error(`${box}: only ${JSON.stringify(times)}`)), 20000));
    await Promise.race([done, late]);
    return times;
}"""

EXPLORER = (
    "#cell-0 .ck-chip:nth-child(6) input",
    "#cell-0 .ck-picture g[id$='-EST'] path",
    "#cell-0 .ck-value",
)
TIMELINE = (
    "#cell-1 .ck-chip:nth-child(6) input",
    "#cell-1 .ck-picture g[id$='-E50']",
    "#cell-1 .ck-value",
)


def usual(cell):
    """Selectors of the usual way in a cell of the notebook."""
    return (
        f"{cell} input[type='checkbox']",
        f"{cell} .widget-interact img",
        f"{cell} .widget-interact [data-mime-type='application/vnd.jupyter.stdout']",
    )


def medians(notebook, selectors):
    """Click again and again; return the median of each time in milliseconds."""
    runs = []
    for _ in range(REPEATS + 2):  # the first two warm up
        runs.append(notebook.page.evaluate(MEASURE, list(selectors)))
        notebook.page.wait_for_timeout(250)
    return {key: statistics.median(run[key] for run in runs[2:]) for key in runs[0]}


def main():
    """Measure both and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        cells = [new_code_cell(source) for source in CELLS]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, Path(folder) / "bench.ipynb")
        server = Server(folder, Path(folder) / "private")
        try:
            with chromium() as browser:
                page = OpenNotebook(browser, server, "bench.ipynb", width=1400, height=4200)
                page.run_all()
                page.show(".ck-lab")
                page.page.evaluate(
                    "() => document.querySelectorAll('.jp-CodeCell')"
                    ".forEach((cell, n) => { cell.id = `cell-${n}`; })"
                )
                page.page.wait_for_selector(".widget-interact img", state="attached")
                results = {
                    "explorer": (medians(page, EXPLORER), medians(page, usual("#cell-2"))),
                    "timeline": (medians(page, TIMELINE), medians(page, usual("#cell-3"))),
                }
                if problems := page.problems():
                    raise SystemExit(f"The run is void: {problems}")
        finally:
            server.stop()
    names = {"look": "picture, in the page", "screen": "picture, on the screen"}
    names["number"] = "numbers"
    print(f"Click to change, medians of {REPEATS}, milliseconds")
    print(f"{'':34}{'here':>8}{'interact':>10}{'ratio':>8}")
    for widget, (ours, theirs) in results.items():
        for key, name in names.items():
            ratio = theirs[key] / ours[key]
            print(f"{widget + ': ' + name:34}{ours[key]:8.1f}{theirs[key]:10.1f}{ratio:8.1f}")


if __name__ == "__main__":
    main()
