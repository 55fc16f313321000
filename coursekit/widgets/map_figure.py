"""The argument map as a live figure: its looks follow from what stands."""

from collections.abc import Callable
from html import escape
from typing import Any

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
from coursekit.widgets.live_figure import Draw, LiveFigure
from coursekit.widgets.living import Bundle

SAY = Sentences(__file__)
Rules = dict[str, list[dict[str, Any]]]


class Look(widgets.Widget):  # type: ignore[misc]  # ipywidgets has no hints
    """How a step looks: a value without a view, of which the rules of a figure speak."""

    value = traitlets.Unicode("stands").tag(sync=True)


class MapFigure(LiveFigure):
    """Show a map of the argument in the full width; a stored notebook also keeps it in words."""

    styles = ("live_figure.css", "panel.css", "argument_map.css")

    switches = traitlets.Dict().tag(sync=True)
    stances = traitlets.Dict().tag(sync=True)
    beside = traitlets.Dict().tag(sync=True)

    def __init__(self, draw: Draw, stored: Callable[[], tuple[Any, str]], **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(draw, **kwargs)

    def tell(self, **facts: Any) -> None:
        """Send what the kernel has computed; see `LiveFigure.tell`."""
        with self.hold_sync():
            super().tell(**facts)
            self.answer = {**self.answer, "stances": self.stances}

    def still(self) -> Bundle:
        """Pack picture and text for a stored notebook."""
        figure, text = self.stored()
        data, metadata = figure.mimebundle()
        words = f"<details><summary>{SAY['in_words']}</summary><pre>{escape(text)}</pre></details>"
        return {**data, "text/html": data["text/html"] + words, "text/plain": text}, metadata


class NarrowPage(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no hints
    """Say, where `argument_map.css` finds a page too narrow for the map, what stands there."""

    def __init__(self, lab: widgets.Widget, instead: str) -> None:
        show = button(SAY["show"], SAY["show_help"])
        show.on_click(lambda button: lab.add_class("ck-insists"))
        words = f"<p>{SAY('narrow', instead=instead)}</p>"
        super().__init__([widgets.HTML(words), show])
        self.add_class("ck-narrow")


def step_names() -> dict[str, str]:
    """Name the steps for the line below the map."""
    return {id: named_step(node) for id, node in Argument.essay().nodes.items()}


def switches() -> dict[str, list[str]]:
    """List the steps that a reader can accept or reject, with those that this may change."""
    argument = Argument.essay()
    targets = {id: [k.target for k in argument.links if k.source == id] for id in argument.nodes}

    def beyond(id: str, found: tuple[str, ...] = ()) -> tuple[str, ...]:
        for target in targets[id]:
            if target not in found:
                found = beyond(target, (*found, target))
        return found

    switched = (id for id, node in argument.nodes.items() if step_kind(node).switched)
    return {id: sorted(beyond(id)) for id in switched}


@by_course
def map_rules() -> Rules:
    """Write down how each artist looks for every state of the steps, for the browser."""
    argument = Argument.essay()
    rules: Rules = {}
    for place, (id, node) in enumerate(argument.nodes.items()):
        rules[id] = [
            {"when": [[id, "=", look]], "look": look, "text": f"{node.kind}; {words}. {node.text}"}
            for look, words in LOOKS.items()
        ]
        rules[f"frame-{id}"] = _shown_when([["pick", "=", place]])
        for state, looks in STATES.items():
            rules[f"state-{state}-{id}"] = _shown_when([[id, "in", list(looks)]])
    for route in routes(argument, boxes(argument)):
        force = [[id, "in", list(FORCE)] for id in route.sources]
        rules[f"strong-{route.name}"] = _shown_when(force)
        rules[f"faint-{route.name}"] = _shown_when(force, otherwise=True)
    return rules


def _shown_when(when: list[list[Any]], otherwise: bool = False) -> list[dict[str, Any]]:
    looks = ("shown", "hidden")[:: -1 if otherwise else 1]
    return [{"when": when, "look": looks[0]}, {"when": [], "look": looks[1]}]
