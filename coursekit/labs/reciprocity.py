"""The numbers and the code that the lab on reciprocity shows."""

from coursekit.figures.reciprocity import pair_in_words
from coursekit.labs.words import Entry, assumptions, lines
from coursekit.models.reciprocity import largest_safe_generosity, payoffs, stationary
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY["assumes"])


def readout(first: str, second: str, error: float, winner: str) -> list[Entry]:
    """Say how a pair fares in the long run, and who scores most in the tournament."""
    pair = first, second, error
    shares, safe = stationary(*pair), largest_safe_generosity()
    rates = {"first": shares[0] + shares[1], "second": shares[0] + shares[2]}
    told = {"pair": pair_in_words(*pair), "payoffs": payoffs(*pair), "winner": winner}
    return lines(SAY["pair"], generosity=safe, **rates, **told)


def code(first: str, second: str, error: float) -> str:
    """Write the lines that compute what the pair earns."""
    return SAY("code", first=first, second=second, error=error)
