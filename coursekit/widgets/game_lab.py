"""The game laboratory: payoffs or a point of Jervis's plane, and what follows."""

import ipywidgets as widgets

from coursekit.errors import unknown
from coursekit.figures.game import (
    PLAYERS,
    game_figure,
    game_name,
    names_of_equilibria,
    trust_in_words,
)
from coursekit.models.games import Payoffs, effective_payoffs, world
from coursekit.widgets.frame import Lab, chip
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["GameLab", "game_lab"]

ASSUMES = (
    "<b>What the model assumes.</b> Each state acts as one actor. Both know the payoffs. There is "
    "no domestic politics. The numbers are illustrative and calibrated to no state. The link from "
    "the plane to the payoffs is a teaching construct after Jervis (1978), not his own formula. "
    "A model shows what follows from assumptions. To explain arming is not to justify it."
)
JERVIS = (
    "The middle of each scale divides the worlds. That is part of the teaching construct: Jervis "
    "describes four corners, not borders."
)
AGGRESSORS = (
    "Jervis warns of aggressors here. The number p* speaks only of states that seek no change."
)

SWAP = {
    False: ("not yet done", "Guess first: what changes if the two states exchange their names?"),
    True: (
        "nothing changes",
        "Only the names have changed places. Game, best replies, equilibria and p* are the same.",
    ),
}


def _readout(point, payoffs, players, *, swapped=False, note=""):
    game = effective_payoffs(*point) if payoffs is None else payoffs
    value, words = trust_in_words(game)
    rows = [
        (
            "game",
            "Game",
            game_name(game),
            f"{note} Payoffs: T for arming alone, R for both holding back, P for "
            "both arming, S for holding back alone.".lstrip(),
        ),
        (
            "equilibria",
            "Pure equilibria",
            names_of_equilibria(game, players),
            "Cells in which neither state gains by changing its own choice alone.",
        ),
        ("trust", "Minimum trust p*", value, words),
        ("swap", "Swap test", *SWAP[swapped]),
    ]
    if payoffs is None:
        place = world(*point)
        rows.append(("world", "World", place, AGGRESSORS if "aggression" in place else JERVIS))
    return [dict(zip(("key", "label", "value", "detail"), row, strict=True)) for row in rows]


def _code(point, payoffs):
    if payoffs is None:
        return (
            "from coursekit.models.games import classify, effective_payoffs, minimum_trust\n"
            f"payoffs = effective_payoffs(offence={point[0]:g}, distinguishability={point[1]:g})\n"
            "classify(*payoffs), minimum_trust(*payoffs)"
        )
    said = ", ".join(f"{k}={v:g}" for k, v in payoffs._asdict().items())
    return (
        "from coursekit.models.games import classify, minimum_trust\n"
        f"classify({said}), minimum_trust({said})"
    )


