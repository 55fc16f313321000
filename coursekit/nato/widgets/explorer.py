"""The enlargement explorer: who is in, and what follows from membership."""

from functools import cache

import ipywidgets as widgets

from coursekit.data import load
from coursekit.nato.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario, status_by_year
from coursekit.nato.figures import europe
from coursekit.nato.figures.europe import describe, facts
from coursekit.widgets.frame import Lab, chip, year_controls
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.readout import code_for, quotes, readout

__all__ = ["EnlargementExplorer", "enlargement_explorer"]

PROMISED = ("UKR", "GEO")
PROMISE_YEAR = 2008
NOBODY = "nobody"


@cache
def _names():
    table = load("states")
    return dict(zip(table["iso3"], table["name"], strict=True))


@cache
def _candidates():
    """Map European states that a what-if can admit to the first year in which it can."""
    table = load("states")
    table = table[table["european"] & (table["iso3"] != "RUS")].sort_values("name")
    since = table["state_since"].dt.year.fillna(FIRST_DAY.year).astype(int)
    return dict(zip(table["iso3"], since, strict=True))


def perspectives() -> list:
    """List the perspectives as choices."""
    table = load("perspectives")
    labels = table["label"].str.removeprefix("Seen by ")
    return list(zip(labels, table["perspective"], strict=True))


@cache
def _rules():
    """Write down each state's status for every position of the controls, for the browser."""
    labels = load("statuses").set_index("status")["label"]
    round_of = load("members").set_index("iso3")["round"]
    states = load("states")
    rules = {}
    for iso3 in states.loc[states["on_map"], "iso3"]:
        mine = []
        if iso3 in PROMISED:
            when = [["promised_in", "=", True], ["year", ">=", PROMISE_YEAR]]
            mine.append(_what_if(when, f"member in this what-if, from {PROMISE_YEAR}"))
        history = status_by_year(iso3)
        joined = next((first for first, _, status in history if status == "member"), None)
        if iso3 in _candidates():
            place = 1 + list(_candidates()).index(iso3)  # the first choice is nobody
            when = [["pick", "=", place], ["year", ">=", {"input": "pick_year"}]]
            if joined:
                as_in_history = [*when, ["year", ">=", joined]]
                mine.append(_rule(as_in_history, "member", "NATO member, as in history", False))
            mine.append(_what_if(when, "member in this what-if"))
        if joined:
            year = int(round_of[iso3])
            on, off = [f"round_{year}", "=", True], [f"round_{year}", "=", False]
            without = status_by_year(iso3, without=year)
            mine += [
                _rule([on, *_between(first, last)], status, _text(labels, status, first), False)
                for first, last, status in history
            ]
            for first, last, status in without:
                for start, end, was in _overlaps(history, first, last):
                    text = _text(labels, status, first)
                    if was != status:
                        text += f" in this what-if ({labels[was]} in history)"
                    mine.append(_rule([off, *_between(start, end)], status, text, status != was))
        else:
            mine += [
                _rule(_between(first, last), status, _text(labels, status, first), False)
                for first, last, status in history
            ]
        rules[iso3] = mine
    return rules


def _rule(when, look, text, changed):
    return {"when": when, "look": look, "text": text, "changed": changed}


def _what_if(when, text):
    return _rule(when, "member", text, True)


def _between(first, last):
    return [["year", ">=", first], ["year", "<=", last]]


def _overlaps(runs, first, last):
    return [
        (max(first, start), min(last, end), status)
        for start, end, status in runs
        if start <= last and first <= end
    ]


def _text(labels, status, first):
    if status == "member":
        return f"NATO member since {first}"
    label = labels[status]
    return label if first == FIRST_DAY.year else f"{label}, since {first}"


class EnlargementExplorer(Lab):
    """Switch rounds of enlargement off and on, and see what follows from membership."""

    def __init__(self, ask: str = "", year: int = LAST_DAY.year):
        self.rounds = {
            number: chip(
                f"{number} +{len(joined.members)}",
                "Joined in this round: " + ", ".join(_names()[iso3] for iso3 in joined.members),
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
            options=[("nobody", NOBODY), *((_names()[i], i) for i in _candidates())],
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
            inputs={
                **{f"round_{number}": chip for number, chip in self.rounds.items()},
                "all_on": self.all_on,
                "all_off": self.all_off,
                "year": self.year,
                "promised_in": self.promised_in,
                "pick": self.pick,
                "pick_year": self.pick_year,
                "perspective": self.perspective,
            },
            rules=_rules(),
            names={iso3: _names()[iso3] for iso3 in _rules()},
            presets={
                "all_on": {f"round_{number}": True for number in ROUNDS},
                "all_off": {f"round_{number}": False for number in ROUNDS},
            },
            play=self.play,
        )
        for control in live.inputs.values():
            if not isinstance(control, widgets.Button):
                control.observe(self._update, "value")
        self.pick.observe(self._bound_year, "value")
        rows = [
            [*self.rounds.values(), self.all_on, self.all_off],
            [self.play, self.year, self.perspective],
            [self.promised_in, self.pick, self.pick_year],
        ]
        super().__init__(ask, rows, live)
        self._update()

    @property
    def scenario(self):
        """The scenario that the controls describe."""
        admitted = dict.fromkeys(PROMISED, PROMISE_YEAR) if self.promised_in.value else {}
        iso3 = self.pick.value
        if iso3 != NOBODY:
            year = max(self.pick_year.value, _candidates()[iso3])
            admitted[iso3] = min(year, admitted.get(iso3, year))
        return Scenario(
            self.year.value,
            without=[number for number, chip in self.rounds.items() if not chip.value],
            admitted=admitted,
        )

    def code(self) -> str:
        """Write the lines that reproduce the present state."""
        return f"{code_for(self.scenario)}\nscenario.measures().table()\nck.europe(scenario)"

    def _bound_year(self, change):
        self.pick_year.min = _candidates().get(self.pick.value, FIRST_DAY.year)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        scenario = self.scenario
        self.live.tell(
            alt=describe(scenario),
            readout=readout(scenario, perspective=self.perspective.value),
            quotes=quotes(self.perspective.value),
            table=facts(scenario),
            code=self.code(),
        )


def enlargement_explorer(ask="", year=LAST_DAY.year):
    """Show the enlargement explorer.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    year : int, optional
        Year shown first, 1949 to 2025.

    Returns
    -------
    EnlargementExplorer
        Toggles for the rounds, a year slider, two what-ifs, the map, the measures, a table of the
        same facts and the code that reproduces them.
    """
    return EnlargementExplorer(ask=ask, year=year)
