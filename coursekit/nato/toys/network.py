"""Twelve invented states to be sorted into two blocs, and three indices that need not agree."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Self

from coursekit.errors import CourseError, unknown
from coursekit.labs.words import entry
from coursekit.nato.figures.network import AREAS, STATES, network_figure, sizes
from coursekit.nato.figures.polarisation import Indices, Sizes, direction, indices
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

# Left bloc, right bloc, neither. On any way from here to two blocs of six some measures part.
STARTS = ((5, 2, 5), (6, 1, 5), (2, 5, 5), (1, 6, 5))
MOST = (len(STATES) // 2) ** 2
NAMES = {f"state-{name}": name for name in STATES}


class Turn(NamedTuple):
    """A move that was made: which state went where, and the sizes before and after."""

    state: str
    to: str
    before: Sizes
    after: Sizes


def start(seed: int) -> dict[str, str]:
    """Say where each state stands when a game begins."""
    left, right, neither = STARTS[seed % len(STARTS)]
    places = ["left"] * left + ["right"] * right + ["neither"] * neither
    # So that each bloc has names from all over the alphabet.
    order = sorted(STATES, key=lambda name: (STATES.index(name) * 5 + seed) % len(STATES))
    return dict(zip(order, places, strict=True))


def across(blocs: Sizes) -> int:
    """Count the pairs with one state in each bloc."""
    return blocs[0] * blocs[1]


def fewest(blocs: Sizes) -> int:
    """Count the moves that it takes at least until no more pairs are possible."""
    half = len(STATES) // 2
    return sum(max(half - size, 0) for size in blocs[:2])


def ways(before: Sizes, after: Sizes) -> list[str]:
    """Say which way each of the three indices went."""
    return [direction(a, b) for a, b in zip(indices(*before), indices(*after), strict=True)]


def parted(before: Sizes, after: Sizes) -> bool:
    """Say whether one index rose while another fell."""
    return {"up", "down"} <= set(ways(before, after))


@dataclass(frozen=True)
class Network(Toy):
    """Move states between two blocs until no other split has more pairs across."""

    name: ClassVar[str] = "08-network"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = AREAS
    parts: ClassVar[dict[str, str]] = NAMES
    onto: ClassVar[tuple[str, ...]] = tuple(f"area-{area}" for area in AREAS)

    @cached_property
    def _played(self) -> tuple[dict[str, str], list[Turn]]:
        places = start(self.seed)
        turns = []
        for move in self.moves:
            before, to = sizes(places), move["press"]
            state = move.get("state") or _next(places, to)
            places[state] = to
            turns.append(Turn(state, to, before, sizes(places)))
        return places, turns

    @property
    def places(self) -> dict[str, str]:
        """Where each state stands now."""
        return self._played[0]

    @property
    def turns(self) -> list[Turn]:
        """What was moved so far."""
        return self._played[1]

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        if across(sizes(self.places)) == MOST:
            return ()
        return tuple(area for area in AREAS if _next(self.places, area))

    def touched(self, part: str, onto: str = "") -> dict[str, Any] | None:
        """Move a state on by a click, or where it was dragged."""
        state = NAMES.get(part)
        if not state or not self.open():
            return None
        here = self.places[state]
        following = AREAS[(AREAS.index(here) + 1) % len(AREAS)]
        to = onto.removeprefix("area-") or following
        return None if to == here else {"press": to, "state": state}

    def after(self, move: dict[str, Any]) -> Self:
        """Move a state; raises CourseError if there is none such, or it stands there already."""
        state = move.get("state")
        if state is not None and state not in STATES:
            raise unknown("state", state, STATES)
        if state and self.places[state] == move.get("press"):
            raise CourseError(self.say["there"])
        return super().after(move)

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        before = self.turns[-1].before if self.turns else None
        return {
            "figure": network_figure(self.places, before),
            "readout": self._readout(),
            "code": self.say("code", sizes=sizes(self.places)),
        }

    def _readout(self) -> list[dict[str, str]]:
        said, now = self.say, sizes(self.places)
        pairs = said("pairs", across=across(now), all=len(STATES) * (len(STATES) - 1) // 2)
        if not self.turns:
            return [entry(said["begin"], pairs, said["where"])]
        last = self.turns[-1]
        moved = said("moved", state=last.state, to=said["areas"][last.to])
        measures = entry(said["measures"], said["part" if parted(*last[2:]) else "agree"])
        measures["detail"] = _by_way(ways(*last[2:]), said)
        if self.open():
            return [entry(moved, pairs), measures]
        least, made = fewest(sizes(start(self.seed))), len(self.turns)
        apart = sum(parted(*turn[2:]) for turn in self.turns)
        enough = said("fewest", least=least) if made > least else said["fewer"]
        of, found = said("of", part=apart, all=made), said["found" if apart else "never"]
        return [
            entry(moved, pairs, said["most"]),
            entry(said["moves"], f"{made}", enough),
            entry(said["apart"], of, found),
        ]


def _by_way(found: list[str], said: Sentences) -> str:
    """Name the indices that went up, that went down, and that stayed."""
    names = dict(zip(Indices._fields, found, strict=True))
    parts = []
    for way, words in said["ways"].items():
        went = [said["names"][name] for name, one in names.items() if one == way]
        parts += [words.format(names=", ".join(went))] if went else []
    return " ".join(parts)


def _next(places: dict[str, str], to: str) -> str:
    """Choose who goes: from neither first, or out of the larger bloc; empty if nobody can."""
    left, right, neither = sizes(places)
    giver = "left" if (left >= right if to == "neither" else to == "right") else "right"
    if neither and to != "neither":
        giver = "neither"
    return next((name for name in STATES if places[name] == giver), "")
