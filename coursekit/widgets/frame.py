"""The frame that all widgets of the course share: a question, rows of controls, a live figure."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets

from coursekit.widgets.live_figure import STILLS
from coursekit.widgets.living import Bundle, part

Rows = Sequence[Sequence[widgets.Widget]]


class Lab(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no hints
    """A question above rows of controls above a live figure; what is seldom used stands below."""

    children: Any

    def __init__(self, ask: str, rows: Rows, live: Any, below: Rows = ()) -> None:
        self.live = live
        question = [part(widgets.HTML, escape(ask), classes=("ck-ask",))] if ask else []
        boxes, last = (
            [part(widgets.HBox, row, classes=("ck-row",)) for row in some] for some in (rows, below)
        )
        super().__init__([*question, *boxes, live, *last], _dom_classes=("ck-lab",))

    def follow(self) -> None:
        """Show what the controls of the figure say, now and whenever one of them is moved."""
        for control in self.live.inputs.values():
            if not isinstance(control, widgets.Button):
                control.observe(self._update, "value")
        self._update()

    # While several controls are set together, callbacks wait for the last.
    _quiet = False

    def _set(self, values: Mapping[str, object]) -> None:
        self._quiet = True
        try:
            for name, value in values.items():
                self.live.inputs[name].value = value
        finally:
            self._quiet = False
        self._update()

    def still(self) -> Any:
        """Pack the figure, or what stands in its place, for a stored notebook."""
        return self.live.still()

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        return STILLS.beside(super()._repr_mimebundle_(**kwargs), self, self.live)


def chip(description: str, tooltip: str, value: bool = True, **look: Any) -> widgets.Checkbox:
    """Make a checkbox that looks like a switch one can press."""
    said: dict[str, Any] = {"description": description, "tooltip": tooltip, "classes": ("ck-chip",)}
    return part(widgets.Checkbox, value=value, indent=False, **said, **look)


def year_controls(value: int, first: int, last: int) -> tuple[widgets.IntSlider, widgets.Play]:
    """Make a year slider and the button that plays it."""
    years: dict[str, Any] = {"value": value, "min": first, "max": last}
    layout, style = widgets.Layout(width="420px", max_width="100%"), {"description_width": "40px"}
    help = "The last day of this year. Drag, or use the arrow keys."
    look = {"layout": layout, "style": style, "tooltip": help}
    slider = widgets.IntSlider(description="Year", **look, **years)
    help = "Play the years."
    play = part(widgets.Play, interval=350, show_repeat=False, tooltip=help, **years)
    widgets.jslink((play, "value"), (slider, "value"))
    return slider, play
