"""Measure how long a student waits between a click and a changed picture or number.

One run, one browser, one kernel, the same map and the same timeline: the course's widgets beside
the way most notebooks do it, ``interact`` with ``plt.show``. Run it with ``make bench``.
"""

from in_the_browser import medians, notebook, report

CELLS = [
    "import coursekit as ck\nck.enlargement_explorer()",
    "ck.timeline()",
    """\
import matplotlib.pyplot as plt
from ipywidgets import interact
from coursekit.nato.figures.europe import draw
@interact(without_2004=False)
def usual(without_2004):
    scenario = ck.Scenario(2025, without=[2004] if without_2004 else [])
    draw(plt.figure(figsize=(9, 6.3)), scenario)
    plt.show()
    print(scenario.measures().members, 'members')
""",
    """\
from coursekit.nato.figures.timeline import CATEGORIES, draw_timeline, event_table
@interact(war=True)
def usual_timeline(war):
    shown = [name for name in CATEGORIES if war or name != 'war']
    draw_timeline(plt.figure(figsize=(9.6, 4.2)), shown, 1990)
    plt.show()
    print(len(event_table(shown)), 'events')
""",
]

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


def main():
    """Measure both and print a table."""
    with notebook(CELLS, height=4200) as page:
        page.page.wait_for_selector(".widget-interact img", state="attached")
        results = {
            "explorer": (medians(page, *EXPLORER), medians(page, *usual("#cell-2"))),
            "timeline": (medians(page, *TIMELINE), medians(page, *usual("#cell-3"))),
        }
    names = {"look": "picture, in the page", "screen": "picture, on the screen"}
    names["number"] = "numbers"
    rows = [
        (f"{widget}: {name}", ours[key], theirs[key])
        for widget, (ours, theirs) in results.items()
        for key, name in names.items()
    ]
    report("Click to change", rows)


if __name__ == "__main__":
    main()
