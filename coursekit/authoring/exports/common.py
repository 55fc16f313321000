"""What both formats need: templates of XML, and what they say of a question."""

from functools import cache
from pathlib import Path

from coursekit.escaping import xml_text


@cache
def _templates():
    from jinja2 import Environment, FileSystemLoader

    how = {"trim_blocks": True, "lstrip_blocks": True, "finalize": _as_xml}
    made = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, **how)
    made.globals |= {"in_order": in_order, "general_feedback": general_feedback}
    return made


def fill(name: str, **values: object) -> str:
    """Fill in a template; each text in it is escaped."""
    return _templates().get_template(f"{name}.xml.j2").render(values)


def _as_xml(value):
    return xml_text(value) if type(value) is str else value


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
