"""The first answers of a class, scored anew: who was right, and what was chosen."""

from contextlib import suppress
from typing import NamedTuple

import pandas as pd

from coursekit.classbook.reading import Class, questions, responses
from coursekit.errors import CourseError
from coursekit.ids import bank_of
from coursekit.profile import profile
from coursekit.quiz import score
from coursekit.quiz.quantities import number
from coursekit.sentences import measured


class Choice(NamedTuple):
    """Something that was chosen in an answer."""

    key: str
    text: str
    right: bool
    misconception: str = ""


def choices(question, response) -> list[Choice]:
    """Name what an answer chose: options, a number, an order, or a partner for each line."""
    options = {option.key: option for option in question.options}
    match question.type:
        case "single" | "multiple":
            keys = [response] if question.type == "single" else response
            found = [options[key] for key in keys]
            return [Choice(one.key, one.text, one.right, one.misconception) for one in found]
        case "numeric":
            value = number(response, question.unit, near=question.answer)
            right = score(question, response).success
            return [Choice(f"{value:g}", measured(f"{value:g}", question.unit), right)]
        case "order":
            text = " → ".join(options[key].text for key in response)
            return [Choice("".join(response), text, list(question.order) == list(response))]
        case "match":
            given = [(pair, response[pair.key]) for pair in question.pairs]
            return [
                Choice(f"{pair.key}{key}", f"{pair.text} → {options[key].text}", key == pair.match)
                for pair, key in given
            ]
        case _:
            return []


def first_answers(made: Class) -> pd.DataFrame:
    """Score the first answer of each student to each question of the course.

    They are scored by the key of today, so a question that was put right is counted rightly.
    What does not fit its question is left out.

    Returns
    -------
    pandas.DataFrame
        ``student``, ``question``, ``bank``, ``right`` (True or False), ``points`` (0 to 1),
        ``confidence`` (0 to 1 or empty), ``choices`` (a list of `Choice`).
    """
    entries = made.entries
    answers = entries[(entries["verb"] == "answered") & (entries["kind"] == "quiz")]
    answers = answers.drop_duplicates(["student", "item"], keep="first")
    rows = []
    for one, question, response in responses(answers, questions()):
        with suppress(CourseError, ValueError, TypeError, KeyError, RecursionError):
            earned, chosen = score(question, response), choices(question, response)
            row = (one.student, one.item, bank_of(one.item), earned.success, earned.points)
            rows.append((*row, one.confidence, chosen))
    columns = ["student", "question", "bank", "right", "points", "confidence", "choices"]
    return pd.DataFrame(rows, columns=columns).astype({"right": bool, "confidence": float})


def wide(answers: pd.DataFrame, *, before: bool) -> pd.DataFrame:
    """Make a table of right (1) and wrong (0), a row a student, a column a question."""
    # The test before the course stands by itself, since it asks what is not learnt yet.
    own = answers[(answers["bank"] == profile().before) == before]
    table = own.pivot(index="student", columns="question", values="right").astype(float)
    return table[[id for id in questions() if id in table.columns]]
