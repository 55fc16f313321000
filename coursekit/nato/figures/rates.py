"""Rates of armed conflict by group, with exact intervals."""

from typing import Any

import pandas as pd

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import plain, sheet
from coursekit.nato.enlargement.rates import GROUPS, in_words, rate


def rate_figure(group: str, first: int, last: int, event: str = "any") -> CourseFigure:
    """Draw the rate of each group with its interval, one group brought out.

    Parameters
    ----------
    group : str
        The group that is brought out; see `coursekit.nato.enlargement.rates.GROUPS`.
    first, last : int
        Years, 1989 to 2024.
    event : str, optional
        See `coursekit.nato.enlargement.rates.EVENTS`.

    Returns
    -------
    CourseFigure
        One row a group, the rate as a mark and the exact 95 per cent interval as a line.
    """
    results = {name: rate(name, first, last, event) for name in GROUPS}
    shown = {name: r for name, r in results.items() if r.exposure > 0}
    height = 0.5 * max(len(shown), 2) + 0.9
    with sheet(8.4, height) as figure:
        axes = figure.add_axes((0.36, 0.6 / height, 0.61, 1 - 0.75 / height))
        for row, (name, result) in enumerate(reversed(shown.items())):
            chosen = name == group
            colour = "#00695c" if chosen else "#6d7880"
            look: dict[str, Any] = {"color": colour, "clip_on": False}
            ends = [100 * result.low, 100 * result.high]
            line = {"lw": 4 if chosen else 2, "solid_capstyle": "butt", **look}
            axes.plot(ends, [row, row], gid=f"interval-{name}", **line)
            mark = {"marker": "D", "ms": 9} if chosen else {"marker": "o", "ms": 7}
            axes.plot([100 * result.rate], [row], gid=f"rate-{name}", **look | mark)
        axes.set_yticks(range(len(shown)), [GROUPS[name] for name in reversed(shown)], fontsize=9)
        for label, name in zip(axes.get_yticklabels(), reversed(shown), strict=True):
            label.set_fontweight("bold" if name == group else "normal")
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.set_xlim(left=0)
        axes.set_xlabel(f"Events per 100 state-years, {first} to {last}", color=palette.INK)
        plain(axes, "x", without=("top", "right", "left"))
        axes.tick_params(axis="x", labelsize="medium")
    figure.alt = f"{GROUPS[group]}, {first} to {last}. {in_words(results[group])}"
    rows = []
    for name, (events, exposure, *shares, _) in shown.items():
        hundred = (f"{100 * share:.1f}" for share in shares)
        rows.append((GROUPS[name], events, round(exposure, 1), *hundred))
    columns = ["group", "events", "state_years", "per_100", "from", "to"]
    figure.table = pd.DataFrame(rows, columns=columns)
    return figure
