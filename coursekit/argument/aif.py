"""Carry an argument out of the course and back in the Argument Interchange Format (AIF, JSON).

Each step is an I-node. A line of support is one RA-node, so that linked premises share it; an
attack is a CA-node. What AIF has no place for (label, kind, branch, claims, the label of linked
premises, notes, limits) stands in fields of its own, which other programs pass over.
"""

import re

from coursekit.argument.graph import Argument
from coursekit.argument.steps import Link, Node
from coursekit.errors import CourseError, unknown

__all__ = ["from_aif", "to_aif"]

SCHEMES = {
    "supports": ("RA", "Default Inference"),
    "attacks": ("CA", "Default Conflict"),
}
RELATIONS = {kind: relation for relation, (kind, _) in SCHEMES.items()}
WHOLE = {"nodes": list, "edges": list}
NODE = {"nodeID": (str, int), "type": str}
EDGE = {"fromID": (str, int), "toID": (str, int)}


def to_aif(argument):
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
    nodes = [
        {
            "nodeID": node.id,
            "text": node.text,
            "type": "I",
            "label": node.label,
            "kind": node.kind,
            "branch": node.branch,
            "claims": list(node.claims),
        }
        for node in argument.nodes.values()
    ]
    steps = {}
    for link in argument.links:
        if link.relation in SCHEMES:
            alone = "" if link.linked else link.source
            steps.setdefault((link.relation, link.target, link.linked, alone), []).append(link)
    edges = []
    for number, ((relation, target, linked, _), links) in enumerate(steps.items(), 1):
        kind, scheme = SCHEMES[relation]
        # Identifiers of steps hold no point, so these are new.
        id = f"{kind}.{number}"
        nodes.append({"nodeID": id, "text": scheme, "type": kind, "linked": linked})
        edges += [{"fromID": link.source, "toID": id, "note": link.note} for link in links]
        edges.append({"fromID": id, "toID": target})
    return {
        "nodes": nodes,
        "edges": [{"edgeID": f"e{n}", **edge} for n, edge in enumerate(edges, 1)],
        "locutions": [],
        "limits": [
            {"fromID": link.source, "toID": link.target, "note": link.note}
            for link in argument.links
            if link.relation == "limits"
        ],
    }


def from_aif(data):
    """Read an argument from the Argument Interchange Format.

    Parameters
    ----------
    data : dict
        What `json.load` gives: ``nodes`` of type I, RA and CA, and ``edges``.

    Returns
    -------
    Argument
        The argument. A step without a kind becomes a premise; premises that share an RA-node
        without a label take its identifier.

    Raises
    ------
    CourseError
        If something is missing or of another type, or steps and links do not fit together; the
        message names the entry.

    Examples
    --------
    >>> from coursekit.argument import Argument
    >>> from_aif(to_aif(Argument.essay())) == Argument.essay()
    True
    """
    _require("The file", data, WHOLE)
    steps, schemes = [], {}
    for place, node in enumerate(data["nodes"], 1):
        _require(f"Node {place}", node, NODE)
        if node["type"] == "I":
            steps.append(_step(f"Node {place} ({node['nodeID']})", node))
        elif node["type"] in RELATIONS:
            schemes[str(node["nodeID"])] = node
        else:
            fault = unknown("type of node", node["type"], ["I", *RELATIONS])
            raise CourseError(f"Node {place} ({node['nodeID']}): {fault}")
    into, out = {id: [] for id in schemes}, {id: [] for id in schemes}
    for place, edge in enumerate(data["edges"], 1):
        _require(f"Edge {place}", edge, EDGE)
        source, target = str(edge["fromID"]), str(edge["toID"])
        if (source in schemes) == (target in schemes):
            raise CourseError(
                f"Edge {place} ({source} to {target}): an edge joins an I-node and an RA- or "
                "CA-node. Attacks on an inference cannot be read."
            )
        if target in schemes:
            into[target].append((source, _text(f"Edge {place}", edge, "note")))
        else:
            out[source].append(target)
    links = [link for id, node in schemes.items() for link in _links(id, node, into[id], out[id])]
    if "limits" in data:
        _require("The file", data, {"limits": list})
    for place, limit in enumerate(data.get("limits", []), 1):
        _require(f"Limit {place}", limit, EDGE)
        note = _text(f"Limit {place}", limit, "note")
        links.append(Link(str(limit["fromID"]), str(limit["toID"]), "limits", note=note))
    return Argument(steps, links)


def _links(id, node, premises, conclusions):
    relation = RELATIONS[node["type"]]
    if not premises or len(conclusions) != 1 or (relation == "attacks" and len(premises) > 1):
        count = "one" if relation == "attacks" else "at least one"
        raise CourseError(
            f"Node {id}: needs {count} edge in and one edge out, and has {len(premises)} in and "
            f"{len(conclusions)} out."
        )
    linked = _text(f"Node {id}", node, "linked")
    if len(premises) > 1 and not linked:
        linked = re.sub(r"\W", "-", id).strip("-")
    return [Link(source, conclusions[0], relation, linked, note) for source, note in premises]


def _step(row, node):
    claims = node.get("claims", [])
    if not isinstance(claims, list) or not all(isinstance(claim, str) for claim in claims):
        raise CourseError(f"{row}: 'claims' must be a list of texts.")
    fields = {key: _text(row, node, key) for key in ("label", "kind", "branch", "text")}
    fields["kind"] = fields["kind"] or "premise"
    return Node(str(node["nodeID"]), claims=tuple(claims), **fields)


def _text(row, entry, key):
    value = entry.get(key) or ""
    if not isinstance(value, str):
        raise CourseError(f"{row}: {key!r} must be a text, not {value!r}.")
    return value


def _require(row, entry, fields):
    if not isinstance(entry, dict):
        raise CourseError(f"{row}: expected names and values in braces, got {entry!r}.")
    for key, kind in fields.items():
        if not isinstance(entry.get(key), kind):
            raise CourseError(f"{row}: {key!r} is missing or of the wrong type. Got {entry!r}.")
