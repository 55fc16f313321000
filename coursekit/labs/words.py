"""What labs say of a model: lines of the readout and assumptions."""

__all__ = ["assumptions", "entry"]


def entry(label: str, value: str, detail: str = "", key: str = "") -> dict:
    """Pack a line of the readout."""
    return {"key": key or label, "label": label, "value": value, "detail": detail}


def assumptions(own: str, after: str = "") -> str:
    """Say what a model assumes, beside what all of them assume."""
    return (
        f"<p><b>What the model assumes.</b> {own} There is no domestic politics. The numbers are "
        "illustrative and calibrated to no state. A model shows what follows from assumptions. "
        f"{after}</p>"
    )
