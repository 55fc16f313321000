"""A game of two players as a table, beside the plane of Jervis's four worlds."""

import math

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from coursekit.figures import chart, palette
from coursekit.figures.base import Axes, CourseFigure, Look, Numbers, Point, Sheet, described
from coursekit.figures.chart import BROWN, GREY, TEAL, bare, sheet
from coursekit.models import games
from coursekit.models.games import Payoffs, pure_equilibria
from coursekit.ranges import Array
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
CHOICES = ("restraint", "arming")
OUTCOMES = {
    (0, 0): "both show restraint",
    (1, 1): "both arm",
    (0, 1): "only {column} arms",
    (1, 0): "only {row} arms",
}
PLAYERS = ("State A", "State B")
# Where a point can be chosen; see `coursekit.widgets.live_figure.LiveFigure`.
PLANE = {"id": "plane", "x": [0, 1], "y": [0, 1]}
CENTRE = {(i, j): (1.66 + 1.9 * j, 1.72 + 1.36 * i) for i in (0, 1) for j in (0, 1)}
MIDDLE = {**chart.MIDDLE, "color": palette.INK}
LINE = np.linspace(0.5, 1, 26)
BORDER = games.critical_distinguishability(LINE)


def _number(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def _tables(payoffs: Payoffs) -> tuple[Array, Array]:
    row = np.array([[payoffs.R, payoffs.S], [payoffs.T, payoffs.P]])
    return row, row.T


def game_name(payoffs: Payoffs) -> str:
    """Name the game."""
    name = games.classify(**payoffs._asdict())
    return SAY["no_name"] if name == "other" else name


def names_of_equilibria(payoffs: Payoffs, players: tuple[str, ...] = PLAYERS) -> str:
    """Say in words where neither player gains by moving alone."""
    cells = sorted(pure_equilibria(_tables(payoffs)))
    said = [OUTCOMES[cell].format(row=players[0], column=players[1]) for cell in cells]
    return "; ".join(said) or SAY["no_equilibrium"]


def trust_in_words(payoffs: Payoffs) -> tuple[str, str]:
    """Say how much trust restraint needs: as a number, and in words."""
    least = games.minimum_trust(**payoffs._asdict())
    if least is None:
        if payoffs.R > payoffs.T:
            return "none needed", SAY["none_needed"]
        return "not defined", SAY["not_defined"]
    if least == 0:
        return "0.00", SAY["nothing"]
    if math.isinf(least):
        return "none is enough", SAY["never"]
    if math.isclose(least, 1):
        return "1.00", SAY["certainty"]
    if least > 1:
        return f"{least:.2f}", SAY["above_one"]
    return f"{least:.2f}", SAY("enough", least=least)


def game_figure(
    point: Point = (0.5, 0.5),
    payoffs: Numbers | None = None,
    players: tuple[str, ...] = PLAYERS,
    *,
    on: Sheet = None,
) -> CourseFigure:
    """Draw the payoff table with best replies and, beside it, the four-worlds plane."""
    game = games.effective_payoffs(*point) if payoffs is None else Payoffs(*payoffs)
    value, words = trust_in_words(game)
    with sheet(9.2, 4.5, on) as figure:
        left, right = figure.still(_two_axes, players)
        _draw_table(left, game, value)
        _draw_point(right, point, used=payoffs is None)
    equilibria = names_of_equilibria(game, players)
    alt = SAY("alt", name=game_name(game), equilibria=equilibria, value=value, words=words)
    row, column = _tables(game)
    stable = pure_equilibria([row, column])
    rows = []
    for i, j in CENTRE:
        payoff = _number(row[i, j]), _number(column[i, j])
        rows.append((CHOICES[i], CHOICES[j], *payoff, "yes" if (i, j) in stable else "no"))
    heads = [*players, *(f"payoff of {player}" for player in players), "equilibrium"]
    return described(figure, alt, rows, heads)


def _two_axes(figure: CourseFigure, players: tuple[str, ...]) -> tuple[Axes, Axes]:
    left = figure.add_axes((0.0, 0.0, 0.5, 1.0))
    _draw_heads(left, players)
    right = figure.add_axes((0.56, 0.1, 0.42, 0.72))
    _draw_plane(right)
    return left, right


def _draw_heads(axes: Axes, players: tuple[str, ...]) -> None:
    bare(axes, (0, 4.6), (4.5, 0)).set(xticks=[], yticks=[])
    axes.text(2.61, 0.83, f"{players[1]} chooses (dashed)", fontsize=9, **MIDDLE)
    axes.text(0.2, 2.4, f"{players[0]} chooses (solid)", fontsize=9, rotation=90, **MIDDLE)
    for k, choice in enumerate(CHOICES):
        axes.text(CENTRE[0, k][0], 1.06, choice, fontsize=9.5, **MIDDLE)
        axes.text(0.5, CENTRE[k, 0][1], choice, fontsize=9.5, rotation=90, **MIDDLE)
    note = f"In each cell: {players[0]}'s payoff, {players[1]}'s payoff."
    axes.text(2.6, 3.88, note, fontsize=8.5, **MIDDLE)
    axes.text(2.6, 4.16, SAY["arrows"], fontsize=8.5, **MIDDLE)


def _draw_table(axes: Axes, game: Payoffs, value: str) -> None:
    row, column = _tables(game)
    stable = pure_equilibria([row, column])
    axes.text(2.6, 0.27, game_name(game).capitalize(), fontsize=12, weight="bold", **MIDDLE)
    axes.text(2.6, 0.56, f"minimum trust p*: {value}", fontsize=10, **MIDDLE)
    for (i, j), (x, y) in CENTRE.items():
        chosen = (i, j) in stable
        face, edge, width = ("#dff0ec", TEAL, 2.6) if chosen else ("white", "#9aa4ab", 1)
        look: Look = {"fc": face, "ec": edge, "lw": width, "gid": f"cell-{i}{j}"}
        axes.add_patch(Rectangle((x - 0.62, y - 0.45), 1.24, 0.9, **look))
        pair = f"{_number(row[i, j])}, {_number(column[i, j])}"
        axes.text(x, y - (0.1 if chosen else 0), pair, fontsize=12, weight="bold", **MIDDLE)
        if chosen:
            axes.text(x, y + 0.26, "◆ equilibrium", fontsize=9, **MIDDLE)
    for k in (0, 1):
        _arrow(axes, CENTRE[0, k], CENTRE[1, k], row[1, k] - row[0, k], "solid", f"row-{k}")
        gain = column[k, 1] - column[k, 0]
        _arrow(axes, CENTRE[k, 0], CENTRE[k, 1], gain, (0, (4, 2)), f"column-{k}")


def _arrow(axes: Axes, first: Point, second: Point, gain: float, line: object, name: str) -> None:
    start, end = (first, second) if gain >= 0 else (second, first)
    step = np.sign(np.subtract(end, start)) * (0.64, 0.48)
    look: Look = {"arrowstyle": "-|>" if gain else "<|-|>", "mutation_scale": 15, "shrinkA": 0}
    look |= {"shrinkB": 0, "ls": line, "lw": 1.8, "color": palette.INK, "gid": f"reply-{name}"}
    axes.add_patch(FancyArrowPatch(tuple(start + step), tuple(end - step), **look))


def _draw_plane(axes: Axes) -> None:
    text = {**MIDDLE, "fontsize": 8.5}
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    axes.patch.set_gid("plane")
    axes.fill_between(LINE, 0, BORDER, fc="#f7e3b5", ec=BROWN, hatch="//", lw=0, gid="no")
    axes.plot(LINE, BORDER, color=BROWN, linewidth=2, gid="boundary")
    axes.plot([0.5, 0.5], [0, 1], color=GREY, linewidth=1, linestyle=":", gid="half-offence")
    axes.plot([0, 1], [0.5, 0.5], color=GREY, linewidth=1, linestyle=":", gid="half-seen")
    for x, y, words in (
        (0.25, 0.93, "doubly safe"),
        (0.75, 0.91, SAY["no_dilemma"]),
        (0.25, 0.41, SAY["compatible"]),
        (0.75, 0.46, "doubly dangerous"),
        (0.27, 0.22, SAY["hatched"]),
        (0.5, -0.06, "advantage of offence"),
    ):
        axes.text(x, y, words, **text)
    for end in (0, 1):
        axes.text(end, -0.06, str(end), **text)
        axes.text(-0.03, end, str(end), **{**text, "ha": "right"})
    axes.text(-0.05, 0.5, "distinguishability of postures", rotation=90, **text)
    axes.text(0.5, 1.17, "Four worlds", **{**text, "fontsize": 12}, weight="bold")


def _draw_point(axes: Axes, point: Point, *, used: bool) -> None:
    face, edge = (TEAL, "white") if used else ("white", GREY)
    look: Look = {"marker": "D", "ms": 11, "color": face, "mec": edge, "mew": 1.5, "clip_on": False}
    axes.plot(*([part] for part in point), **look, zorder=5, gid="point")
    axes.text(0.5, 1.075, SAY["in_use" if used else "not_in_use"], fontsize=8.5, **MIDDLE)
