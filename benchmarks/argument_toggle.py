"""Measure how long a reader waits between a switch of the argument map and its repainted steps.

For each premise of which another step needs to fall, the switch is set to "reject" and back. "In
the page" is the time until the step that follows from it has its new look, "on the screen" when
the frame that shows it has been painted, "words" when the reason has been written beside the step.
Run it with ``.venv/bin/python benchmarks/argument_toggle.py``.
"""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from jupyterlab import open_cells  # noqa: E402

REPEATS = 20
CELL = "from coursekit.widgets.argument_map import argument_map\nargument_map()"
# A step that a reader rejects, and one that falls with it.
TOGGLES = {"H3": "A6", "B1": "B5", "A4": "A5", "C2": "K2"}

MEASURE = """async ([follower, choice]) => {
    // A task queued while a frame is prepared runs once that frame has been painted.
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(null);
    }));
    const lab = document.querySelector('.ck-argument');
    const step = [...lab.querySelectorAll('.ck-picture g')]
        .find(g => g.id.split('-').length === 2 && g.id.endsWith(`-${follower}`));
    const said = () => lab.querySelector('.ck-step-spoken').textContent;
    const button = [...lab.querySelectorAll('.ck-step-views button')]
        .find(one => one.textContent === choice);
    const [look, words, times] = [step.dataset.look, said(), {}];
    const start = performance.now();
    const done = new Promise(resolve => {
        const observer = new MutationObserver(async () => {
            if (!('look' in times) && step.dataset.look !== look) {
                times.look = performance.now() - start;
                await painted();
                times.screen = performance.now() - start;
            }
            if (!('words' in times) && said() !== words) times.words = performance.now() - start;
            if (times.screen && times.words) { observer.disconnect(); resolve(); }
        });
        observer.observe(lab,
            { subtree: true, childList: true, characterData: true, attributes: true });
    });
    button.click();
    const late = new Promise((_, reject) =>
        setTimeout(() => reject(new Error(`${follower}: ${JSON.stringify(times)}`)), 20000));
    await Promise.race([done, late]);
    return times;
}"""


def runs(notebook, step, follower):
    """Reject a step and take it back, again and again; return the times of each click."""
    page = notebook.page
    page.locator(".ck-argument").get_by_role("combobox", name="Step").select_option(label=step)
    page.wait_for_timeout(500)
    found = []
    for _ in range(REPEATS // 2 + 1):
        for choice in ("Reject", "Undecided"):
            found.append(page.evaluate(MEASURE, [follower, choice]))
            page.wait_for_timeout(200)
    return found[2:]  # the first two warm up


def main():
    """Measure and print a table."""
    with open_cells([CELL], 1200, 1500) as page:
        page.fold_sidebar()
        page.show(".ck-argument svg")
        labels = page.page.locator(".ck-argument select option").all_inner_texts()
        named = {label.split()[0]: label for label in labels}
        results = {step: runs(page, named[step], follower) for step, follower in TOGGLES.items()}
        if problems := page.problems():
            raise SystemExit(f"The run is void: {problems}")
    print(f"Switch to change, medians of {REPEATS}, milliseconds")
    print(f"{'':22}{'in the page':>13}{'on the screen':>15}{'words':>8}")
    every = [run for found in results.values() for run in found]
    lines = {f"{step}, {TOGGLES[step]} follows": found for step, found in results.items()}
    for name, found in {**lines, "all": every}.items():
        look, screen, words = (
            statistics.median(run[key] for run in found) for key in ("look", "screen", "words")
        )
        print(f"{name:22}{look:13.1f}{screen:15.1f}{words:8.1f}")


if __name__ == "__main__":
    main()
