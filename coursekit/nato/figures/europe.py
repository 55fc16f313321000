"""The map of Europe by status."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, Patch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from coursekit.data import read_json
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, style
from coursekit.figures.chart import MIDDLE, bare
from coursekit.nato.enlargement import Scenario
from coursekit.nato.enlargement.lookups import status_labels
from coursekit.nato.status_rules import state_names
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

# The outline of a state whose status is not what it was in history.
CHANGED = {"edgecolor": palette.INK, "linestyle": (0, (3, 1.6)), "linewidth": 1.6}


Look = dict[str, Any]
Spot = tuple[float, float]


@cache
def _outlines() -> tuple[dict[str, Any], dict[str, Path], dict[str, Spot], set[str], Path]:
    """Turn the map's areas into matplotlib paths, once."""
    europe_map = read_json("europe_map")
    outlines = {f["id"]: _path(f["geometry"]["coordinates"]) for f in europe_map["features"]}
    labels = {f["id"]: f["properties"]["label"] for f in europe_map["features"]}
    dots = {f["id"] for f in europe_map["features"] if f["properties"]["dot"]}
    return europe_map, outlines, labels, dots, _path(europe_map["context"])


def _path(polygons: list[list[list[Spot]]]) -> Path:
    vertices: list[Spot] = []
    codes: list[np.uint8] = []
    for polygon in polygons:
        for ring in polygon:
            vertices += ring
            codes += [Path.MOVETO] + [Path.LINETO] * (len(ring) - 2) + [Path.CLOSEPOLY]
    return Path(vertices, codes)


def facts(scenario: Scenario) -> pd.DataFrame:
    """List how each state stands to the alliance."""
    labels = status_labels()
    history = scenario.history()
    rows = []
    for iso3, name in state_names().items():
        joined = str(scenario.joined(iso3) or "")
        rows.append((name, labels[scenario.status(iso3)], joined, labels[history.status(iso3)]))
    table = pd.DataFrame(rows, columns=["state", "status", "joined", "in_history"])
    return table.sort_values("state", ignore_index=True)


def describe(scenario: Scenario) -> str:
    """Say in words what the map shows."""
    measures, history = scenario.measures(), scenario.history().measures()
    day = f"{scenario.date.day} {scenario.date:%B %Y}"
    text = (
        f"Map of Europe on {day}: {measures.members} NATO members with "
        f"{measures.population / 1e6:,.0f} million people; they share "
        f"{measures.border_km:,.0f} km of land border with {measures.neighbour}."
    )
    if scenario.without or scenario.admitted:
        text += f" This is a what-if: in history there were {history.members} members."
    return text


def europe(scenario: Scenario | None = None, every_status: bool = False) -> CourseFigure:
    """Draw who is a member and how the other states stand to the alliance.

    Parameters
    ----------
    scenario : Scenario, optional
        Who is a member, and when. Default: history at the end of 2025.
    every_status : bool, optional
        Whether the legend also lists statuses that no state has on that day, for a picture that
        changes with the year.

    Returns
    -------
    CourseFigure
        Each state is an artist whose id is its ISO 3166-1 alpha-3 code; each swatch of the legend
        has the id ``look-`` and a status. A dashed outline marks states whose status differs from
        history.

    Examples
    --------
    >>> europe(Scenario(2024, without=2004)).alt[:48]
    'Map of Europe on 31 December 2024: 25 NATO membe'
    """
    scenario = scenario or Scenario()
    with style():
        figure = new_map()
        draw(figure, scenario, every_status)
    figure.alt = describe(scenario)
    figure.table = facts(scenario)
    return figure


