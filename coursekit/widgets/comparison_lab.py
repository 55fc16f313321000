"""The lab on comparisons: known truth, an exact example, and all designs on real data."""

import ipywidgets as widgets

from coursekit.errors import unknown
from coursekit.figures.comparison import (
    DRIFT,
    VARIANTS,
    bias_figure,
    bias_result,
    staggered,
    staggered_figure,
)
from coursekit.figures.comparison_designs import (
    COHORTS,
    CONTROLS,
    WINDOWS,
    designs,
    designs_figure,
)
from coursekit.widgets.comparison_readout import (
    bias_code,
    bias_readout,
    design_code,
    design_readout,
    staggered_code,
    staggered_readout,
)
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["ComparisonLab", "comparison_lab"]

OWN = "own"
BIASES = ("anticipation", "spillover", "selection")
MODES = {"bias": "Bias lab", "three": "Three periods", "designs": "All designs"}
ASSUMPTIONS = (
    "<p><b>Assumptions.</b> The bias lab and the three periods are teaching constructs: each "
    "unit is one actor without domestic politics, and the numbers are illustrative and calibrated "
    f"to no state. In the bias lab danger raises the outcome by {DRIFT:g} a period, joined or not. "
    "<i>All designs</i> uses real data. A model shows what follows from assumptions.</p>"
)


def _presets():
    return {
        preset: {"label": label, "note": note, **numbers}
        for preset, (label, numbers, note) in settings("comparison").items()
    }


def _dropdown(options, description, tooltip, width="300px", label="75px"):
    return widgets.Dropdown(
        options=options,
        description=description,
        tooltip=tooltip,
        layout=widgets.Layout(width=width),
        style={"description_width": label},
    )


