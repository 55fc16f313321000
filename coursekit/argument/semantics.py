"""Work out what stands of an argument when some of its steps are accepted or rejected.

The rule, in words:

1. Every step is granted for the sake of argument, except objections, replies and the steps of a
   counter-case. Those wait until they are accepted.
2. What is rejected falls.
3. An attack has force only if the step that it comes from is accepted. A step survives the attacks
   on it if each attacker is itself hit by an attack that survives. These are the grounded semantics
   of Dung (``dung1995``): we start from the steps that nothing attacks, add those that they defend,
   and stop when nothing is added. Where attacks run in a circle and nothing outside breaks it, no
   step of the circle survives. A limit narrows what a step says and never defeats it.
4. What is accepted stands, unless an attack defeats it. It needs no further support.
5. Any other step that has lines of support stands while one of them is whole, that is, while all
   the premises linked in it stand, and while no attack defeats the step.
"""

from collections.abc import Iterable
from typing import Any

from coursekit.argument.kinds import step_kind
from coursekit.argument.naming import Named, several
from coursekit.argument.standing import Standing
from coursekit.errors import CourseError

__all__ = ["evaluate", "grounded"]


def grounded(nodes: Iterable[str], attacks: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Compute the grounded extension of an argumentation framework (``dung1995``).

    Parameters
    ----------
    nodes : iterable of str
        The arguments.
    attacks : iterable of tuple of str
        Pairs of attacker and attacked.

    Returns
    -------
    frozenset of str
        The least set that holds every argument it defends.

    Examples
    --------
    >>> sorted(grounded("abcd", [("a", "b"), ("b", "c")]))
    ['a', 'c', 'd']
    >>> sorted(grounded("ab", [("a", "b"), ("b", "a")]))
    []
    """
    attackers = {node: set[str]() for node in nodes}
    for source, target in attacks:
        attackers[target].add(source)
    defended, found = None, frozenset[str]()
    while found != defended:
        defended = found
        found = frozenset(
            node
            for node, against in attackers.items()
            if all(attackers[attacker] & defended for attacker in against)
        )
    return found


def evaluate(argument: Any, rejected: Named = (), accepted: Named = ()) -> Standing:
    """Work out what stands by the rule of this module.

    Parameters
    ----------
    argument : Argument
        The argument.
    rejected, accepted : str or iterable of str, optional
        Identifiers of steps.

    Returns
    -------
    Standing
        What stands, and why.

    Raises
    ------
    CourseError
        If a step does not exist, or is both rejected and accepted.
    """
    rejected, accepted = (several("step", ids, argument.nodes) for ids in (rejected, accepted))
    if both := sorted(rejected & accepted):
        raise CourseError(
            f"{', '.join(both)}: both rejected and accepted. Choose one of the two, or neither."
        )
    forceful = [k for k in argument.links if k.relation == "attacks" and k.source in accepted]
    undefeated = grounded(argument.nodes, [(k.source, k.target) for k in forceful])
    held = dict[str, bool]()
    for id in argument.order:
        lines = argument.lines_of(id)
        if id in rejected or id not in undefeated:
            held[id] = False
        elif id in accepted:
            held[id] = True
        elif lines:
            held[id] = any(all(held[premise] for premise in line) for line in lines)
        else:
            held[id] = not step_kind(argument.nodes[id]).waits
    stands = {id: held[id] for id in argument.nodes}
    return Standing(argument, rejected, accepted, undefeated, stands)
