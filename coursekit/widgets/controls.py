"""Controls of the labs on the models, each with a name, a sentence of help and a width."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets

from coursekit.widgets.frame import chip
from coursekit.widgets.living import part

WIDTH, LABEL = 310, 95  # pixels
Choices = Sequence[Any]


class Slider(widgets.FloatSlider):  # type: ignore[misc]  # ipywidgets has no hints
    """A slider that stands exactly on one of its steps.

    A browser takes the place of 5 for 5.000000000000001 and sends that back; a click in a picture
    falls between two steps. Both become the nearest step, and only another step is news.
    """

    def notify_change(self, change: Any) -> None:
        """Tell the observers, unless the slider still stands where it stood."""
        if change["name"] != "value" or change["old"] != change["new"]:
            super().notify_change(change)

    @traitlets.validate("value")
    def _validate_value(self, proposal: Any) -> float:
        value = super()._validate_value(proposal)
        steps = round((value - self.min) / self.step)
        return float(min(round(self.min + steps * self.step, 9), self.max))


def slider(
    low: float,
    high: float,
    step: float,
    description: str,
    tooltip: str,
    value: Any = 0.0,
    **size: int,
) -> widgets.FloatSlider:
    """Make a slider for a number."""
    places = len(f"{step:g}".partition(".")[2])
    kind, form = (widgets.IntSlider, "d") if isinstance(step, int) else (Slider, f".{places}f")
    said = {"description": description, "tooltip": tooltip, "readout_format": form}
    return kind(value=value, min=low, max=high, step=step, **said, **wide(**size))


def dropdown(
    options: Choices, value: object, description: str, tooltip: str, **size: int
) -> widgets.Dropdown:
    """Make a list of choices; without a width for the label it is as wide as its words."""
    said = {"description": description, "tooltip": tooltip}
    return widgets.Dropdown(options=options, value=value, **said, **wide(**size))


def radio(options: Choices, value: object, description: str, tooltip: str) -> widgets.Widget:
    """Make choices of which one is always on, side by side."""
    look = {"orientation": "horizontal", "layout": widgets.Layout(width="auto")}
    said = {"description": description, "tooltip": tooltip}
    style = {"description_width": "auto"}
    return widgets.RadioButtons(options=options, value=value, style=style, **said, **look)


def button(
    description: str, tooltip: str, classes: tuple[str, ...] = (), **layout: str | None
) -> widgets.Button:
    """Make a button."""
    look = {"layout": widgets.Layout(**{"width": "auto", **layout}), "classes": classes}
    return part(widgets.Button, description=description, tooltip=tooltip, **look)


def number_box(
    value: int, low: int, high: int, description: str, tooltip: str, label: int = 40
) -> widgets.BoundedIntText:
    """Make a small field for a whole number."""
    said = {"description": description, "tooltip": tooltip}
    return widgets.BoundedIntText(value=value, min=low, max=high, **said, **wide(130, label))


def control(row: dict[str, Any], value: object, options: Choices = ()) -> widgets.Widget:
    """Make the control that a row of the table ``lab_controls`` describes."""
    size = {"width": int(row.get("width", WIDTH)), "label": int(row.get("label_width", LABEL))}
    match row["kind"]:
        case "seed":
            return number_box(0, 0, 999, "Seed", row["tooltip"], label=45)
        case "switch":
            # A lab may hide it.
            own = widgets.Layout()
            return chip(row["label"], row["tooltip"], value=False, layout=own)
        case "preset" | "choice":
            label = row["label"] or "Start from"
            return dropdown(options, value, label, row["tooltip"], **size)
    step = int(row["step"]) if row["kind"] == "whole" else row["step"]
    made = slider(row["min"], row["max"], step, row["label"], row["tooltip"], value, **size)
    if row["kind"] == "percent":
        made.readout_format = ".0%"
    return made


def wide(width: int = WIDTH, label: int = LABEL) -> dict[str, Any]:
    """Say how wide a control and its label are, in pixels."""
    width_of_label = f"{label}px" if label else "auto"
    layout = widgets.Layout(width=f"{width}px", max_width="100%")
    return {"layout": layout, "style": {"description_width": width_of_label}}
