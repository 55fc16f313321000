"""The frame that all widgets of the course share: a question, rows of controls, a live figure."""

from html import escape

import ipywidgets as widgets

from coursekit.widgets.live_figure import STILLS


class Lab(widgets.VBox):
    """A question above rows of controls above a live figure; what is seldom used stands below."""

    def __init__(self, ask: str, rows: list[list[widgets.Widget]], live, below=()):
        self.live = live
        question = widgets.HTML(escape(ask))
        question.add_class("ck-ask")
        boxes, last = ([widgets.HBox(row) for row in some] for some in (rows, below))
        for box in (*boxes, *last):
            box.add_class("ck-row")
        super().__init__([*([question] if ask else []), *boxes, live, *last])
        self.add_class("ck-lab")

    def follow(self) -> None:
        """Show what the controls of the figure say, now and whenever one of them is moved."""
        for control in self.live.inputs.values():
            if not isinstance(control, widgets.Button):
                control.observe(self._update, "value")
        self._update()

    # While several controls are set together, callbacks wait for the last.
    _quiet = False

    def _set(self, values):
        self._quiet = True
        try:
            for name, value in values.items():
                self.live.inputs[name].value = value
        finally:
            self._quiet = False
        self._update()

    def still(self):
        """Pack the figure, or what stands in its place, for a stored notebook."""
        return self.live.still()

    def _repr_mimebundle_(self, **kwargs):
        return STILLS.beside(super()._repr_mimebundle_(**kwargs), self, self.live)


def chip(description: str, tooltip: str, value: bool = True):
    """Make a checkbox that looks like a switch one can press."""
    box = widgets.Checkbox(value=value, indent=False, description=description, tooltip=tooltip)
    box.add_class("ck-chip")
    return box


def year_controls(value: int, first: int, last: int):
    """Make a year slider and the button that plays it."""
    years = {"value": value, "min": first, "max": last}
    layout, style = widgets.Layout(width="420px", max_width="100%"), {"description_width": "40px"}
    help = "The last day of this year. Drag, or use the arrow keys."
    slider = widgets.IntSlider(
        description="Year", tooltip=help, layout=layout, style=style, **years
    )
    play = widgets.Play(interval=350, show_repeat=False, tooltip="Play the years.", **years)
    widgets.jslink((play, "value"), (slider, "value"))
    return slider, play
