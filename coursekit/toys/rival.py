"""Ten rounds against a hidden rival: arm or hold back, then say who it was."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from coursekit.figures.rival import rival_figure
from coursekit.labs.words import Entry, entry
from coursekit.models.games import Payoffs
from coursekit.models.reciprocity import STRATEGIES, successor
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

ROUNDS = 10
# The stag hunt of the notebook.
PAYOFFS = Payoffs(T=2, R=3, P=1, S=0)
# Its kinds, by what they do in the literature.
RIVALS = {
    "friend": "Always Cooperate",
    "mirror": "Tit for Tat",
    "grudge": "Grim trigger",
    "greedy": "Always Defect",
}


def replies(kind: str, mine: tuple[int, ...]) -> tuple[int, ...]:
    """Say what a rival of some kind does, round by round; 1 is to arm."""
    rival = STRATEGIES[RIVALS[kind]]
    holds, state, own = rival.first, 0, []
    for seen in mine:
        own.append(int(holds < 1))
        state = successor(state, own[-1], seen)
        holds = rival.intentions()[state]
    return tuple(own)


def fitting(mine: tuple[int, ...], theirs: tuple[int, ...]) -> list[str]:
    """List the kinds of rival that would have done the same."""
    return [kind for kind in RIVALS if replies(kind, mine) == theirs]


@dataclass(frozen=True)
class Rival(Toy):
    """Ten rounds of the stag hunt against a rival that is hidden until a guess."""

    name: ClassVar[str] = "03-rival"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = ("hold", "arm", *RIVALS)

    @property
    def kind(self) -> str:
        """The hidden rival, by the seed."""
        return list(RIVALS)[self.seed % len(RIVALS)]

    @cached_property
    def mine(self) -> tuple[int, ...]:
        """What was done in each round; 1 is to arm."""
        return tuple(int(move["press"] == "arm") for move in self.moves[:ROUNDS])

    @cached_property
    def theirs(self) -> tuple[int, ...]:
        """What the rival did in each round."""
        return replies(self.kind, self.mine)

    @property
    def guess(self) -> str:
        """Who the rival was taken for; empty before the guess."""
        return self.moves[ROUNDS]["press"] if len(self.moves) > ROUNDS else ""

    @property
    def worth(self) -> list[int]:
        """What each round so far was worth."""
        worth = [[PAYOFFS.R, PAYOFFS.S], [PAYOFFS.T, PAYOFFS.P]]
        return [int(worth[i][j]) for i, j in zip(self.mine, self.theirs, strict=True)]

    @property
    def points(self) -> int:
        """What all rounds so far were worth."""
        return sum(self.worth)

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        if len(self.moves) < ROUNDS:
            return ("hold", "arm")
        return () if self.guess else tuple(RIVALS)

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        figure = rival_figure(self.mine, self.theirs, PAYOFFS, ROUNDS, told=bool(self.guess))
        readout = self._verdict() if self.guess else self._so_far()
        return {"figure": figure, "readout": readout, "code": self._code()}

    def _so_far(self) -> list[Entry]:
        said, deeds, number = self.say, self.say["deeds"], len(self.mine)
        if not self.mine:
            return [entry(said("round", number=1), said["begin"])]
        last = said("happened", mine=deeds[self.mine[-1]], theirs=deeds[self.theirs[-1]])
        gain = said("gain", gain=self.worth[-1], points=self.points)
        if number == ROUNDS:
            return [entry(said["over"], last, gain), entry(said["who"], said["choose"])]
        return [entry(said("round", number=number), last, gain)]

    def _verdict(self) -> list[Entry]:
        said, kinds = self.say, self.say["kinds"]
        fits = fitting(self.mine, self.theirs)
        cells = Counter(zip(self.mine, self.theirs, strict=True))
        judged = "right" if self.guess == self.kind else "fits" if self.guess in fits else "wrong"
        could = said["alone"] if len(fits) == 1 else "; ".join(kinds[kind] for kind in fits)
        found = [
            entry(said["it_was"], kinds[self.kind], said(judged, guess=kinds[self.guess])),
            entry(said["could"], said("of", fits=len(fits), all=len(RIVALS)), could),
        ]
        if any(self.theirs):
            found.append(entry(said["why"], said["unseen"], said["motives"]))
        best = said("best", best=PAYOFFS.R * ROUNDS)
        armed = said("both", rounds=cells[1, 1]) if cells[1, 1] else ""
        return [*found, entry(said["points"], f"{self.points}", f"{best} {armed}".strip())]

    def _code(self) -> str:
        return self.say("code", kind=self.kind if self.guess else "mirror", mine=self.mine)
