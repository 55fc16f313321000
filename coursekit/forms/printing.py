"""Forms as a stored notebook, a screen without a kernel, or a sheet of paper shows them."""

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from typing import Any

from coursekit.escaping import no_mathematics
from coursekit.forms.fields import Form
from coursekit.sentences import measured

# What stands at each widget that no kernel answers for.
ASLEEP = "Asleep. Run this page to go on."
BLANK = "________"
PICTURE = "data:image/png;base64,"
# Its kind (label, text, line, table or picture) and what it says.
Part = tuple[str, Any]


def as_text(title: str, lead: str, forms: list[Form]) -> str:
    """Write forms as plain text."""
    blocks = [part for part in (title, lead, ASLEEP) if part]
    blocks += ["\n".join(_as_text(*part) for part in _parts(form)) for form in forms]
    return "\n\n".join(blocks)


def as_html(title: str, lead: str, forms: list[Form]) -> str:
    """Write forms as HTML without controls, signs that look like some, and styles."""
    blocks = [f"<p><strong>{escape(title)}</strong></p>"] if title else []
    blocks += [_paragraphs(lead)] if lead else []
    blocks.append(f"<p><em>{ASLEEP}</em></p>")
    for form in forms:
        # Lines of one list stand close together.
        groups = groupby(_parts(form), key=lambda part: part[0])
        tags = [_tag(kind, [content for _, content in parts]) for kind, parts in groups]
        blocks.append(f"<div>{''.join(tags)}</div>")
    return no_mathematics("".join(blocks))


def _tag(kind: str, contents: list[Any]) -> str:
    if kind == "line":
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in contents)}</ul>"
    return "".join(TAGS[kind](content) for content in contents)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _table(content: Form) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in content["columns"])
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in content["rows"])
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _image(content: Form) -> str:
    # A picture from elsewhere would tell its server who reads.
    if not content["src"].startswith(PICTURE):
        return _paragraphs(content["alt"])
    return f'<img src="{escape(content["src"])}" alt="{escape(content["alt"])}" width="640">'


TAGS: dict[str, Callable[[Any], str]] = {
    "label": lambda text: f"<p><strong>{escape(text)}</strong></p>",
    "text": _paragraphs,
    "table": _table,
    "picture": _image,
}


def _as_text(kind: str, content: Any) -> str:
    if kind == "table":
        rows = [zip(content["columns"], row, strict=True) for row in content["rows"]]
        return "\n".join("; ".join(f"{name}: {cell}" for name, cell in row) for row in rows)
    if kind == "line":
        return f"- {content}"
    return str(content["alt"] if kind == "picture" else content)


def _parts(form: Form) -> Iterator[Part]:
    """List the parts of a form."""
    if form.get("label"):
        tag = f" ({form['tag']})" if form.get("tag") else ""
        yield "label", form["label"] + tag
    if form.get("lead"):
        yield "text", form["lead"]
    for one in form["fields"]:
        yield from _field(one)
    if form.get("feedback"):
        yield from _feedback(form["feedback"])


def _field(one: Form) -> Iterator[Part]:
    kind, value = one["kind"], one.get("value")
    if one["label"]:
        yield "text", one["label"]
    if one.get("help"):
        yield "text", one["help"]
    unit = one.get("unit", "")
    if kind in ("said", "bins"):
        yield "text", one["text"]
    if kind == "bins":
        yield from (("line", f"{made['text']}: {made['note']}") for made in one["options"])
    elif kind in ("choice", "several"):
        chosen = value if isinstance(value, list) else [value]
        marks = {key: " (chosen)" for key in chosen}
        texts = [option["text"] + marks.get(option["key"], "") for option in one["options"]]
        if one.get("row"):
            yield "text", f"{', '.join(texts[:-1])} or {texts[-1]}"
        else:
            yield from (("line", text) for text in texts)
    elif kind in ("number", "percent"):
        yield "text", measured(BLANK if value in (None, "") else str(value), unit)
    elif kind == "text":
        yield "text", str(value) if value else BLANK * 6
    elif kind == "order":
        yield "text", "Write their places, from 1, in front of the lines."
        for option in one["options"]:
            yield "line", f"__ {option['text']}"
    elif kind == "match":
        named = {option["key"]: option["text"] for option in one["options"]}
        for line in one["lines"]:
            match = named.get((value or {}).get(line["key"]))
            yield "line", f"{line['text']} {f'{match} (chosen)' if match else BLANK}"
        yield "text", "Choose from: " + "; ".join(option["text"] for option in one["options"])
    elif kind == "curve":
        values = value or [BLANK] * len(one["at"])
        for place, here in zip(one["at"], values, strict=True):
            yield "line", f"{place}: {measured(str(here).removesuffix('.0'), unit)}"


def _feedback(told: Form) -> Iterator[Part]:
    if told.get("title"):
        yield "label", told["title"]
    for value in told.get("values", ()):
        yield "line", f"{value['label']}: {value['value']}"
    for line in told.get("lines", ()):
        for part in ("head", "text", "aside", "seen"):
            if line.get(part):
                yield "text", line[part]
    for kind in ("picture", "table"):
        if told.get(kind):
            yield kind, told[kind]
