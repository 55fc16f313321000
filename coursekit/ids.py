"""Names of a course's parts: what the beginning of ``02-q3`` or ``02_who_joined_when`` says."""

import re


def notebook_of(name: str) -> str:
    """Tell the notebook to which a question, a prediction, a note, a set or a file belongs.

    Examples
    --------
    >>> notebook_of("02-q3"), notebook_of("02_who_joined_when.yaml")
    ('02', '02')
    """
    return re.split("[-_]", str(name), maxsplit=1)[0]


def bank_of(question: str) -> str:
    """Name the bank of a question.

    Examples
    --------
    >>> bank_of("02-q3"), bank_of("before-q1")
    ('02', 'before')
    """
    return str(question).rpartition("-q")[0]
