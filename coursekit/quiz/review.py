"""Spaced retrieval: which questions return, and when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coursekit.quiz.bank import of_pages

if TYPE_CHECKING:
    import pandas as pd

# Days until a question returns, by box.
BOXES = (1, 3, 7, 21)


def review(frame: pd.DataFrame, today: dt.date) -> list[str]:
    """List the questions that are due.

    The questions sit in four boxes and return after 1, 3, 7 and 21 days (Leitner's card file). A
    right answer to a question that is new or due moves it up a box, a wrong answer at any time
    moves it back to the first. A right answer before the day changes nothing, so that trying
    again at once does not count as remembering. Recalling after a gap helps memory more than
    recalling at once.

    Parameters
    ----------
    frame : pandas.DataFrame
        The learner's record, with columns ``time``, ``verb``, ``item`` and ``success``. Rows
        count if the verb is ``answered`` and the item is a question of a notebook that still
        exists; the tests before and after the course do not return.
    today : datetime.date
        The day. A `datetime.datetime` with a time zone also sets the zone in which days begin.

    Returns
    -------
    list of str
        Ids of questions, the longest overdue first.

    References
    ----------
    roediger_karpicke2006, cepeda2006

    Examples
    --------
    >>> import pandas as pd
    >>> record = pd.DataFrame(
    ...     [(pd.Timestamp("2026-03-02 10:00"), "answered", "02-q1", False)],
    ...     columns=["time", "verb", "item", "success"],
    ... )
    >>> review(record, dt.date(2026, 3, 3))
    ['02-q1']
    """
    ready = [(days, id) for id, days in due_in(frame, today).items() if days <= 0]
    return [id for _, id in sorted(ready)]


def due_in(frame: pd.DataFrame, today: dt.date) -> dict[str, int]:
    """Say in how many days each question of `review` returns; 0 or less once it is due."""
    zone = getattr(today, "tzinfo", None)
    day = today.date() if isinstance(today, dt.datetime) else today
    answers = frame[(frame["verb"] == "answered") & frame["success"].notna()]
    # A stable sort keeps answers of the same moment in the order in which they were given.
    answers = answers.sort_values("time", kind="stable")
    boxes = dict[str, tuple[int, dt.date]]()
    for row in answers.itertuples():
        given = row.time
        if zone is not None and given.tzinfo is not None:
            given = given.astimezone(zone)
        box, due = boxes.get(row.item, (0, given.date()))
        if not row.success:
            boxes[row.item] = _back_in(0, given.date())
        elif given.date() >= due:
            boxes[row.item] = _back_in(min(box + 1, len(BOXES) - 1), given.date())
    known = {question.id for bank in of_pages() for question in bank.questions}
    return {id: (due - day).days for id, (_, due) in boxes.items() if id in known}


def _back_in(box: int, day: dt.date) -> tuple[int, dt.date]:
    return box, day + dt.timedelta(days=BOXES[box])
