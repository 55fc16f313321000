"""Review at any time: what is due from all notebooks, on one card."""

import datetime as dt

from coursekit.errors import CourseError
from coursekit.quiz import due_in, question
from coursekit.quiz import review as due_now
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.quiz import Questions

SAY = Sentences(__file__)


class Review(Questions):
    """Ask what is due, the longest overdue first."""

    def __init__(self, most: int = 20):
        if type(most) is not int or most < 1:
            raise CourseError(f"'most' is {most!r}. It must be a whole number from 1, such as 20.")
        frame, now = record().frame(), dt.datetime.now().astimezone()
        due = due_now(frame, now)
        words = {"title": SAY["title"], "name": SAY["title"], "place": "review"}
        words["lead"] = _lead(len(due), most, due_in(frame, now))
        super().__init__("review", [*map(question, due[:most])], (), **words)


def _lead(count: int, most: int, returns: dict[str, int]) -> str:
    if count:
        said = f"{count:,} {'question is' if count == 1 else 'questions are'}"
        return SAY("first" if count > most else "due", count=said, most=most)
    if not returns:
        return SAY("never")
    days = min(returns.values())
    return SAY("next", when=SAY["tomorrow"] if days == 1 else SAY("later", days=days))


def review(most: int = 20) -> Review:
    """Ask the questions that are due, from all notebooks, at any time.

    A question comes back 1, 3, 7 and 21 days after it was answered, sooner after a wrong answer.

    Parameters
    ----------
    most : int, optional
        How many questions to ask at most, from 1; those that wait longest come first.

    Returns
    -------
    Review
        The card. What is answered on it counts like an answer in the notebook that the question is
        from.

    Raises
    ------
    CourseError
        If `most` is no whole number from 1.

    Examples
    --------
    >>> review(5).title
    'Due for review'
    """
    return Review(most)
