"""What the benchmarks of the page share: a notebook in JupyterLab, and a stop-watch inside it.

"In the page" is the time until the new picture is in the document (drawn here) or decoded (usual
way); "on the screen" is when the frame that shows it has been painted.
"""

import statistics
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from jupyterlab import open_cells  # noqa: E402

REPEATS = 20

MEASURE = """async ([control, changed, number, key]) => {
    // A task queued while a frame is prepared runs once that frame has been painted.
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(null);
    }));
    const read = selector => document.querySelector(selector)?.innerText ?? '';
    const sign = target =>
        target && (target.src ?? target.getAttribute('style') + target.innerHTML);
    const first = document.querySelector(changed);
    const look = sign(first);
    // A whole picture is put in place of the old one; to write it out at every change of the page
    // would be measured too.
    const differs = () => {
        const target = document.querySelector(changed);
        return target && (target.tagName !== 'svg' || target !== first) && sign(target) !== look;
    };
    const words = number && read(number);
    const times = number ? {} : { number: 0 };
    const start = performance.now();
    const done = new Promise(resolve => {
        const observer = new MutationObserver(async () => {
            if (!('look' in times) && differs()) {
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
            if (times.screen && 'number' in times) { observer.disconnect(); resolve(); }
        });
        observer.observe(document.body,
            { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const moved = document.querySelector(control);
    if (key) moved.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    else moved.click();
    const late = new Promise((_, reject) =>
        setTimeout(() => reject(new Error(`${control}: only ${JSON.stringify(times)}`)), 20000));
    await Promise.race([done, late]);
    return times;
}"""


@contextmanager
def notebook(sources, height):
    """Open a notebook of these cells, run it, and give each code cell the id ``cell-n``."""
    with open_cells(sources, 1400, height) as page:
        page.show(".ck-lab")
        page.page.evaluate(
            "() => document.querySelectorAll('.jp-CodeCell')"
            ".forEach((cell, n) => { cell.id = `cell-${n}`; })"
        )
        yield page
        if problems := page.problems():
            raise SystemExit(f"The run is void: {problems}")


def medians(page, control, changed, number=None, keys=(None,)):
    """Move a control again and again, with the keys in turn; median times in milliseconds."""
    runs = []
    for turn in range(REPEATS + 2):  # the first two warm up
        selectors = [control, changed, number, keys[turn % len(keys)]]
        runs.append(page.page.evaluate(MEASURE, selectors))
        page.page.wait_for_timeout(250)
    return {key: statistics.median(run[key] for run in runs[2:]) for key in runs[0]}


def report(title, rows):
    """Print a table of rows ``(name, here, usual way)``, in milliseconds."""
    print(f"{title}, medians of {REPEATS}, milliseconds")
    print(f"{'':34}{'here':>8}{'interact':>10}{'ratio':>8}")
    for name, ours, theirs in rows:
        print(f"{name:34}{ours:8.1f}{theirs:10.1f}{theirs / ours:8.1f}")
