"""The lab on reciprocity: which rules repair an accident, and at what cost."""

import ipywidgets as widgets

from coursekit.figures.reciprocity import pair_in_words, reciprocity_figure
from coursekit.models.reciprocity import (
    STRATEGIES,
    largest_safe_generosity,
    payoffs,
    stationary,
)
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["ReciprocityLab", "reciprocity_lab"]

OWN = "own"
ASSUMPTIONS = (
    "<p><b>Assumptions.</b> Each side is one actor with one will. Both know the payoffs 5, 3, 1 "
    "and 0. Each sees every move. There is no domestic politics. The numbers are illustrative and "
    "calibrated to no state. A model shows what follows from assumptions.</p>"
)


def _presets():
    return {
        preset: {"label": label, "note": note, **numbers}
        for preset, (label, numbers, note) in settings("reciprocity").items()
    }


class ReciprocityLab(Lab):
    """Choose two strategies and how often moves go wrong; see who cooperates and what it pays.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    first, second : str, optional
        The strategies shown first, by their names in `coursekit.models.reciprocity.STRATEGIES`.
    """

    def __init__(self, ask="", first="Tit for Tat", second="Tit for Tat"):
        self.settings = _presets()
        opening = next(iter(self.settings))
        stationary(first, second, self.settings[opening]["error"])
        self.opening = {
            "error": self.settings[opening]["error"],
            "first": first,
            "second": second,
            "seed": 0,
        }
        wide = {"layout": widgets.Layout(width="300px"), "style": {"description_width": "80px"}}
        self.start = widgets.Dropdown(
            options=[
                *((each["label"], name) for name, each in self.settings.items()),
                ("my own settings", OWN),
            ],
            value=opening,
            description="Start from",
            tooltip="Ready-made amounts of noise; the strategies stay as they are.",
            **wide,
        )
        self.error = widgets.FloatSlider(
            value=self.opening["error"],
            min=0,
            max=0.2,
            step=0.01,
            readout_format=".0%",
            description="Noise",
            tooltip="How often a move comes out as the opposite of what was meant.",
            layout=widgets.Layout(width="360px", max_width="100%"),
            style={"description_width": "60px"},
        )
        self.first = widgets.Dropdown(
            options=list(STRATEGIES),
            value=first,
            description="First",
            tooltip="The rule that the first player follows in every round.",
            **wide,
        )
        self.second = widgets.Dropdown(
            options=list(STRATEGIES),
            value=second,
            description="Second",
            tooltip="The rule that the second player follows in every round.",
            **wide,
        )
        self.seed = widgets.BoundedIntText(
            value=0,
            min=0,
            max=999,
            description="Seed",
            tooltip="Another number draws other accidents for the tournament.",
            layout=widgets.Layout(width="130px"),
            style={"description_width": "45px"},
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Go back to the settings at the start."
        )
        live = LiveFigure(
            lambda: reciprocity_figure(*self.chosen),
            inputs={
                "start": self.start,
                "error": self.error,
                "first": self.first,
                "second": self.second,
                "seed": self.seed,
            },
        )
        for control in live.inputs.values():
            if control is not self.start:
                control.observe(self._update, "value")
        self.start.observe(self._begin, "value")
        self.reset.on_click(self._restore)
        rows = [[self.start, self.error], [self.first, self.second, self.seed, self.reset]]
        super().__init__(ask, rows, live)
        self.children = (*self.children, widgets.HTML(ASSUMPTIONS))
        self._update()

    @property
    def chosen(self):
        """First and second strategy, probability of an error, seed."""
        return self.first.value, self.second.value, self.error.value, self.seed.value

    def code(self):
        """Write the lines that reproduce the numbers.

        Returns
        -------
        str
            Lines of Python.
        """
        first, second, error, _ = self.chosen
        given = f'"{first}", "{second}", error={error:g}'
        return (
            "from coursekit.models.reciprocity import payoffs, stationary\n"
            f"stationary({given})\npayoffs({given})"
        )

    @reporting
    def _begin(self, change):
        if self._quiet:
            return
        if change["new"] == OWN:
            self._update()
        else:
            self._set({"error": self.settings[change["new"]]["error"]})

    @reporting
    def _restore(self, button):
        self._set(self.opening)

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        first, second, error, _ = self.chosen
        alike = (name for name, each in self.settings.items() if each["error"] == error)
        self._quiet = True
        self.start.value = next(alike, OWN)
        self._quiet = False
        figure = reciprocity_figure(*self.chosen)
        self.live.svg = figure.svg()
        shares = stationary(first, second, error)
        one, two = payoffs(first, second, error)
        self.live.tell(
            alt=figure.alt,
            readout=[
                {
                    "key": "first",
                    "label": "First cooperates",
                    "value": f"{shares[0] + shares[1]:.1%}",
                    "detail": pair_in_words(first, second, error),
                },
                {
                    "key": "second",
                    "label": "Second cooperates",
                    "value": f"{shares[0] + shares[2]:.1%}",
                },
                {
                    "key": "payoffs",
                    "label": "Payoffs a round",
                    "value": f"{one:.4f} and {two:.4f}",
                    "detail": "First and second player, exact, in the long run. "
                    "Cooperation by both in every round gives 3.",
                },
                {
                    "key": "generosity",
                    "label": "Largest safe generosity",
                    "value": f"{largest_safe_generosity():.3f}",
                    "detail": "The highest chance of answering a defection with cooperation "
                    "that is still safe with these payoffs. Forgiveness repairs accidents between "
                    "willing partners. It is costly against a player that exploits it.",
                },
                {
                    "key": "tournament",
                    "label": "Tournament",
                    "value": f"{figure.table['what'].iloc[4]} scores most",
                    "detail": "Five strategies; each meets each and itself, 200 rounds, 20 times. "
                    "The result depends on who takes part.",
                },
            ],
            table=figure.table,
            code=self.code(),
        )


def reciprocity_lab(ask="", first="Tit for Tat", second="Tit for Tat"):
    """Show the lab on reciprocity.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    first, second : str, optional
        The strategies shown first, by their names in `coursekit.models.reciprocity.STRATEGIES`.

    Returns
    -------
    ReciprocityLab
        Long-run cooperation and payoffs of a pair, and a tournament of five.

    Raises
    ------
    CourseError
        If a strategy is unknown.
    """
    return ReciprocityLab(ask=ask, first=first, second=second)
