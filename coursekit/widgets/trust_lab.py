"""The trust laboratory: what an act does to trust, and which first gesture can build it."""

from coursekit.figures.trust import belief_figure, gesture_figure
from coursekit.figures.trust_example import PLAYERS, Belief
from coursekit.labs import trust as lab
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab, Shown

BELIEF = ("t", "e_T", "e_U")


class TrustLab(ModelLab):
    """Update the beliefs of both sides, or choose the size of a first gesture."""

    # What both sides believe; nothing until the sliders have said it for the first time.
    beliefs: tuple[Belief, ...] = ()

    def __init__(self, ask: str = "", preset: str = "doubtful", players: tuple[str, ...] = PLAYERS):
        self.players = tuple(players)
        super().__init__("trust", ask, lab.assumes(), preset, options={"side": lab.sides(players)})

    @property
    def belief(self) -> Belief:
        """The belief that the sliders show."""
        return Belief(*self.at(*BELIEF))

    def shown(self) -> Shown:
        """Say what follows from the controls."""
        if self.at("view") == ("design",):
            gesture = self.at("trust", "size")
            return {
                "figure": self.figure(gesture_figure, *gesture),
                "readout": lab.gesture_readout(*gesture),
                "code": lab.gesture_code(*gesture),
            }
        return {
            "figure": self.figure(belief_figure, *self.beliefs, players=self.players),
            "readout": lab.belief_readout(self.beliefs, self.players),
            "code": lab.belief_code(self.beliefs),
        }

    @reporting
    def _update(self, change: dict[str, object] | None = None) -> None:
        if self._quiet:
            return
        (side,) = self.at("side")
        turned = change is not None and change["owner"] is self.live.inputs["side"]
        if turned and side != "both":
            self._set(dict(zip(BELIEF, self.beliefs[int(side)], strict=True)))
            return
        before = self.beliefs or (self.belief, self.belief)
        self.beliefs = tuple(self.belief if side in ("both", str(k)) else before[k] for k in (0, 1))
        super()._update()


def trust_lab(
    ask: str = "", preset: str = "doubtful", players: tuple[str, ...] = PLAYERS
) -> TrustLab:
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
