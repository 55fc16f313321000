"""Three periods, staggered treatment: an exact example in which an estimate goes astray."""

from collections.abc import Sequence

import numpy as np

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, described
from coursekit.figures.chart import BROWN, GREY, TEAL, plain, sheet
from coursekit.models.comparison import two_way_fixed_effects

# A row a unit, a column a period.
Table = Sequence[Sequence[float]]


def staggered_panel(first: float, later: float, late: float, never: int) -> tuple[Table, Table]:
    """Write down outcome and treatment of an early, a late and some untreated units."""
    rest = [[0, 0, 0]] * never
    return [[0, first, later], [0, 0, late], *rest], [[0, 1, 1], [0, 0, 1], *rest]


def staggered(first: float, later: float, late: float, never: int) -> tuple[float, float]:
    """Compute the true mean effect and the estimate."""
    outcome, treated = staggered_panel(first, later, late, never)
    estimate = two_way_fixed_effects(np.array(outcome, float), np.array(treated))
    # One unit is treated before the other, so that it is defined.
    assert estimate is not None
    # Without the 0 a tiny error of rounding would be printed as -0.00.
    return (first + later + late) / 3, round(estimate, 12) + 0.0


def staggered_figure(first: float, later: float, late: float, never: int) -> CourseFigure:
    """Draw the example with its estimate and its truth."""
    outcome, treated = staggered_panel(first, later, late, never)
    truth, estimate = staggered(first, later, late, never)
    names = ["early", "late", *["never"] * never]
    with sheet(7.6, 4.6) as figure:
        axes = figure.add_axes((0.1, 0.13, 0.4, 0.74))
        plain(axes)
        looks = {"early": ("o-", TEAL), "late": ("s--", BROWN), "never": ("^:", GREY)}
        for name, unit in dict(zip(names, outcome, strict=True)).items():
            line, colour = looks[name]
            axes.plot((1, 2, 3), unit, line, color=colour, label=name, linewidth=2, gid=name)
        axes.set_xticks((1, 2, 3))
        axes.set_ylim(-0.3, 4.3)
        axes.set_xlabel("Period", fontsize=9)
        axes.set_ylabel("Outcome; without treatment always 0", fontsize=9)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False, fontsize=9)
        other = figure.add_axes((0.6, 0.13, 0.37, 0.74))
        plain(other)
        other.axhline(0, color=palette.INK, linewidth=1)
        bars = ((truth, "#adada9", "", "truth"), (estimate, TEAL, "////", "two-way"))
        for x, (value, colour, hatch, name) in enumerate(bars):
            other.bar(x, value, 0.55, color=colour, hatch=hatch, edgecolor="white", gid=name)
            gap, edge = (0.08, "bottom") if value >= 0 else (-0.08, "top")
            words = f"{value:.2f}".replace("-", "−")
            other.text(x, value + gap, words, ha="center", va=edge, fontsize=10)
        other.set_xticks((0, 1), ("true mean effect", "two-way\nfixed effects"), fontsize=9)
        ends = min(-1, estimate - 0.4), max(2.5, truth + 0.4, estimate + 0.4)
        other.set(xlim=(-0.6, 1.6), ylim=ends)
    alt = (
        f"Three periods. True effects: {first:g}, then {later:g} on the early unit; {late:g} on "
        f"the late one; {truth:.2f} on average. Two-way fixed effects gives {estimate:.2f}."
    )
    units = zip(names, outcome, treated, strict=True)
    rows = [(name, *y, "".join(map(str, d))) for name, y, d in units]
    columns = ["unit", "period 1", "period 2", "period 3", "treated"]
    return described(figure, alt, rows, columns)
