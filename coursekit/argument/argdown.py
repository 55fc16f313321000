"""Write an argument as Argdown text (https://argdown.org), to carry it out of the course.

Each step is a statement with its text on one line; label, kind, branch, claims and the notes on
what bears on the step are its metadata. Supporters that stand alone and attackers are relations
below a statement. Linked premises are the premises of an argument in premise-conclusion form, named
by their label. Argdown has no relation that limits: limits are metadata of the step they limit.
"""

import json
import re

from coursekit.argument.graph import Argument
from coursekit.argument.steps import Node

SIGNS = {"supports": "+", "attacks": "-"}
# What Argdown would read as markup; a point or colon only within a word.
MARKUP = re.compile(r"[\\@#*_\[\]<>{}/=]|[.:](?=\S)")
# Braces would end the metadata early, and YAML reads some characters only when they are escaped.
UNSAFE = re.compile(
    r"[^\x20-\x7a\x7c\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def to_argdown(argument: Argument) -> str:
    """Write an argument as Argdown text.

    Parameters
    ----------
    argument : Argument
        The argument.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> from coursekit.argument import Argument, Link, Node
    >>> steps = [Node("wet", text="It is wet."), Node("rain", text="It rains.")]
    >>> print(to_argdown(Argument(steps, [Link("rain", "wet", "supports")])))
    [wet]: It is wet. {
      kind: "premise"
    }
      + [rain]
    <BLANKLINE>
    [rain]: It rains. {
      kind: "premise"
    }
    <BLANKLINE>
    """
    blocks = [_statement(argument, node) for node in argument.nodes.values()]
    linked = dict[tuple[str, str], list[str]]()
    for link in argument.links:
        if link.linked:
            linked.setdefault((link.linked, link.target), []).append(link.source)
    for (label, target), premises in linked.items():
        rows = [f"({n}) [{id}]" for n, id in enumerate(premises, 1)]
        end = ["----", f"({len(rows) + 1}) [{target}]"]
        blocks.append("\n".join([f"<{label}>", "", *rows, *end]))
    return "\n\n".join(blocks) + "\n"


def _statement(argument: Argument, node: Node) -> str:
    text = " ".join(node.text.split())
    into = [link for link in argument.links if link.target == node.id]
    limits = {link.source: link.note for link in into if link.relation == "limits"}
    notes = {link.source: link.note for link in into if link.relation != "limits" and link.note}
    data = {name: getattr(node, name) for name in ("label", "kind", "branch")}
    data |= {"claims": list(node.claims), "text": node.text if node.text != text else ""}
    data |= {"notes": notes, "limits": limits}
    plain = MARKUP.sub(r"\\\g<0>", text)
    rows = [f"[{node.id}]: {plain} {{" if plain else f"[{node.id}] {{"]
    for key, value in data.items():
        if isinstance(value, dict) and value:
            rows += [f"  {key}:", *(f'    "{id}": {_quoted(note)}' for id, note in value.items())]
        elif value or key == "kind":
            rows.append(f"  {key}: {_quoted(value)}")
    rows.append("}")
    for link in into:
        if link.relation in SIGNS and not link.linked:
            rows.append(f"  {SIGNS[link.relation]} [{link.source}]")
    return "\n".join(rows)


def _quoted(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
