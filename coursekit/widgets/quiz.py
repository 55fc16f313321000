"""A quiz: questions of a bank on a card, scored by the kernel, kept in the learner's record."""

import datetime as dt
import json
import random
from collections.abc import Sequence
from itertools import chain
from typing import Any

from coursekit.attainment import as_sure
from coursekit.errors import CourseError, MisfitError, unknown
from coursekit.forms.fields import Form
from coursekit.forms.question_form import Sure, Try, asked, compared, scored, silent, tone_of
from coursekit.forms.quiz_ending import Answered, ending
from coursekit.ids import bank_of
from coursekit.profile import profile
from coursekit.quiz import Bank, Question, bank, due_in, question, review, score
from coursekit.quiz.bank import of_pages
from coursekit.quiz.scoring import answered
from coursekit.record import record, to_frame
from coursekit.widgets.card import Card, about
from coursekit.widgets.keeping import Kept, keep, kept


def retrieved(
    notebook: str, count: int, seed: str | int, frame: Any, now: dt.datetime
) -> list[str]:
    """Choose earlier questions to ask once more: those answered here today, those due, others."""
    if not count or notebook in profile().tests:
        return []
    earlier = [one.id for made in of_pages() if made.notebook < notebook for one in made.questions]
    answers = frame[frame["verb"] == "answered"]
    today = answers["time"].dt.tz_convert(now.tzinfo).dt.date == now.date()
    here = answers.loc[today & (answers["notebook"] == notebook), "item"]
    met = set(answers["item"])
    random.Random(f"{seed}-{notebook}").shuffle(earlier)
    fresh_first = sorted(earlier, key=lambda id: id in met)
    known = set(earlier)
    # What was answered here today stays when the notebook is run again.
    wanted = [id for id in (*here, *review(frame, now)) if id in known]
    return list(dict.fromkeys([*wanted, *fresh_first]))[:count]


def _chosen(own: Bank, only: str | list[str] | None) -> tuple[Question, ...]:
    questions = {one.id: one for one in own.questions}
    if only is None:
        return own.questions
    ids = [only] if isinstance(only, str) else list(only)
    for id in ids:
        if id not in questions:
            raise unknown(f"question in the quiz {own.notebook}", id, questions)
    return tuple(questions[id] for id in dict.fromkeys(ids))


def _draft(id: str) -> str:
    return f"draft/{id}"


def _activity(id: str) -> str:
    return f"quiz/{bank_of(id)}/{id}"


def _headings(questions: Sequence[Question], notebook: str) -> dict[str, Form]:
    """Say above each question where it stands and, if it returns, where it comes from."""
    return {
        one.id: {"label": f"Question {place} of {len(questions)}"}
        | ({"tag": f"from notebook {bank_of(one.id)}"} if bank_of(one.id) != notebook else {})
        for place, one in enumerate(questions, 1)
    }


