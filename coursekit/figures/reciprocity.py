"""Two strategies that play for ever, and the tournament in which they take part."""

from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, Sheet, described
from coursekit.figures.chart import hatched, legend, name_rows, plain, sheet
from coursekit.models.reciprocity import STRATEGIES, cooperation_rate, stationary, tournament
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

# The chosen two come first; these fill the tournament up to five.
USUAL = ["Tit for Tat", "Always Defect", "Generous Tit for Tat", "Contrite Tit for Tat"]
USUAL += ["Win-Stay Lose-Shift"]
OUTCOMES = {
    "both cooperate": hatched("#00695c", "", "#00695c"),
    "only the first": hatched("#f2b233", "////", "#6b4700"),
    "only the second": hatched("#a67bb0", "\\\\\\\\", "#4b2757"),
    "neither": hatched("#adada9", "", "#77776f"),
}
CHOSEN, OTHER = "#00695c", "#adada9"


def entrants(first: str, second: str) -> list[str]:
    """Choose five strategies for the tournament, the given two among them."""
    five = list(dict.fromkeys((first, second, *USUAL)))[:5]
    return [name for name in STRATEGIES if name in five]


def pair_in_words(first: str, second: str, error: float) -> str:
    """Say how often two players cooperate in the long run."""
    one = cooperation_rate(first, second, error)
    if first == second:
        return f"Two players of {first} cooperate in {one:.1%} of rounds each."
    two = cooperation_rate(second, first, error)
    return f"{first} cooperates in {one:.1%} of rounds, {second} in {two:.1%}."


def reciprocity_figure(
    first: str, second: str, error: float, seed: int = 0, *, on: Sheet = None
) -> CourseFigure:
    """Draw what two strategies do in the long run, and a tournament of five."""
    shares = dict(zip(OUTCOMES, stationary(first, second, error).tolist(), strict=True))
    scores = tournament(entrants(first, second), error=error, seed=seed).scores()
    with sheet(7.6, 4.5, on) as figure:
        above, below = figure.still(_two_axes)
        _draw_shares(above, shares)
        _draw_scores(below, scores, (first, second))
    best = next(iter(scores))
    pair = pair_in_words(first, second, error)
    alt = SAY("alt", error=error, pair=pair, best=best, score=scores[best])
    rows = [(f"chosen pair: {name}", "share of rounds", f"{v:.3f}") for name, v in shares.items()]
    rows += [(name, SAY["payoff"], f"{v:.3f}") for name, v in scores.items()]
    return described(figure, alt, rows, ["what", "measure", "value"])


def _two_axes(figure: CourseFigure) -> tuple[Axes, Axes]:
    above = figure.add_axes((0.27, 0.77, 0.67, 0.1))
    above.set(xlim=(0, 100), ylim=(-0.5, 0.5))
    above.set_xticks((0, 50, 100))
    name_rows(above, {"who cooperates": 0})
    above.xaxis.tick_top()
    above.tick_params(axis="x", labelsize=8, pad=1)
    above.set_title(SAY["pair"], fontsize=9.5, loc="left", pad=6)
    plain(above, "x", without=("top", "right", "left"))
    above.grid(visible=False)
    below = figure.add_axes((0.27, 0.13, 0.67, 0.44))
    below.set(xlim=(0, 4), ylim=(-0.6, 4.6), yticks=[])
    below.set_xticks(range(5))
    below.set_title(SAY["tournament"], fontsize=9.5, loc="left")
    below.set_xlabel(SAY["scale"], fontsize=9, color=palette.INK)
    plain(below, "x", without=("top", "right", "left"))
    place: Look = {"loc": "upper left", "bbox_to_anchor": (0.262, 0.755), "handlelength": 1.4}
    place |= {"handletextpad": 0.5, "columnspacing": 1.2, "borderaxespad": 0}
    legend(figure, OUTCOMES, fontsize=8, ncols=4, **place)
    return above, below


def _draw_shares(axes: Axes, shares: dict[str, float]) -> None:
    left = 0.0
    for number, (name, share) in enumerate(shares.items()):
        axes.barh(0, 100 * share, left=left, height=0.9, **OUTCOMES[name], gid=f"outcome-{number}")
        left += 100 * share


def _draw_scores(axes: Axes, scores: dict[str, float], chosen: tuple[str, str]) -> None:
    names = list(reversed(scores))
    for row, name in enumerate(names):
        mine = name in chosen
        look: Look = {"height": 0.62, "color": CHOSEN if mine else OTHER, "gid": f"score-{row}"}
        axes.barh(row, scores[name], **look)
        if mine:
            axes.plot(scores[name], row, "D", color=palette.INK, markersize=6, clip_on=False)
        axes.text(scores[name] + 0.09, row, f"{scores[name]:.2f}", va="center", fontsize=9)
    name_rows(axes, {name: row for row, name in enumerate(names)}, bold=chosen)
