"""The enlargement explorer: who is in, and what follows from membership."""

from functools import cache
from html import escape

import ipywidgets as widgets

from coursekit.data import load
from coursekit.enlargement import FIRST_DAY, LAST_DAY, ROUNDS, Scenario, status_by_year
from coursekit.figures import europe
from coursekit.figures.europe import describe, facts
from coursekit.widgets.live_figure import LiveFigure, reporting, with_still

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


def readout(scenario):
    """Put the measures of a scenario into words, beside what they were in history.

    Parameters
    ----------
    scenario : Scenario
        Who is a member, and when.

    Returns
    -------
    list of dict
        One entry a measure: ``label``, ``value``, ``change``, ``detail``, ``help``.
    """
    now, then = scenario.measures(), scenario.history().measures()
    labels = load("statuses").set_index("status")["label"]
    by_status = sorted(now.non_members.items(), key=lambda item: list(labels.index).index(item[0]))
    shown = {
        "members": (now.members, then.members, "{:,.0f}", ""),
        "population": (
            now.population / 1e6,
            then.population / 1e6,
            "{:,.0f} million",
            f"figures of {now.population_year}",
        ),
        "population_share": (now.population_share, then.population_share, "{:.1f} %", ""),
        "border_km": (now.border_km, then.border_km, "{:,.0f} km", ""),
        "border_states": (
            len(now.border_states),
            len(then.border_states),
            "{:.0f}",
            ", ".join(sorted(_names()[iso3] for iso3 in now.border_states)),
        ),
        "non_members": (
            sum(now.non_members.values()),
            sum(then.non_members.values()),
            "{:.0f}",
            "; ".join(f"{labels[status]}: {number}" for status, number in by_status),
        ),
    }
    return [
        {
            "label": row.label,
            "value": shown[row.measure][2].format(shown[row.measure][0]),
            "change": _difference(*shown[row.measure][:3]),
            "detail": shown[row.measure][3],
            "help": f"{row.definition} {row.caveat}".strip(),
        }
        for row in load("measures").itertuples()
    ]


def _difference(now, then, form):
    """Say by how much a number differs from history, as it is printed."""
    if form.format(now) == form.format(then):
        return ""
    sign = "+" if now > then else "−"
    unit = " points" if form.endswith("%") else ""
    return f"{sign}{form.removesuffix(' %').format(abs(now - then))}{unit} against history"


def _text(labels, status, first):
    if status == "member":
        return f"NATO member since {first}"
    label = labels[status]
    return label if first == FIRST_DAY.year else f"{label}, since {first}"


class EnlargementExplorer(widgets.VBox):
    """Switch rounds of enlargement off and on, and see what follows from membership.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    year : int, optional
        Year shown first, 1949 to 2025.
    """

    def __init__(self, ask="", year=LAST_DAY.year):
        self.rounds = {
            number: widgets.Checkbox(
                value=True,
                indent=False,
                description=f"{number} +{len(joined.members)}",
                tooltip=", ".join(_names()[iso3] for iso3 in joined.members),
            )
            for number, joined in ROUNDS.items()
        }
        for chip in self.rounds.values():
            chip.add_class("ck-chip")
        narrow = widgets.Layout(width="auto")
        self.all_on = widgets.Button(description="All rounds", layout=narrow)
        self.all_off = widgets.Button(description="No rounds", layout=narrow)
        self.year = widgets.IntSlider(
            value=Scenario(year).date.year,
            min=FIRST_DAY.year,
            max=LAST_DAY.year,
            description="Year",
            layout=widgets.Layout(width="420px", max_width="100%"),
            style={"description_width": "40px"},
        )
        self.play = widgets.Play(
            value=self.year.value,
            min=self.year.min,
            max=self.year.max,
            interval=350,
            show_repeat=False,
        )
        widgets.jslink((self.play, "value"), (self.year, "value"))
        self.promised_in = widgets.Checkbox(
            indent=False, description=f"Ukraine and Georgia admitted in {PROMISE_YEAR}"
        )
        self.promised_in.add_class("ck-chip")
        self.pick = widgets.Dropdown(
            options=[("nobody", NOBODY), *((_names()[i], i) for i in _candidates())],
            value=NOBODY,
            description="Also admit",
            layout=widgets.Layout(width="260px"),
            style={"description_width": "80px"},
        )
        self.pick_year = widgets.BoundedIntText(
            value=PROMISE_YEAR,
            min=FIRST_DAY.year,
            max=LAST_DAY.year,
            description="from",
            layout=widgets.Layout(width="130px"),
            style={"description_width": "40px"},
        )
        self.live = LiveFigure(
            lambda: europe(self.scenario),
            inputs={
                **{f"round_{number}": chip for number, chip in self.rounds.items()},
                "all_on": self.all_on,
                "all_off": self.all_off,
                "year": self.year,
                "promised_in": self.promised_in,
                "pick": self.pick,
                "pick_year": self.pick_year,
            },
            rules=_rules(),
            names={iso3: _names()[iso3] for iso3 in _rules()},
            presets={
                "all_on": {f"round_{number}": True for number in ROUNDS},
                "all_off": {f"round_{number}": False for number in ROUNDS},
            },
        )
        for control in self.live.inputs.values():
            if not isinstance(control, widgets.Button):
                control.observe(self._update, "value")
        self.pick.observe(self._bound_year, "value")
        question = widgets.HTML(escape(ask))
        question.add_class("ck-ask")
        rows = [
            widgets.HBox([*self.rounds.values(), self.all_on, self.all_off]),
            widgets.HBox([self.play, self.year]),
            widgets.HBox([self.promised_in, self.pick, self.pick_year]),
        ]
        for row in rows:
            row.add_class("ck-row")
        super().__init__([*([question] if ask else []), *rows, self.live])
        self.add_class("ck-lab")
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

    def code(self):
        """Write the lines that reproduce the present state.

        Returns
        -------
        str
            Three lines of Python.
        """
        scenario = self.scenario
        given = [str(self.year.value)]
        if scenario.without:
            given.append(f"without={list(scenario.without)}")
        if scenario.admitted:
            given.append(f"admitted={ {s: day.year for s, day in scenario.admitted.items()} }")
        return (
            f"scenario = ck.Scenario({', '.join(given)})\n"
            "scenario.measures().table()\n"
            "ck.europe(scenario)"
        )

    def _bound_year(self, change):
        self.pick_year.min = _candidates().get(self.pick.value, FIRST_DAY.year)

    @reporting
    def _update(self, change=None):
        scenario = self.scenario
        self.live.tell(
            alt=describe(scenario),
            readout=readout(scenario),
            table=facts(scenario),
            code=self.code(),
        )

    def _repr_mimebundle_(self, **kwargs):
        return with_still(super()._repr_mimebundle_(**kwargs), self.live.still())


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
