"""The arms race lab: two nations, the enlargement shock, and data."""

import ipywidgets as widgets
import numpy as np

from coursekit.data import caveats, load
from coursekit.enlargement.measures import statuses
from coursekit.figures.arms_race import (
    FARTHEST,
    TEN,
    burden,
    burden_figure,
    outcome,
    race_figure,
    resting,
    shock_figure,
)
from coursekit.models.arms_race import SHOCKS, eigenvalues, enlargement_shock, trajectory
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["ArmsRaceLab", "arms_race_lab", "settings"]

OWN = "own"
START = {"x0": 2.0, "y0": 0.5}
SLIDERS = {
    "a": (0.1, 4, "Fatigue a", "How strongly cost holds the first nation back, per year."),
    "b": (0.1, 4, "Fatigue b", "How strongly cost holds the second nation back, per year."),
    "k": (0, 3, "Reaction k", "How strongly the first nation answers the second, per year."),
    "l": (0, 3, "Reaction l", "How strongly the second nation answers the first, per year."),
    "g": (
        -2,
        3,
        "Grievance g",
        "What the first nation adds whatever the other does; below 0 is goodwill.",
    ),
    "h": (
        -2,
        3,
        "Grievance h",
        "What the second nation adds whatever the other does; below 0 is goodwill.",
    ),
    "x0": (0, 5, "Start x", "Arms of the first nation at the start."),
    "y0": (0, 5, "Start y", "Arms of the second nation at the start."),
}
VIEWS = [("Two nations", "race"), ("Enlargement shock", "shock"), ("Data", "data")]
TEN_NAME = "Mean of ten Western European members"
GOODWILL = "Read arms below 0 as more goodwill than arms."
CAUTION = "A good fit does not identify k. Series with a trend look alike for many reasons."
LIMITS = (
    "<b>Assumptions.</b> Each actor is unitary. Payoffs and reactions are known. There are no "
    "domestic politics. Nobody learns about the rules. The numbers are illustrative and "
    "calibrated to no state. <i>A model shows what follows from assumptions.</i>"
)


def matching(points, numbers):
    """Find the preset that has these numbers.

    Parameters
    ----------
    points : dict
        See `settings`.
    numbers : dict of str to float
        The present numbers.

    Returns
    -------
    str
        Name of the preset; ``"own"`` if there is none.
    """
    fits = (
        name
        for name, (_, wanted, _) in points.items()
        if all(abs(numbers[key] - value) < 1e-9 for key, value in wanted.items())
    )
    return next(fits, OWN)


def slider(low, high, description, tooltip, value=0.0, step=0.1):
    """Make a slider for a number.

    Parameters
    ----------
    low, high : float
        Its ends.
    description, tooltip : str
        What it says, and a sentence of help.
    value, step : float, optional
        Where it stands first, and how finely it moves.

    Returns
    -------
    ipywidgets.FloatSlider
        The control.
    """
    return widgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=step,
        description=description,
        tooltip=tooltip,
        layout=widgets.Layout(width="330px", max_width="100%"),
        style={"description_width": "90px"},
    )


def dropdown(options, value, description, tooltip, width="330px"):
    """Make a list of choices.

    Parameters
    ----------
    options : list of tuple
        Words and value of each choice.
    value : object
        The choice made first.
    description, tooltip : str
        What it says, and a sentence of help.
    width : str, optional
        As in a style sheet.

    Returns
    -------
    ipywidgets.Dropdown
        The control.
    """
    return widgets.Dropdown(
        options=options,
        value=value,
        description=description,
        tooltip=tooltip,
        layout=widgets.Layout(width=width, max_width="100%"),
        style={"description_width": "90px"},
    )


def entry(label, value, detail=""):
    """Pack a line of the readout.

    Parameters
    ----------
    label, value, detail : str
        What it is, what it says, and a sentence on it.

    Returns
    -------
    dict
        As `LiveFigure.tell` takes it.
    """
    return {"key": label, "label": label, "value": value, "detail": detail}


def amount(value):
    """Write arms with two decimals, and huge amounts in words.

    Parameters
    ----------
    value : float
        Arms.

    Returns
    -------
    str
        The number.
    """
    if abs(value) > 1e6:
        return "over a million" if value > 0 else "below minus a million"
    return f"{round(value, 2) + 0.0:,.2f}"


