"""The map of the argument: what supports and attacks what, and what stands."""

import pandas as pd
from matplotlib.patches import Rectangle

from coursekit.argument import Argument
from coursekit.errors import unknown
from coursekit.figures import palette
from coursekit.figures.argument_layout import HEIGHT, SIZE, WIDTH, bands, boxes, routes
from coursekit.figures.argument_marks import draw_junction, draw_key, draw_link, draw_step
from coursekit.figures.base import CourseFigure, style

__all__ = ["FORCE", "LOOKS", "argument_map_figure", "describe", "draw_map", "facts", "node_looks"]

# What each look of a step says of it.
LOOKS = {
    "stands": "stands",
    "accepted": "stands, and you accept it",
    "idle": "without force until you accept it",
    "rejected": "falls, because you reject it",
    "falls": "falls",
}
FORCE = ("stands", "accepted")
POINT = 0.75  # a pixel in points


def node_looks(standing):
    """Say how each step looks.

    Parameters
    ----------
    standing : coursekit.argument.Standing
        What stands.

    Returns
    -------
    dict of str to str
        One of `LOOKS` for each step.

    Examples
    --------
    >>> looks = node_looks(Argument.essay().standing(rejected=["H3"]))
    >>> [looks[id] for id in ("H3", "A6", "K1", "R2")]
    ['rejected', 'falls', 'stands', 'idle']
    """

    def look(id):
        if id in standing.rejected:
            return "rejected"
        if not standing.stands[id]:
            return "idle" if id in standing.waiting else "falls"
        return "accepted" if id in standing.accepted else "stands"

    return {id: look(id) for id in standing.stands}


def argument_map_figure(rejected=(), accepted=(), chosen=""):
    """Draw the map of the essay's argument.

    Parameters
    ----------
    rejected, accepted : str or iterable of str, optional
        Steps that are rejected and accepted.
    chosen : str, optional
        A step to put a frame around.

    Returns
    -------
    CourseFigure
        Solid arrows support, dashed lines with a bar attack, dotted lines with a ring limit. What
        falls is hatched, struck out and marked.

    Raises
    ------
    CourseError
        If there is no such step, or one is both rejected and accepted.
    """
    standing = Argument.essay().standing(rejected, accepted)
    if chosen and chosen not in standing.stands:
        raise unknown("step", chosen, standing.stands)
    figure = draw_map(standing.argument, node_looks(standing), chosen=chosen)
    figure.alt = describe(standing)
    return figure


def describe(standing):
    """Say what the map shows.

    Parameters
    ----------
    standing : coursekit.argument.Standing
        What stands.

    Returns
    -------
    str
        A few sentences.
    """
    argument = standing.argument
    held = [f"{id} {'stands' if held else 'falls'}" for id, held in standing.conclusions.items()]
    taken = [id for id in argument.nodes if id in standing.accepted]
    return (
        f"Argument map of {len(argument.nodes)} steps and {len(argument.links)} links. "
        f"{'; '.join(held)}. Fallen: {', '.join(standing.fallen) or 'none'}. "
        f"Accepted: {', '.join(taken) or 'none'}."
    )


def draw_map(argument, looks=None, *, chosen="", live=False):
    """Draw an argument about the steps of the essay.

    Parameters
    ----------
    argument : Argument
        The argument.
    looks : dict of str to str, optional
        One of `LOOKS` for each step; without it nothing is judged and every link has force.
    chosen : str, optional
        A step to put a frame around.
    live : bool, optional
        Whether to draw each artist in all its states, for a page that shows one of them.

    Returns
    -------
    CourseFigure
        Artists: a step has its identifier as id, its marks ``state-…`` and its frame ``frame-…``;
        a link is ``strong-…`` or ``faint-…``.
    """
    judged = live or looks is not None
    looks = looks or dict.fromkeys(argument.nodes, "stands")
    placed = boxes(argument)
    with style():
        figure = CourseFigure(figsize=(WIDTH * POINT / 72, HEIGHT * POINT / 72), dpi=96)
        figure.patch.set_facecolor("white")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        axes.set_axis_off()
        for x, y, (left, top, right, bottom), words in bands():
            size = (right - left, bottom - top)
            band = Rectangle((left, top), *size, facecolor="#eef2f5", zorder=0)
            axes.add_patch(band)
            heading = {"fontsize": SIZE, "weight": "bold", "ha": "center", "va": "center"}
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


def facts(argument, looks):
    """List the steps with what bears on them.

    Parameters
    ----------
    argument : Argument
        The argument.
    looks : dict of str to str
        One of `LOOKS` for each step.

    Returns
    -------
    pandas.DataFrame
        One row a step.
    """
    rows = []
    for id, node in argument.nodes.items():
        into = {
            relation: ", ".join(
                link.source
                for link in argument.links
                if (link.target, link.relation) == (id, relation)
            )
            for relation in ("supports", "attacks", "limits")
        }
        rows.append((id, node.label, node.kind, LOOKS[looks[id]], *into.values()))
    columns = ["step", "label", "kind", "state", "supported by", "attacked by", "limited by"]
    return pd.DataFrame(rows, columns=columns)
