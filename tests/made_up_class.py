"""Classes made up in memory, so that a test knows what is true of them."""

import datetime as dt
import json
from itertools import count
from pathlib import Path

import pandas as pd

from coursekit.classbook.entries import Found, chosen, entry
from coursekit.classbook.reading import put_together
from coursekit.classbook.simulated import lifted, model, true_gain, when
from coursekit.classbook.simulated_answers import answer
from coursekit.classbook.simulated_class import Student
from coursekit.profile import profile
from coursekit.quiz import bank, banks, question, score
from coursekit.record.export import packed
from coursekit.record.xapi import BASE, in_short, statement

DAYS = (dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in count())


def class_of(students, seed, notebooks=None, flaws=True):
    """Make up a class that answers the quizzes of some notebooks, or all."""
    made, found = model(seed, flaws), []
    for place in range(students):
        student = Student(made, place, seed)
        for name in notebooks or [one.notebook for one in banks()]:
            student.quiz(name, when(name))
        entries = chosen(map(entry, student.statements))
        found.append(Found(Path(f"{place}.json"), "", (student.account,), entries, len(entries)))
    return put_together(found), made


def before_and_after(students, seed):
    """Make up the answers of a class to both tests, and the gain that is true of all classes."""
    made, rows = model(seed, flaws=False), []
    for number in range(students):
        student = Student(made, number, seed)
        for name in profile().tests:
            for one in bank(name).questions:
                ability = student.ability + lifted(name)
                given = answer(one.id, made.items[one.id], ability, student.chance)
                rows.append((number, one.id, name, score(one, given).success))
    return pd.DataFrame(rows, columns=["student", "question", "bank", "right"]), true_gain(made)


def said(verb, activity, account="somebody", **result):
    """Make a statement of somebody's."""
    context = {"notebook": result.pop("notebook", None)}
    made = in_short(statement({}, verb, activity, result=result, context=context))
    made["actor"] = {"account": {"homePage": BASE, "name": account}}
    # Two in one millisecond would have no order.
    made["timestamp"] = f"{next(DAYS)}T10:00:00.000Z"
    return made


def answered(id, response, account="somebody", **more):
    """Say that somebody answered a question."""
    home = id.rpartition("-q")[0]
    more = {"notebook": home, "success": question(id).solution == response} | more
    return said("answered", f"quiz/{home}/{id}", account, response=json.dumps(response), **more)


def predicted(id, response, account="somebody"):
    """Say that somebody made a prediction."""
    return said("predicted", f"prediction/{id}", account, response=json.dumps(response))


def class_with(statements_by_student):
    """Put statements of several students into a class."""
    found = [
        Found(Path(f"{name}.json"), "", (name,), chosen(map(entry, made)), len(made))
        for name, made in statements_by_student.items()
    ]
    return put_together(found)


def hand_in(folder, file, statements, **changed):
    """Write a record file, as a student hands it in."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file
    path.write_text(json.dumps(packed(statements) | changed), encoding="utf-8")
    return path
