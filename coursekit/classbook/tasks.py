"""Exercises of a class: what was passed, where hints ran out, and who is stuck."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd

from coursekit.classbook.reading import Class
from coursekit.content import by_course, folder
from coursekit.documents import read
from coursekit.errors import CourseError
from coursekit.profile import profile
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# As many as a task has, where the sheet is not at hand.
HINTS = 3
COLUMNS = ["set", "task", "graded", "points", "of", "open"]
GRADES = """
    SELECT assignment.name AS 'set', base_cell.name AS task, grade_cells.max_score AS most,
           grade.auto_score AS auto, grade.manual_score AS manual,
           grade.extra_credit AS extra, grade.needs_manual_grade AS waits
    FROM grade
    JOIN base_cell ON grade.cell_id = base_cell.id
    JOIN grade_cells ON grade_cells.id = base_cell.id
    JOIN notebook ON base_cell.notebook_id = notebook.id
    JOIN assignment ON notebook.assignment_id = assignment.id
"""


@by_course
def sheets():
    """Read what the sets ask; a course without sets has none."""
    try:
        paths = sorted((folder("exercises") / "release").glob("*/checks.yaml"))
    except CourseError:
        return {}
    sheets = [read(path) for path in paths]
    return {f"{one['set']}/{name}": task for one in sheets for name, task in one["tasks"].items()}


def outcomes(made: Class) -> pd.DataFrame:
    """Say what became of each task that a student checked.

    Returns
    -------
    pandas.DataFrame
        ``student``, ``task`` (such as ``02/members_in``), ``state`` (``passed``, ``possible``:
        marked later, or ``open``), ``failed`` checks, the highest ``hint`` that was seen (0 if
        none), ``spent``: whether that was the last one, ``mistake``: the name of the commonest
        failure, or empty.
    """
    entries, known = made.entries, sheets()
    checked = entries[(entries["verb"] == "checked") & (entries["kind"] == "exercise")]
    checked = checked.rename(columns={"item": "task"})
    if known:
        checked = checked[checked["task"].isin(known)]
    key = ["student", "task"]
    # Whether a possible answer is right is not known: it is neither.
    checked = checked.assign(right=checked["success"].eq(True), wrong=checked["success"].eq(False))
    grouped = checked.assign(seen=checked["attempt"].fillna(0).astype(int)).groupby(key, sort=False)
    sums = {"last": ("wrong", "last"), "failed": ("wrong", "sum"), "seen": ("seen", "max")}
    found = grouped.agg(passed=("right", "any"), **sums).reset_index()
    levels = found["task"].map(lambda task: len(known.get(task, {}).get("hints", ())) or HINTS)
    found["state"] = np.select([found["passed"], found["last"]], ["passed", "open"], "possible")
    found["hint"] = np.minimum(found["seen"], levels)
    found["spent"] = found["hint"] == levels
    counts = checked[checked["wrong"]].value_counts([*key, "mistake"]).reset_index()
    common = counts.drop_duplicates(key).set_index(key)["mistake"]
    found["mistake"] = found.join(common, on=key)["mistake"].fillna("")
    return found[[*key, "state", "failed", "hint", "spent", "mistake"]]


def tasks(found: pd.DataFrame) -> pd.DataFrame:
    """Describe each task: how many tried and passed, which hints they saw, what failed most.

    Returns
    -------
    pandas.DataFrame
        ``task``, ``tried``, ``passed``, ``possible``, ``open``; ``no_hint``, ``some_hints``,
        ``all_hints`` (students by the last hint seen); ``failure``, the commonest by students
        who met it, and ``met`` (how many).
    """
    known, rows = sheets(), []
    order = {name: place for place, name in enumerate(known)}
    groups = found.groupby("task")
    for task, group in sorted(groups, key=lambda one: (order.get(one[0], len(order)), one[0])):
        states = [int((group["state"] == state).sum()) for state in ("passed", "possible", "open")]
        none, all_ = int((group["hint"] == 0).sum()), int(group["spent"].sum())
        seen = none, len(group) - none - all_, all_
        common = group.loc[group["mistake"] != "", "mistake"].value_counts()
        failure = (common.index[0], int(common.iloc[0])) if len(common) else ("", 0)
        rows.append((task, len(group), *states, *seen, *failure))
    columns = "task tried passed possible open no_hint some_hints all_hints failure met"
    return pd.DataFrame(rows, columns=columns.split())


def marks(path: Path) -> pd.DataFrame:
    """Read points by task out of nbgrader's gradebook; raises CourseError if it is none."""
    try:
        address = f"{Path(path).resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as base:
            table = pd.read_sql_query(GRADES, base)
    except (sqlite3.Error, pd.errors.DatabaseError, OSError):
        raise CourseError(SAY("no_gradebook", file=path.name)) from None
    numbers = table[["auto", "manual", "extra"]].apply(pd.to_numeric, errors="coerce")
    table["points"] = numbers["manual"].fillna(numbers["auto"]) + numbers["extra"].fillna(0)
    table["open"] = table["waits"].astype(bool) | table["points"].isna()
    table["points"] = table["points"].mask(table["open"])
    grouped = table.groupby(["set", "task"], sort=True)
    sums = {"graded": ("points", "count"), "points": ("points", "mean")}
    result = grouped.agg(of=("most", "max"), open=("open", "sum"), **sums)
    return result.reset_index()[COLUMNS]


def stuck(made: Class, found: pd.DataFrame) -> pd.DataFrame:
    """List what students are stuck on.

    A row for each thing: ``student`` (pseudonym), ``on`` (``task``: open although every hint was
    seen; ``question``: still wrong at the newest of several tries), ``item``, and ``failure``, the
    one met most; it is empty for questions.
    """
    open_tasks = found[(found["state"] == "open") & found["spent"]].assign(on="task")
    entries = made.entries
    answers = entries[(entries["verb"] == "answered") & (entries["kind"] == "quiz")]
    newest = answers.drop_duplicates(["student", "item"], keep="last")
    tried = newest[(newest["attempt"].fillna(1) > 1) & newest["success"].eq(False)]
    parts = [
        open_tasks.rename(columns={"task": "item", "mistake": "failure"}),
        tried.assign(on="question", failure=""),
    ]
    table = pd.concat([part[["student", "on", "item", "failure"]] for part in parts])
    return table.sort_values(["student", "on", "item"], ignore_index=True)


def reached(made: Class) -> pd.DataFrame:
    """Say how far each student came.

    Returns
    -------
    pandas.DataFrame
        By pseudonym: ``notebooks`` in which she answered something, tests left out; ``last``,
        the newest of them; ``behind``: by how many notebooks she is behind the middle of the
        class (0 if ahead).
    """
    entries = made.entries
    answers = entries[entries["verb"].isin(["answered", "predicted"])].dropna(subset=["notebook"])
    answers = answers[~answers["notebook"].isin(profile().tests)]
    grouped = answers.groupby("student")["notebook"]
    table = pd.DataFrame(index=made.students.index)
    table["notebooks"] = grouped.nunique().reindex(table.index, fill_value=0)
    table["last"] = grouped.last().reindex(table.index, fill_value="")
    table["behind"] = (table["notebooks"].median() - table["notebooks"]).clip(lower=0).astype(int)
    return table
