"""The argument in words: what bears on a step, and what would bring it down."""

from math import prod

from coursekit.argument.kinds import step_kind
from coursekit.argument.looks import LOOKS, node_looks
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

LABELLED = 4


def listed(ids: list[str], last: str = "or") -> str:
    """Write identifiers as a list.

    Examples
    --------
    >>> listed(["C2", "H7", "H8"])
    'C2, H7 or H8'
    """
    *first, end = ids
    return f"{', '.join(first)} {last} {end}" if first else end


def named_step(node) -> str:
    """Write a step with its label."""
    return f"{node.id} {node.label}"


def state(standing, id: str) -> str:
    """Say whether a step stands."""
    return LOOKS[node_looks(standing)[id]]


def what_changed(before, after, id: str = "") -> str:
    """Say what a decision has changed.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> essay = Argument.essay()
    >>> what_changed(essay.standing(), essay.standing("H3"), "H3")
    'H3 falls because you rejected it. Now A6 falls too.'
    """
    others = [step for step in after.argument.nodes if step != id]
    turned = [step for step in others if before.stands[step] != after.stands[step]]
    groups = {
        ("falls too", "fall too"): [step for step in turned if step in after.fallen],
        ("has no force", "have no force"): [step for step in turned if step in after.waiting],
        ("stands", "stand"): [step for step in turned if after.stands[step]],
    }
    groups = {words: steps for words, steps in groups.items() if steps}
    said = [f"{listed(steps, 'and')} {words[len(steps) > 1]}" for words, steps in groups.items()]
    first = after.why(id) if id else SAY["undecided"]
    then = SAY("then", said=", and ".join(said)) if said else SAY["nothing_else"]
    return f"{first} {then}"


def bearing(argument, id: str) -> list[tuple]:
    """Group what bears on a step.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> for head, links in bearing(Argument.essay(), "B3"):
    ...     print(head, [link.source for link in links])
    Supported, only together, by ['B1', 'B2']
    Attacked by ['R1', 'R5']
    """
    groups = {}
    for relation in SAY["heads"]:
        for link in argument.links:
            if (link.target, link.relation) == (id, relation):
                groups.setdefault((relation, link.linked), []).append(link)
    return [(_head(*key, len(links)), links) for key, links in groups.items()]


def _head(relation, linked, count):
    if relation == "supports" and count > 1:
        return SAY("several", how=SAY["together" if linked else "alone"])
    return SAY["heads"][relation]


def undoing(standing, id: str) -> list[str]:
    """Say what would bring a step down.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> len(undoing(Argument.essay().standing(), "C3"))
    2
    """
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


def _is_open(standing, id):
    waits = step_kind(standing.argument.nodes[id]).waits
    return waits and id not in standing.rejected | standing.accepted


def _brings_down(standing, attacker, id):
    accepted = standing.accepted | {attacker}
    return id not in standing.argument.standing(standing.rejected, accepted)


def _choice(argument, ids):
    """Offer steps to choose from, with their labels as long as there are few."""
    few = ids
    if len(ids) <= LABELLED:
        few = [f"{id} ({argument.nodes[id].label})" for id in ids]
    return f"one of {listed(few)}" if len(ids) > 1 else few[0]


def _ways(argument, cuts):
    """Write sets of one size; "one of these and one of those" where they are all such choices."""
    groups = []
    for id in [id for id in argument.nodes if any(id in cut for cut in cuts)]:
        # Steps that share no set stand in for one another.
        alike = (g for g in groups if not any({id, other} <= cut for cut in cuts for other in g))
        group = next(alike, None)
        if group is None:
            groups.append([id])
        else:
            group.append(id)
    if prod(len(group) for group in groups) == len(cuts):
        choices = [groups]
    else:
        choices = [[[id] for id in argument.nodes if id in cut] for cut in cuts]
    ways = [[_choice(argument, group) for group in sorted(one, key=len)] for one in choices]
    return [f"Reject {'; and '.join(way)}." for way in ways]
