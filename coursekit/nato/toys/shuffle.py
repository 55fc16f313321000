"""Draw at random who joined, to see whether a difference between two groups could be chance."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np

from coursekit.labs.words import entry
from coursekit.models.comparison import at_least
from coursekit.nato.burden import change
from coursekit.nato.enlargement import lookups
from coursekit.nato.figures.comparison_designs import Design, design
from coursekit.nato.figures.shuffle import shuffle_figure
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

# Cohort, years on either side, and controls, as in the lab on comparison.
COMPARISONS = ((2004, 5, "never"), (1999, 5, "neutral"))
SIZES = {"once": 1, "ten": 10, "hundred": 100}
# As many dots as a picture holds, and as many as tell how often something happens.
MOST, ENOUGH = 500, 100


@cache
def pool(chosen: Design) -> dict[str, float]:
    """Say by how many points of GDP the share of each state of a comparison changed."""
    states = (*chosen.treated, *chosen.compared)
    return {state: change(chosen.cohort, chosen.window, state) for state in states}


def placebo(chosen: Design, drawn: Iterable[str]) -> float:
    """Estimate what a comparison would give if the drawn states were those that joined."""
    changes, some = pool(chosen), set(drawn)
    others = [value for state, value in changes.items() if state not in some]
    return float(np.mean([changes[state] for state in some]) - np.mean(others))


def at_least_as_far(estimate: float, placebos: Iterable[float]) -> int:
    """Count the placebos that are at least as far from zero as an estimate."""
    return at_least(abs(estimate), np.abs(np.asarray(list(placebos), dtype=float)))


class Turn(NamedTuple):
    """What was done with one comparison: a guess, and how often states were drawn."""

    guess: str = ""
    draws: int = 0


@dataclass(frozen=True)
class Shuffle(Toy):
    """Two real comparisons, and a cloud of what chance gives, which grows with each shuffle."""

    name: ClassVar[str] = "09-shuffle"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = ("chance", "more", *SIZES, "other")

    @cached_property
    def _turns(self) -> tuple[list[Turn], int]:
        turns, at = [Turn() for _ in COMPARISONS], 0
        for press in (move["press"] for move in self.moves):
            if press == "other":
                at = (at + 1) % len(COMPARISONS)
            elif press in SIZES:
                turns[at] = turns[at]._replace(draws=turns[at].draws + SIZES[press])
            else:
                turns[at] = turns[at]._replace(guess=press)
        return turns, at

    @property
    def turn(self) -> Turn:
        """What was done with the comparison that is on the table."""
        turns, at = self._turns
        return turns[at]

    @property
    def comparison(self) -> Design:
        """The comparison that is on the table."""
        return design(*COMPARISONS[self._turns[1]])

    @cached_property
    def drawn(self) -> list[tuple[str, ...]]:
        """The states of each draw so far."""
        chosen = self.comparison
        chance = random.Random(f"{self.seed} {chosen.words()}")
        states = list(pool(chosen))
        return [tuple(chance.sample(states, len(chosen.treated))) for _ in range(self.turn.draws)]

    @cached_property
    def placebos(self) -> list[float]:
        """What each draw so far gives."""
        return [placebo(self.comparison, states) for states in self.drawn]

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        if not self.turn.guess:
            return ("chance", "more")
        sizes = tuple(SIZES) if self.turn.draws < MOST else ()
        return (*sizes, "other") if self.turn.draws >= ENOUGH else sizes

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        chosen = self.comparison
        names = sorted((lookups.states()[state]["name"], state) for state in pool(chosen))
        named = {state: name for name, state in names}
        last = self.drawn[-1] if self.drawn else ()
        figure = shuffle_figure(named, last, chosen.treated, self.placebos, chosen.estimate)
        return {"figure": figure, "readout": self._readout(), "code": self._code()}

    def _readout(self) -> list[dict[str, str]]:
        chosen, said = self.comparison, self.say
        own = said["comparisons"][self._turns[1]]
        points = said("points", value=chosen.estimate).replace("-", "−")
        real = entry(said["real"], points, own["real"])
        if not self.turn.guess:
            return [entry(own["who"], said["guess_first"]), real]
        number = len(self.placebos)
        if not number:
            return [entry(said["none"], said["press"]), real]
        far = at_least_as_far(chosen.estimate, self.placebos)
        last = said("last", value=self.placebos[-1]).replace("-", "−")
        guessed = said["guessed"][self.turn.guess] if number >= ENOUGH else ""
        count = said("of", far=far, number=number)
        told = [entry(said["count"], count, f"{last} {guessed}".strip()), real]
        if number >= ENOUGH:
            told.append(entry(own["ask"], own["answer"], own["look"]))
        return told

    def _code(self) -> str:
        cohort, window, controls = COMPARISONS[self._turns[1]]
        drawn = self.drawn[-1] if self.drawn else self.comparison.treated
        return self.say("code", cohort=cohort, window=window, controls=controls, drawn=drawn)
