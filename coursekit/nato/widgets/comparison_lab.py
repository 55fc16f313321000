"""The lab on comparisons: known truth, an exact example, and all designs on real data."""

from typing import Any

from coursekit.errors import unknown
from coursekit.figures.comparison import bias_figure, bias_result
from coursekit.figures.staggered import staggered_figure
from coursekit.labs.settings import controls, parts
from coursekit.nato.figures import comparison_designs as real
from coursekit.nato.labs import comparison as told
from coursekit.widgets.model_lab import ModelLab

EFFECT = 1


class ComparisonLab(ModelLab):
    """Switch biases on one by one, see an estimate of the wrong sign, and see every design."""

    def __init__(self, ask: str = "", view: str = "bias") -> None:
        if view not in (views := parts(controls("comparison"))):
            raise unknown("view of the lab", view, views)
        options: dict[str, list[tuple[Any, ...]]] = {
            "cohort": [(f"joined in {year}", year) for year in real.COHORTS],
            "window": [(f"{years} years", years) for years in real.WINDOWS],
            "controls": [(label, name) for name, label in real.CONTROLS.items()],
        }
        super().__init__("comparison", ask, told.assumes(), values={"view": view}, options=options)

    @property
    def biases(self) -> tuple[Any, ...]:
        """Effect, anticipation, spillover, selection and seed."""
        return EFFECT, *self.at("anticipation", "spillover", "selection", "seed")

    @property
    def effects(self) -> tuple[Any, ...]:
        """True effects in the three periods, and the number of untreated units."""
        return self.at("first", "later", "late", "never")

    def shown(self) -> dict[str, Any]:
        """Say what follows from the controls."""
        (view,) = self.at("view")
        if view == "bias":
            return {
                "figure": self.figure(bias_figure, *self.biases),
                "readout": told.bias_readout(bias_result(*self.biases)),
                "code": told.bias_code(*self.biases),
            }
        if view == "three":
            return {
                "figure": staggered_figure(*self.effects),
                "readout": told.staggered_readout(*self.effects),
                "code": told.staggered_code(*self.effects),
            }
        chosen = real.design(*self.at("cohort", "window", "controls"))
        return {
            "figure": real.designs_figure(chosen),
            "readout": told.design_readout(chosen),
            "code": told.design_code(chosen),
        }


def comparison_lab(ask: str = "", view: str = "bias") -> ComparisonLab:
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