class GameLab(Lab):
    """Set payoffs, or a point of the plane; see best replies, equilibria and minimum trust.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``game``.
    players : tuple of str, optional
        Names of the two players.

    Raises
    ------
    CourseError
        If there is no such preset.
    """

    def __init__(self, ask="", preset="prisoners_dilemma", players=PLAYERS):
        self.settings = settings("game")
        if preset not in self.settings:
            raise unknown("preset", preset, self.settings)
        self.first, self.players, self.busy = preset, tuple(players), False
        wide = {"layout": widgets.Layout(width="320px"), "style": {"description_width": "90px"}}
        self.start = widgets.Dropdown(
            options=[
                ("your own numbers", ""),
                *((label, name) for name, (label, *_) in self.settings.items()),
            ],
            value=preset,
            description="Start from",
            tooltip="Sets all the numbers to those of a known case.",
            **wide,
        )
        self.source = widgets.Dropdown(
            options=[("sliders", "sliders"), ("point of the plane", "point")],
            description="Payoffs from",
            tooltip="Where the payoffs come from: the four sliders, or the point in the plane.",
            **wide,
        )
        self.swap = chip(
            "Swap the players",
            "Exchanges the names of the two states and leaves everything else equal.",
            value=False,
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Goes back to the numbers shown at the start."
        )
        # Sliders that share a layout come and go together.
        self.shapes = [widgets.Layout(width="360px", max_width="100%") for _ in (1, 2)]
        style = {"description_width": "130px"}
        self.payoffs = {
            name: widgets.FloatSlider(
                min=0,
                max=6,
                step=0.5,
                description=words,
                tooltip=tip,
                readout_format=".1f",
                layout=self.shapes[0],
                style=style,
            )
            for name, words, tip in (
                ("T", "Arm alone (T)", "Payoff for arming while the other holds back."),
                ("R", "Both hold back (R)", "Payoff for each if both show restraint."),
                ("P", "Both arm (P)", "Payoff for each if both arm."),
                ("S", "Hold back alone (S)", "Payoff for restraint while the other arms."),
            )
        }
        self.point = {
            name: widgets.FloatSlider(
                value=0.5,
                min=0,
                max=1,
                step=0.05,
                description=name,
                tooltip=tip,
                layout=self.shapes[1],
                style=style,
            )
            for name, tip in (
                ("offence", "0: defence has the advantage. 1: offence has it."),
                ("distinguishability", "Chance that a posture is recognised before it does harm."),
            )
        }
        self.numbers = {**self.payoffs, **self.point}
        self._set({**self.settings["prisoners_dilemma"][1], **self.settings[preset][1]})
        inputs = {
            "start": self.start,
            "source": self.source,
            "swap": self.swap,
            **self.numbers,
        }
        self.source.value = "point" if "offence" in self.settings[preset][1] else "sliders"
        self.begun = {name: control.value for name, control in inputs.items()}
        rows = [
            [self.start, self.source, self.swap, self.reset],
            list(self.payoffs.values()),
            list(self.point.values()),
        ]
        super().__init__(ask, rows, LiveFigure(self.draw, inputs=inputs))
        self.children = (*self.children, widgets.HTML(ASSUMES))
        self.start.observe(self._start, "value")
        self.reset.on_click(self._reset)
        for control in (self.source, self.swap, *self.numbers.values()):
            control.observe(self._update, "value")
        self._update()

    @property
    def chosen(self):
        """Point, payoffs (None if they come from the point), and players in their order."""
        point = tuple(control.value for control in self.point.values())
        payoffs = Payoffs(*(control.value for control in self.payoffs.values()))
        players = self.players[::-1] if self.swap.value else self.players
        return point, None if self.source.value == "point" else payoffs, players

    def draw(self):
        """Draw the figure of the present state.

        Returns
        -------
        CourseFigure
            Payoff table and plane.
        """
        return game_figure(*self.chosen)

    def _set(self, numbers):
        self.busy = True
        for name, value in numbers.items():
            self.numbers[name].value = value
        self.busy = False

    @reporting
    def _start(self, change):
        if self.busy:
            return
        if change["new"]:
            numbers = self.settings[change["new"]][1]
            self._set(numbers)
            self.busy = True
            self.source.value = "point" if "offence" in numbers else "sliders"
            self.busy = False
        self._update()

    @reporting
    def _reset(self, button):
        self.busy = True
        for name, value in self.begun.items():
            self.live.inputs[name].value = value
        self.busy = False
        self._update()

    @reporting
    def _update(self, change=None):
        if self.busy:
            return
        self.busy = True
        numbers = self.settings.get(self.start.value, ("", {}))[1]
        moved = any(self.numbers[name].value != value for name, value in numbers.items())
        if moved or ("offence" in numbers) != (self.source.value == "point"):
            self.start.value = ""
        note = self.settings[self.start.value][2] if self.start.value else ""
        self.busy = False
        point, payoffs, players = self.chosen
        self.shapes[0].display = "none" if payoffs is None else ""
        self.shapes[1].display = "" if payoffs is None else "none"
        figure = self.draw()
        self.live.svg = figure.svg()
        self.live.tell(
            alt=figure.alt,
            readout=_readout(point, payoffs, players, swapped=self.swap.value, note=note),
            table=figure.table,
            code=_code(point, payoffs),
        )


def game_lab(ask="", preset="prisoners_dilemma", players=PLAYERS):
    """Show the game laboratory.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``game``.
    players : tuple of str, optional
        Names of the two players.

    Returns
    -------
    GameLab
        Payoffs or a point of the four-worlds plane; best replies, equilibria, minimum trust.

    Raises
    ------
    CourseError
        If there is no such preset.
    """
    return GameLab(ask=ask, preset=preset, players=players)