def race_readout(numbers, start):
    """Say what the race of two nations comes to.

    Parameters
    ----------
    numbers : dict of str to float
        a, b, k, l, g and h.
    start : pair of float
        Arms at time 0.

    Returns
    -------
    readout : list of dict
        Stability, fixed point, eigenvalues, arms after ten years.
    code : str
        What reproduces them.
    """
    short, long = outcome(numbers, start)
    point, _ = resting(numbers)
    force = {name: numbers[name] for name in "abkl"}
    rates = eigenvalues(**force)
    late = trajectory(**numbers, start=start, times=10)[0]
    shown = "none" if point is None else f"x = {amount(point[0])}, y = {amount(point[1])}"
    notes = [GOODWILL] if point is not None and min(point) < 0 else []
    if point is not None and max(abs(value) for value in point) > FARTHEST:
        notes.append("It lies outside the picture.")
    readout = [
        entry("Outcome", short, long),
        entry("Fixed point", shown, " ".join(notes)),
        entry(
            "Eigenvalues",
            " and ".join(f"{round(rate, 2) + 0.0:.2f}" for rate in rates),
            "Rates per year. Below 0 a departure decays; above 0 it grows.",
        ),
        entry(
            "Arms after 10 years",
            f"x: {amount(late[0])}; y: {amount(late[1])}",
            GOODWILL if min(late) < 0 else "",
        ),
    ]
    force_code = ", ".join(f"{name}={value:g}" for name, value in force.items())
    code_all = ", ".join(f"{name}={value:g}" for name, value in numbers.items())
    used = ["eigenvalues", *([] if point is None else ["fixed_point"]), "trajectory"]
    rest = "" if point is None else f", fixed_point({code_all})"
    code = (
        f"from coursekit.models.arms_race import {', '.join(used)}\n"
        f"eigenvalues({force_code}){rest}\n"
        f"trajectory({code_all}, start=({start[0]:g}, {start[1]:g}), times=10)"
    )
    return readout, code


def stands_for(scenario):
    """Say in a sentence what the shock stands for in a scenario.

    Parameters
    ----------
    scenario : coursekit.Scenario
        Who is a member, and when.

    Returns
    -------
    str
        The numbers of members and of promised states; the model is not fitted to them.
    """
    promised = sum(status == "promised" for status in statuses(scenario).values())
    outsider = (
        f"O stands for the {promised} promised state{'s' if promised > 1 else ''}"
        if promised
        else "O for a state that might join, as none is promised"
    )
    return (
        f"On {scenario.date.day} {scenario.date:%B %Y} M stands for the {len(scenario.members())} "
        f"members of your scenario and {outsider}; the numbers of the model are not fitted to them."
    )


def shock_readout(case, scenario=None):
    """Say what a case of the enlargement shock comes to.

    Parameters
    ----------
    case : str
        See `coursekit.models.arms_race.SHOCKS`.
    scenario : coursekit.Scenario, optional
        What the shock stands for.

    Returns
    -------
    readout : list of dict
        Sum, change, rho, and what the shock stands for.
    code : str
        What reproduces them.
    """
    now, before = enlargement_shock(case), enlargement_shock("before")
    readout = [
        entry("Teaching construct", case.capitalize(), "Made for this course; all a = 2, g = 1."),
        entry("Sum of arms at rest", f"{now.total:.4f}", f"Before: {before.total:.4f}."),
        entry(
            "Change in the sum",
            f"{now.total - before.total:+.4f}",
            "Its sign depends on provocation against relief. The model does not settle which.",
        ),
        entry("rho", f"{now.spectral_radius:.4f}", "Below 1 the race of three settles down."),
    ]
    if scenario is not None:
        readout.append(entry("What it stands for", "Your scenario", stands_for(scenario)))
    code = f'from coursekit.models.arms_race import enlargement_shock\nenlargement_shock("{case}")'
    return readout, code


def data_readout(first, second, names):
    """Compare two series of spending, with the caution that belongs to them.

    Parameters
    ----------
    first, second : sequence of str
        Codes of the states of each series.
    names : pair of str
        What the two series are called.

    Returns
    -------
    readout : list of dict
        First and last values, correlation of levels and of changes, caution.
    code : str
        What reproduces the series.
    """
    series = [burden(first), burden(second)]
    readout = [
        entry(
            name,
            f"{values.iloc[-1]:.2f}% in {values.index[-1]}",
            f"{values.iloc[0]:.2f}% in {values.index[0]}."
            + (f" Simple mean of {', '.join(codes)}." if len(codes) > 1 else ""),
        )
        for name, values, codes in zip(names, series, (first, second), strict=True)
    ]
    readout[1]["key"] += " (second)"
    changes = [values.reindex(range(1990, 2025)).diff() for values in series]
    for label, (one, other) in {"levels": series, "yearly changes": changes}.items():
        r = one.corr(other)
        said = "cannot be computed" if np.isnan(r) else f"{r:+.2f}"
        readout.append(entry(f"Correlation of {label}", said))
    readout.append(entry("Caution", "Fit is not cause", CAUTION))
    readout.append(entry("Source", "World Bank", caveats("military_burden")[0]))
    code = "\n".join(
        f'ck.load("military_burden").query("iso3 in {list(codes)} and 1990 <= year <= 2024")'
        '.groupby("year")["share_of_gdp"].mean()'
        for codes in (first, second)
    )
    return readout, code


