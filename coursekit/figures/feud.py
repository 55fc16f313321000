"""Two rows of moves, the slips among them, and which move answers which."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.patches import Rectangle

from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, described
from coursekit.figures.chart import BROWN, GREY, MIDDLE, bare, name_rows, sheet
from coursekit.figures.rival import draw_box
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# Rounds that have room in the picture.
SHOWN = 18


class Step(NamedTuple):
    """What both sides did in a round, 1 being to defect, and whose move slipped, 0 or 1."""

    mine: int
    theirs: int
    slip: int | None = None


def feud_figure(steps: Sequence[Step], rules: tuple[str, str]) -> CourseFigure:
    """Draw the latest rounds of two sides that follow rules."""
    first = max(0, len(steps) - SHOWN + 2)
    names = SAY["players"]
    with sheet(9.2, 3.1) as figure:
        axes = figure.add_axes((0.1, 0.02, 0.89, 0.96))
        bare(axes, (first + 0.4, first + SHOWN + 0.6), (-1.5, 2.75))
        name_rows(axes, dict(zip(names, (1.5, -0.1), strict=True)), size=10)
        axes.text(first + 0.64, 2.6, SAY["key"], color=GREY, fontsize=9, va="center")
        _draw_steps(axes, steps, first)
        for height, rule in zip((2.17, -0.72), rules, strict=True):
            said = SAY("rule", rule=rule)
            axes.text(first + 0.64, height, said, fontsize=9.5, fontweight="bold", va="center")
    rows = []
    for number, step in enumerate(steps, 1):
        slipped = "" if step.slip is None else names[step.slip]
        rows.append((number, *(SAY["deeds"][deed] for deed in step[:2]), slipped))
    return described(figure, _in_words(steps, rules), rows, ["round", *names, "slip"])


def _in_words(done: Sequence[Step], rules: tuple[str, str]) -> str:
    calm = sum(not any(step[:2]) for step in done)
    slips = sum(step.slip is not None for step in done)
    told = SAY("alt", rounds=len(done), calm=calm, slips=slips)
    return f"{told} {SAY('alt_rules', mine=rules[0], theirs=rules[1])}"


def _draw_steps(axes: Axes, done: Sequence[Step], first: int) -> None:
    heights = (1.5, -0.1)
    for place in range(first + 1, first + SHOWN + 1):
        step = done[place - 1] if place <= len(done) else None
        for side, height in enumerate(heights):
            deed = None if step is None else step[side]
            draw_box(axes, (place, height), deed, SAY["letters"])
        axes.text(place, -1.2, f"{place}", color=GREY, fontsize=9, **MIDDLE)
        if step is None:
            continue
        if step.slip is not None:
            _mark_slip(axes, place, heights[step.slip])
        before = done[place - 2] if place - 1 > first else Step(0, 0)
        for side in (0, 1):
            if step[side] and before[1 - side] and step.slip != side:
                _draw_answer(axes, place, heights[1 - side], heights[side])


def _mark_slip(axes: Axes, place: int, height: float) -> None:
    ring: Look = {"fill": False, "linewidth": 2, "edgecolor": palette.INK}
    axes.add_patch(Rectangle((place - 0.46, height - 0.4), 0.92, 0.8, **ring))
    inside = height - 0.6 if height > 0.7 else height + 0.6
    looks: Look = {"fontsize": 9.5, "fontweight": "bold", "va": "center"}
    axes.text(place - 0.1, inside, SAY["slip"], ha="right", **looks)


def _draw_answer(axes: Axes, place: int, start: float, end: float) -> None:
    shift = 0.34 if start > end else -0.34
    ends = (place - 0.12, end + shift), (place - 1 + 0.12, start - shift)
    axes.annotate("", *ends, arrowprops={"arrowstyle": "->", "color": BROWN, "lw": 1.4})
