"""Steps and links: what an argument is made of, and which of them cannot be used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from coursekit.errors import CourseError, unknown

# Such names can be used as they are in Argdown, in HTML and in file names.
NAME = re.compile(r"\w[\w-]*")
RELATIONS = ("supports", "attacks", "limits")


@dataclass(frozen=True)
class Node:
    """A step of an argument.

    Attributes
    ----------
    id : str
        Identifier.
    label : str
        A few words for the map.
    kind : str
        What the step is: a premise, an objection, and so on.
    branch : str
        Part of the argument; for a claim, its paragraphs.
    text : str
        The step in a sentence.
    claims : tuple of str
        Claims of the essay that it stands for.
    """

    id: str
    label: str = ""
    kind: str = "premise"
    branch: str = ""
    text: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """What one step does to another.

    Attributes
    ----------
    source, target : str
        Identifiers of the steps.
    relation : str
        ``"supports"``, ``"attacks"`` or ``"limits"``.
    linked : str
        Supporters of a step with the same label support it only together; empty for one that
        does so alone.
    note : str
        Why.
    """

    source: str
    target: str
    relation: str
    linked: str = ""
    note: str = ""

    def __str__(self):
        together = f" (linked as {self.linked})" if self.linked else ""
        return f"{self.source} {self.relation} {self.target}{together}"


def checked(nodes: Iterable[Node], links: Iterable[Link], node_lines=None, link_lines=None):
    """Check that steps and links fit together.

    Raises CourseError if one of them cannot be used; the message names its row.
    """
    steps, rows = {}, {}
    for row, node in _numbered("Step", nodes, node_lines):
        if not NAME.fullmatch(node.id):
            raise CourseError(f"{row} ({node.id!r}): {_bad('an identifier')}")
        if node.id in steps:
            raise CourseError(f"{row} ({node.id}): this step is there already.")
        steps[node.id] = node
    pairs, labels = {}, {}
    for row, link in _numbered("Link", links, link_lines):
        if fault := _fault(link, steps):
            raise CourseError(f"{row} ({link}): {fault}")
        pair = (link.source, link.target)
        if pair in pairs:
            raise CourseError(
                f"{row} ({link}): there is a link from {link.source} to {link.target} already, "
                f"on {pairs[pair].lower()}."
            )
        pairs[pair] = row
        if link.linked and labels.setdefault(link.linked, link.target) != link.target:
            raise CourseError(
                f"{row} ({link}): this label is in use for premises of {labels[link.linked]}."
            )
        rows[link] = row
    return steps, rows


def _numbered(kind, items, lines):
    items = list(items)
    if lines is None:
        return [(f"{kind} {k}", item) for k, item in enumerate(items, 1)]
    return [(f"Line {line}", item) for line, item in zip(lines, items, strict=True)]


def _fault(link, nodes):
    for id in (link.source, link.target):
        if id not in nodes:
            return unknown("step", id, nodes)
    if link.relation not in RELATIONS:
        return unknown("relation", link.relation, RELATIONS)
    if link.source == link.target:
        return "a step cannot be a reason for or against itself."
    if link.linked and link.relation != "supports":
        return "only supports can be linked. Leave the label empty."
    if link.linked and not NAME.fullmatch(link.linked):
        return _bad("a label")
    return None


def _bad(what):
    return f"{what} must be made of letters, digits, - and _, and not begin with -."


def in_order(nodes: Iterable[str], links) -> tuple[str, ...]:
    """Sort steps so that each comes after all that support it.

    Raises CourseError if supports run in a circle; the message names the last row of the circle.
    """
    below = {id: [] for id in nodes}
    supports = [link for link in links if link.relation == "supports"]
    for link in supports:
        below[link.target].append(link.source)
    try:
        return tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        circle = error.args[1]
        round_ = set(pairwise(circle))
        *_, last = (link for link in supports if (link.source, link.target) in round_)
        raise CourseError(
            f"{links[last]} ({last}): with this link supports run in a circle, "
            f"{' -> '.join(circle)}. What supports a step may not rest on that step."
        ) from None
