"""The argument in words: what bears on a step, and what would bring it down."""

from collections.abc import Sequence
from math import prod

from coursekit.argument.graph import Argument
from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import LOOKS, node_looks
from coursekit.argument.standing import Standing
from coursekit.argument.steps import Link, Node
from coursekit.sentences import Sentences
from coursekit.sentences import listed as listed

SAY = Sentences(__file__)

LABELLED = 4


def named_step(node: Node) -> str:
    """Write a step with its label."""
    return f"{node.id} {node.label}"


def state(standing: Standing, id: str) -> str:
    """Say whether a step stands."""
    return LOOKS[node_looks(standing)[id]]


def what_changed(before: Standing, after: Standing, id: str = "") -> str:
    """Say what a decision has changed."""
    others = [step for step in after.argument.nodes if step != id]
    turned = [step for step in others if before.stands[step] != after.stands[step]]
    groups = {
        ("falls too", "fall too"): [step for step in turned if step in after.fallen],
        ("has no force", "have no force"): [step for step in turned if step in after.waiting],
        ("stands", "stand"): [step for step in turned if after.stands[step]],
    }
    groups = {words: steps for words, steps in groups.items() if steps}
    said = [f"{listed(steps)} {words[len(steps) > 1]}" for words, steps in groups.items()]
    first = after.why(id) if id else SAY["undecided"]
    then = SAY("then", said=", and ".join(said)) if said else SAY["nothing_else"]
    return f"{first} {then}"


def bearing(argument: Argument, id: str) -> list[tuple[str, list[Link]]]:
    """Group what bears on a step, each group with its heading."""
    groups = dict[tuple[str, str], list[Link]]()
    for relation in SAY["heads"]:
        for link in argument.links:
            if (link.target, link.relation) == (id, relation):
                groups.setdefault((relation, link.linked), []).append(link)
    return [(_head(*key, count=len(links)), links) for key, links in groups.items()]


def _head(relation: str, linked: str, count: int) -> str:
    if relation == "supports" and count > 1:
        return SAY("several", how=SAY["together" if linked else "alone"])
    return str(SAY["heads"][relation])


def undoing(standing: Standing, id: str) -> list[str]:
    """Say what would bring a step down."""
    argument = standing.argument
    if id in standing.waiting:
        return [SAY["no_force"]]
    if id not in standing:
        return [SAY["fallen"]]
    cuts = argument.critical_premises(id, standing.rejected, standing.accepted)
    said = []
    for size in sorted({len(cut) for cut in cuts}):
        said += _ways(argument, [cut for cut in cuts if len(cut) == size])
    open_ = [step for step in argument.nodes if _is_open(standing, step)]
    if deadly := [step for step in open_ if _brings_down(standing, step, id)]:
        said.append(f"Accept {_choice(argument, deadly)}.")
    if said:
        return said
    if step_kind(argument.nodes[id]).switched:
        return [SAY["own_switch"]]
    return [SAY["no_way"]]


def _is_open(standing: Standing, id: str) -> bool:
    waits = step_kind(standing.argument.nodes[id]).waits
    return waits and id not in standing.rejected | standing.accepted


def _brings_down(standing: Standing, attacker: str, id: str) -> bool:
    accepted = standing.accepted | {attacker}
    return id not in standing.argument.standing(standing.rejected, accepted)


def _choice(argument: Argument, ids: Sequence[str]) -> str:
    """Offer steps to choose from, with their labels as long as there are few."""
    few = ids
    if len(ids) <= LABELLED:
        few = [f"{id} ({argument.nodes[id].label})" for id in ids]
    return f"one of {listed(few, 'or')}" if len(ids) > 1 else few[0]


def _ways(argument: Argument, cuts: list[frozenset[str]]) -> list[str]:
    """Write sets of one size; "one of these and one of those" where they are all such choices."""
    groups = list[list[str]]()
    for id in [id for id in argument.nodes if any(id in cut for cut in cuts)]:
        # Steps that share no set stand in for one another.
        alike = (g for g in groups if not any({id, other} <= cut for cut in cuts for other in g))
        group = next(alike, None)
        if group is None:
            group = []
            groups.append(group)
        group.append(id)
    if prod(len(group) for group in groups) == len(cuts):
        choices = [groups]
    else:
        choices = [[[id] for id in argument.nodes if id in cut] for cut in cuts]
    ways = [[_choice(argument, group) for group in sorted(one, key=len)] for one in choices]
    return [f"Reject {'; and '.join(way)}." for way in ways]
