"""The arms race lab: two nations, the enlargement shock, and data."""

from typing import Any

from coursekit.figures.arms_race import race_figure, window
from coursekit.models.arms_race import SHOCKS
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures.enlargement_shock import shock_figure
from coursekit.nato.figures.spending import burden_figure
from coursekit.nato.labs import arms_race
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab


class ArmsRaceLab(ModelLab):
    """Move fatigue, reaction and grievance; see whether the race settles down."""

    def __init__(self, ask: str = "", scenario: Scenario | None = None) -> None:
        self.scenario, self.places = scenario, arms_race.places()
        names = [(name, name) for name in self.places]
        cases = [(name.capitalize(), name) for name in SHOCKS]
        options = {"case": cases, "first": names, "second": names}
        super().__init__("arms_race", ask, arms_race.assumes(), options=options)
        self.live.observe(self._aim, "pointed")

    @property
    def numbers(self) -> dict[str, float]:
        """a, b, k, l, g and h."""
        return dict(zip("abklgh", self.at(*"abklgh"), strict=True))

    @property
    def start(self) -> tuple[float, float]:
        """Arms of the two nations at time 0."""
        x, y = self.at("x0", "y0")
        return x, y

    def shown(self) -> dict[str, Any]:
        """Say what follows from the controls."""
        view, case = self.at("view", "case")
        if view == "shock":
            readout, code = arms_race.shock_readout(case, self.scenario)
            return {"figure": shock_figure(case), "readout": readout, "code": code}
        if view == "data":
            names = self.at("first", "second")
            first, second = (self.places[name] for name in names)
            readout, code = arms_race.data_readout(first, second, names)
            figure = burden_figure(first, second, names)
            return {"figure": figure, "readout": readout, "code": code}
        readout, code = arms_race.race_readout(self.numbers, self.start)
        ends = window(self.numbers, self.start)
        return {
            "figure": self.figure(race_figure, **self.numbers, start=self.start),
            "readout": readout,
            "code": code,
            "plane": {"id": "plane", "x": ends, "y": ends},
        }

    @reporting
    def _aim(self, change: dict[str, Any]) -> None:
        self._set(dict(zip(("x0", "y0"), change["new"], strict=True)))


def arms_race_lab(scenario: Scenario | None = None, ask: str = "") -> ArmsRaceLab:
    """Show the arms race lab.

    Parameters
    ----------
    scenario : coursekit.Scenario, optional
        What the enlargement shock stands for.
    ask : str, optional
        A question that stands above the controls.

    Returns
    -------
    ArmsRaceLab
        Richardson's race of two nations, the enlargement shock (teaching construct), and data.
    """
    return ArmsRaceLab(ask=ask, scenario=scenario)
