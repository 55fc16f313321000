"""Trust before and after an act, and the sizes of a first gesture that can build it."""

import numpy as np

from coursekit.figures import palette
from coursekit.figures import trust_example as example
from coursekit.figures.base import Axes, CourseFigure, Look, Numbers, Sheet, described
from coursekit.figures.chart import BROWN, PURPLE, TEAL, plain, sheet
from coursekit.models.trust import largest_signal, smallest_signal
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

WHEN = ("before", "after")
TEXT: Look = {"va": "center", "fontsize": 9.5, "color": palette.INK}
PLATE: Look = {"facecolor": "white", "edgecolor": "none", "pad": 2}
GRID = np.linspace(0, 1, 51)
LOW = smallest_signal(GRID, **example.UNTRUSTWORTHY)
HIGH = largest_signal(GRID, **example.TRUSTWORTHY)


def belief_figure(
    first: Numbers, second: Numbers, players: tuple[str, ...] = example.PLAYERS, *, on: Sheet = None
) -> CourseFigure:
    """Draw the trust of both sides before and after an act."""
    beliefs = (example.Belief(*first), example.Belief(*second))
    rows = []
    with sheet(7.6, 4.6, on) as figure:
        axes = figure.still(_belief_axes, players)
        for k, belief in enumerate(beliefs):
            for row, trust in enumerate((belief.trust, example.after(belief))):
                when, y = WHEN[row], _height(k, row)
                look: Look = {"color": TEAL if row else "white", "hatch": "" if row else "////"}
                look |= {"height": 0.66, "ec": TEAL, "lw": 1.2, "gid": f"trust-{k}-{when}"}
                axes.barh([y], [trust or 0], **look)
                said = "no answer" if trust is None else f"{trust:.2f}"
                odds = example.odds_in_words(trust)
                axes.text(1.04, y, said, weight="bold", **TEXT)
                axes.text(1.16, y, "" if trust is None else odds, **TEXT)
                rows.append((players[k], players[1 - k], when, said, odds))
        axes.axvline(example.least_trust(), color=BROWN, ls="--", lw=2, gid="threshold")
    moves = (SAY("move", before=rows[2 * k], after=rows[2 * k + 1]) for k in (0, 1))
    columns = ["side", "about", "when", "trust", "odds"]
    return described(figure, SAY("alt", moves=" ".join(moves)), rows, columns)


def _height(side: int, row: int) -> float:
    return 2.6 * side + 0.3 + 0.85 * row


def _belief_axes(figure: CourseFigure, players: tuple[str, ...]) -> Axes:
    axes = figure.add_axes((0.09, 0.12, 0.63, 0.8))
    axes.set(xlim=(0, 1), ylim=(4.55, -0.75), yticks=[])
    plain(axes, "x", without=("top", "right", "left"))
    axes.set_xticks([0, 0.5, 1])
    axes.set_xlabel(SAY["probability"], color=palette.INK)
    axes.text(1.04, -0.35, "probability and odds", **TEXT)
    for side, name in enumerate(players):
        words = f"{name}'s trust in {players[1 - side]}"
        axes.text(0, 2.6 * side - 0.35, words, weight="bold", **TEXT).set_bbox(PLATE)
        for row, when in enumerate(WHEN):
            axes.text(-0.02, _height(side, row), when, ha="right", **TEXT)
    words = SAY("threshold", least=example.least_trust())
    axes.text(example.least_trust(), -1, words, ha="center", **TEXT)
    return axes


def _gesture_axes(figure: CourseFigure) -> Axes:
    band = HIGH >= LOW
    text = {**TEXT, "ha": "center"}
    axes = figure.add_axes((0.1, 0.12, 0.87, 0.8))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks([0, 0.5, 1])
    axes.set_xlabel(SAY["trust"], color=palette.INK)
    axes.set_ylabel(SAY["size"], color=palette.INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.fill_between(GRID, LOW, HIGH, where=band, interpolate=True, color="#cfe8e2", gid="band")
    pooled: Look = {"fc": "#f7e3b5", "ec": BROWN, "hatch": "//", "lw": 0, "gid": "pooling"}
    axes.fill_between(GRID, 0, np.minimum(LOW, HIGH), **pooled)
    axes.plot(GRID, LOW, color=BROWN, linewidth=2.2, gid="s_min")
    axes.plot(GRID, HIGH, color=PURPLE, linewidth=2.2, linestyle="--", clip_on=False, gid="s_max")
    axes.axvline(
        example.least_trust(), color=palette.INK, linestyle=":", linewidth=1.5, gid="t_star"
    )
    axes.text(example.least_trust(), 1.04, SAY("enough", least=example.least_trust()), **text)
    axes.text(0.16, 0.8, SAY["risky"], **text)
    axes.text(0.75, 0.86, SAY["separating"], **text)
    for x, y, name in ((0.72, 0.2, "pooling"), (0.88, 0.64, "lowest"), (0.38, 0.93, "highest")):
        axes.text(x, y, SAY[name], **text).set_bbox(PLATE)
    return axes


def gesture_figure(trust: float, size: float, *, on: Sheet = None) -> CourseFigure:
    """Draw which sizes of a first gesture separate trustworthy from untrustworthy states."""
    found = example.gesture(trust, size)
    with sheet(7.6, 4.6, on) as figure:
        axes = figure.still(_gesture_axes)
        if found.possible:
            ends = [found.low, found.high]
            axes.plot([trust, trust], ends, color=TEAL, linewidth=5, clip_on=False, gid="sizes")
        shape = {"separating": "D", "pooling": "o", "no cooperation": "X"}[found.result]
        look: Look = {"marker": shape, "ms": 13, "color": palette.INK, "mec": "white", "zorder": 5}
        axes.plot([trust], [size], **look, clip_on=False, gid="gesture")
    alt = SAY("gesture_alt", trust=trust, size=size, found=found)
    rows = []
    for t in (trust, *(k / 10 for k in range(1, 10))):
        _, low, high, possible, _ = example.gesture(t, size)
        rows.append((f"{t:.2f}", f"{low:.2f}", f"{high:.2f}", "yes" if possible else "no"))
    columns = ["trust", SAY["lowest"], SAY["highest"], SAY["separates"]]
    return described(figure, alt, rows, columns)
