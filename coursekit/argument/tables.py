"""Read the steps and links of the essay's argument from the course's tables."""

from typing import Any

from coursekit.argument.steps import Link, Node
from coursekit.data import load


def map_of_essay() -> dict[str, Any]:
    """Read the map of the argument."""
    table = load("argument_nodes")
    nodes = [
        Node(row.node, row.label, row.kind, row.branch, row.text, _parts(row.claims))
        for row in table.itertuples()
    ]
    return _with_links("map", nodes)


def between_claims() -> dict[str, Any]:
    """Read the links between claims."""
    nodes = []
    for row in load("claims").itertuples():
        paragraphs = ", ".join(f"¶{number}" for number in _parts(row.paragraph))
        label = f"Claim {row.claim}"
        nodes.append(Node(row.claim, label, row.role, paragraphs, row.text, (row.claim,)))
    return _with_links("claim", nodes)


def _with_links(level: str, nodes: list[Node]) -> dict[str, Any]:
    table = load("claim_links").query("level == @level")
    columns = ["source", "target", "relation", "linked", "note"]
    links = [Link(*row) for row in table[columns].itertuples(index=False)]
    # The first line of each file holds the names of the columns.
    lines = {"node_lines": range(2, len(nodes) + 2), "link_lines": table.index + 2}
    return {"nodes": nodes, "links": links, **lines}


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
