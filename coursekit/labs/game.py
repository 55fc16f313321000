"""The numbers and the code that the game laboratory shows."""

from coursekit.figures.base import Point
from coursekit.figures.game import game_name, names_of_equilibria, trust_in_words
from coursekit.labs.words import Entry, assumptions, lines
from coursekit.models.games import Payoffs, effective_payoffs, world
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY["assumes"], SAY["after"])


def readout(
    point: Point, payoffs: Payoffs | None, players: tuple[str, ...], *, swapped: bool = False
) -> list[Entry]:
    """Say what game it is; without payoffs, those of the point of the plane count."""
    game = effective_payoffs(*point) if payoffs is None else payoffs
    place = world(*point)
    words = {
        "equilibria": names_of_equilibria(game, players),
        "swap": SAY["swapped" if swapped else "not_swapped"],
        "caution": SAY["aggressors" if "aggression" in place else "borders"],
    }
    said = SAY["game"] + (SAY["world"] if payoffs is None else [])
    return lines(said, name=game_name(game), trust=trust_in_words(game), world=place, **words)


def code(point: Point, payoffs: Payoffs | None) -> str:
    """Write the lines that name the game."""
    if payoffs is None:
        return SAY("point_code", offence=point[0], distinguishability=point[1])
    given = ", ".join(f"{k}={v:g}" for k, v in payoffs._asdict().items())
    return SAY("payoffs_code", given=given)
