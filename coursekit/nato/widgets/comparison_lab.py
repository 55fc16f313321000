"""The lab on comparisons: known truth, an exact example, and all designs on real data."""

from coursekit.errors import unknown
from coursekit.figures.comparison import DRIFT, bias_figure, bias_result
from coursekit.figures.staggered import staggered_figure
from coursekit.labs.settings import opening, settings
from coursekit.labs.words import assumptions
from coursekit.nato.figures.comparison_designs import (
    COHORTS,
    CONTROLS,
    WINDOWS,
    design,
    designs_figure,
)
from coursekit.nato.labs.comparison import (
    bias_code,
    bias_readout,
    design_code,
    design_readout,
    staggered_code,
    staggered_readout,
)
from coursekit.widgets.controls import dropdown, reset_button, seed_box, slider
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["ComparisonLab", "comparison_lab"]

EFFECT = 1
SLIDERS = {
    "anticipation": (
        0,
        2,
        0.1,
        "Anticipation",
        "How much units change in the two periods before they join.",
    ),
    "spillover": (
        0,
        2,
        0.1,
        "Spillover",
        "How much a unit changes when both of its neighbours have joined.",
    ),
    "selection": (
        0,
        2,
        0.1,
        "Selection",
        "How strongly danger draws a unit into joining; 0 is a fair coin.",
    ),
    "first": (0, 4, 0.5, "Early unit", "True effect on the early unit in its first period."),
    "later": (0, 4, 0.5, "One period on", "True effect on the early unit one period later."),
    "late": (0, 4, 0.5, "Late unit", "True effect on the late unit, in the last period."),
    "never": (0, 4, 1, "Untreated", "How many units are never treated."),
}
VIEWS = {"bias": "Bias lab", "three": "Three periods", "designs": "All designs"}
BIASES, EFFECTS, DESIGN = (
    ("anticipation", "spillover", "selection"),
    ("first", "later", "late", "never"),
    ("cohort", "window", "controls"),
)
PARTS = {
    "bias": "preset anticipation spillover selection seed",
    "three": "preset first later late never",
    "designs": "cohort window controls",
}
ASSUMES = assumptions(
    "The bias lab and the three periods are teaching constructs: each unit is one actor. In the "
    f"bias lab danger raises the outcome by {DRIFT:g} a period, joined or not. <i>All designs</i> "
    "uses real data."
)


class ComparisonLab(ModelLab):
    """Switch biases on one by one, see an estimate of the wrong sign, and see every design."""

    def __init__(self, ask: str = "", view: str = "bias"):
        if view not in VIEWS:
            raise unknown("view of the lab", view, VIEWS)
        points = settings("comparison")
        preset = next(iter(points))
        numbers = opening(points, preset)
        self.view = dropdown(
            [(label, name) for name, label in VIEWS.items()],
            view,
            "Show",
            "A simulation, an exact small example, or real data.",
            width=300,
        )
        self.preset = presets(
            points,
            preset,
            "Ready-made biases, one at a time, and cases of three periods.",
            width=400,
        )
        self.sliders = {
            name: slider(*words, numbers[name], width=268 if name in BIASES else 255)
            for name, words in SLIDERS.items()
        }
        self.seed = seed_box("Another number draws another panel of the same kind.")
        self.cohort = dropdown(
            [(f"joined in {year}", year) for year in COHORTS],
            COHORTS[0],
            "Treated",
            "The members whose accession is looked at.",
        )
        self.window = dropdown(
            [(f"{years} years", years) for years in WINDOWS],
            WINDOWS[0],
            "Window",
            "Years counted before and after the year of accession.",
        )
        self.controls = dropdown(
            [(label, name) for name, label in CONTROLS.items()],
            next(iter(CONTROLS)),
            "Controls",
            "The states that the members are compared with.",
        )
        self.reset = reset_button()
        inputs = {"view": self.view, "preset": self.preset, **self.sliders, "seed": self.seed}
        inputs |= {name: getattr(self, name) for name in DESIGN}
        super().__init__(
            ask,
            [
                [self.view, self.preset, self.reset],
                [*(self.sliders[name] for name in BIASES), self.seed],
                [self.sliders[name] for name in EFFECTS],
                [self.cohort, self.window, self.controls],
            ],
            inputs,
            points,
            ASSUMES,
            PARTS,
        )

    @property
    def biases(self):
        """Effect, anticipation, spillover, selection and seed."""
        return EFFECT, *(self.sliders[name].value for name in BIASES), self.seed.value

    @property
    def effects(self):
        """True effects in the three periods, and the number of untreated units."""
        return tuple(self.sliders[name].value for name in EFFECTS)

    def shown(self) -> dict:
        """Say what follows from the controls."""
        if self.view.value == "bias":
            return {
                "figure": self.figure(bias_figure, *self.biases),
                "readout": bias_readout(bias_result(*self.biases)),
                "code": bias_code(*self.biases),
            }
        if self.view.value == "three":
            return {
                "figure": staggered_figure(*self.effects),
                "readout": staggered_readout(*self.effects),
                "code": staggered_code(*self.effects),
            }
        chosen = design(*(getattr(self, name).value for name in DESIGN))
        return {
            "figure": designs_figure(chosen),
            "readout": design_readout(chosen),
            "code": design_code(chosen),
        }


def comparison_lab(ask="", view="bias"):
    """Show the lab on comparisons.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    view : str, optional
        What is shown first: ``"bias"``, ``"three"`` or ``"designs"``.

    Returns
    -------
    ComparisonLab
        A simulated panel with known truth, an exact example, and every design on real data.

    Raises
    ------
    CourseError
        If the view is unknown.
    """
    return ComparisonLab(ask=ask, view=view)
