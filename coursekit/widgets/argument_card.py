"""A step of the argument as a card: what it says, what bears on it, what would bring it down."""

from html import escape

from coursekit.argument import Argument, Link, Standing, claim
from coursekit.argument.claim_card import as_html, linked_sources
from coursekit.argument.kinds import step_kind
from coursekit.argument.words import bearing, named_step, state, undoing
from coursekit.content import by_course
from coursekit.data import load

DOES = {"supports": "It supports", "attacks": "It attacks", "limits": "It limits"}


def step_card(standing: Standing, id: str) -> str:
    """Lay out what the map knows about a step."""
    node = standing.argument.nodes[id]
    groups = bearing(standing.argument, id)
    supports = [g for g in groups if g[0].startswith("Supported")]
    others = [g for g in groups if not g[0].startswith("Supported")]
    links = standing.argument.links
    does = [
        (head, [k for k in links if (k.source, k.relation) == (id, relation)])
        for relation, head in DOES.items()
    ]
    undone = "".join(f"<li>{escape(words)}</li>" for words in undoing(standing, id))
    return (
        f"<h4>{escape(named_step(node))} "
        f"<span class='ck-panel-tag'>{escape(node.kind)}</span></h4>"
        f"<p>{escape(node.text)} {escape(step_kind(node).rule)}</p><div class='ck-panel-cards'>"
        + _group(standing, supports or [("Supported by", [])], "source")
        + _group(standing, others or [("Attacked by", [])], "source")
        + _group(standing, [one for one in does if one[1]], "target")
        + "</div><details><summary>What would bring this down?</summary>"
        f"<ul>{undone}</ul></details>"
    )


def _group(standing: Standing, groups: list[tuple[str, list[Link]]], end: str) -> str:
    said = []
    for head, links in groups:
        said.append(f"<h5>{head}</h5><ul>")
        for link in links:
            other = standing.argument.nodes[getattr(link, end)]
            words = f"{named_step(other)} ({state(standing, other.id)}). {link.note}".strip()
            said.append(f"<li>{escape(words)}</li>")
        if not links:
            said.append("<li>Nothing on the map.</li>")
        said.append("</ul>")
    return f"<section class='ck-panel-sheet'>{''.join(said)}</section>" if said else ""


@by_course
def claim_cards(id: str) -> str:
    """Lay out the claims of the essay for which a step stands."""
    node = Argument.essay().nodes[id]
    if not node.claims:
        readings = load("argument_nodes").set_index("node").loc[id, "readings"].split(";")
        works = load("readings").set_index("reading", drop=False).loc[readings].to_dict("records")
        said, sources = step_kind(node).unstated, linked_sources(works)
        return f"<p>{said}</p><p><strong>Sources:</strong> {sources}</p>"
    several = len(node.claims) > 1
    head = f"The claims of the essay for which {id} stands" if several else "The claim of the essay"
    cards = [claim(name) for name in node.claims]
    folded = [
        f"<details><summary>{escape(c.claim)}: {escape(c.text)} "
        f"<span class='ck-panel-tag'>{escape(c.status)}</span></summary>{as_html(c)}</details>"
        for c in cards
    ]
    return f"<h4>{head}</h4>{''.join(folded)}"