def draw(figure: CourseFigure, scenario: Scenario, every_status: bool = False) -> None:
    """Draw the map into a figure."""
    history = scenario.history()
    looks: dict[str, Look] = {}
    used = set()
    for iso3 in _outlines()[1]:
        status = scenario.status(iso3)
        used.add(status)
        looks[iso3] = look(palette.STATUS[status])
        if status != history.status(iso3):
            looks[iso3] |= CHANGED | {"zorder": 4}
            used.add("changed")
    labels = status_labels()
    swatches = {status: (label, look(palette.STATUS[status])) for status, label in labels.items()}
    swatches["changed"] = ("Differs from history", {"facecolor": "white", **CHANGED})
    if not every_status:
        swatches = {name: swatches[name] for name in swatches if name in used}
    draw_map(figure, looks, swatches, f"{scenario.date.day} {scenario.date:%B %Y}")


def draw_map(
    figure: CourseFigure, looks: dict[str, Look], swatches: dict[str, tuple[str, Look]], title: str
) -> None:
    """Draw the states, each in its own look, with a legend."""
    europe_map, outlines, labels, dots, context = _outlines()
    x0, y0, x1, y1 = europe_map["view"]
    figure.patch.set_facecolor(palette.PAPER)
    axes = bare(figure.add_axes((0, 0, 1, 1), aspect="equal"), (x0, x1), (y0, y1))
    # The view is fixed: `add_patch` would measure each outline, which takes longer than all else.
    axes.add_artist(PathPatch(context, fc=palette.LAND, ec="none", gid="context", zorder=1))
    left, bottom, right, top = europe_map["inset"]
    frame: Look = {"gid": "inset", "zorder": 1, "fc": "none", "ec": "#9aa5ad", "lw": 0.7}
    axes.add_artist(Rectangle((left, bottom), right - left, top - bottom, **frame))
    for iso3, outline in outlines.items():
        dot = iso3 in dots and Circle(labels[iso3], europe_map["dot_radius"])
        patch = _painted(dot or PathPatch(outline), looks[iso3] | ({"zorder": 5} if dot else {}))
        patch.set_gid(iso3)
        axes.add_artist(patch)
    halo = [withStroke(linewidth=2.2, foreground="white")]
    text = {**MIDDLE, "fontsize": 7.5, "color": palette.INK, "zorder": 6, "path_effects": halo}
    for iso3, name in SAY["named"].items():
        axes.text(*labels[iso3], name, gid=f"label-{iso3}", **text)
    patches = [
        _painted(Rectangle((0, 0), 1, 1, label=words), look) for words, look in swatches.values()
    ]
    place: Look = {"loc": "lower left", "bbox_to_anchor": (0.003, 0.29), "alignment": "left"}
    place |= {"fontsize": 7.5, "handlelength": 2.2, "handleheight": 1.2, "framealpha": 1}
    place |= {"title": title, "title_fontsize": 8.5, "edgecolor": "#c5ccd1"}
    legend = axes.legend(handles=patches, **place)
    legend.set(gid="legend", zorder=7)
    for handle, name in zip(legend.get_patches(), swatches, strict=True):
        handle.set_gid(f"look-{name}")


def _painted(patch: Patch, look: Look) -> Patch:
    """Give a patch a look. Before matplotlib 3.11 no setter parts a hatching from its outline."""
    if hasattr(patch, "set_hatchcolor"):
        patch.set(**look)
        return patch
    patch.set(**{name: value for name, value in look.items() if name != "hatchcolor"})
    if "hatchcolor" in look:
        patch._hatch_color = to_rgba(look["hatchcolor"])  # type: ignore[attr-defined]
    return patch


def new_map() -> CourseFigure:
    """Make an empty figure with the proportions of the map."""
    x0, y0, x1, y1 = _outlines()[0]["view"]
    return CourseFigure(figsize=(9, 9 * (y1 - y0) / (x1 - x0)), dpi=100)


def look(colours: tuple[str, ...]) -> Look:
    """Turn an entry of the palette into properties of a matplotlib patch."""
    face, hatch, line = colours
    properties = {"facecolor": face, "edgecolor": palette.OUTLINE, "linewidth": 0.6, "zorder": 3}
    if hatch:
        properties |= {"hatch": hatch, "hatchcolor": line}
    return properties
