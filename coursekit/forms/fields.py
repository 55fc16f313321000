"""Fields and forms as cards show them and as they are printed."""

from collections.abc import Iterable
from typing import Any

# A form, a field of it, or what is said below it, as it is sent to the browser.
Form = dict[str, Any]
Forms = list[Form]


def field(kind: str, name: str, label: str, **more: object) -> Form:
    """Describe a field of a form."""
    return {"kind": kind, "name": name, "label": label, **more}


def told(title: str, lines: Iterable[Form] = (), tone: str = "told", **more: object) -> Form:
    """Describe what is said below a form, in lines below a title."""
    return {"tone": tone, "title": title, **({"lines": list(lines)} if lines else {}), **more}


def name_field(label: str, help: str, value: str) -> Form:
    """Describe a field for a name."""
    return field("text", "name", label, help=help, value=value, rows=1)


def item(key: str, fields: list[Form], **more: object) -> Form:
    """Describe a form."""
    return {"key": key, "fields": fields, **more}
