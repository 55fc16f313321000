"""The argument map as a live figure: its looks follow from what stands."""

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import traitlets

from coursekit.argument import Argument
from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import LOOKS
from coursekit.argument.words import named_step
from coursekit.content import by_course
from coursekit.figures.argument_layout import boxes, routes
from coursekit.figures.argument_map import FORCE
from coursekit.figures.argument_marks import STATES
from coursekit.sentences import Sentences
from coursekit.widgets.controls import button
from coursekit.widgets.live_figure import LiveFigure

SAY = Sentences(__file__)


class Look(widgets.Widget):
    """How a step looks: a value without a view, of which the rules of a figure speak."""

    value = traitlets.Unicode("stands").tag(sync=True)


class MapFigure(LiveFigure):
    """Show a map of the argument in the full width; a stored notebook also keeps it in words."""

    styles = ("live_figure.css", "panel.css", "argument_map.css")

    switches = traitlets.Dict().tag(sync=True)
    stances = traitlets.Dict().tag(sync=True)
    beside = traitlets.Dict().tag(sync=True)

    def __init__(self, draw: Callable, stored: Callable, **kwargs):
        self.stored = stored
        super().__init__(draw, **kwargs)

    def tell(self, **facts):
        """Send what the kernel has computed; see `LiveFigure.tell`."""
        with self.hold_sync():
            super().tell(**facts)
            self.answer = {**self.answer, "stances": self.stances}

    def still(self):
        """Pack picture and text for a stored notebook."""
        figure, text = self.stored()
        data, metadata = figure.mimebundle()
        words = f"<details><summary>{SAY['in_words']}</summary><pre>{escape(text)}</pre></details>"
        return {**data, "text/html": data["text/html"] + words, "text/plain": text}, metadata


class NarrowPage(widgets.HBox):
    """Say, on a page too narrow for the map, what stands in its place, and offer the map.

    The page's style decides by its width; see `argument_map.css`.
    """

    def __init__(self, lab, instead: str):
        show = button(SAY["show"], SAY["show_help"])
        show.on_click(lambda button: lab.add_class("ck-insists"))
        words = f"<p>{SAY('narrow', instead=instead)}</p>"
        super().__init__([widgets.HTML(words), show])
        self.add_class("ck-narrow")


def step_names() -> dict[str, str]:
    """Name the steps for the line below the map."""
    return {id: named_step(node) for id, node in Argument.essay().nodes.items()}


def switches() -> dict[str, list[str]]:
    """List the steps that a reader can accept or reject, with those that this may change.

    Examples
    --------
    >>> switches()["H3"]
    ['A6', 'K1', 'K2']
    """
    argument = Argument.essay()
    targets = {id: [k.target for k in argument.links if k.source == id] for id in argument.nodes}

    def beyond(id, found=()):
        for target in targets[id]:
            if target not in found:
                found = beyond(target, (*found, target))
        return found

    switched = (id for id, node in argument.nodes.items() if step_kind(node).switched)
    return {id: sorted(beyond(id)) for id in switched}


@by_course
def map_rules() -> dict[str, list[dict]]:
    """Write down how each artist looks for every state of the steps, for the browser."""
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
