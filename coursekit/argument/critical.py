"""Find the premises on which a step of an argument rests."""

from collections.abc import Iterable
from itertools import product
from typing import Any

from coursekit.argument.kinds import step_kind
from coursekit.argument.naming import Named, named
from coursekit.argument.semantics import evaluate

__all__ = ["smallest_rejections"]

Premises = frozenset[str]


def smallest_rejections(
    argument: Any, id: str, rejected: Named = (), accepted: Named = ()
) -> list[Premises]:
    """Find the smallest sets of premises whose rejection brings a step down.

    See `Argument.critical_premises` for the rule.

    Parameters
    ----------
    argument : Argument
        The argument.
    id : str
        The step.
    rejected, accepted : str or iterable of str, optional
        What is settled already.

    Returns
    -------
    list of frozenset of str
        Smallest first.
    """
    id = named("step", id, argument.nodes)
    now = evaluate(argument, rejected, accepted)
    below = argument.premises_of(id) | {id}
    # For each step the smallest sets that bring it down; the empty set if it is down already.
    cuts = dict[str, set[Premises]]()
    for step in (step for step in argument.order if step in below):
        lines = argument.lines_of(step)
        if not now.stands[step]:
            cuts[step] = {frozenset()}
        elif step in now.accepted:
            cuts[step] = set()
        else:
            found = _broken([set[Premises]().union(*(cuts[p] for p in line)) for line in lines])
            if step != id and (not lines or step_kind(argument.nodes[step]).premise):
                found.add(frozenset({step}))
            cuts[step] = _minimal(found)
    place = {node: k for k, node in enumerate(argument.nodes)}
    return sorted(cuts[id], key=lambda s: (len(s), sorted(place[node] for node in s)))


def _broken(lines: list[set[Premises]]) -> set[Premises]:
    """Combine ways to break each line into ways to break all of them; none if there is no line."""
    ways: set[Premises] = {frozenset()} if lines else set()
    for line in lines:
        ways = _minimal(way | cut for way, cut in product(ways, _minimal(line)))
    return ways


def _minimal(sets: Iterable[Premises]) -> set[Premises]:
    """Keep the sets that contain no other."""
    kept = list[Premises]()
    for candidate in sorted(set(sets), key=len):
        if not any(smaller <= candidate for smaller in kept):
            kept.append(candidate)
    return set(kept)
