"""Fields and forms as cards show them and as they are printed."""


def field(kind: str, name: str, label: str, **more) -> dict:
    """Describe a field of a form."""
    return {"kind": kind, "name": name, "label": label, **more}


def item(key: str, fields: list[dict], **more) -> dict:
    """Describe a form."""
    return {"key": key, "fields": fields, **more}
