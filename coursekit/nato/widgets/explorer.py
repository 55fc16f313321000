"""The enlargement explorer: who is in, and what follows from membership."""

from importlib import import_module

import ipywidgets as widgets

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario
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
from coursekit.widgets.frame import Lab, chip, year_controls
from coursekit.widgets.live_figure import LiveFigure, reporting

NOBODY = "nobody"
# Module and class; a page loads its own form only.
FORMS = {
    "full": (__name__, "EnlargementExplorer"),
    "start": ("coursekit.nato.widgets.following", "Start"),
    "story": ("coursekit.nato.widgets.following", "Story"),
}


def perspectives() -> list:
    """List the perspectives as choices."""
    table = load("perspectives")
    labels = table["label"].str.removeprefix("Seen by ")
    return list(zip(labels, table["perspective"], strict=True))


def _viewers():
    """Say what each perspective is shown, in the order of the list."""
    return [
        {"order": by_perspective(name)[0], "quotes": quotes(name)} for _, name in perspectives()
    ]


class EnlargementExplorer(Lab):
    """Switch rounds of enlargement off and on, and see what follows from membership."""

    def __init__(self, ask: str = "", year: int = LAST_DAY.year):
        self.rounds = {
            number: chip(
                f"{number} +{len(joined.members)}",
                "Joined in this round: " + ", ".join(map(state_names().get, joined.members)),
            )
            for number, joined in ROUNDS.items()
        }
        narrow = widgets.Layout(width="auto")
        self.all_on = widgets.Button(
            description="All rounds", tooltip="Switch every round on.", layout=narrow
        )
        self.all_off = widgets.Button(
            description="No rounds", tooltip="Switch every round off.", layout=narrow
        )
        self.year, self.play = year_controls(
            Scenario(year).date.year, FIRST_DAY.year, LAST_DAY.year
        )
        self.promised_in = chip(
            f"Ukraine and Georgia admitted in {PROMISE_YEAR}",
            "Both join in the year in which NATO declared that they would.",
            value=False,
        )
        self.pick = widgets.Dropdown(
            options=[("nobody", NOBODY), *((state_names()[i], i) for i in candidates())],
            value=NOBODY,
            description="Also admit",
            tooltip="A European state of your choice joins, from the year on the right.",
            layout=widgets.Layout(width="260px"),
            style={"description_width": "80px"},
        )
        self.pick_year = widgets.BoundedIntText(
            value=PROMISE_YEAR,
            min=FIRST_DAY.year,
            max=LAST_DAY.year,
            description="from",
            tooltip="Year in which that state joins; not before it was a state of its own.",
            layout=widgets.Layout(width="130px"),
            style={"description_width": "40px"},
        )
        self.perspective = widgets.Dropdown(
            options=perspectives(),
            description="Seen by",
            tooltip="Whose order of the measures and whose statements you see. No number changes.",
            layout=widgets.Layout(width="300px"),
            style={"description_width": "80px"},
        )
        live = LiveFigure(
            lambda: europe(self.scenario),
            first=lambda: europe(self.scenario, every_status=True),
            inputs=self._inputs(),
            names=state_names(),
            presets={
                "all_on": {f"round_{number}": True for number in ROUNDS},
                "all_off": {f"round_{number}": False for number in ROUNDS},
            },
            play=self.play,
            **self._told(),
        )
        self.live = live
        for control in live.inputs.values():
            if not isinstance(control, widgets.Button):
                control.observe(self._update, "value")
        self.pick.observe(self._bound_year, "value")
        super().__init__(ask, self._rows(), live, self._below())
        self._update()

    def _inputs(self):
        return {
            **{f"round_{number}": chip for number, chip in self.rounds.items()},
            "all_on": self.all_on,
            "all_off": self.all_off,
            "year": self.year,
            "promised_in": self.promised_in,
            "pick": self.pick,
            "pick_year": self.pick_year,
            "perspective": self.perspective,
        }

    def _told(self):
        """Say what is told of each state, for the figure."""
        return {"rules": status_rules(), "numbers": {**number_rules(), "seen_by": _viewers()}}

    def _rows(self):
        """List the rows of controls above the map."""
        return [
            [*self.rounds.values(), self.all_on, self.all_off],
            [self.play, self.year, self.perspective],
            [self.promised_in, self.pick, self.pick_year],
        ]

    def _below(self):
        """List the rows of controls below the map."""
        return []

    @property
    def scenario(self):
        """The scenario that the controls describe."""
        return scenario_of(self.live.positions())

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        return f"{code_for(self.scenario)}\nscenario.measures().table()\nck.europe(scenario)"

    def _said(self, scenario):
        """Put numbers and statements into words, for the side of the map."""
        return {
            "readout": readout(scenario, perspective=self.perspective.value),
            "quotes": quotes(self.perspective.value),
        }

    def _bound_year(self, change):
        self.pick_year.min = candidates().get(self.pick.value, FIRST_DAY.year)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        scenario = self.scenario
        self.live.tell(
            alt=describe(scenario),
            **self._said(scenario),
            table=facts(scenario),
            code=self.code(),
        )


def enlargement_explorer(ask="", year=None, form="full"):
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
    return getattr(import_module(module), made)(ask, *([] if year is None else [year]))
