"""A student's map of the argument beside the reference: what is missing, what differs."""

from collections.abc import Mapping
from dataclasses import dataclass

from coursekit.argument.graph import Argument
from coursekit.argument.kinds import step_kind
from coursekit.argument.steps import Link, Node

BRANCHES = ("A", "B", "C")
HIDDEN = 2


@dataclass(frozen=True)
class Comparison:
    """Two maps as sets of links."""

    agreed: tuple[tuple[Link, Link], ...]
    only_yours: tuple[Link, ...]
    only_reference: tuple[Link, ...]


def compare_maps(yours: Argument, reference: Argument) -> Comparison:
    """Compare two maps: a link is the same if it joins the same steps with the same relation."""
    here = {_edge(link): link for link in yours.links}
    there = {_edge(link): link for link in reference.links}
    return Comparison(
        tuple((link, there[edge]) for edge, link in here.items() if edge in there),
        tuple(link for edge, link in here.items() if edge not in there),
        tuple(link for edge, link in there.items() if edge not in here),
    )


def _edge(link: Link) -> tuple[str, str, str]:
    return link.source, link.target, link.relation


def missing_steps(yours: Argument, reference: Argument) -> list[str]:
    """List the steps that no link of a map touches."""
    linked = {id for link in yours.links for id in (link.source, link.target)}
    return [id for id in reference.nodes if id not in linked]


def open_tasks(yours: Argument, reference: Argument) -> list[str]:
    """Say what a map still needs to count as complete, without saying where it goes."""
    # It needs the conclusions and the main step of each branch, two hidden premises, and an attack
    # on each branch.
    missing = missing_steps(yours, reference)
    nodes = reference.nodes
    said = []
    if core := [id for id in missing if step_kind(nodes[id]).heading]:
        said.append(f"Conclusions and main steps not linked yet: {', '.join(core)}.")
    hidden = [id for id, node in nodes.items() if node.kind == "hidden premise"]
    found = len(set(hidden) - set(missing))
    if found < HIDDEN:
        said.append(f"Hidden premises in use: {found}. A complete map has at least {HIDDEN}.")
    attacked = {nodes[link.target].branch for link in yours.links if link.relation == "attacks"}
    if calm := [branch for branch in BRANCHES if branch not in attacked]:
        said.append(f"Branches that nothing attacks yet: {', '.join(calm)}.")
    return said


def in_words(link: Link, nodes: Mapping[str, Node]) -> str:
    """Write a link as a sentence."""
    together = ", together with others," if link.linked else ""
    source, target = (f"{id} ({nodes[id].label})" for id in (link.source, link.target))
    return f"{source}{together} {link.relation} {target}"
