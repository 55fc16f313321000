"""The argument map as a live figure: its looks follow from what stands."""

from functools import cache
from html import escape

import ipywidgets as widgets
import traitlets

from coursekit.argument import Argument
from coursekit.figures.argument_layout import boxes, routes
from coursekit.figures.argument_map import FORCE, LOOKS
from coursekit.figures.argument_marks import STATES
from coursekit.widgets.argument_words import named_step
from coursekit.widgets.live_figure import LiveFigure

__all__ = ["Look", "MapFigure", "map_rules", "step_names"]


class Look(widgets.Widget):
    """How a step looks: a value without a view, of which the rules of a figure speak."""

    value = traitlets.Unicode("stands").tag(sync=True)


class MapFigure(LiveFigure):
    """Show a map of the argument in the full width; a stored notebook also keeps it in words.

    Parameters
    ----------
    draw : callable
        See `LiveFigure`.
    stored : callable
        Returns the figure and the text that a stored notebook keeps.
    **kwargs
        See `LiveFigure`.
    """

    styles = ("live_figure.css", "panel.css", "argument_map.css")

    def __init__(self, draw, stored, **kwargs):
        self.stored = stored
        super().__init__(draw, **kwargs)

    def still(self):
        """Pack picture and text for a stored notebook.

        Returns
        -------
        data, metadata : dict
            HTML and a PNG, and the outline by media type; the alt text by media type.
        """
        figure, text = self.stored()
        data, metadata = figure.mimebundle()
        words = f"<details><summary>The map in words</summary><pre>{escape(text)}</pre></details>"
        return {**data, "text/html": data["text/html"] + words, "text/plain": text}, metadata


def step_names():
    """Name the steps for the line below the map.

    Returns
    -------
    dict of str to str
        Identifier and label, by identifier.
    """
    return {id: named_step(node) for id, node in Argument.essay().nodes.items()}


@cache
def map_rules():
    """Write down how each artist looks for every state of the steps, for the browser.

    Returns
    -------
    dict of str to list of dict
        See `LiveFigure`; inputs are the steps and ``pick``, the place of the chosen step.
    """
    argument = Argument.essay()
    rules = {}
    for place, (id, node) in enumerate(argument.nodes.items()):
        rules[id] = [
            {"when": [[id, "=", look]], "look": look, "text": f"{node.kind}; {words}. {node.text}"}
            for look, words in LOOKS.items()
        ]
        rules[f"frame-{id}"] = _shown([["pick", "=", place]])
        for state, looks in STATES.items():
            rules[f"state-{state}-{id}"] = _shown([[id, "in", list(looks)]])
    for route in routes(argument, boxes(argument)):
        force = [[id, "in", list(FORCE)] for id in route.sources]
        rules[f"strong-{route.name}"] = _shown(force)
        rules[f"faint-{route.name}"] = _shown(force, otherwise=True)
    return rules


def _shown(when, otherwise=False):
    looks = ("shown", "hidden")[:: -1 if otherwise else 1]
    return [{"when": when, "look": looks[0]}, {"when": [], "look": looks[1]}]
