"""The trust laboratory: what an act does to trust, and which first gesture can build it."""

from coursekit.figures.trust import belief_figure, gesture_figure
from coursekit.figures.trust_example import PLAYERS, TRUSTWORTHY, UNTRUSTWORTHY, Belief
from coursekit.labs.settings import opening, settings
from coursekit.labs.trust import (
    belief_code,
    belief_readout,
    gesture_code,
    gesture_readout,
)
from coursekit.labs.words import assumptions
from coursekit.widgets.controls import dropdown, reset_button, slider
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab, presets

__all__ = ["TrustLab", "trust_lab"]

BEFORE = ("Trust before (t)", "How likely the other is trustworthy.")
SLIDERS = {
    "t": (0, 1, 0.01, *BEFORE),
    "e_T": (
        0,
        1,
        0.01,
        "If trustworthy (e_T)",
        "How likely a trustworthy actor would do this act.",
    ),
    "e_U": (
        0,
        1,
        0.01,
        "If untrustworthy (e_U)",
        "How likely an untrustworthy actor would do this act.",
    ),
    "trust": (0, 1, 0.01, *BEFORE),
    "size": (
        0.01,
        0.99,
        0.01,
        "Size of gesture (s)",
        "Share of the stakes that the first round puts at risk.",
    ),
}
VIEWS = [("Update beliefs", "update"), ("Design a gesture", "design")]
BELIEF = ("t", "e_T", "e_U")
PARTS = {"update": "side t e_T e_U", "design": "trust size"}
ASSUMES = assumptions(
    "Each state acts as one actor of one of two types, trustworthy or not. Both know the payoffs. "
    "It is a simplification after Kydd, whose published model is richer. Payoffs: "
    f"T = {UNTRUSTWORTHY['T']} for an untrustworthy state that arms alone, "
    f"T_t = {TRUSTWORTHY['T_t']} for a trustworthy one, R = {TRUSTWORTHY['R']}, "
    f"P = {TRUSTWORTHY['P']}, S = {TRUSTWORTHY['S']}.",
    "To explain distrust is not to justify it.",
)


class TrustLab(ModelLab):
    """Update the beliefs of both sides, or choose the size of a first gesture.

    Raises CourseError if there is no such preset.
    """

    def __init__(self, ask: str = "", preset: str = "doubtful", players: tuple[str, ...] = PLAYERS):
        self.players, points = tuple(players), settings("trust")
        numbers = opening(points, preset)
        self.view = dropdown(
            VIEWS,
            "design" if "size" in points[preset][1] else "update",
            "View",
            "What you work on: beliefs after an act, or the size of a first gesture.",
            width=250,
        )
        self.preset = presets(
            points, preset, "Sets the numbers to those of a known case.", width=420
        )
        self.side = dropdown(
            [("both sides", "both"), (f"{players[0]} only", "0"), (f"{players[1]} only", "1")],
            "both",
            "Whose belief",
            "The side whose numbers the sliders set. Try the same act on both.",
            width=360,
            label=150,
        )
        self.reset = reset_button()
        self.sliders = {
            name: slider(*words, numbers[name], width=360, label=150)
            for name, words in SLIDERS.items()
        }
        self.beliefs = (self.belief, self.belief)
        super().__init__(
            ask,
            [
                [self.view, self.preset, self.reset],
                [self.side, self.sliders["t"]],
                [self.sliders["e_T"], self.sliders["e_U"]],
                [self.sliders["trust"], self.sliders["size"]],
            ],
            {"view": self.view, "preset": self.preset, "side": self.side, **self.sliders},
            points,
            ASSUMES,
            PARTS,
        )

    @property
    def belief(self):
        """The belief that the sliders show."""
        return Belief(*(self.sliders[name].value for name in BELIEF))

    @property
    def gesture(self):
        """Trust before the gesture, and its size."""
        return self.sliders["trust"].value, self.sliders["size"].value

    def shown(self) -> dict:
        """Say what follows from the controls."""
        if self.view.value == "design":
            return {
                "figure": self.figure(gesture_figure, *self.gesture),
                "readout": gesture_readout(*self.gesture),
                "code": gesture_code(*self.gesture),
            }
        return {
            "figure": self.figure(belief_figure, *self.beliefs, players=self.players),
            "readout": belief_readout(self.beliefs, self.players),
            "code": belief_code(self.beliefs),
        }

    @reporting
    def _update(self, change=None):
        if self._quiet:
            return
        side = self.side.value
        if change is not None and change["owner"] is self.side and side != "both":
            self._set(dict(zip(BELIEF, self.beliefs[int(side)], strict=True)))
            return
        self.beliefs = tuple(
            self.belief if side in ("both", str(k)) else self.beliefs[k] for k in (0, 1)
        )
        super()._update()


def trust_lab(ask="", preset="doubtful", players=PLAYERS):
    """Show the trust laboratory.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``trust``.
    players : tuple of str, optional
        Names of the two sides.

    Returns
    -------
    TrustLab
        Beliefs of both sides before and after an act, or the sizes of a first gesture.

    Raises
    ------
    CourseError
        If there is no such preset.
    """
    return TrustLab(ask=ask, preset=preset, players=players)
