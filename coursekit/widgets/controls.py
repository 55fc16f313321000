"""Controls of the labs on the models, each with a name, a sentence of help and a width."""

import ipywidgets as widgets
import traitlets

from coursekit.widgets.frame import chip

WIDTH, LABEL = 310, 95  # pixels


class Slider(widgets.FloatSlider):
    """A slider that stands exactly on one of its steps.

    A browser takes the place of 5 for 5.000000000000001 and sends that back; a click in a picture
    falls between two steps. Both become the nearest step, and only another step is news.
    """

    def notify_change(self, change):
        """Tell the observers, unless the slider still stands where it stood."""
        if change["name"] != "value" or change["old"] != change["new"]:
            super().notify_change(change)

    @traitlets.validate("value")
    def _validate_value(self, proposal):
        value = super()._validate_value(proposal)
        steps = round((value - self.min) / self.step)
        return min(round(self.min + steps * self.step, 9), self.max)


def slider(
    low: float,
    high: float,
    step: float | int,
    description: str,
    tooltip: str,
    value: float = 0.0,
    *,
    width: int = WIDTH,
    label: int = LABEL,
):
    """Make a slider for a number.

    Examples
    --------
    >>> price = slider(0, 6, 0.5, "Price", "What it costs.")
    >>> price.value = 5.000000000000001
    >>> price.value
    5.0
    """
    kind, form = (
        (widgets.IntSlider, "d") if isinstance(step, int) else (Slider, f".{_places(step)}f")
    )
    return kind(
        value=value,
        min=low,
        max=high,
        step=step,
        readout_format=form,
        description=description,
        tooltip=tooltip,
        **_wide(width, label),
    )


def dropdown(
    options: list[tuple],
    value: object,
    description: str,
    tooltip: str,
    *,
    width: int = WIDTH,
    label: int = LABEL,
) -> widgets.Dropdown:
    """Make a list of choices."""
    return widgets.Dropdown(
        options=options,
        value=value,
        description=description,
        tooltip=tooltip,
        **_wide(width, label),
    )


def control(row: dict, value: object, options: list[tuple] = ()) -> widgets.Widget:
    """Make the control that a row of the table ``lab_controls`` describes.

    Examples
    --------
    >>> from coursekit.labs.settings import controls
    >>> control(controls("game")["T"], 4.0).description
    'Arm alone (T)'
    """
    size = {"width": int(row.get("width", WIDTH)), "label": int(row.get("label_width", LABEL))}
    match row["kind"]:
        case "seed":
            return widgets.BoundedIntText(
                min=0, max=999, description="Seed", tooltip=row["tooltip"], **_wide(130, 45)
            )
        case "switch":
            return chip(row["label"], row["tooltip"], value=False)
        case "preset" | "choice":
            label = row["label"] or "Start from"
            return dropdown(options, value, label, row["tooltip"], **size)
    step = int(row["step"]) if row["kind"] == "whole" else row["step"]
    made = slider(row["min"], row["max"], step, row["label"], row["tooltip"], value, **size)
    if row["kind"] == "percent":
        made.readout_format = ".0%"
    return made


def reset_button():
    """Make the button that puts a lab back."""
    return widgets.Button(
        description="Reset",
        tooltip="Go back to the settings at the start.",
        layout=widgets.Layout(width="90px"),
    )


def _places(step):
    return len(f"{step:g}".partition(".")[2])


def _wide(width, label):
    return {
        "layout": widgets.Layout(width=f"{width}px", max_width="100%"),
        "style": {"description_width": f"{label}px"},
    }
