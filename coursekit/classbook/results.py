"""All that a report on a class says, as tables."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coursekit.classbook import gains, guesses, items, sureness, tasks
from coursekit.classbook.answers import first_answers
from coursekit.classbook.reading import Class
from coursekit.errors import CourseError

GRADEBOOK = "gradebook.db"
STEPS = 6


class Results(NamedTuple):
    """The tables of a report; each function that makes one describes its columns."""

    made: Class
    answers: pd.DataFrame
    items: pd.DataFrame
    options: pd.DataFrame
    gains: pd.DataFrame
    calibration: pd.DataFrame
    quarters: pd.DataFrame
    verdicts: pd.DataFrame
    predictions: pd.DataFrame
    credences: pd.DataFrame
    outcomes: pd.DataFrame
    tasks: pd.DataFrame
    marks: pd.DataFrame
    stuck: pd.DataFrame
    reached: pd.DataFrame
    said: tuple[str, ...]


def work_out(made: Class, folder: Path, step: Callable = lambda: None) -> Results:
    """Work out all tables of a class; with nbgrader's gradebook if it lies in the folder."""
    answers, said = first_answers(made), list(made.said)
    step()
    about_items = items.items(answers), items.options(answers)
    step()
    gained = gains.gains(answers)
    step()
    sure = sureness.calibration(answers), sureness.quarters(answers)
    step()
    judged = guesses.verdicts(made)
    step()
    found, points = tasks.outcomes(made), pd.DataFrame(columns=tasks.COLUMNS)
    for path in sorted(folder.rglob(GRADEBOOK))[:1]:
        try:
            points = tasks.marks(path)
        except CourseError as problem:
            said.append(str(problem))
    step()
    guessed = judged, guesses.guesses(judged), guesses.credences(made)
    done = found, tasks.tasks(found), points, tasks.stuck(made, found), tasks.reached(made)
    return Results(made, answers, *about_items, gained, *sure, *guessed, *done, tuple(said))
