"""The game laboratory: payoffs or a point of Jervis's plane, and what follows."""

from coursekit.figures.base import Point
from coursekit.figures.game import PLANE, PLAYERS, game_figure
from coursekit.labs.game import assumes, code, readout
from coursekit.models.games import Payoffs
from coursekit.widgets.live_figure import reporting
from coursekit.widgets.model_lab import ModelLab, Shown


class GameLab(ModelLab):
    """Set payoffs, or a point of the plane; see best replies, equilibria and minimum trust."""

    kept = ()

    def __init__(
        self, ask: str = "", preset: str = "prisoners_dilemma", players: tuple[str, ...] = PLAYERS
    ):
        self.players = tuple(players)
        super().__init__("game", ask, assumes(), preset)
        self.live.observe(self._aim, "pointed")

    @property
    def chosen(self) -> tuple[Point, Payoffs | None, tuple[str, ...]]:
        """Point, payoffs (None if they come from the point), and players in their order."""
        view, swapped = self.at("view", "swap")
        given = None if view == "point" else Payoffs(*self.at(*"TRPS"))
        players = self.players[::-1] if swapped else self.players
        return self.at("offence", "distinguishability"), given, players

    def shown(self) -> Shown:
        """Say what follows from the controls."""
        point, payoffs, players = self.chosen
        (swapped,) = self.at("swap")
        return {
            "figure": self.figure(game_figure, point, payoffs, players),
            "readout": readout(point, payoffs, players, swapped=swapped),
            "code": code(point, payoffs),
            "plane": PLANE,
        }

    @reporting
    def _aim(self, change: dict[str, tuple[float, float]]) -> None:
        offence, distinguishability = change["new"]
        self._set({"view": "point", "offence": offence, "distinguishability": distinguishability})


def game_lab(
    ask: str = "", preset: str = "prisoners_dilemma", players: tuple[str, ...] = PLAYERS
) -> GameLab:
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
