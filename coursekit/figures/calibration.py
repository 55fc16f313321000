"""How sure a student was against how often she was right."""

import pandas as pd

from coursekit.figures.base import Axes
from coursekit.intervals import ENOUGH, share_interval
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
TEAL, GREY = "#00695c", "#5d6870"


def calibration_in_words(table: pd.DataFrame) -> tuple[str, str]:
    """Say what a comparison of confidence and results shows, and what it cannot show."""
    answers, right = int(table["answers"].sum()), int(table["right"].sum())
    if answers < ENOUGH:
        return SAY("few", answers=answers, enough=ENOUGH), SAY("few_words", enough=ENOUGH)
    sure = float((table["confidence"] * table["answers"]).sum() / answers)
    low, high = share_interval(right, answers)
    counted = SAY("counted", answers=answers, right=right, sure=sure)
    means = "surer" if sure > high else "righter" if sure < low else "chance"
    return SAY("value", sure=sure, share=right / answers), counted + SAY(means, low=low, high=high)


def draw_calibration(axes: Axes, table: pd.DataFrame) -> None:
    """Draw a point for each confidence with its exact interval, and the line of equals."""
    least = min(50, 100 * table["confidence"].min())
    axes.plot([least, 100], [least, 100], color=GREY, linestyle=(0, (5, 3)), gid="as-sure-as-right")
    for row in table.itertuples():
        sure, share = round(100 * row.confidence), 100 * row.share
        ends = [100 * row.low, 100 * row.high]
        axes.plot([sure, sure], ends, color=TEAL, lw=1.6, gid=f"interval-{sure}")
        axes.plot([sure], [share], marker="D", ms=8, color=TEAL, gid=f"point-{sure}")
    axes.text(least, 107, SAY["above"], color=GREY, fontsize=9, va="bottom")
    axes.text(100, -8, "surer than right", color=GREY, fontsize=9, va="top", ha="right")
    axes.set(xlim=(least - 4, 104), ylim=(-22, 122))
    axes.set(xlabel=SAY["confidence"], ylabel=SAY["share"])
    counted = {round(100 * r.confidence): f"\n{r.right} of {r.answers}" for r in table.itertuples()}
    ticks = [tick for tick in range(0, 101, 10) if tick >= least]
    axes.set_xticks(ticks, [f"{tick}%{counted.get(tick, '')}" for tick in ticks])
    axes.set_yticks(range(0, 101, 25), [f"{tick}%" for tick in range(0, 101, 25)])
    axes.grid(color="#e3e7ea")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
