"""Two scenarios on one map."""

from functools import cache
from itertools import product

from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, Scenario, preset, presets
from coursekit.nato.figures.difference import WORDS, compare_facts, describe_difference, difference
from coursekit.nato.readout import code_for, readout
from coursekit.nato.status_rules import Condition, Rule, rule, state_names
from coursekit.widgets.controls import dropdown
from coursekit.widgets.frame import Lab, year_controls
from coursekit.widgets.live_figure import LiveFigure, reporting


@cache
def _rules() -> dict[str, list[Rule]]:
    """Write down where each state is a member, for every pair of scenarios and every year."""
    scenarios = [preset(name, LAST_DAY) for name in presets()]
    never = LAST_DAY.year + 1
    rules = {}
    for iso3 in state_names():
        groups: dict[int, list[int]] = {}
        for place, scenario in enumerate(scenarios):
            day = scenario.joined(iso3)
            groups.setdefault(day.year if day else never, []).append(place)
        mine: list[Rule] = []
        for (one, first), (two, second) in product(groups.items(), repeat=2):
            pair: list[Condition] = [["first", "in", first], ["second", "in", second]]
            early, late = sorted((one, two))
            only = "only_first" if one < two else "only_second"
            mine += [
                _stands([*pair, ["year", ">=", late]], "both"),
                _stands([*pair, ["year", ">=", early], ["year", "<=", late - 1]], only),
                _stands([*pair, ["year", "<=", early - 1]], "neither"),
            ]
        rules[iso3] = mine
    return rules


def _stands(when: list[Condition], look: str) -> Rule:
    return rule(when, look, WORDS[look].lower())


class Compare(Lab):
    """Choose two scenarios and see who is a member in both, in one, in neither."""

    def __init__(self, ask: str, first: str, second: str, year: int) -> None:
        for name in (first, second):
            preset(name, year)
        choices = [(label, name) for name, label in presets().items()]
        wide = {"width": 400, "label": 60}
        help = "The scenario whose numbers stand beside the map."
        self.first = dropdown(choices, first, "First", help, **wide)
        help = "The scenario that the first is compared with."
        self.second = dropdown(choices, second, "Second", help, **wide)
        self.year, self.play = year_controls(year, FIRST_DAY.year, LAST_DAY.year)
        inputs = {"first": self.first, "second": self.second, "year": self.year}
        told = {"rules": _rules(), "names": state_names(), "play": self.play}
        live = LiveFigure(lambda: difference(*self.scenarios), inputs=inputs, **told)
        super().__init__(ask, [[self.first, self.second], [self.play, self.year]], live)
        self.follow()

    @property
    def scenarios(self) -> tuple[Scenario, Scenario]:
        """The two scenarios that the controls describe."""
        year = self.year.value
        return preset(self.first.value, year), preset(self.second.value, year)

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        lines = map(code_for, self.scenarios, ("first", "second"))
        return "\n".join([*lines, "ck.difference(first, second)"])

    @reporting
    def _update(self, change: object = None) -> None:
        first, second = self.scenarios
        numbers = readout(first, against=second, other="against the second")
        told = {"table": compare_facts(first, second), "code": self.code()}
        self.live.tell(alt=describe_difference(first, second), readout=numbers, **told)


def compare(
    ask: str = "", first: str = "history", second: str = "no_2004", year: int = LAST_DAY.year
) -> Compare:
    """Show two scenarios on one map.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    first, second : str, optional
        Short names of scenarios; see the table ``presets``.
    year : int, optional
        Year shown first.

    Returns
    -------
    Compare
        Two lists of scenarios, a year slider, the map of differences and the measures.
    """
    return Compare(ask=ask, first=first, second=second, year=year)
