"""What the labs on the models share: controls, presets, views, a reset, the assumptions below."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from coursekit.figures.base import CourseFigure
from coursekit.labs.settings import NUMBERS, controls, opening, parts, settings
from coursekit.labs.words import entry
from coursekit.widgets.controls import button, control
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.living import part

OWN = "own"
# What `LiveFigure.show` takes.
Shown = dict[str, Any]


class ModelLab(Lab):
    """A lab that sets numbers of a model and shows what follows from them.

    Its controls stand in the table ``lab_controls`` and become its attributes; its presets stand
    in ``model_presets``. A lab says in its method ``shown`` what `LiveFigure.show` is to show.

    Raises CourseError if there is no such preset.
    """

    # What a reset leaves as it is.
    kept: tuple[str, ...] = ("view",)

    def __init__(
        self,
        lab: str,
        ask: str,
        note: str,
        preset: str = "",
        *,
        values: Mapping[str, object] | None = None,
        options: Mapping[str, list[tuple[str, str]]] | None = None,
    ):
        self.points = settings(lab)
        self._sheets: dict[object, CourseFigure] = {}
        table = controls(lab)
        self.parts = parts(table)
        preset = preset or next(iter(self.points))
        begin = {name: row["value"] for name, row in table.items() if row["value"] != ""}
        begin |= opening(self.points, preset) | self._given(preset)
        begin |= {"preset": OWN, **(values or {})}
        ready = [(label, name) for name, (label, *_) in self.points.items()]
        choices = {"preset": [*ready, ("your own numbers", OWN)], **(options or {})}
        inputs: dict[str, widgets.Widget] = {}
        rows: dict[int, list[widgets.Widget]] = {}
        for name, row in table.items():
            offered = choices.get(name, row["options"])
            first = offered[0][1] if offered else 0
            inputs[name] = control(row, begin.get(name, first), offered)
            rows.setdefault(row["row"], []).append(inputs[name])
            setattr(self, name, inputs[name])
        self.sliders = {name: inputs[name] for name, row in table.items() if row["kind"] in NUMBERS}
        self.reset = button("Reset", "Go back to the settings at the start.", width="90px")
        rows[1].append(self.reset)
        live = LiveFigure(lambda: self.shown()["figure"], inputs=inputs)
        super().__init__(ask, list(rows.values()), live)
        below = part(widgets.HTML, note, classes=("ck-note",))
        self.children = (*self.children, below)
        for name, made in inputs.items():
            made.observe(self._start if name == "preset" else self._update, "value")
        self.reset.on_click(self._restore)
        self._update()
        self.begun = {name: made.value for name, made in inputs.items() if name not in self.kept}

    def at(self, *names: str) -> tuple[Any, ...]:
        """Read where controls stand."""
        return tuple(self.live.inputs[name].value for name in names)

    def figure(self, draw: Callable[..., CourseFigure], *args: Any, **kwargs: Any) -> CourseFigure:
        """Draw on the figure of the move before, so that what stays is not drawn again."""
        self._sheets[draw] = draw(*args, **kwargs, on=self._sheets.get(draw))
        return self._sheets[draw]

    def _given(self, preset: str) -> dict[str, Any]:
        """Say what a preset gives to the controls; its numbers may belong to one view alone."""
        numbers = self.points[preset][1]
        views = [view for view, names in self.parts.items() if set(numbers) & set(names)]
        return {**numbers, **({"view": views[0]} if views else {})}

    def _fitting(self) -> str:
        inputs = self.live.inputs
        for preset in self.points:
            if all(inputs[name].value == value for name, value in self._given(preset).items()):
                return preset
        return OWN

    @reporting
    def _start(self, change: Any) -> None:
        if not self._quiet:
            self._set({} if change["new"] == OWN else self._given(change["new"]))

    @reporting
    def _restore(self, button: object) -> None:
        self._set(self.begun)

    @reporting
    def _update(self, change: Any = None) -> None:
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
