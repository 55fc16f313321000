"""Names of a course's parts: what the beginning of ``02-q3`` or ``02_who_joined_when`` says."""

import re


def notebook_of(name: str) -> str:
    """Tell the notebook to which a question, a prediction, a note, a set or a file belongs."""
    return re.split("[-_]", str(name), maxsplit=1)[0]


def bank_of(question: str) -> str:
    """Name the bank of a question."""
    return str(question).rpartition("-q")[0]
