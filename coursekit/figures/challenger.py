"""An abstract map of a challenger with four neighbours, and what is seen of each of them."""

from collections.abc import Mapping

from matplotlib.patches import Polygon

from coursekit.figures import palette
from coursekit.figures.base import Axes, CourseFigure, Look, described
from coursekit.figures.chart import BROWN, GREY, MIDDLE, TEAL, bare, sheet
from coursekit.models.deterrence import STATUSES
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# By status: whether it was attacked; by theory and status: how likely that is.
Deeds = Mapping[str, bool]
Chances = Mapping[str, Mapping[str, float]]
Rows = list[tuple[str, ...]]
TEXT = {**MIDDLE, "fontsize": 10}
# Corners of the regions, and where their names stand.
OWN = [(3.6, 3.4), (6.3, 3.1), (6.8, 6.2), (4.2, 6.9), (3.1, 5.4)]
REGIONS = {
    "member": [(0.3, 3.2), (3.6, 3.4), (3.1, 5.4), (4.2, 6.9), (3.4, 9.4), (0.5, 8.8)],
    "promised": [(3.4, 9.4), (4.2, 6.9), (6.8, 6.2), (9.4, 7.4), (8.9, 9.6)],
    "partner": [(9.4, 7.4), (6.8, 6.2), (6.3, 3.1), (7.2, 0.6), (9.7, 1.2)],
    "neutral": [(7.2, 0.6), (6.3, 3.1), (3.6, 3.4), (0.3, 3.2), (0.8, 0.5)],
}
CENTRES = {"member": (1.8, 6.2), "promised": (6.5, 8.2), "partner": (8.2, 4.4), "neutral": (4, 1.8)}
LOOKS: dict[str, Look] = {
    "member": {"hatch": "///", "linestyle": "-", "linewidth": 2.2},
    "promised": {"linestyle": "--", "linewidth": 2},
    "partner": {"linestyle": ":", "linewidth": 2},
    "neutral": {"linestyle": "-", "linewidth": 1},
}
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 2}


def challenger_figure(attacked: Deeds, away: str, expected: Chances | None = None) -> CourseFigure:
    """Draw the neighbours, what is decided on them and, at the end, what theories expect."""
    now = next((name for name in STATUSES if name not in attacked), "")
    rows = _expected(attacked, expected) if expected else _facts(attacked, away)
    with sheet(9.2, 3.5) as figure:
        _draw_map(figure.add_axes((0, 0, 0.36, 1)), attacked, now)
        heads = SAY["theories" if expected else "facts"]
        title = SAY["title_end" if expected else "title"]
        _draw_table(figure.add_axes((0.37, 0, 0.63, 1)), title, heads, rows, now)
    columns = SAY["columns_end" if expected else "columns"]
    return described(figure, _alt(attacked, expected), rows, columns)


def _facts(attacked: Deeds, away: str) -> Rows:
    rows: Rows = []
    for name, status in STATUSES.items():
        deed = SAY["deeds"][attacked[name]] if name in attacked else SAY["open"]
        told = SAY("help", of=status.rho), SAY["joins"][name], SAY["rule"][name == away]
        rows.append((name, *told, deed))
    return rows


def _expected(attacked: Deeds, expected: Chances) -> Rows:
    deeds = SAY["deeds"]

    def told(chance: float) -> str:
        return SAY("chance", deed=deeds[chance > 1 / 2], chance=chance)

    return [
        (name, deeds[attacked[name]], *(told(chance[name]) for chance in expected.values()))
        for name in STATUSES
    ]


def _alt(attacked: Deeds, expected: Chances | None) -> str:
    listed = [
        ", ".join(name for name, deed in attacked.items() if deed == one) or SAY["none"]
        for one in (True, False)
    ]
    said = [SAY["alt"], SAY("so_far", attacked=listed[0], spared=listed[1])]
    return " ".join([*said, SAY["end"]] if expected else said)


def _draw_map(axes: Axes, attacked: Deeds, now: str) -> None:
    bare(axes, (0, 10), (0, 10))
    for name, corners in REGIONS.items():
        face = "#fff3d6" if name == now else palette.PAPER
        look: Look = {"edgecolor": GREY, "facecolor": face} | LOOKS[name]
        axes.add_patch(Polygon(corners, **look))
        words = f"{name}\n{SAY['deeds'][attacked[name]]}" if name in attacked else name
        weight = "bold" if name == now else "normal"
        label = axes.text(*CENTRES[name], words, fontsize=10, weight=weight, **MIDDLE)
        label.set_bbox(PLATE if name == "member" else None)
    axes.add_patch(Polygon(OWN, facecolor="#dcebe9", edgecolor=TEAL, linewidth=2))
    axes.text(5, 4.9, SAY["you"], fontsize=11, weight="bold", **MIDDLE)


def _draw_table(axes: Axes, title: str, heads: list[str], rows: Rows, now: str) -> None:
    bare(axes, (0, 10), (10, 0))
    axes.text(0.1, 0.7, title, fontsize=11, va="center")
    places = [0.1, 2.9, 4.85, 6.95, 9]
    for place, head in zip(places[1:], heads[1:], strict=True):
        axes.text(place, 2.1, head, fontsize=9.5, color=GREY, **MIDDLE)
    for height, row in zip((3.8, 5.5, 7.2, 8.9), rows, strict=True):
        chosen = row[0] == now
        if chosen:
            corners = [(0, height - 0.8), (10, height - 0.8), (10, height + 0.8), (0, height + 0.8)]
            axes.add_patch(Polygon(corners, facecolor="#fff3d6", edgecolor=BROWN, linewidth=1))
        weight = "bold" if chosen else "normal"
        axes.text(0.1, height, row[0], fontsize=10.5, va="center", weight=weight)
        for place, words in zip(places[1:], row[1:], strict=True):
            if words == SAY["open"]:
                words = SAY["now"] if chosen else ""
            strong = chosen or words.startswith(SAY["deeds"][1])
            axes.text(place, height, words, weight="bold" if strong else "normal", **TEXT)
