"""Classes made up in memory, so that a test knows what is true of them."""

import datetime as dt
import json
from itertools import count
from pathlib import Path

from coursekit.classbook.entries import Found, chosen, entry
from coursekit.classbook.reading import put_together
from coursekit.classbook.simulated import model, when
from coursekit.classbook.simulated_class import Student, packed
from coursekit.quiz import banks, question
from coursekit.record.xapi import BASE, in_short, statement

DAYS = (dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in count())


def class_of(students, seed, notebooks=None, flaws=True):
    """Make up a class that answers the quizzes of some notebooks, or all."""
    made, found = model(seed, flaws), []
    for place in range(students):
        student = Student(made, place, seed)
        for name in notebooks or [bank.notebook for bank in banks()]:
            student.quiz(name, when(name))
        entries = chosen(map(entry, student.statements))
        found.append(Found(Path(f"{place}.json"), "", (student.account,), entries, len(entries)))
    return put_together(found), made


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
