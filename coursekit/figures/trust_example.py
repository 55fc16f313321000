"""The numerical example on trust: beliefs before and after an act, and first gestures."""

import math
from typing import NamedTuple

from coursekit.models import trust as model
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

PLAYERS = ("State A", "State B")
# The payoffs of the numerical example; T_t is a trustworthy player's for arming alone.
SAME = {"R": 3, "P": 1, "S": 0}
UNTRUSTWORTHY = {"T": 4, **SAME}
TRUSTWORTHY = {"T_t": 2, **SAME}


class Belief(NamedTuple):
    """What one side believes about the other before an act."""

    trust: float
    if_trustworthy: float
    if_not: float


class Gesture(NamedTuple):
    """What a first gesture of some size leads to."""

    result: str
    low: float
    high: float
    possible: bool
    words: str


def least_trust() -> float:
    """Give t*, the least trust at which a trustworthy state cooperates in one play."""
    return float(model.trust_threshold(**TRUSTWORTHY))


def after(belief: Belief) -> float | None:
    """Update a belief; None if what was seen could not happen by it."""
    trust, if_trustworthy, if_not = belief
    if trust * if_trustworthy + (1 - trust) * if_not == 0:
        return None
    return float(model.posterior(t=trust, e_T=if_trustworthy, e_U=if_not))


def odds_in_words(trust: float | None) -> str:
    """Write trust as odds."""
    if trust is None:
        return "no odds"
    return "certain" if math.isclose(trust, 1) else f"{trust / (1 - trust):.2f} to 1"


def gesture(trust: float, size: float) -> Gesture:
    """Say what a first gesture leads to, with the payoffs of the numerical example."""
    low = float(model.smallest_signal(trust, **UNTRUSTWORTHY))
    high = float(model.largest_signal(trust, **TRUSTWORTHY))
    possible = model.can_reassure(trust, **UNTRUSTWORTHY, T_t=TRUSTWORTHY["T_t"])
    if size > high and not math.isclose(size, high):
        result, words = "no cooperation", SAY["too_large"]
    elif size < low and not math.isclose(size, low):
        result = "pooling"
        enough = "high enough" if trust >= least_trust() else "too low"
        words = SAY("too_small", enough=enough)
    else:
        result = "separating"
        words = SAY["separating"]
    return Gesture(result, low, high, possible, words)
