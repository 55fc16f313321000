"""One slip between two neighbours that copy each other, the feud it starts, and what ends it."""

import random
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from coursekit.figures.feud import Step, feud_figure
from coursekit.labs.words import Entry, entry
from coursekit.models.reciprocity import STRATEGIES, mirrored, successor
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

# Short names for the rules with which the list of the model begins.
RULES = dict(zip(("copy", "forgive", "contrite", "keep"), STRATEGIES, strict=False))
# Rounds before the first move, rounds after which a feud can be seen, and rounds of a whole game.
CALM, LONG, MOST = 3, 4, 80
SLIPS = {"mine": 0, "theirs": 1}


def intended(rules: tuple[str, str], state: int, luck: tuple[float, float]) -> tuple[int, int]:
    """Say what each side means to do, 1 being to defect; luck is from 0 to 1."""
    views = (state, mirrored(state))
    one, two = (
        int(luck[side] >= STRATEGIES[RULES[rules[side]]].intentions()[views[side]])
        for side in (0, 1)
    )
    return one, two


def played_round(
    rules: tuple[str, str], state: int, luck: tuple[float, float], slip: int | None = None
) -> tuple[tuple[int, int], int]:
    """Play a round, in which the move of one side may come out as its opposite."""
    deeds = list(intended(rules, state, luck))
    if slip is not None:
        deeds[slip] = 1 - deeds[slip]
    return (deeds[0], deeds[1]), successor(state, *deeds)


class Episode(NamedTuple):
    """Two rules in a feud: whose slip began it, and the rounds until all was calm again."""

    side: int
    rules: tuple[str, str]
    rounds: int
    repaired: bool


@dataclass(frozen=True)
class Feud(Toy):
    """Rounds between two sides, slips where the student wants them, and rules to change."""

    name: ClassVar[str] = "10-feud"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = (*SLIPS, "next", "five", *RULES, "both")

    @cached_property
    def _game(self) -> tuple[list[Step], tuple[str, str], list[Episode]]:
        """Play all moves: the steps, the rules now, and what became of each feud."""
        rules, state, steps = ("copy", "copy"), 0, [Step(0, 0)] * CALM
        feuds: list[Episode] = []
        for move in self.moves:
            press = move["press"]
            if press in (*RULES, "both"):
                rules = (rules[0], rules[0]) if press == "both" else (press, rules[1])
                if feuds and not feuds[-1].repaired:
                    feuds.append(Episode(feuds[-1].side, rules, 0, False))
                continue
            for slip in (SLIPS.get(press), *[None] * (4 if press == "five" else 0)):
                luck = random.Random(f"{self.seed} {len(steps)}")
                deeds, state = played_round(rules, state, (luck.random(), luck.random()), slip)
                steps.append(Step(*deeds, slip))
                if slip is not None:
                    feuds.append(Episode(slip, rules, 0, False))
                elif feuds and not feuds[-1].repaired:
                    last = feuds[-1]
                    feuds[-1] = last._replace(rounds=last.rounds + 1, repaired=not any(deeds))
        return steps, rules, feuds

    @property
    def steps(self) -> list[Step]:
        """What happened, round by round."""
        return self._game[0]

    @property
    def rules(self) -> tuple[str, str]:
        """The rule of each side now."""
        return self._game[1]

    @property
    def episodes(self) -> list[Episode]:
        """What became of each feud under the rules of the time."""
        return self._game[2]

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        if len(self.steps) >= MOST:
            return ()
        feud = bool(self.episodes) and not self.episodes[-1].repaired
        slips = () if feud else tuple(SLIPS)
        # The rules come with the question that they answer.
        seen = len(self.episodes) > 1 or any(one.rounds >= LONG for one in self.episodes)
        rules = tuple(rule for rule in RULES if rule != self.rules[0]) if seen else ()
        both = ("both",) if self.rules[0] != self.rules[1] else ()
        return (*slips, "next", "five", *rules, *both)

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        mine, theirs = (self.say["rules"][rule] for rule in self.rules)
        return {
            "figure": feud_figure(self.steps, (mine, theirs)),
            "readout": self._readout(),
            "code": self.say("code", first=RULES[self.rules[0]], second=RULES[self.rules[1]]),
        }

    def _readout(self) -> list[Entry]:
        said, last = self.say, self.steps[-1]
        if self.moves and self.moves[-1]["press"] in (*RULES, "both"):
            told = [entry(said["changed"], said["from_now"], said["try"])]
        else:
            happened = said["happened"][2 * last.mine + last.theirs]
            number = said("round", number=len(self.steps))
            told = [entry(number, happened, self._detail(last))]
        slips = [place for place, step in enumerate(self.steps) if step.slip is not None]
        if slips:
            spoilt = sum(any(step[:2]) for step in self.steps[slips[-1] :])
            told.append(entry(said["spoilt"], f"{spoilt}", said["spoilt_means"]))
        tried = [one for one in self.episodes if one.repaired or one.rounds >= LONG]
        if tried:
            # Of each pair of rules the latest try, and no more than can be read at a glance.
            tales = {(one.side, one.rules): self._in_words(one) for one in tried}
            latest = list(tales.values())[-5:]
            told.append(entry(said["tried"], f"{len(latest)}", " ".join(latest)))
        return told

    def _detail(self, last: Step) -> str:
        said = self.say
        if not self.episodes:
            return said("begin")
        feud = self.episodes[-1]
        if last.slip is not None:
            return str(said["slipped"][last.slip])
        if feud.repaired:
            return said("repaired")
        return said("long" if feud.rounds >= LONG else "answer")

    def _in_words(self, feud: Episode) -> str:
        said = self.say
        mine, theirs = (said["short"][rule] for rule in feud.rules)
        how = "repaired_in" if feud.repaired else "not_yet"
        whose = said["whose"][feud.side]
        return said(how, slip=whose, mine=mine, theirs=theirs, rounds=feud.rounds)