class ArmsRaceLab(Lab):
    """Move fatigue, reaction and grievance; see whether the race settles down.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    scenario : coursekit.Scenario, optional
        What the enlargement shock stands for.
    """

    def __init__(self, ask="", scenario=None):
        self.scenario = scenario
        self.points = settings("arms_race")
        first = next(iter(self.points))
        table = load("states").set_index("iso3")["name"]
        spending = load("military_burden").query("1990 <= year <= 2024")
        codes = sorted(set(spending["iso3"]), key=lambda code: table[code])
        self.places = {TEN_NAME: TEN, **{table[code]: (code,) for code in codes}}
        self.view = dropdown(VIEWS, "race", "View", "Choose the model, the shock or the data.")
        self.preset = dropdown(
            [*((label, name) for name, (label, *_) in self.points.items()), ("Own numbers", OWN)],
            first,
            "Start from",
            "A ready setting of fatigue, reaction and grievance.",
        )
        self.reset = widgets.Button(
            description="Reset",
            tooltip="Set all numbers and choices of this lab back.",
            layout=widgets.Layout(width="90px"),
        )
        values = {**self.points[first][1], **START}
        self.sliders = {name: slider(*words, value=values[name]) for name, words in SLIDERS.items()}
        self.case = dropdown(
            [(name.capitalize(), name) for name in SHOCKS],
            "before",
            "Bring out",
            "The case whose numbers are shown beside the figure.",
        )
        places = [(name, name) for name in self.places]
        self.first = dropdown(places, TEN_NAME, "First", "A state, or a mean of ten members.")
        self.second = dropdown(places, "Russia", "Second", "The state to compare it with.")
        rest = [self.sliders[name] for name in ("g", "h", "x0", "y0")]
        more = widgets.Accordion([widgets.VBox(rest)], titles=("Grievances and start",))
        more.layout.width = "420px"
        live = LiveFigure(
            lambda: self.shown()[0],
            inputs={
                "view": self.view,
                "preset": self.preset,
                **self.sliders,
                "case": self.case,
                "first": self.first,
                "second": self.second,
            },
        )
        rows = [
            [self.view, self.preset, self.reset],
            [self.sliders[name] for name in "abkl"],
            [more],
            [self.case],
            [self.first, self.second],
        ]
        super().__init__(ask, rows, live)
        boxes = self.children[-6:-1]
        self.parts = {"race": boxes[1:3], "shock": boxes[3:4], "data": boxes[4:5]}
        self.children = (*self.children, widgets.HTML(LIMITS))
        self.setting = False
        self.preset.observe(self._start, "value")
        self.reset.on_click(self._restore)
        for name, control in live.inputs.items():
            if name != "preset":
                control.observe(self._update, "value")
        self._update()

    @property
    def numbers(self):
        """a, b, k, l, g and h."""
        return {name: self.sliders[name].value for name in "abklgh"}

    @property
    def start(self):
        """Arms of the two nations at time 0."""
        return self.sliders["x0"].value, self.sliders["y0"].value

    def shown(self):
        """Draw the present state and put it into words.

        Returns
        -------
        figure : CourseFigure
            The figure.
        readout : list of dict
            Numbers beside it.
        code : str
            What reproduces them.
        """
        if self.view.value == "shock":
            return shock_figure(self.case.value), *shock_readout(self.case.value, self.scenario)
        if self.view.value == "data":
            names = self.first.value, self.second.value
            codes = [self.places[name] for name in names]
            return burden_figure(*codes, names), *data_readout(*codes, names)
        figure = race_figure(**self.numbers, start=self.start)
        readout, code = race_readout(self.numbers, self.start)
        if self.preset.value in self.points:
            label, _, note = self.points[self.preset.value]
            readout.append(entry("Setting", label, note))
        return figure, readout, code

    def _put(self, values):
        self.setting = True
        try:
            for control, value in values:
                control.value = value
        finally:
            self.setting = False
        self._update()

    @reporting
    def _start(self, change):
        if not self.setting and change["new"] != OWN:
            numbers = self.points[change["new"]][1]
            self._put([(self.sliders[name], value) for name, value in numbers.items()])
        elif not self.setting:
            self._update()

    @reporting
    def _restore(self, button=None):
        first = next(iter(self.points))
        values = {**self.points[first][1], **START}
        self._put(
            [
                *((self.sliders[name], value) for name, value in values.items()),
                (self.preset, first),
                (self.case, "before"),
                (self.first, TEN_NAME),
                (self.second, "Russia"),
            ]
        )

    @reporting
    def _update(self, change=None):
        if self.setting:
            return
        self.setting = True
        self.preset.value = matching(self.points, self.numbers)
        self.setting = False
        self.preset.layout.display = "" if self.view.value == "race" else "none"
        for name, boxes in self.parts.items():
            for box in boxes:
                box.layout.display = "" if name == self.view.value else "none"
        figure, readout, code = self.shown()
        self.live.svg = figure.svg()
        self.live.tell(alt=figure.alt, readout=readout, table=figure.table, code=code)


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
