"""The map of the argument: what supports and attacks what, and what stands."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.patches import Rectangle

from coursekit.argument import RELATIONS, Argument, Standing
from coursekit.argument.looks import LOOKS, node_looks
from coursekit.errors import unknown
from coursekit.figures import palette
from coursekit.figures.argument_layout import HEIGHT, SIZE, WIDTH, bands, boxes, routes
from coursekit.figures.argument_marks import draw_junction, draw_key, draw_link, draw_step
from coursekit.figures.base import CourseFigure, style
from coursekit.figures.chart import MIDDLE, bare

FORCE = ("stands", "accepted")
POINT = 0.75  # a pixel in points


def argument_map_figure(
    rejected: str | Iterable[str] = (), accepted: str | Iterable[str] = (), chosen: str = ""
) -> CourseFigure:
    """Draw the map of the essay's argument."""
    standing = Argument.essay().standing(rejected, accepted)
    if chosen and chosen not in standing.stands:
        raise unknown("step", chosen, standing.stands)
    figure = draw_map(standing.argument, node_looks(standing), chosen=chosen)
    figure.alt = describe(standing)
    return figure


def describe(standing: Standing) -> str:
    """Say what the map shows."""
    argument = standing.argument
    held = [f"{id} {'stands' if held else 'falls'}" for id, held in standing.conclusions.items()]
    taken = [id for id in argument.nodes if id in standing.accepted]
    return (
        f"Argument map of {len(argument.nodes)} steps and {len(argument.links)} links. "
        f"{'; '.join(held)}. Fallen: {', '.join(standing.fallen) or 'none'}. "
        f"Accepted: {', '.join(taken) or 'none'}."
    )


def draw_map(
    argument: Argument, looks: dict[str, str] | None = None, *, chosen: str = "", live: bool = False
) -> CourseFigure:
    """Draw an argument about the steps of the essay."""
    judged = live or looks is not None
    looks = looks or dict.fromkeys(argument.nodes, "stands")
    placed = boxes(argument)
    with style():
        figure = CourseFigure(figsize=(WIDTH * POINT / 72, HEIGHT * POINT / 72), dpi=96)
        figure.patch.set_facecolor("white")
        axes = bare(figure.add_axes((0, 0, 1, 1)), (0, WIDTH), (HEIGHT, 0))
        for x, y, (left, top, right, bottom), words in bands():
            size = (right - left, bottom - top)
            axes.add_patch(Rectangle((left, top), *size, facecolor="#eef2f5", zorder=0))
            heading = {"fontsize": SIZE, "weight": "bold", **MIDDLE}
            axes.text(x, y, words, color=palette.INK, gid="band", **heading)
        laid = routes(argument, placed)
        for route in laid:
            force = all(looks[id] in FORCE for id in route.sources)
            for strong, state in ((True, "strong"), (False, "faint")):
                if live or strong == force:
                    draw_link(axes, route, strong=strong, gid=f"{state}-{route.name}")
        for name, spot in {r.name: r.points[0] for r in laid if len(r.sources) > 1}.items():
            draw_junction(axes, spot, f"junction-{name}")
        for id, box in placed.items():
            look = None if live else looks[id]
            draw_step(axes, argument.nodes[id], box, look, framed=live or id == chosen)
        draw_key(axes, judged=judged)
    figure.table = facts(argument, looks)
    return figure


def facts(argument: Argument, looks: dict[str, str]) -> pd.DataFrame:
    """List the steps with what bears on them."""
    rows = []
    for id, node in argument.nodes.items():
        into = [link for link in argument.links if link.target == id]
        sources = (
            ", ".join(link.source for link in into if link.relation == relation)
            for relation in RELATIONS
        )
        rows.append((id, node.label, node.kind, LOOKS[looks[id]], *sources))
    columns = ["step", "label", "kind", "state", "supported by", "attacked by", "limited by"]
    return pd.DataFrame(rows, columns=columns)
