"""What labs say of a model: lines of the readout and assumptions."""

from collections.abc import Iterable

from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def entry(label: str, value: str, detail: str = "", key: str = "", **origin: str) -> dict:
    """Pack a line of the readout.

    A number from tables of the course says where it is from: ``tables``, by name with semicolons
    between, and in ``help`` which rows of them and what was done with them.
    """
    return {"key": key or label, "label": label, "value": value, "detail": detail, **origin}


def lines(written: Iterable[dict[str, str]], **values: object) -> list[dict]:
    """Fill in lines of the readout.

    Examples
    --------
    >>> lines([{"label": "Loss", "value": "{loss:.1f}"}], loss=0.25)
    [{'key': 'Loss', 'label': 'Loss', 'value': '0.2', 'detail': ''}]
    """
    return [
        entry(**{part: text.format(**values) for part, text in line.items()}) for line in written
    ]


def assumptions(own: str, after: str = "") -> str:
    """Say what a model assumes, beside what all of them assume."""
    return SAY("model", own=own, after=after)
