"""Say what stands of an argument, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coursekit.argument.kinds import step_kind
from coursekit.argument.naming import named
from coursekit.sentences import Sentences, listed

SAY = Sentences(__file__)


@dataclass(frozen=True, repr=False)
class Standing:
    """What stands of an argument, and why.

    Attributes
    ----------
    argument : Argument
        The argument.
    rejected, accepted : frozenset of str
        The steps that were rejected and accepted.
    undefeated : frozenset of str
        The steps that survive the accepted attacks.
    stands : mapping of str to bool
        Whether each step stands.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> standing = Argument.essay().standing(rejected=["H3"])
    >>> standing
    K1 stands. K2 stands. Fallen: A6, H3.
    >>> "A6" in standing
    False
    >>> standing.why("A6")
    'A6 falls: its only line of support needs H3, which you rejected.'
    """

    argument: Any
    rejected: frozenset[str]
    accepted: frozenset[str]
    undefeated: frozenset[str]
    stands: Mapping[str, bool]

    def __contains__(self, id: str) -> bool:
        return self.stands[named("step", id, self.stands)]

    def __repr__(self) -> str:
        said = [f"{id} {'stands' if held else 'falls'}." for id, held in self.conclusions.items()]
        others = [id for id in self.fallen if id not in self.conclusions]
        return " ".join([*said, f"Fallen: {', '.join(others)}."] if others else said)

    @property
    def conclusions(self) -> dict[str, bool]:
        """Whether each conclusion stands, by identifier."""
        nodes = self.argument.nodes
        return {id: held for id, held in self.stands.items() if nodes[id].kind == "conclusion"}

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """Objections, replies and steps of the counter-case that have no force as yet, in order."""
        free = self.undefeated - self.rejected - self.accepted
        calm = (id for id, held in self.stands.items() if not held and id in free)
        return tuple(id for id in calm if step_kind(self.argument.nodes[id]).waits)

    @cached_property
    def fallen(self) -> tuple[str, ...]:
        """Steps that do not stand and are not waiting, in order."""
        return tuple(id for id, held in self.stands.items() if not held and id not in self.waiting)

    def why(self, id: str) -> str:
        """Say why a step stands or falls.

        Parameters
        ----------
        id : str
            The step.

        Returns
        -------
        str
            One sentence.

        Raises
        ------
        CourseError
            If the argument has no such step.
        """
        id = named("step", id, self.stands)
        lines = self.argument.lines_of(id)
        if self.stands[id]:
            return SAY("stands", id=id, ground=self._ground(id, lines))
        if id in self.waiting:
            return SAY("waits", id=id, support=SAY["support"] if lines else "")
        if id in self.rejected:
            return SAY("rejected", id=id)
        if id not in self.undefeated:
            return SAY("attacked", id=id, attack=self._attack(id))
        needs = [self._gaps(line) for line in lines]
        if len(needs) == 1:
            return SAY("one_line", id=id, needs=needs[0])
        each = "; ".join(SAY("needs", gaps=gaps) for gaps in needs)
        return SAY("no_line", id=id, count=len(needs), each=each)

    def _ground(self, id: str, lines: Collection[Collection[str]]) -> str:
        whole = [line for line in lines if all(self.stands[premise] for premise in line)]
        if id in self.accepted:
            return SAY("accepted", lost=SAY["lost"] if lines and not whole else "")
        if not lines:
            return SAY("granted")
        each = "; ".join(self._listed(line) for line in whole)
        if len(lines) == 1:
            return SAY("on_one", each=each)
        return SAY("on_several", whole=len(whole), count=len(lines), each=each)

    def _attack(self, id: str) -> str:
        attackers = self.argument.attackers(id) & self.accepted
        undefeated = attackers & self.undefeated
        verb = "attack" if len(undefeated or attackers) > 1 else "attacks"
        named = "undefeated" if undefeated else "circle"
        return SAY(named, attackers=self._listed(undefeated or attackers), verb=verb)

    def _gaps(self, line: Collection[str]) -> str:
        fallen = [id for id in self.argument.nodes if id in line and not self.stands[id]]
        return ", and ".join(f"{id}, {self._loss(id)}" for id in fallen)

    def _loss(self, id: str) -> Any:
        if id in self.rejected:
            return SAY["lost_by"]["rejected"]
        if id not in self.undefeated:
            return SAY["lost_by"]["attacked"]
        if id in self.waiting:
            return SAY["lost_by"]["waits"]
        lines = self.argument.lines_of(id)
        if len(lines) == 1:
            return f"which needs {self._gaps(lines[0])}"
        return SAY["lost_by"]["unsupported"]

    def _listed(self, ids: Collection[str]) -> str:
        return listed(id for id in self.argument.nodes if id in ids)
