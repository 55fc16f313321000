"""The figures of a report on a class, each with what it shows in words."""

import textwrap

import pandas as pd

from coursekit.figures.base import CourseFigure
from coursekit.figures.calibration import draw_calibration
from coursekit.figures.chart import BROWN, GREY, PURPLE, TEAL, plain, sheet
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
ABOVE = {"loc": "lower left", "bbox_to_anchor": (0, 1), "frameon": False, "fontsize": 9}
LOOKS = {
    "miskeyed": {"marker": "X", "color": BROWN, "markersize": 11},
    "two_right": {"marker": "s", "color": PURPLE, "markersize": 8},
    "giveaway": {"marker": "^", "color": TEAL, "markersize": 8},
    "": {"marker": "o", "color": GREY, "markersize": 5, "alpha": 0.6},
}


def _percent(axis):
    axis.set_ticks(range(0, 101, 25), [f"{tick}%" for tick in range(0, 101, 25)])


def items_figure(items: pd.DataFrame) -> CourseFigure:
    """Draw each question by its difficulty and by how well it tells students apart."""
    known = items.dropna(subset=["discrimination"])
    with sheet(8, 4.6) as figure:
        axes = figure.add_axes((0.09, 0.13, 0.89, 0.74))
        plain(axes)
        axes.axhline(0, color=GREY, linewidth=1)
        for flag, look in LOOKS.items():
            mine = known[known["suspicion"] == flag]
            x, y = 100 * mine["difficulty"], mine["discrimination"]
            axes.plot(x, y, linestyle="none", label=SAY["flags"][flag], **look)
            if flag in ("miskeyed", "two_right"):
                look = {"textcoords": "offset points", "va": "center"}
                for one in mine.itertuples():
                    place = (100 * one.difficulty, one.discrimination)
                    axes.annotate(one.question, place, (8, 0), **look)
        axes.set_xlim(-2, 102)
        _percent(axes.xaxis)
        axes.set(xlabel=SAY["difficulty"], ylabel=SAY["discrimination"])
        axes.legend(ncols=4, handletextpad=0.2, **ABOVE)
    named = known[known["suspicion"].isin(["miskeyed", "two_right"])]["question"]
    low, high = known["difficulty"].agg(["min", "max"]) if len(known) else (0, 0)
    words = {"count": len(known), "named": ", ".join(named) or SAY["none"]}
    figure.alt, figure.table = SAY("items_alt", low=low, high=high, **words), known
    return figure


def pairs_figure(table: pd.DataFrame, before: str, after: str, alt: str) -> CourseFigure:
    """Draw two shares for each row, joined by a line: ``text``, ``before`` and ``after``."""
    with sheet(8, 0.42 * len(table) + 1.1) as figure:
        height = figure.get_size_inches()[1]
        axes = figure.add_axes((0.42, 0.5 / height, 0.55, 1 - 0.95 / height))
        plain(axes, "x", without=("top", "right", "left"))
        places = list(range(len(table), 0, -1))
        shares = 100 * table[["before", "after"]]
        for place, one in zip(places, shares.itertuples(), strict=True):
            axes.plot([one.before, one.after], [place, place], color=GREY, linewidth=2.5, zorder=1)
        look = {"ls": "none", "color": TEAL, "ms": 8, "mew": 1.6}
        axes.plot(shares["before"], places, marker="o", mfc="white", label=before, **look)
        axes.plot(shares["after"], places, marker="D", label=after, **look)
        said = [textwrap.shorten(text, 96, placeholder=" …") for text in table["text"]]
        axes.set_yticks(places, [textwrap.fill(text, 48) for text in said], fontsize=8)
        axes.set(xlim=(-3, 103), ylim=(0.4, len(table) + 0.6))
        _percent(axes.xaxis)
        axes.legend(ncols=2, **ABOVE)
    figure.alt, figure.table = alt, table
    return figure


def calibration_figure(table: pd.DataFrame) -> CourseFigure:
    """Draw how often the class was right at each confidence, with the line of equals."""
    with sheet(7, 4.4) as figure:
        axes = figure.add_axes((0.12, 0.2, 0.85, 0.76))
        draw_calibration(axes, table)
        axes.set_xlabel(SAY["sure"])
    said = [SAY("at", **row) for row in table.to_dict("records")]
    figure.alt, figure.table = f"{SAY['calibration_alt']} {'; '.join(said)}.", table
    return figure


def credence_dots(credences: pd.DataFrame) -> CourseFigure:
    """Draw each student's two probabilities as joined dots, a panel a claim."""
    claims = list(dict.fromkeys(credences["claim"]))
    with sheet(8, 3.6) as figure:
        panels = figure.subplots(1, len(claims), sharey=True, squeeze=False)[0]
        figure.subplots_adjust(left=0.08, right=0.99, top=0.9, bottom=0.1, wspace=0.08)
        for axes, claim in zip(panels, claims, strict=True):
            plain(axes, "y")
            for one in credences[credences["claim"] == claim].itertuples():
                heights = [100 * one.start, 100 * one.end]
                axes.plot([0, 1], heights, "o-", color=TEAL, alpha=0.35, markersize=4, linewidth=1)
            axes.set_xlim(-0.3, 1.3)
            axes.set_xticks([0, 1], SAY["when"])
            axes.set_title(claim, fontsize=10)
        panels[0].set_ylim(-3, 103)
        _percent(panels[0].yaxis)
    means = credences.groupby("claim")[["start", "end"]].mean()
    said = [SAY("moved", **row) for row in means.reset_index().to_dict("records")]
    figure.alt, figure.table = f"{SAY['credences_alt']} {' '.join(said)}", credences
    return figure
