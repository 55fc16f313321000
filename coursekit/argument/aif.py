"""Carry an argument out of the course in the Argument Interchange Format (AIF, JSON).

Each step is an I-node. A line of support is one RA-node, so that linked premises share it; an
attack is a CA-node. What AIF has no place for (label, kind, branch, claims, the label of linked
premises, notes, limits) stands in fields of its own, which other programs pass over.
"""

from typing import Any

from coursekit.argument.graph import Argument
from coursekit.argument.steps import Link

SCHEMES = {"supports": ("RA", "Default Inference"), "attacks": ("CA", "Default Conflict")}


def to_aif(argument: Argument) -> dict[str, Any]:
    """Write an argument in the Argument Interchange Format.

    Parameters
    ----------
    argument : Argument
        The argument.

    Returns
    -------
    dict
        Lists of ``nodes`` and ``edges``, ready for `json.dump`.

    Examples
    --------
    >>> from coursekit.argument import Argument, Link, Node
    >>> rain = Argument([Node("wet"), Node("rain")], [Link("rain", "wet", "supports")])
    >>> [(node["nodeID"], node["type"]) for node in to_aif(rain)["nodes"]]
    [('wet', 'I'), ('rain', 'I'), ('RA.1', 'RA')]
    """
    nodes = []
    for id, node in argument.nodes.items():
        own = {name: getattr(node, name) for name in ("label", "kind", "branch")}
        known = {"nodeID": id, "text": node.text, "type": "I"}
        nodes.append({**known, **own, "claims": list(node.claims)})
    steps = dict[tuple[str, ...], list[Link]]()
    for link in argument.links:
        if link.relation in SCHEMES:
            alone = "" if link.linked else link.source
            steps.setdefault((link.relation, link.target, link.linked, alone), []).append(link)
    edges = list[dict[str, str]]()
    for number, ((relation, target, linked, _), links) in enumerate(steps.items(), 1):
        kind, scheme = SCHEMES[relation]
        # Identifiers of steps hold no point, so these are new.
        id = f"{kind}.{number}"
        nodes.append({"nodeID": id, "text": scheme, "type": kind, "linked": linked})
        edges += [{"fromID": link.source, "toID": id, "note": link.note} for link in links]
        edges.append({"fromID": id, "toID": target})
    edges = [{"edgeID": f"e{n}", **edge} for n, edge in enumerate(edges, 1)]
    limits = [
        {"fromID": link.source, "toID": link.target, "note": link.note}
        for link in argument.links
        if link.relation == "limits"
    ]
    return {"nodes": nodes, "edges": edges, "locutions": [], "limits": limits}
