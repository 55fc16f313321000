"""Fields and forms as cards show them and as they are printed."""

from collections.abc import Iterable


def field(kind: str, name: str, label: str, **more) -> dict:
    """Describe a field of a form."""
    return {"kind": kind, "name": name, "label": label, **more}


def told(title: str, lines: Iterable[dict] = (), tone: str = "told", **more) -> dict:
    """Describe what is said below a form, in lines below a title."""
    return {"tone": tone, "title": title, **({"lines": list(lines)} if lines else {}), **more}


def name_field(label: str, help: str, value: str) -> dict:
    """Describe a field for a name."""
    return field("text", "name", label, help=help, value=value, rows=1)


def item(key: str, fields: list[dict], **more) -> dict:
    """Describe a form."""
    return {"key": key, "fields": fields, **more}
