"""Five acts of a neighbour that may be trustworthy or not, and the trust that they leave."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

from coursekit.figures.trust_bars import trust_bars_figure
from coursekit.labs.words import Entry, entry
from coursekit.models.trust import posterior
from coursekit.sentences import Sentences
from coursekit.toys.base import Amount, Toy

ACTS = 5
KINDS = ("trustworthy", "untrustworthy")
# How likely each kind does what the occasion is for. The denial and the troops are those of the
# notebook; the others were made up for the game.
OCCASIONS = {
    "denial": (0.9, 0.9),
    "summit": (0.9, 0.9),
    "inspectors": (0.6, 0.3),
    "promise": (0.8, 0.4),
    "troops": (0.4, 0.8),
    "withdrawal": (0.4, 0.1),
}


class Act(NamedTuple):
    """What a neighbour did: the occasion, whether it did it, and how likely each kind does so."""

    occasion: str
    done: bool
    trustworthy: float
    untrustworthy: float

    @property
    def tells(self) -> bool:
        """Whether one kind does this more readily than the other."""
        return self.trustworthy != self.untrustworthy


def drawn(seed: int) -> tuple[str, tuple[Act, ...]]:
    """Draw a neighbour and what it does; words come first."""
    chance = random.Random(f"trust-{seed}")
    kind = chance.choice(KINDS)
    first, *others = OCCASIONS
    acts = []
    for occasion in (first, *chance.sample(others, ACTS - 1)):
        likely = OCCASIONS[occasion]
        done = chance.random() < likely[KINDS.index(kind)]
        acts.append(Act(occasion, done, *(round(p if done else 1 - p, 9) for p in likely)))
    return kind, tuple(acts)


def by_bayes(start: float, acts: tuple[Act, ...]) -> list[float]:
    """Follow trust in per cent, from a start, by Bayes' rule."""
    trust = [start / 100]
    for act in acts:
        trust.append(float(posterior(trust[-1], act.trustworthy, act.untrustworthy)))
    return [100 * t for t in trust]


@dataclass(frozen=True)
class Trust(Toy):
    """Set trust before a neighbour has acted, and again after each of its acts."""

    name: ClassVar[str] = "05-trust"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = ("set",)
    amounts: ClassVar[dict[str, Amount]] = {"trust": Amount(0, 100, 5, 50)}

    @cached_property
    def mine(self) -> tuple[float, ...]:
        """Trust as it was set, in per cent: at the start and after each act."""
        return tuple(move["trust"] for move in self.moves)

    @property
    def kind(self) -> str:
        """The hidden kind of neighbour, by the seed."""
        return drawn(self.seed)[0]

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What the neighbour has done so far."""
        return drawn(self.seed)[1][: len(self.moves)]

    @property
    def over(self) -> bool:
        """Whether trust was set after the last act."""
        return len(self.moves) > ACTS

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        return () if self.over else self.buttons

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        acts = [(*self._words(act), act.trustworthy, act.untrustworthy) for act in self.acts]
        bayes = by_bayes(self.mine[0], self.acts) if self.over else ()
        verdict = self.say["was"][self.kind] if self.over else ""
        figure = trust_bars_figure(self.mine, acts, bayes, verdict, count=ACTS)
        readout = self._end(bayes) if self.over else [self._now()]
        return {"figure": figure, "readout": readout, "code": self._code()}

    def _words(self, act: Act) -> tuple[str, str]:
        """Give the short name of an act, and the sentence that tells it."""
        words = self.say["acts"][act.occasion]["did" if act.done else "did_not"]
        return words["short"], words["long"]

    def _now(self) -> Entry:
        if not self.acts:
            return entry(*self.say["begin"])
        act = self.acts[-1]
        likely = (round(10 * p) for p in (act.trustworthy, act.untrustworthy))
        label = self.say("number", number=len(self.acts), count=ACTS)
        return entry(label, self._words(act)[1], self.say("likely", of=tuple(likely)))

    def _end(self, bayes: Sequence[float]) -> list[Entry]:
        said, mine = self.say, self.mine
        pairs = zip(pairwise(mine), self.acts, strict=True)
        words = sum(abs(b - a) for (a, b), act in pairs if not act.tells)
        ruled = said["certain"]
        if 0 < mine[0] < 100:
            ruled = said("by_bayes", start=mine[0], trust=bayes[-1])
        return [
            entry(said["it_was"], said["was"][self.kind], said["meant"][self.kind]),
            entry(said["ends"], said("percent", trust=mine[-1]), ruled),
            entry(said["words"], said("points", points=words), said["moved" if words else "still"]),
            self._parted(),
        ]

    def _parted(self) -> Entry:
        """Say after which act the bar was moved least like the rule, from where it then stood."""
        steps = [
            (before, after, by_bayes(before, (act,))[1], act)
            for (before, after), act in zip(pairwise(self.mine), self.acts, strict=True)
        ]
        before, after, rule, act = max(steps, key=lambda step: abs(step[1] - step[2]))
        said = self.say
        if abs(after - rule) <= self.amounts["trust"].step:
            return entry(said["parted"], said["nowhere"], said["close"])
        mine, due = after - before, rule - before
        if not act.tells:
            verdict = "for_nothing"
        elif mine * due < 0:
            verdict = "wrong_way"
        else:
            verdict = "too_far" if abs(mine) > abs(due) else "too_little"
        went = said("went" if mine else "stayed", before=before, after=after, rule=rule)
        short = self._words(act)[0].replace("\n", " ")
        return entry(said["parted"], short, f"{went} {said[verdict]}")

    def _code(self) -> str:
        if not self.acts:
            return self.say("begin_code")
        act, start = self.acts[-1], self.mine[-1] if not self.over else self.mine[-2]
        return self.say("code", start=start / 100, act=act)
