"""What the labs on the models share: presets, views, a reset, and the assumptions below."""

from collections.abc import Callable

import ipywidgets as widgets

from coursekit.labs.words import entry
from coursekit.widgets.controls import dropdown
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting

__all__ = ["OWN", "ModelLab", "presets"]

OWN = "own"


class ModelLab(Lab):
    """A lab that sets numbers of a model and shows what follows from them.

    A lab makes its controls, among them `presets` and a reset, hands them over here, and says in
    its method ``shown`` what `LiveFigure.show` is to show.
    """

    # What a reset leaves as it is.
    kept = ("view",)

    def __init__(
        self,
        ask: str,
        rows: list[list[widgets.Widget]],
        inputs: dict[str, widgets.Widget],
        points: dict,
        note: str,
        parts: dict[str, str] | None = None,
    ):
        self.points, self._sheets = points, {}
        self.parts = {view: names.split() for view, names in (parts or {}).items()}
        live = LiveFigure(lambda: self.shown()["figure"], inputs=inputs)
        super().__init__(ask, rows, live)
        below = widgets.HTML(note)
        below.add_class("ck-note")
        self.children = (*self.children, below)
        for name, control in inputs.items():
            control.observe(self._start if name == "preset" else self._update, "value")
        self.reset.on_click(self._restore)
        self._update()
        self.begun = {
            name: control.value for name, control in inputs.items() if name not in self.kept
        }

    def figure(self, draw: Callable, *args: object, **kwargs):
        """Draw on the figure of the move before, so that what stays is not drawn again."""
        self._sheets[draw] = draw(*args, **kwargs, on=self._sheets.get(draw))
        return self._sheets[draw]

    def _given(self, preset):
        """Say what a preset gives to the controls; its numbers may belong to one view alone."""
        numbers = self.points[preset][1]
        views = [view for view, names in self.parts.items() if set(numbers) & set(names)]
        return {**numbers, **({"view": views[0]} if views else {})}

    def _fitting(self):
        inputs = self.live.inputs
        fits = (
            preset
            for preset in self.points
            if all(inputs[name].value == value for name, value in self._given(preset).items())
        )
        return next(fits, OWN)

    @reporting
    def _start(self, change):
        if not self._quiet:
            self._set({} if change["new"] == OWN else self._given(change["new"]))

    @reporting
    def _restore(self, button):
        self._set(self.begun)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        self._quiet = True
        self.preset.value = self._fitting()
        self._quiet = False
        special = {name for names in self.parts.values() for name in names}
        for name in special:
            seen = name in self.parts[self.live.inputs["view"].value]
            self.live.inputs[name].layout.display = "" if seen else "none"
        shown = self.shown()
        if self.preset.value in self.points:
            label, _, note = self.points[self.preset.value]
            shown["readout"] = [*shown["readout"], entry("Setting", label, note)]
        self.live.show(**shown)


def presets(points: dict, value: str, tooltip: str, *, width: int = 330) -> widgets.Dropdown:
    """Make the list of presets."""
    options = [*((label, name) for name, (label, *_) in points.items()), ("your own numbers", OWN)]
    return dropdown(options, value, "Start from", tooltip, width=width)
