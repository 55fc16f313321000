"""The enlargement explorer: who is in, and what follows from membership."""

from importlib import import_module
from typing import Any

import ipywidgets as widgets

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario
from coursekit.nato.enlargement.lookups import states
from coursekit.nato.figures import europe
from coursekit.nato.figures.europe import describe, facts
from coursekit.nato.number_rules import number_rules
from coursekit.nato.readout import by_perspective, code_for, quotes, readout
from coursekit.nato.status_rules import (
    PROMISE_YEAR,
    candidates,
    scenario_of,
    state_names,
    status_rules,
)
from coursekit.widgets.controls import button, dropdown, number_box
from coursekit.widgets.frame import Lab, chip, year_controls
from coursekit.widgets.live_figure import LiveFigure, reporting

Rows = list[list[widgets.Widget]]
NOBODY = "nobody"
# Module and class; a page loads its own form only.
FORMS = {
    "full": (__name__, "EnlargementExplorer"),
    "start": ("coursekit.nato.widgets.following", "FollowOne"),
    "story": ("coursekit.nato.widgets.following", "Story"),
}


def first_picture() -> str:
    """Draw what is shown first; numbers, outlines and the sizes of words are then at hand."""
    readout(Scenario())
    return europe(every_status=True).svg()


def perspectives() -> list[tuple[str, str]]:
    """List the perspectives as choices."""
    table = load("perspectives")
    labels = table["label"].str.removeprefix("Seen by ")
    return list(zip(labels, table["perspective"], strict=True))


class EnlargementExplorer(Lab):
    """Switch rounds of enlargement off and on, and see what follows from membership."""

    def __init__(self, ask: str = "", year: int = LAST_DAY.year) -> None:
        self.rounds = {}
        for number, joined in ROUNDS.items():
            who = ", ".join(states()[iso3]["name"] for iso3 in joined.members)
            words = f"{number} +{len(joined.members)}", f"Joined in this round: {who}"
            self.rounds[number] = chip(*words)
        self.all_on = button("All rounds", "Switch every round on.")
        self.all_off = button("No rounds", "Switch every round off.")
        years = FIRST_DAY.year, LAST_DAY.year
        self.year, self.play = year_controls(Scenario(year).date.year, *years)
        self.promised_in = chip(
            f"Ukraine and Georgia admitted in {PROMISE_YEAR}",
            "Both join in the year in which NATO declared that they would.",
            value=False,
        )
        others = [("nobody", NOBODY), *((state_names()[i], i) for i in candidates())]
        help = "A European state of your choice joins, from the year on the right."
        self.pick = dropdown(others, NOBODY, "Also admit", help, width=260, label=80)
        help = "Year in which that state joins; not before it was a state of its own."
        self.pick_year = number_box(PROMISE_YEAR, *years, "from", help)
        help = "Whose order of the measures and whose statements you see. No number changes."
        seen = perspectives()
        self.perspective = dropdown(seen, seen[0][1], "Seen by", help, width=300, label=80)
        rounds = [f"round_{number}" for number in ROUNDS]
        presets = {"all_on": dict.fromkeys(rounds, True), "all_off": dict.fromkeys(rounds, False)}
        told = {"inputs": self._inputs(), "names": state_names(), "play": self.play}
        live = LiveFigure(
            lambda: europe(self.scenario),
            first=lambda: europe(self.scenario, every_status=True),
            presets=presets,
            **told,
            **self._told(),
        )
        self.pick.observe(self._bound_year, "value")
        super().__init__(ask, self._rows(), live, self._below())
        self.follow()

    def _inputs(self) -> dict[str, widgets.Widget]:
        names = ("all_on", "all_off", "year", "promised_in", "pick", "pick_year", "perspective")
        rounds = {f"round_{number}": chip for number, chip in self.rounds.items()}
        return rounds | {name: getattr(self, name) for name in names}

    def _told(self) -> dict[str, Any]:
        """Say what is told of each state, for the figure."""
        names = [name for _, name in perspectives()]
        seen = [{"order": by_perspective(name)[0], "quotes": quotes(name)} for name in names]
        return {"rules": status_rules(), "numbers": {**number_rules(), "seen_by": seen}}

    def _rows(self) -> Rows:
        """List the rows of controls above the map."""
        return [
            [*self.rounds.values(), self.all_on, self.all_off],
            [self.play, self.year, self.perspective],
            [self.promised_in, self.pick, self.pick_year],
        ]

    def _below(self) -> Rows:
        """List the rows of controls below the map."""
        return []

    @property
    def scenario(self) -> Scenario:
        """The scenario that the controls describe."""
        return scenario_of(self.live.positions())

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        return f"{code_for(self.scenario)}\nscenario.measures().table()\nck.europe(scenario)"

    def _said(self, scenario: Scenario) -> dict[str, Any]:
        """Put numbers and statements into words, for the side of the map."""
        return {
            "readout": readout(scenario, perspective=self.perspective.value),
            "quotes": quotes(self.perspective.value),
        }

    def _bound_year(self, change: object) -> None:
        self.pick_year.min = candidates().get(self.pick.value, FIRST_DAY.year)

    @reporting
    def _update(self, change: object = None) -> None:
        if self._quiet:
            return
        scenario = self.scenario
        said = self._said(scenario)
        self.live.tell(alt=describe(scenario), table=facts(scenario), code=self.code(), **said)


def enlargement_explorer(ask: str = "", year: int | None = None, form: str = "full") -> Lab:
    """Show the enlargement explorer.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    year : int, optional
        Year shown first, 1949 to 2025. Default: 2025; in the form ``"start"`` 1949.
    form : str, optional
        ``"full"``; ``"start"``: only a list of states, one of which is followed through the years;
        ``"story"``: dated steps that set year and rounds. The last two remember the state.

    Returns
    -------
    EnlargementExplorer
        Toggles for the rounds, a year slider, two what-ifs, the map, the measures, a table of the
        same facts and the code that reproduces them.

    Raises
    ------
    CourseError
        If the year lies outside the course, or there is no such form.
    """
    if form not in FORMS:
        raise unknown("form", form, FORMS)
    module, made = FORMS[form]
    shown: Lab = getattr(import_module(module), made)(ask, *([] if year is None else [year]))
    return shown
