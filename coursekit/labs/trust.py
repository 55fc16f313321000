"""The numbers and the code that the trust laboratory shows in each of its views."""

from collections.abc import Sequence

from coursekit.figures import trust_example as example
from coursekit.figures.trust_example import PLAYERS, Belief, after, least_trust, odds_in_words
from coursekit.labs.words import Entry, assumptions, lines
from coursekit.models.trust import enlargement_tolerance
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY("assumes", **example.UNTRUSTWORTHY | example.TRUSTWORTHY), SAY["after"])


def sides(players: tuple[str, ...]) -> list[tuple[str, str]]:
    """List the sides whose belief can be set, each with its short name."""
    return [("both sides", "both"), *((f"{name} only", str(k)) for k, name in enumerate(players))]


def belief_readout(beliefs: Sequence[Belief], players: tuple[str, ...] = PLAYERS) -> list[Entry]:
    """Say what an act does to the trust of both sides."""
    entries, room = [], []
    for k, belief in enumerate(beliefs):
        about = {"k": k, "who": players[k], "whom": players[1 - k], "trust": belief.trust}
        entries += _moved(belief, about)
        tolerance = None
        if 0 < belief.trust < 1:
            kind, tolerance = "room", enlargement_tolerance(belief.trust, least_trust())
        else:
            kind = "certain" if belief.trust == 1 else "ruled_out"
        room += lines(SAY[kind], tolerance=tolerance, **about)
    alike = beliefs[0] == beliefs[1]
    return [*entries, *room, *lines(SAY["alike" if alike else "unlike"])]


def _moved(belief: Belief, about: dict[str, object]) -> list[Entry]:
    now, least = after(belief), least_trust()
    if now is None:
        return lines(SAY["no_answer"], **about)
    gap = round(now - belief.trust, 9)
    odds = {"odds": odds_in_words(belief.trust), "odds_now": odds_in_words(now)}
    moves = "rises" if gap > 0 else "falls" if gap < 0 else "stays as it was"
    enough = "enough" if round(now - least, 9) >= 0 else "not enough"
    words = {"moves": moves, "enough": enough, **odds, **about}
    return lines(SAY["moved"], now=now, least=least, **words)


def gesture_readout(trust: float, size: float) -> list[Entry]:
    """Say what a first gesture leads to."""
    found, least = example.gesture(trust, size), least_trust()
    band, alone = "band" if found.possible else "no_band", "without_hope"
    parts = ("gesture", band, "ends", "without" if trust >= least else alone)
    return lines([line for part in parts for line in SAY[part]], found=found, least=least)


def belief_code(beliefs: Sequence[Belief]) -> str:
    """Write the lines that update both beliefs."""
    if any(after(belief) is None for belief in beliefs):
        first, second = (tuple(belief) for belief in beliefs)
        return SAY("figure_code", first=first, second=second)
    calls = ", ".join(SAY("posterior", belief=belief) for belief in beliefs)
    return SAY("belief_code", calls=calls)


def gesture_code(trust: float, size: float) -> str:
    """Write the lines that judge a gesture."""
    return SAY("gesture_code", trust=trust, size=size)
