"""What both formats need."""

import xml.etree.ElementTree as ET

from coursekit.escaping import xml_text


def add(parent, tag: str, text: str | float | None = None, **attributes):
    """Add an element."""
    child = ET.SubElement(parent, tag, {name: _as_xml(value) for name, value in attributes.items()})
    if text is not None:
        child.text = _as_xml(text)
    return child


def _as_xml(value):
    if isinstance(value, bool):
        return str(value).lower()
    return xml_text(value) if isinstance(value, str) else f"{value:.7g}"


def written(root) -> bytes:
    """Write a tree as a file."""
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def in_order(question) -> list:
    """List the items of a question of type ``order`` in the right order."""
    options = {option.key: option for option in question.options}
    return [options[key] for key in question.order]


def general_feedback(question) -> list[str]:
    """Collect what there is to say after any response."""
    parts = [question.model_answer, question.explanation]
    if question.type == "order":
        parts += [f"{option.text}: {option.why}" for option in in_order(question)]
    parts += [f"{pair.text}: {pair.why}" for pair in question.pairs]
    return [part for part in parts if part]
