"""What labs say of a model: lines of the readout and assumptions."""

from collections.abc import Iterable

from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# A line of the readout: key, label, value, detail, and where a number of tables is from.
Entry = dict[str, str]


def entry(label: str, value: str, detail: str = "", key: str = "", **origin: str) -> Entry:
    """Pack a line of the readout; ``tables`` names what a number is from, ``help`` says how."""
    return {"key": key or label, "label": label, "value": value, "detail": detail, **origin}


def lines(written: Iterable[dict[str, str]], **values: object) -> list[Entry]:
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