class ComparisonLab(Lab):
    """Switch biases on one by one, see an estimate of the wrong sign, and see every design.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    mode : str, optional
        What is shown first: ``"bias"``, ``"three"`` or ``"designs"``.
    """

    def __init__(self, ask="", mode="bias"):
        if mode not in MODES:
            raise unknown("mode of the lab", mode, MODES)
        self.settings = _presets()
        self.opening = next(iter(self.settings))
        self.mode = _dropdown(
            [(label, name) for name, label in MODES.items()],
            "Show",
            "A simulation, an exact small example, or real data.",
        )
        self.mode.value = mode
        self.start = _dropdown(
            [
                *((each["label"], name) for name, each in self.settings.items()),
                ("my own settings", OWN),
            ],
            "Start from",
            "Ready-made biases, one at a time.",
            "330px",
        )
        slider = {
            "min": 0,
            "max": 2,
            "step": 0.1,
            "layout": widgets.Layout(width="330px", max_width="100%"),
            "style": {"description_width": "85px"},
        }
        self.anticipation = widgets.FloatSlider(
            description="Anticipation",
            tooltip="How much units change in the two periods before they join.",
            **slider,
        )
        self.spillover = widgets.FloatSlider(
            description="Spillover",
            tooltip="How much a unit changes when both of its neighbours have joined.",
            **slider,
        )
        self.selection = widgets.FloatSlider(
            description="Selection",
            tooltip="How strongly danger draws a unit into joining; 0 is a fair coin.",
            **slider,
        )
        self.seed = widgets.BoundedIntText(
            value=0,
            min=0,
            max=999,
            description="Seed",
            tooltip="Another number draws another panel of the same kind.",
            layout=widgets.Layout(width="130px"),
            style={"description_width": "45px"},
        )
        self.variant = _dropdown(
            [(label, name) for name, (label, _) in VARIANTS.items()],
            "Start from",
            "True effects on the early unit; then on the late unit.",
            "360px",
        )
        self.cohort = _dropdown(
            [(f"joined in {year}", year) for year in COHORTS],
            "Treated",
            "The members whose accession is looked at.",
            "230px",
        )
        self.window = _dropdown(
            [(f"{years} years", years) for years in WINDOWS],
            "Window",
            "Years counted before and after the year of accession.",
            "180px",
        )
        self.controls = _dropdown(
            [(label, name) for name, label in CONTROLS.items()],
            "Controls",
            "The states that the members are compared with.",
            "260px",
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Go back to the settings at the start."
        )
        self.shown_in = {
            "bias": (self.start, self.anticipation, self.spillover, self.selection, self.seed),
            "three": (self.variant,),
            "designs": (self.cohort, self.window, self.controls),
        }
        named = (
            *("mode", "start", "anticipation", "spillover", "selection", "seed"),
            *("variant", "cohort", "window", "controls"),
        )
        live = LiveFigure(self.figure, inputs={name: getattr(self, name) for name in named})
        self.first_values = {
            name: control.value for name, control in live.inputs.items() if name != "mode"
        }
        for control in live.inputs.values():
            if control is not self.start:
                control.observe(self._update, "value")
        self.start.observe(self._begin, "value")
        self.reset.on_click(self._restore)
        rows = [
            [self.mode, self.start, self.variant, self.cohort, self.window, self.controls],
            [self.anticipation, self.spillover, self.selection, self.seed, self.reset],
        ]
        super().__init__(ask, rows, live)
        self.children = (*self.children, widgets.HTML(ASSUMPTIONS))
        self._update()

    @property
    def biases(self):
        """Effect, anticipation, spillover, selection and seed."""
        effect = self.settings[self.opening]["effect"]
        return effect, *(getattr(self, name).value for name in BIASES), self.seed.value

    @property
    def design(self):
        """Cohort, window and controls."""
        return self.cohort.value, self.window.value, self.controls.value

    @property
    def note(self):
        """What the chosen preset is about; empty for settings of one's own."""
        return self.settings.get(self.start.value, {"note": ""})["note"]

    def figure(self):
        """Draw the present state.

        Returns
        -------
        coursekit.figures.base.CourseFigure
            The figure of the chosen mode.
        """
        if self.mode.value == "bias":
            return bias_figure(*self.biases)
        if self.mode.value == "three":
            return staggered_figure(self.variant.value)
        return designs_figure(*self.design)

    def code(self):
        """Write the lines that reproduce the estimate.

        Returns
        -------
        str
            Lines of Python.
        """
        return {
            "bias": lambda: bias_code(*self.biases),
            "three": lambda: staggered_code(self.variant.value),
            "designs": lambda: design_code(_find(*self.design)),
        }[self.mode.value]()

    @reporting
    def _begin(self, change):
        if self._quiet:
            return
        if change["new"] == OWN:
            self._update()
        else:
            self._set({name: self.settings[change["new"]][name] for name in BIASES})

    @reporting
    def _restore(self, button):
        self._set(self.first_values)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        mode = self.mode.value
        for name, controls in self.shown_in.items():
            for control in controls:
                control.layout.display = None if name == mode else "none"
        alike = (
            key
            for key, each in self.settings.items()
            if all(each[name] == getattr(self, name).value for name in BIASES)
        )
        self._quiet = True
        self.start.value = next(alike, OWN)
        self._quiet = False
        figure = self.figure()
        self.live.svg = figure.svg()
        entries = {
            "bias": lambda: bias_readout(bias_result(*self.biases), self.note),
            "three": lambda: staggered_readout(*staggered(self.variant.value)),
            "designs": lambda: design_readout(_find(*self.design)),
        }[mode]()
        self.live.tell(alt=figure.alt, readout=entries, table=figure.table, code=self.code())


def _find(cohort, window, controls):
    return next(
        each
        for each in designs()
        if (each.cohort, each.window, each.controls) == (cohort, window, controls)
    )


def comparison_lab(ask="", mode="bias"):
    """Show the lab on comparisons.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    mode : str, optional
        What is shown first: ``"bias"``, ``"three"`` or ``"designs"``.

    Returns
    -------
    ComparisonLab
        A simulated panel with known truth, an exact example, and every design on real data.

    Raises
    ------
    CourseError
        If the mode is unknown.
    """
    return ComparisonLab(ask=ask, mode=mode)
