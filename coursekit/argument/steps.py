"""Steps and links: what an argument is made of, and which of them cannot be used."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from coursekit.errors import CourseError, unknown
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
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

    def __str__(self) -> str:
        together = f" (linked as {self.linked})" if self.linked else ""
        return f"{self.source} {self.relation} {self.target}{together}"


Nodes = Iterable[Node]
Links = Iterable[Link]
Steps = dict[str, Node]
# Where rows were read, if they come from a file.
Lines = Sequence[int] | None


def checked(
    nodes: Nodes, links: Links, node_lines: Lines, link_lines: Lines
) -> tuple[Steps, dict[Link, str]]:
    """Check that steps and links fit together; raises CourseError, which names the row, if not."""
    steps, rows = Steps(), dict[Link, str]()
    for row, node in _numbered("Step", nodes, node_lines):
        if not NAME.fullmatch(node.id):
            raise CourseError(f"{row} ({node.id!r}): {SAY('name', what='an identifier')}")
        if node.id in steps:
            raise CourseError(f"{row} ({node.id}): {SAY('there')}")
        steps[node.id] = node
    pairs, labels = dict[tuple[str, str], str](), dict[str, str]()
    for row, link in _numbered("Link", links, link_lines):
        if fault := _fault(link, steps):
            raise CourseError(f"{row} ({link}): {fault}")
        pair = (link.source, link.target)
        if pair in pairs:
            twice = SAY("twice", source=link.source, target=link.target, row=pairs[pair].lower())
            raise CourseError(f"{row} ({link}): {twice}")
        pairs[pair] = row
        if link.linked and labels.setdefault(link.linked, link.target) != link.target:
            raise CourseError(f"{row} ({link}): {SAY('label', target=labels[link.linked])}")
        rows[link] = row
    return steps, rows


def _numbered(kind: str, items: Iterable[Any], lines: Lines) -> list[tuple[str, Any]]:
    items = list(items)
    if lines is None:
        return [(f"{kind} {k}", item) for k, item in enumerate(items, 1)]
    return [(f"Line {line}", item) for line, item in zip(lines, items, strict=True)]


def _fault(link: Link, nodes: Mapping[str, Node]) -> object:
    for id in (link.source, link.target):
        if id not in nodes:
            return unknown("step", id, nodes)
    if link.relation not in RELATIONS:
        return unknown("relation", link.relation, RELATIONS)
    if link.source == link.target:
        return SAY("itself")
    if link.linked and link.relation != "supports":
        return SAY("linked")
    if link.linked and not NAME.fullmatch(link.linked):
        return SAY("name", what="a label")
    return None


def in_order(nodes: Iterable[str], links: Mapping[Link, str]) -> tuple[str, ...]:
    """Sort steps, each after its supporters; raises CourseError if supports run in a circle."""
    below: dict[str, list[str]] = {id: [] for id in nodes}
    supports = [link for link in links if link.relation == "supports"]
    for link in supports:
        below[link.target].append(link.source)
    try:
        return tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        circle = error.args[1]
        round_ = set(pairwise(circle))
        *_, last = (link for link in supports if (link.source, link.target) in round_)
        said = SAY("circle", row=links[last], link=last, circle=" -> ".join(circle))
        raise CourseError(said) from None
