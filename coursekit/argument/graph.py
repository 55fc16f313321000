"""An argument as a graph: steps, and what supports, attacks or limits what."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from coursekit.argument.critical import Premises, smallest_rejections
from coursekit.argument.naming import Named, named
from coursekit.argument.semantics import evaluate
from coursekit.argument.standing import Standing
from coursekit.argument.steps import Lines, Links, Nodes, checked, in_order
from coursekit.argument.tables import between_claims, map_of_essay
from coursekit.content import by_course


class Argument:
    """An argument that can be taken apart.

    Parameters
    ----------
    nodes : iterable of Node
        The steps.
    links : iterable of Link
        What they do to one another.
    node_lines, link_lines : sequence of int, optional
        Where each was read, for messages about rows that cannot be used; without them the
        messages count from 1.

    Attributes
    ----------
    nodes : mapping of str to Node
        The steps by identifier.
    links : tuple of Link
        The links.
    order : tuple of str
        The steps, each after all that support it.

    Raises
    ------
    CourseError
        If a step or a link comes twice, a link joins a step to itself or to none, its relation is
        unknown, its label of linked premises does not fit, or supports run in a circle. The
        message names the row.

    Examples
    --------
    >>> from coursekit.argument import Link, Node
    >>> rain = Argument([Node("wet"), Node("rain")], [Link("rain", "wet", "supports")])
    >>> rain.lines_of("wet")
    (frozenset({'rain'}),)
    >>> "wet" in rain.standing(rejected="rain")
    False
    """

    def __init__(
        self, nodes: Nodes, links: Links, *, node_lines: Lines = None, link_lines: Lines = None
    ) -> None:
        steps, rows = checked(nodes, links, node_lines, link_lines)
        self.nodes = MappingProxyType(steps)
        self.links = tuple(rows)
        self.order = in_order(steps, rows)
        self._lines: dict[str, dict[tuple[str, str], set[str]]] = {id: {} for id in steps}
        self._attackers: dict[str, set[str]] = {id: set() for id in steps}
        for link in self.links:
            if link.relation == "supports":
                line = ("line", link.linked) if link.linked else ("alone", link.source)
                self._lines[link.target].setdefault(line, set()).add(link.source)
            elif link.relation == "attacks":
                self._attackers[link.target].add(link.source)

    def __repr__(self) -> str:
        return f"<Argument of {len(self.nodes)} steps and {len(self.links)} links>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Argument):
            return NotImplemented
        return self.nodes == other.nodes and set(self.links) == set(other.links)

    def __hash__(self) -> int:
        return hash(frozenset(self.links))

    @classmethod
    def essay(cls) -> "Argument":
        """Load the map of the essay's argument.

        Returns
        -------
        Argument
            Its steps are claims or groups of claims, hidden premises, NATO's case and objections.

        Examples
        --------
        >>> Argument.essay().nodes["H3"].kind
        'hidden premise'
        """
        return _built_from(map_of_essay)

    @classmethod
    def of_claims(cls) -> "Argument":
        """Load the links between the claims.

        Returns
        -------
        Argument
            One step a claim. Its kind is the claim's role, its branch the paragraphs.

        Examples
        --------
        >>> sorted(Argument.of_claims().attackers("C13"))
        ['C31']
        """
        return _built_from(between_claims)

    def lines_of(self, id: str) -> tuple[frozenset[str], ...]:
        """List the lines of support of a step.

        Parameters
        ----------
        id : str
            The step.

        Returns
        -------
        tuple of frozenset of str
            Linked premises together, any other supporter alone.

        Raises
        ------
        CourseError
            If there is no such step.

        Examples
        --------
        >>> [sorted(line) for line in Argument.essay().lines_of("A6")]
        [['A1', 'A5', 'H3']]
        """
        return tuple(frozenset(line) for line in self._lines[self._id(id)].values())

    def premises_of(self, id: str) -> frozenset[str]:
        """Collect everything that supports a step, directly or through other steps.

        Parameters
        ----------
        id : str
            The step.

        Returns
        -------
        frozenset of str
            Identifiers.

        Raises
        ------
        CourseError
            If there is no such step.

        Examples
        --------
        >>> sorted(Argument.essay().premises_of("A6"))
        ['A1', 'A2', 'A4', 'A5', 'H1', 'H2', 'H3']
        """
        found, waiting = set[str](), [self._id(id)]
        while waiting:
            new = set[str]().union(*self._lines[waiting.pop()].values()) - found
            found |= new
            waiting += new
        return frozenset(found)

    def attackers(self, id: str) -> frozenset[str]:
        """Collect what attacks a step.

        Parameters
        ----------
        id : str
            The step.

        Returns
        -------
        frozenset of str
            Identifiers. A limit is no attack.

        Raises
        ------
        CourseError
            If there is no such step.

        Examples
        --------
        >>> sorted(Argument.essay().attackers("C1"))
        ['R6']
        """
        return frozenset(self._attackers[self._id(id)])

    def cycles(self) -> list[tuple[str, ...]]:
        """Find the circles: steps that support, attack or limit one another in turn.

        Returns
        -------
        list of tuple of str
            Each circle once, from its first step in the order of the table; short ones first.

        Examples
        --------
        >>> Argument.essay().cycles()
        []
        >>> Argument.of_claims().cycles()[0]
        ('C10', 'C45')
        """
        import networkx

        place = {id: k for k, id in enumerate(self.nodes)}
        graph = networkx.DiGraph((link.source, link.target) for link in self.links)
        found = []
        for circle in networkx.simple_cycles(graph):
            first = circle.index(min(circle, key=place.__getitem__))
            found.append((*circle[first:], *circle[:first]))
        return sorted(found, key=lambda circle: (len(circle), [place[id] for id in circle]))

    def standing(self, rejected: Named = (), accepted: Named = ()) -> Standing:
        """Work out what stands when some steps are rejected and others accepted.

        Steps are granted for the sake of argument. Objections, replies and the counter-case have
        force only when accepted. A step stands while one of its lines of support is whole and no
        accepted attack on it is undefeated. `coursekit.argument.semantics` states the rule in full.

        Parameters
        ----------
        rejected, accepted : str or iterable of str, optional
            Identifiers of steps.

        Returns
        -------
        Standing
            What stands, and why.

        Raises
        ------
        CourseError
            If there is no such step, or one is both rejected and accepted.

        Examples
        --------
        >>> Argument.essay().standing(rejected=["H3", "H4"], accepted="R6")
        K1 falls. K2 falls. Fallen: A6, B5, C1, H3, H4.
        """
        return evaluate(self, rejected, accepted)

    def critical_premises(
        self, id: str, rejected: Named = (), accepted: Named = ()
    ) -> list[Premises]:
        """Find each smallest set of premises whose rejection brings a step down.

        A premise here is any step below the one asked for that has no line of support, or that is
        of kind premise, warrant or hidden premise. Results of a part of the argument are left out:
        they fall with what carries them. So is what was accepted or rejected.

        Parameters
        ----------
        id : str
            The step.
        rejected, accepted : str or iterable of str, optional
            What is settled already.

        Returns
        -------
        list of frozenset of str
            No set contains another; smallest first. Empty if nothing left open can bring the
            step down; one empty set if it has fallen already.

        Raises
        ------
        CourseError
            If there is no such step, or one is both rejected and accepted.

        Examples
        --------
        >>> [sorted(premises) for premises in Argument.essay().critical_premises("C3")]
        [['C2'], ['H7'], ['H8']]
        """
        return smallest_rejections(self, id, rejected, accepted)

    def _id(self, id: str) -> str:
        return named("step", id, self.nodes)


@by_course
def _built_from(tables: Callable[[], dict[str, Any]]) -> Argument:
    return Argument(**tables())
