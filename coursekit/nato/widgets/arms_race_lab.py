"""The arms race lab: two nations, the enlargement shock, and data."""

from coursekit.data import load
from coursekit.figures.arms_race import REACH, race_figure, window
from coursekit.labs.settings import opening, settings
from coursekit.labs.words import assumptions
from coursekit.models.arms_race import SHOCKS
from coursekit.nato.figures.enlargement_shock import shock_figure
from coursekit.nato.figures.spending import TEN, YEARS, burden_figure
from coursekit.nato.labs.arms_race import data_readout, race_readout, shock_readout
from coursekit.widgets.controls import dropdown, reset_button, slider
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["ArmsRaceLab", "arms_race_lab"]

START = {"x0": 2.0, "y0": 0.5}
SLIDERS = {
    "a": (0.1, 4, 0.1, "Fatigue a", "How strongly cost holds the first nation back, per year."),
    "k": (0, 3, 0.1, "Reaction k", "How strongly the first nation answers the second, per year."),
    "g": (
        -2,
        3,
        0.1,
        "Grievance g",
        "What the first nation adds whatever the other does; below 0 is goodwill.",
    ),
    "b": (0.1, 4, 0.1, "Fatigue b", "How strongly cost holds the second nation back, per year."),
    "l": (0, 3, 0.1, "Reaction l", "How strongly the second nation answers the first, per year."),
    "h": (
        -2,
        3,
        0.1,
        "Grievance h",
        "What the second nation adds whatever the other does; below 0 is goodwill.",
    ),
    "x0": (0, REACH, 0.1, "Start x", "Arms of the first nation at the start."),
    "y0": (0, REACH, 0.1, "Start y", "Arms of the second nation at the start."),
}
VIEWS = [("Two nations", "race"), ("Enlargement shock", "shock"), ("Data", "data")]
PARTS = {"race": "preset a k g b l h x0 y0", "shock": "case", "data": "first second"}
TEN_NAME = "Mean of ten Western European members"
ASSUMES = assumptions("Each nation is one actor. Reactions are known. Nobody learns the rules.")


class ArmsRaceLab(ModelLab):
    """Move fatigue, reaction and grievance; see whether the race settles down."""

    def __init__(self, ask: str = "", scenario=None):
        self.scenario, points = scenario, settings("arms_race")
        preset = next(iter(points))
        numbers = opening(points, preset) | START
        self.view = dropdown(VIEWS, "race", "View", "Choose the model, the shock or the data.")
        self.preset = presets(points, preset, "Sets fatigue, reaction and grievance.")
        self.reset = reset_button()
        self.sliders = {name: slider(*words, numbers[name]) for name, words in SLIDERS.items()}
        self.case = dropdown(
            [(name.capitalize(), name) for name in SHOCKS],
            "before",
            "Bring out",
            "The case whose numbers are shown beside the figure.",
        )
        self.places = _places()
        places = [(name, name) for name in self.places]
        self.first = dropdown(
            places, TEN_NAME, "First", "A state, or a mean of ten members.", width=430
        )
        self.second = dropdown(places, "Russia", "Second", "The state to compare it with.")
        super().__init__(
            ask,
            [
                [self.view, self.preset, self.case, self.reset],
                [self.first, self.second],
                *([self.sliders[name] for name in row] for row in ("akg", "blh", ("x0", "y0"))),
            ],
            {
                "view": self.view,
                "preset": self.preset,
                **self.sliders,
                "case": self.case,
                "first": self.first,
                "second": self.second,
            },
            points,
            ASSUMES,
            PARTS,
        )
        self.live.observe(self._aim, "pointed")

    @property
    def numbers(self):
        """a, b, k, l, g and h."""
        return {name: self.sliders[name].value for name in "abklgh"}

    @property
    def start(self):
        """Arms of the two nations at time 0."""
        return self.sliders["x0"].value, self.sliders["y0"].value

    def shown(self) -> dict:
        """Say what follows from the controls."""
        if self.view.value == "shock":
            readout, code = shock_readout(self.case.value, self.scenario)
            return {"figure": shock_figure(self.case.value), "readout": readout, "code": code}
        if self.view.value == "data":
            names = self.first.value, self.second.value
            codes = [self.places[name] for name in names]
            readout, code = data_readout(*codes, names)
            return {"figure": burden_figure(*codes, names), "readout": readout, "code": code}
        numbers, start = self.numbers, self.start
        readout, code = race_readout(numbers, start)
        ends = window(numbers, start)
        return {
            "figure": self.figure(race_figure, **numbers, start=start),
            "readout": readout,
            "code": code,
            "plane": {"id": "plane", "x": ends, "y": ends},
        }

    @reporting
    def _aim(self, change):
        self._set(dict(zip(("x0", "y0"), change["new"], strict=True)))


def _places():
    """Map the name of each choice of data to the codes of its states."""
    names = load("states").set_index("iso3")["name"]
    spending = load("military_burden")
    seen = set(spending.loc[spending["year"].between(*YEARS), "iso3"])
    codes = sorted(seen, key=lambda code: names[code])
    return {TEN_NAME: TEN, **{names[code]: (code,) for code in codes}}


def arms_race_lab(scenario=None, ask=""):
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
