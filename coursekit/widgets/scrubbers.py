"""Sentences whose numbers can be dragged."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

import ipywidgets as widgets
import traitlets

from coursekit.widgets.living import LivingWidget

# By name: low, high, step, label and unit.
Ranges = Mapping[str, Mapping[str, Any]]


class Scrubbers(LivingWidget):
    """Show sentences in which each number is a control.

    `value` gives the numbers by name at every moment. `released` is counted up when one of them is
    let go. In the sentences a number's name stands in braces; `numbers` holds by name ``low``,
    ``high``, ``step``, ``label`` and ``unit``.
    """

    script = "scrubbers.js"
    styles = ("scrubbers.css",)

    parts: traitlets.List[Any] = traitlets.List().tag(sync=True)
    numbers = traitlets.Dict().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    released = traitlets.Int().tag(sync=True)

    def __init__(self, text: list[str], numbers: Ranges, value: Mapping[str, float], hint: str):
        parts = [
            [[words, name or ""] for words, name, *_ in Formatter().parse(line)] for line in text
        ]
        state = {"parts": parts, "numbers": dict(numbers), "value": dict(value), "hint": hint}
        super().__init__(**state, layout=widgets.Layout(width="100%"))