class Questions(Card):
    """Ask questions, one at a time; `sample` is what a stored notebook shows."""

    def __init__(
        self, notebook: str, questions: Sequence[Question], sample: Sequence[Question], **more: Any
    ) -> None:
        self.notebook, self.seed = notebook, record().seed
        # A test before the course shows no answers: the same things are asked again at its end.
        self.silent = notebook == profile().before
        self.questions = {one.id: one for one in questions}
        self.headings = _headings(questions, notebook)
        self.tries: dict[str, list[Try]] = {}
        self.sure: dict[str, Sure] = {}
        answers, today = kept("quiz/"), dt.datetime.now().astimezone().date()
        for id in self.questions:
            self._recall(id, today, answers)
        self.drafts = {id: text for id in self.questions if (text := self._unrated(id))}
        self.reopened: set[str] = set()
        places = _headings(sample, notebook)
        blank = [asked(one, 0, told=not self.silent, **places[one.id]) for one in sample]
        more |= {"status": self._count(), "stepwise": len(questions) > 1, "ending": self._end()}
        more["later"] = notebook in profile().tests
        super().__init__([self._form(id) for id in self.questions], blank=blank, **more)

    def _recall(self, id: str, today: dt.date, answers: dict[str, list[Kept]]) -> None:
        """Find the answers given on this card, as far as they still fit the question."""
        self.tries[id] = []
        for made in answers.get(_activity(id), ()):
            day = dt.datetime.fromisoformat(made["timestamp"]).astimezone().date()
            # A question that returns is asked anew on another day.
            if bank_of(id) != self.notebook and day != today:
                continue
            if made["context"]["extensions"].get("notebook") != self.notebook:
                continue
            try:
                response = json.loads(made["result"]["response"])
                earned = score(self.questions[id], response)
            except (CourseError, KeyError, ValueError):
                continue
            self._remember(id, Try(response, earned), made, answers)

    def _remember(self, id: str, tried: Try, made: Kept, answers: dict[str, list[Kept]]) -> None:
        """Add a try and, with the first, how sure the student was."""
        self.tries[id].append(tried)
        confidence = made["result"].get("extensions", {}).get("confidence")
        if confidence is not None and len(self.tries[id]) == 1:
            self.sure[id] = Sure(confidence, *as_sure(chain(*answers.values()), made))

    def _unrated(self, id: str) -> str:
        """Give the short answer that waits for the student's own rating; empty if none does."""
        written = kept(_draft(id)).get(_draft(id), ())
        rated = kept(_activity(id)).get(_activity(id), ())
        if not written or (rated and rated[-1]["timestamp"] >= written[-1]["timestamp"]):
            return ""
        return written[-1]["result"]["response"] if self.questions[id].type == "short" else ""

    def _form(self, id: str) -> Form:
        one, heading, tries = self.questions[id], self.headings[id], self.tries[id]
        if tries:
            mark = "told" if self.silent else tone_of(one, tries[-1].earned)
            heading = heading | {"mark": mark}
        if id in self.drafts:
            return compared(one, self.seed, self.drafts[id], **heading)
        if not tries:
            return asked(one, self.seed, told=not self.silent, **heading)
        if id in self.reopened:
            return asked(one, self.seed, response=tries[-1].response, **heading)
        if self.silent:
            return silent(one, self.seed, tries[-1].response, self.sure.get(id), **heading)
        return scored(one, self.seed, tries, self.sure.get(id), **heading)

    def submit(self, key: str, values: Form) -> None:
        """Score an answer, or lay a short one beside the model answer."""
        one = self.questions[key]
        if self.tries[key] and key not in self.reopened:
            self.put(self._form(key))
        elif one.type == "short" and key not in self.drafts:
            # An empty text is refused as an answer of any rating would be.
            with about("answer"):
                score(one, {"text": values["answer"] or "", "rating": 0})
            self.drafts[key] = values["answer"]
            keep("noted", _draft(key), {"response": values["answer"]}, {"notebook": self.notebook})
            self.put(self._form(key))
        elif one.type == "short":
            rating = values["rating"] and float(values["rating"])
            self._take(one, {"text": self.drafts[key], "rating": rating})
        else:
            sure = values.get("confidence", "")
            if not self.tries[key] and not sure:
                raise MisfitError({"confidence": "Say how sure you are first."})
            extra = {} if self.tries[key] else {"confidence": int(sure) / 100}
            self._take(one, values["answer"], **extra)

    def _take(self, one: Question, response: object, **extra: float) -> None:
        with about("rating" if one.type == "short" else "answer"):
            earned = score(one, response)
        result = answered(earned, response, len(self.tries[one.id]) + 1, **extra)
        place = {"notebook": self.notebook, "objective": one.objective}
        made = keep("answered", _activity(one.id), result, place)
        self._remember(one.id, Try(response, earned), made, kept("quiz/"))
        self.drafts.pop(one.id, None)
        self.reopened.discard(one.id)
        self.put(self._form(one.id))
        self.status, self.ending = self._count(), self._end()

    def again(self, key: str) -> None:
        """Open an answered question for another try."""
        if not self.silent:
            self.reopened.add(key)
        self.put(self._form(key))

    def _count(self) -> str:
        """Say how many questions are answered, and what the first tries earned."""
        if not self.questions:
            return ""
        firsts = [tries[0].earned for tries in self.tries.values() if tries]
        done = f"{len(firsts)} of {len(self.questions)} answered"
        if not firsts or self.silent:
            return f"{done}."
        points = f"{sum(first.points for first in firsts):.2f}".rstrip("0").rstrip(".")
        return f"{done}. Score of your first tries: {points} of {len(firsts)}."

    def _end(self) -> Form:
        """Say what it comes to, once several questions are all answered."""
        if len(self.tries) < 2 or not all(self.tries.values()):
            return {}
        found = []
        for id, tries in self.tries.items():
            right = tries[0].earned.success, tries[-1].earned.success
            sure = self.sure[id].confidence if id in self.sure else None
            found.append(Answered(id, self.questions[id].objective, *right, sure))
        due = due_in(record().frame(), dt.datetime.now().astimezone())
        return ending(found, due, silent=self.silent, before=self._before())

    def _before(self) -> tuple[int, int]:
        """Count what was right in the test before the course, if this is the one after it."""
        if self.notebook != profile().after:
            return 0, 0
        given = kept(f"quiz/{profile().before}/").values()
        return sum(bool(tries[0]["result"].get("success")) for tries in given), len(given)


class Quiz(Questions):
    """Ask the questions of a bank, with some of earlier notebooks before them."""

    def __init__(self, notebook: str, only: str | list[str] | None = None, review: int = 0):
        own = bank(notebook)
        chosen = _chosen(own, only)
        if isinstance(review, bool) or not isinstance(review, int) or review < 0:
            raise CourseError(f"'review' is {review!r}. It must be a whole number, such as 2.")
        mine, now = record(), dt.datetime.now().astimezone()
        returning = retrieved(notebook, review, mine.seed, mine.frame(), now) if review else []
        # What is stored depends on nobody's record.
        sample = retrieved(notebook, review, 0, to_frame([]), now)
        asked, shown = ((*map(question, ids), *chosen) for ids in (returning, sample))
        title = own.title if chosen else "From earlier notebooks"
        super().__init__(notebook, asked, shown, title=title, name="Quiz")


def quiz(notebook: str, only: str | list[str] | None = None, review: int = 0) -> Quiz:
    """Ask the questions of a notebook one at a time, with feedback on every answer.

    Parameters
    ----------
    notebook : str
        ``"00"`` to ``"10"``, or ``"pre"`` or ``"post"`` for the test before or after the course.
    only : str or list of str, optional
        Ids of the questions to ask; all if left out.
    review : int, optional
        How many questions of earlier notebooks to put before them: those that are due, then
        others.

    Returns
    -------
    Quiz
        The card. What is answered on it is kept in the learner's record.

    Raises
    ------
    CourseError
        If there is no such quiz or question.

    Examples
    --------
    >>> quiz("02", only="02-q1").status
    '0 of 1 answered.'
    """
    return Quiz(notebook, only, review)
