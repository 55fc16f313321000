"""The lab on polarisation: the index decides the answer."""

import ipywidgets as widgets

from coursekit.figures.polarisation import (
    LABELS,
    bloc_sizes,
    direction,
    indices,
    polarisation_figure,
)
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["PolarisationLab", "polarisation_lab"]

OWN = "own"
SIZES = ("first", "second", "unaligned")
DETAILS = {
    "modularity": "How far links keep to the blocs, beyond chance. In this teaching construct "
    "all states of a bloc are linked, and no others.",
    "esteban_ray": "Relative to two equal blocs. Distance is 1 between rival blocs and 0.5 to "
    "the unaligned.",
    "reynal_querol": "How close the three shares come to two equal halves; distance plays no part.",
    "across": "Teaching construct: share of all pairs of states with one state in each bloc.",
}
ASSUMPTIONS = (
    "<p><b>Assumptions.</b> Each state is one actor and is fully in a bloc or in none. There is "
    "no domestic politics, and all states count the same. The ready-made numbers are illustrative "
    "and calibrated to no state. Counting people or money instead would change the picture. "
    "A model shows what follows from assumptions.</p>"
)


def _presets():
    return {
        preset: {
            "label": label,
            "note": note,
            **{name: int(value) for name, value in numbers.items()},
        }
        for preset, (label, numbers, note) in settings("polarisation").items()
    }


class PolarisationLab(Lab):
    """Choose the sizes of two blocs; see four indices of polarisation before and now.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    scenario : coursekit.Scenario, optional
        Whose members, states with a treaty with Moscow and other states are shown first.
        Default: the preset ``after``.
    """

    def __init__(self, ask="", scenario=None):
        self.settings = _presets()
        self.before = tuple(self.settings["before"][name] for name in SIZES)
        sizes = (
            bloc_sizes(scenario)
            if scenario is not None
            else tuple(self.settings["after"][name] for name in SIZES)
        )
        self.opening = {**dict(zip(SIZES, sizes, strict=True)), "alpha": 1.0}
        self.start = widgets.Dropdown(
            options=[
                *((each["label"], name) for name, each in self.settings.items()),
                ("my own numbers", OWN),
            ],
            value=OWN,
            description="Start from",
            tooltip="Ready-made numbers of states; alpha stays as it is.",
            layout=widgets.Layout(width="300px"),
            style={"description_width": "80px"},
        )
        slider = {
            "min": 0,
            "max": 40,
            "layout": widgets.Layout(width="300px", max_width="100%"),
            "style": {"description_width": "80px"},
        }
        self.first = widgets.IntSlider(
            value=sizes[0],
            description="First bloc",
            tooltip="States in the first bloc; for a scenario, the members of NATO.",
            **slider,
        )
        self.second = widgets.IntSlider(
            value=sizes[1],
            description="Second",
            tooltip="States in the second bloc; for a scenario, those with a treaty with Moscow.",
            **slider,
        )
        self.unaligned = widgets.IntSlider(
            value=sizes[2],
            description="Unaligned",
            tooltip="States in neither bloc.",
            **slider,
        )
        self.alpha = widgets.FloatSlider(
            value=1.0,
            description="Alpha",
            tooltip="How strongly states of a bloc identify with each other (Esteban and Ray).",
            step=0.1,
            **{**slider, "min": 0.1, "max": 1.6},
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Go back to the numbers at the start."
        )
        live = LiveFigure(
            lambda: polarisation_figure(self.before, self.now, self.alpha.value),
            inputs={
                "start": self.start,
                "first": self.first,
                "second": self.second,
                "unaligned": self.unaligned,
                "alpha": self.alpha,
            },
        )
        for control in live.inputs.values():
            if control is not self.start:
                control.observe(self._update, "value")
        self.start.observe(self._begin, "value")
        self.reset.on_click(self._restore)
        rows = [
            [self.start, self.alpha, self.reset],
            [self.first, self.second, self.unaligned],
        ]
        super().__init__(ask, rows, live)
        self.children = (*self.children, widgets.HTML(ASSUMPTIONS))
        self._update()

    @property
    def now(self):
        """States in the first bloc, in the second, and in neither."""
        return self.first.value, self.second.value, self.unaligned.value

    def code(self):
        """Write the lines that reproduce the indices.

        Returns
        -------
        str
            Lines of Python; without two states there is no index, and they show the presets.
        """
        first, second, unaligned = self.now
        states = first + second + unaligned
        if states < 2:
            return 'ck.load("model_presets")'
        shares = f"[{first}/{states}, {second}/{states}, {unaligned}/{states}]"
        ray = (
            f"esteban_ray({shares}, [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]], {self.alpha.value:g}"
            f") / esteban_ray([0.5, 0.5], [0, 1], {self.alpha.value:g})"
        )
        links = (
            f"nx.disjoint_union(nx.complete_graph({first}), nx.complete_graph({second})), "
            f"[range({first}), range({first}, {first + second})]"
        )
        return (
            "from coursekit.models.polarisation import dyad_shares, esteban_ray, modularity, "
            "reynal_querol\nimport networkx as nx\n"
            f"modularity({links}), {ray}, reynal_querol({shares}), "
            f"dyad_shares({first}, {second}, {unaligned}).across"
        )

    @reporting
    def _begin(self, change):
        if self._quiet:
            return
        if change["new"] == OWN:
            self._update()
        else:
            self._set({name: self.settings[change["new"]][name] for name in SIZES})

    @reporting
    def _restore(self, button):
        self._set(self.opening)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        alike = (
            key
            for key, each in self.settings.items()
            if tuple(each[name] for name in SIZES) == self.now
        )
        self._quiet = True
        self.start.value = next(alike, OWN)
        self._quiet = False
        alpha = self.alpha.value
        figure = polarisation_figure(self.before, self.now, alpha)
        self.live.svg = figure.svg()
        self.live.tell(
            alt=figure.alt,
            readout=readout(self.before, self.now, alpha),
            table=figure.table,
            code=self.code(),
        )


def readout(before, now, alpha):
    """Say what each index does, and what follows.

    Parameters
    ----------
    before, now : tuple of three int
        States in the first bloc, in the second, and in neither.
    alpha : float
        Of the index of Esteban and Ray.

    Returns
    -------
    list of dict
        Entries for `coursekit.widgets.live_figure.LiveFigure.tell`.
    """
    values = zip(LABELS.items(), indices(*before, alpha), indices(*now, alpha), strict=True)
    entries, ways = [], []
    for (name, label), old, new in values:
        way = direction(old, new)
        ways.append(way)
        told = "not defined" if new is None else f"{new:.3f}, {way}"
        why = "Too few states for this index. " if new is None else f"Before: {old:.3f}. "
        entries.append({"key": name, "label": label, "value": told, "detail": why + DETAILS[name]})
    entries.append(
        {
            "key": "lesson",
            "label": "More polarised?",
            "value": f"{ways.count('up')} up, {ways.count('down')} down",
            "detail": "The index decides the answer. So the word needs a definition.",
        }
    )
    return entries


def polarisation_lab(ask="", scenario=None):
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
        Four indices before and now, with the direction of each.
    """
    return PolarisationLab(ask=ask, scenario=scenario)
