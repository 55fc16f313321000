"""The argument as a nested list that says all that the map shows, with all its switches."""

from functools import cache
from html import escape

import traitlets

from coursekit.argument import Argument, Standing
from coursekit.argument.kinds import step_kind
from coursekit.argument.words import bearing, named_step, state, undoing
from coursekit.figures.argument_map import describe
from coursekit.widgets.argument_card import claim_cards
from coursekit.widgets.living import LivingWidget

STANCES = {"": "undecided", "accepted": "accept", "rejected": "reject"}


def _heads(argument: Argument) -> list[str]:
    """List the steps that get a heading: conclusions, steps towards them, and ends of a line."""
    sources = {link.source for link in argument.links}
    return [
        id
        for id, node in argument.nodes.items()
        if step_kind(node).heading or (argument.lines_of(id) and id not in sources)
    ]


def outline_text(standing: Standing) -> str:
    """Write the argument as plain text."""
    argument = standing.argument
    heads = _heads(argument)
    lines = [describe(standing)]

    def write(id: str, depth: int) -> None:
        node = argument.nodes[id]
        words = f"{named_step(node)} ({node.kind}): {state(standing, id)}."
        if depth and id in heads:
            lines.append(f"{'  ' * depth}- {words} See its own heading.")
            return
        lines.append(f"{'  ' * depth}- {words} {node.text}" if depth else f"\n{words} {node.text}")
        for head, links in bearing(argument, id):
            lines.append(f"{'  ' * (depth + 1)}{head}:")
            for link in links:
                write(link.source, depth + 2)

    for id in heads:
        write(id, 0)
    return "\n".join(lines)


@cache
def outline_html(argument: Argument) -> str:
    """Write the argument as a nested list with a switch for each step that has one."""
    heads = _heads(argument)
    return "".join(
        f"<section><h4 data-step='{id}'>{escape(named_step(argument.nodes[id]))}</h4>"
        f"{_line(argument, id)}{_below(argument, id, heads)}"
        f"<p class='ck-by'>What would bring {id} down?</p><ul data-undoing='{id}'></ul></section>"
        for id in heads
    )


def _line(argument: Argument, id: str) -> str:
    node, switch = argument.nodes[id], ""
    if step_kind(node).switched:
        options = "".join(f"<option value='{v}'>{words}</option>" for v, words in STANCES.items())
        label = escape(f"Your view of {named_step(node)}")
        switch = f" <select data-switch='{id}' aria-label='{label}'>{options}</select>"
    kind = f"<span class='ck-panel-tag'>{escape(node.kind)}</span>"
    return f"<div>{kind} <span data-state='{id}'></span>{switch}</div>"


def _below(argument: Argument, id: str, heads: list[str]) -> str:
    said = [f"<p>{escape(argument.nodes[id].text)}</p>"]
    if argument.nodes[id].claims:
        head = "<summary>Claims, evidence and sources</summary>"
        said.append(f"<details>{head}{claim_cards(id)}</details>")
    for head, links in bearing(argument, id):
        said.append(f"<p class='ck-by'>{head}</p><ul>")
        for link in links:
            source = link.source
            name = escape(named_step(argument.nodes[source]))
            line = f"<strong data-step='{source}'>{name}</strong>{_line(argument, source)}"
            headed = source in heads
            below = "<p>See its own heading.</p>" if headed else _below(argument, source, heads)
            said.append(f"<li>{line}{below}</li>")
        said.append("</ul>")
    return "".join(said)


class ArgumentOutline(LivingWidget):
    """Show the outline."""

    script = "outline.js"
    styles = ("argument_outline.css",)

    html = traitlets.Unicode().tag(sync=True)
    stances = traitlets.Dict().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    undoing = traitlets.Dict().tag(sync=True)
    wanted = traitlets.Bool(False).tag(sync=True)

    def tell(self, standing: Standing, stances: dict[str, str]) -> None:
        """Say what stands."""
        argument = standing.argument
        with self.hold_sync():
            self.html = outline_html(argument)
            self.stances = stances
            self.states = {id: state(standing, id) for id in argument.nodes}
            self.undoing = {id: undoing(standing, id) for id in _heads(argument)}
