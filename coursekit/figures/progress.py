"""What is done in each notebook, beside how sure and how right the answers were."""

import textwrap
from collections.abc import Sequence

from matplotlib.patches import Rectangle

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, style
from coursekit.figures.calibration import calibration_in_words, draw_calibration
from coursekit.intervals import ENOUGH

__all__ = ["progress_figure"]

COLUMNS = {"answered": "questions", "predicted": "predictions", "passed": "tasks"}
HEADS = ("Questions\nanswered", "Predictions\nmade", "Tasks\npassed")
LINE = "Dashed: as right as sure. Upright: exact 95% intervals."
FILL, EDGE = "#a8d5cc", "#5d6870"


def progress_figure(done, calibration, lines: Sequence[str] = ()) -> CourseFigure:
    """Draw what is done, and the calibration once there are enough answers."""
    height = max(4.2, 0.33 * len(done) + 0.28 * len(lines) + 0.9)
    with style({"font.size": 9.5, "text.color": palette.INK}):
        figure = CourseFigure(figsize=(9.6, height), dpi=100)
        figure.patch.set_facecolor("white")
        left = figure.add_axes((0, 0, 0.53, 1))
        _draw_done(left, done, height)
        for place, line in enumerate(lines):
            left.text(0.08, 0.33 * len(done) + 0.28 * place + 0.9, line, va="center")
        right = figure.add_axes((0.61, 0.72 / height, 0.38, 1 - 1.27 / height))
        if calibration["answers"].sum() < ENOUGH:
            right.set_axis_off()
            words = textwrap.fill(calibration_in_words(calibration)[1], 38)
            right.text(0.5, 0.5, words, ha="center", va="center", linespacing=1.5, gid="too-few")
        else:
            draw_calibration(right, calibration)
            right.set_title(LINE, fontsize=9, loc="left")
        figure.text(0.61, 1 - 0.22 / height, "How sure, and how often right", fontsize=11)
    figure.alt = " ".join([_in_words(done, calibration), *lines])
    figure.table = done
    return figure


def _draw_done(axes, done, height):
    axes.set_axis_off()
    axes.set_xlim(0, 5.09)
    axes.set_ylim(height, 0)
    axes.text(0.08, 0.52, "Notebook", va="bottom")
    for column, head in enumerate(HEADS):
        axes.text(2.6 + 0.85 * column, 0.52, head, ha="center", va="bottom", linespacing=1.15)
    for place, row in enumerate(done.to_dict("records")):
        y = 0.62 + 0.33 * place
        number = row["notebook"] if row["notebook"].isdigit() else ""
        axes.text(0.08, y + 0.13, number, va="center")
        axes.text(0.4, y + 0.13, textwrap.shorten(row["title"], 25, placeholder=" …"), va="center")
        for column, (reached, total) in enumerate(COLUMNS.items()):
            if row[total]:
                x, share = 2.23 + 0.85 * column, row[reached] / row[total]
                axes.add_patch(Rectangle((x, y), 0.74 * share, 0.26, facecolor=FILL))
                axes.add_patch(
                    Rectangle((x, y), 0.74, 0.26, fill=False, edgecolor=EDGE, linewidth=0.8)
                )
                counted = f"{row[reached]} of {row[total]}"
                axes.text(x + 0.37, y + 0.13, counted, ha="center", va="center", fontsize=9)


def _in_words(done, calibration):
    sums = done[[*COLUMNS, *COLUMNS.values()]].sum()
    begun = done.loc[done[list(COLUMNS)].any(axis=1), "title"]
    words = (
        f"Done so far: {sums['answered']} of {sums['questions']} quiz questions answered, "
        f"{sums['predicted']} of {sums['predictions']} predictions made, {sums['passed']} of "
        f"{sums['tasks']} tasks passed. "
    )
    if len(begun):
        words += f"Begun: {', '.join(begun)}. "
    words += calibration_in_words(calibration)[1]
    if calibration["answers"].sum() >= ENOUGH:
        points = [f"{r.confidence:.0%}: {r.right} of {r.answers}" for r in calibration.itertuples()]
        words += f" Right answers by confidence: {', '.join(points)}."
    return words
