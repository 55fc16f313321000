"""The game laboratory: payoffs or a point of Jervis's plane, and what follows."""

from coursekit.figures.game import (
    PLANE,
    PLAYERS,
    game_figure,
    game_name,
    names_of_equilibria,
    trust_in_words,
)
from coursekit.labs.settings import opening, settings
from coursekit.labs.words import assumptions, entry
from coursekit.models.games import Payoffs, effective_payoffs, world
from coursekit.widgets.controls import dropdown, reset_button, slider
from coursekit.widgets.frame import chip
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["GameLab", "game_lab"]

ASSUMES = assumptions(
    "Each state acts as one actor. Both know the payoffs. The link from the plane to the payoffs "
    "is a teaching construct after Jervis (1978), not his own formula.",
    "To explain arming is not to justify it.",
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
SLIDERS = {
    "T": (0, 6, 0.5, "Arm alone (T)", "Payoff for arming while the other holds back."),
    "R": (0, 6, 0.5, "Both hold back (R)", "Payoff for each if both show restraint."),
    "P": (0, 6, 0.5, "Both arm (P)", "Payoff for each if both arm."),
    "S": (0, 6, 0.5, "Hold back alone (S)", "Payoff for restraint while the other arms."),
    "offence": (0, 1, 0.05, "Offence", "0: defence has the advantage. 1: offence has it."),
    "distinguishability": (
        0,
        1,
        0.05,
        "Distinguishability",
        "Chance that a posture is recognised before it does harm.",
    ),
}
PARTS = {"sliders": "T R P S", "point": "offence distinguishability"}


def _readout(point, payoffs, players, *, swapped=False):
    game = effective_payoffs(*point) if payoffs is None else payoffs
    value, words = trust_in_words(game)
    rows = [
        entry(
            "Game",
            game_name(game),
            "Payoffs: T for arming alone, R for both holding back, P for both arming, S for "
            "holding back alone.",
            "game",
        ),
        entry(
            "Pure equilibria",
            names_of_equilibria(game, players),
            "Cells in which neither state gains by changing its own choice alone.",
            "equilibria",
        ),
        entry("Minimum trust p*", value, words, "trust"),
        entry("Swap test", *SWAP[swapped], "swap"),
    ]
    if payoffs is None:
        place = world(*point)
        detail = AGGRESSORS if "aggression" in place else JERVIS
        rows.append(entry("World", place, detail, "world"))
    return rows


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


class GameLab(ModelLab):
    """Set payoffs, or a point of the plane; see best replies, equilibria and minimum trust.

    Raises CourseError if there is no such preset.
    """

    kept = ()

    def __init__(
        self, ask: str = "", preset: str = "prisoners_dilemma", players: tuple[str, ...] = PLAYERS
    ):
        self.players, points = tuple(players), settings("game")
        numbers = opening(points, preset)
        self.preset = presets(points, preset, "Sets all the numbers to those of a known case.")
        self.view = dropdown(
            [("sliders", "sliders"), ("point of the plane", "point")],
            "point" if "offence" in points[preset][1] else "sliders",
            "Payoffs from",
            "Where the payoffs come from: the four sliders, or the point in the plane.",
        )
        self.swap = chip(
            "Swap the players",
            "Exchanges the names of the two states and leaves everything else equal.",
            value=False,
        )
        self.reset = reset_button()
        self.sliders = {
            name: slider(*words, numbers[name], width=360, label=130)
            for name, words in SLIDERS.items()
        }
        super().__init__(
            ask,
            [
                [self.preset, self.view, self.swap, self.reset],
                *([self.sliders[name] for name in names.split()] for names in PARTS.values()),
            ],
            {"preset": self.preset, "view": self.view, "swap": self.swap, **self.sliders},
            points,
            ASSUMES,
            PARTS,
        )
        self.live.observe(self._aim, "pointed")

    @property
    def chosen(self):
        """Point, payoffs (None if they come from the point), and players in their order."""
        *payoffs, offence, distinguishability = (s.value for s in self.sliders.values())
        players = self.players[::-1] if self.swap.value else self.players
        given = None if self.view.value == "point" else Payoffs(*payoffs)
        return (offence, distinguishability), given, players

    def shown(self) -> dict:
        """Say what follows from the controls."""
        point, payoffs, players = self.chosen
        return {
            "figure": self.figure(game_figure, point, payoffs, players),
            "readout": _readout(point, payoffs, players, swapped=self.swap.value),
            "code": _code(point, payoffs),
            "plane": PLANE,
        }

    @reporting
    def _aim(self, change):
        offence, distinguishability = change["new"]
        self._set({"view": "point", "offence": offence, "distinguishability": distinguishability})


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
