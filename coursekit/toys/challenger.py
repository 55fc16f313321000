"""Four neighbours of a challenger: attack or wait, and what three theories would expect."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from coursekit.figures.challenger import challenger_figure
from coursekit.labs.words import Entry, entry
from coursekit.models.deterrence import STATUSES, THEORIES, status_comparison
from coursekit.sentences import Sentences
from coursekit.toys.base import Toy

# How far a neighbour has turned from the challenger's way of rule: as good as not, or wholly.
ALIKE, AWAY = 0.2, 1.0
DEEDS = ("wait", "attack")


def turned_away(seed: int) -> str:
    """Say which neighbour without a promise is ruled in another way, so that theories differ."""
    return ("partner", "neutral")[seed % 2]


def chances(theory: str, away: str) -> dict[str, float]:
    """Compute how likely a theory thinks an attack on each neighbour."""
    turns = {name: AWAY if name == away else ALIKE for name in STATUSES}
    return {row.status: row.probability for row in status_comparison(theory, turns=turns)}


def agreement(attacked: dict[str, bool], away: str) -> dict[str, int]:
    """Count for each theory with how many neighbours it would have expected the same."""
    found = {}
    for theory in THEORIES:
        expected = chances(theory, away).items()
        found[theory] = sum((chance > 1 / 2) == attacked[name] for name, chance in expected)
    return found


@dataclass(frozen=True)
class Challenger(Toy):
    """Four neighbours, one after the other, each to be attacked or left in peace."""

    name: ClassVar[str] = "06-challenger"
    say: ClassVar[Sentences] = Sentences(__file__)
    buttons: ClassVar[tuple[str, ...]] = ("wait", "attack")

    @property
    def away(self) -> str:
        """The neighbour that is ruled in another way, by the seed."""
        return turned_away(self.seed)

    @cached_property
    def attacked(self) -> dict[str, bool]:
        """What was chosen so far, by status."""
        pairs = zip(STATUSES, self.moves, strict=False)
        return {name: move["press"] == "attack" for name, move in pairs}

    @property
    def over(self) -> bool:
        """Whether all neighbours have been decided on."""
        return len(self.moves) == len(STATUSES)

    def open(self) -> tuple[str, ...]:
        """Say which buttons can be pressed now."""
        return () if self.over else self.buttons

    def shown(self) -> dict[str, Any]:
        """Say what is to be seen."""
        expected = {theory: chances(theory, self.away) for theory in THEORIES} if self.over else {}
        return {
            "figure": challenger_figure(self.attacked, self.away, expected),
            "readout": self._end(expected) if self.over else [self._now()],
            "code": self.say("code", away=self.away, turn=AWAY),
        }

    def _now(self) -> Entry:
        said, done = self.say, list(self.attacked)
        name = list(STATUSES)[len(done)]
        last = ""
        if done:
            deed = DEEDS[self.attacked[done[-1]]]
            last = said["you"][deed].format(name=said["neighbours"][done[-1]])
        number = said("number", number=len(done) + 1, count=len(STATUSES))
        about = {"joins": said["joins"][name], "rule": said["rule"][name == self.away]}
        choose = said("choose", help=STATUSES[name].rho, **about)
        return entry(number, said["neighbours"][name], f"{last} {choose}".strip())

    def _end(self, expected: dict[str, dict[str, float]]) -> list[Entry]:
        said = self.say
        same = agreement(self.attacked, self.away)
        best = [theory for theory in THEORIES if same[theory] == max(same.values())]
        alike = said("alike", same=max(same.values()), count=len(STATUSES))
        if not any(self.attacked.values()):
            first = entry(said["attacked"], said["nobody"], said["assumed"])
        elif len(best) == len(THEORIES):
            label, value = said["undecided"]
            first = entry(label, value, alike)
        else:
            first = entry(said["like"], said["or"].join(said["theories"][b] for b in best), alike)
        would = [theory for theory in THEORIES if expected[theory]["promised"] > 1 / 2]
        return [
            first,
            entry(said["promised"], said("would", would=len(would)), said["which"]),
            entry(said["away"], said["neighbours"][self.away], said["away_means"]),
            entry(said["made_up"], said["numbers"], said["not_justified"]),
        ]
