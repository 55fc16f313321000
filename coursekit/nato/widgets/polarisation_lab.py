"""The lab on polarisation: the index decides the answer."""

from typing import Any

from coursekit.labs.settings import settings
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures.polarisation import Sizes, bloc_sizes, polarisation_figure
from coursekit.nato.labs.polarisation import assumes, code, readout
from coursekit.widgets.model_lab import ModelLab

SIZES = ("first", "second", "unaligned")


class PolarisationLab(ModelLab):
    """Choose the sizes of two blocs; see three indices of polarisation before and now."""

    def __init__(self, ask: str = "", scenario: Scenario | None = None) -> None:
        before = settings("polarisation")["before"][1]
        first, second, unaligned = (int(before[name]) for name in SIZES)
        self.before = first, second, unaligned
        sizes = {} if scenario is None else dict(zip(SIZES, bloc_sizes(scenario), strict=True))
        super().__init__("polarisation", ask, assumes(), "after", values=sizes)

    @property
    def now(self) -> Sizes:
        """States in the first bloc, in the second, and in neither."""
        first, second, unaligned = self.at(*SIZES)
        return first, second, unaligned

    def shown(self) -> dict[str, Any]:
        """Say what follows from the controls."""
        (alpha,) = self.at("alpha")
        return {
            "figure": self.figure(polarisation_figure, self.before, self.now, alpha),
            "readout": readout(self.before, self.now, alpha),
            "code": code(*self.now, alpha),
        }


def polarisation_lab(ask: str = "", scenario: Scenario | None = None) -> PolarisationLab:
    """Show the lab on polarisation.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    scenario : coursekit.Scenario, optional
        Whose blocs are shown first: members, states with a treaty with Moscow, the others.

    Returns
    -------
    PolarisationLab
        Three indices before and now, with the direction of each.
    """
    return PolarisationLab(ask=ask, scenario=scenario)
