"""Measure how long a student waits between a moved slider and a changed picture, lab by lab.

One run, one browser, one kernel, the same code that draws: each lab on a model beside the way most
notebooks do it, ``interact`` with ``plt.show``. Run it with ``make bench``.
"""

from in_the_browser import medians, notebook, report

from coursekit.data import load

SETUP = """\
import coursekit as ck
import matplotlib.pyplot as plt
from functools import partial
from unittest.mock import patch
from ipywidgets import FloatSlider, interact
from matplotlib.figure import Figure
from coursekit.figures import chart
from coursekit.figures.game import game_figure
from coursekit.figures.arms_race import race_figure
from coursekit.figures.trust import belief_figure
from coursekit.figures.deterrence import challenge_figure
from coursekit.figures.reciprocity import reciprocity_figure
from coursekit.nato.figures.polarisation import polarisation_figure
from coursekit.figures.comparison import bias_figure

class Anew(Figure):
    def still(self, draw, *given):
        return draw(self, *given)

def usual(draw, **slider):
    def show(x):
        # The figure of the course, made by pyplot, all of it at each move.
        with patch.object(chart, 'CourseFigure', partial(plt.figure, FigureClass=Anew)):
            draw(x)
        plt.show()
    interact(show, x=FloatSlider(**slider))
"""
# For each lab: which of its controls is moved; the same figure with the same slider.
LABS = {
    "game": (
        "T",
        "usual(lambda x: game_figure(payoffs=(x, 3, 1, 0)), value=5, max=6, step=0.5)",
    ),
    "arms_race": (
        "k",
        "usual(lambda x: race_figure(2, 2, x, 1, 1, 1), value=1, max=3, step=0.1)",
    ),
    "trust": (
        "t",
        "usual(lambda x: belief_figure((x, 0.5, 0.9), (x, 0.5, 0.9)), value=0.6, max=1, step=0.01)",
    ),
    "deterrence": (
        "rho",
        "usual(lambda x: challenge_figure(x, 0.1, 0.35), value=0.2, max=1, step=0.01)",
    ),
    "reciprocity": (
        "error",
        "usual(lambda x: reciprocity_figure('Tit for Tat', 'Tit for Tat', x), value=0.01, max=0.2, "
        "step=0.01)",
    ),
    "polarisation": (
        "first",
        "usual(lambda x: polarisation_figure((16, 8, 20), (int(x), 6, 8)), value=30, max=40, "
        "step=1)",
    ),
    "comparison": (
        "anticipation",
        "usual(lambda x: bias_figure(1, x, 0, 0, 0), value=0, max=2, step=0.1)",
    ),
}
KEYS = ("ArrowRight", "ArrowLeft")


def label(lab, control):
    """Find what a control is called on the page."""
    rows = load("lab_controls").set_index(["lab", "control"])
    return rows.loc[(lab, control), "label"]


def main():
    """Measure all and print a table."""
    cells = [SETUP]
    for name, (_, usual) in LABS.items():
        cells += [f"ck.{name}_lab()", usual]
    rows = []
    with notebook(cells, height=900) as page:
        for place, (name, (control, _)) in enumerate(LABS.items()):
            ours, theirs = f"#cell-{2 * place + 1}", f"#cell-{2 * place + 2}"
            page.show(f"{ours} .ck-lab")
            page.page.wait_for_selector(f"{theirs} .widget-interact img")
            handle = f"{ours} [role='slider'][aria-label='{label(name, control)}']"
            here = medians(page, handle, f"{ours} .ck-picture svg", keys=KEYS)
            page.show(f"{theirs} .widget-interact img")
            handle = f"{theirs} [role='slider']"
            there = medians(page, handle, f"{theirs} .widget-interact img", keys=KEYS)
            rows.append((name, here["screen"], there["screen"]))
    report("Slider to a changed picture on the screen", rows)


if __name__ == "__main__":
    main()
