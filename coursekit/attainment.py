"""What a record says about progress: what is done, which objectives are met, how sure and right."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import dropwhile
from typing import TYPE_CHECKING

from coursekit.checks.sheet import tells
from coursekit.content import folder
from coursekit.documents import read
from coursekit.ids import notebook_of
from coursekit.intervals import share_interval
from coursekit.predictions.loading import parse, paths
from coursekit.profile import profile
from coursekit.quiz import banks
from coursekit.record.xapi import Statement, activity_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_sure", "calibration", "done", "milestones", "objectives", "stations"]

# So many toys make a milestone.
PLAYFUL = 5


def _with_known_result(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the answers whose result the student knows: the test before the course tells none."""
    answers = frame[(frame["verb"] == "answered") & frame["success"].notna()]
    return answers[~answers["activity"].str.startswith(_untold())]


def _untold() -> str:
    return f"quiz/{profile().before}/"


def done(frame: pd.DataFrame) -> pd.DataFrame:
    """Count what is done in each notebook.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `to_frame`.

    Returns
    -------
    pandas.DataFrame
        A row a notebook, in the order of the course: ``notebook``, ``title``, ``answered`` of
        ``questions``, ``predicted`` of ``predictions``, ``passed`` of ``tasks``, ``given`` of
        ``later``: answers to tasks of which only marking tells whether they are right; ``toys``
        that were played. Each thing counts once, and, toys excepted, only if the course still
        holds it.
    """
    import pandas as pd

    guesses = {notebook_of(path.name): parse(path) for path in paths()}
    files = folder("exercises").glob("release/*/checks.yaml")
    sheets = {notebook_of(path.parent.name): read(path) for path in files}
    checked = frame[frame["verb"] == "checked"]
    verbs = ("answered", "predicted")
    reached = {verb: set(frame.loc[frame["verb"] == verb, "item"]) for verb in verbs}
    for name, unknown in (("passed", False), ("given", True)):
        reached[name] = set(checked.loc[checked["success"].fillna(unknown), "activity"])
    played = set(frame.loc[frame["verb"] == "played", "activity"])
    toys = [notebook_of(name.removeprefix("toy/")) for name in played]
    rows = []
    for bank in sorted(banks(), key=lambda bank: profile().in_order(bank.notebook)):
        notebook = bank.notebook
        questions = {question.id for question in bank.questions}
        predictions = {prediction.id for prediction in guesses.get(notebook, ())}
        tasks, later = set[str](), set[str]()
        for name, entry in sheets.get(notebook, {}).get("tasks", {}).items():
            (tasks if tells(entry, name) else later).add(f"exercise/{notebook}/{name}")
        wanted = dict(zip(reached, (questions, predictions, tasks, later), strict=True))
        counts = [n for verb, ids in wanted.items() for n in (len(ids & reached[verb]), len(ids))]
        rows.append((notebook, bank.title, *counts, toys.count(notebook)))
    totals = ("questions", "predictions", "tasks", "later")
    names = [name for pair in zip(reached, totals, strict=True) for name in pair]
    return pd.DataFrame(rows, columns=["notebook", "title", *names, "toys"])


def stations(counts: pd.DataFrame) -> pd.DataFrame:
    """Say how far each page of the course is, and which comes next.

    A page is ``done`` once all its questions are answered and all its predictions made; tasks are
    extra. Next is the furthest page that was begun or, if that one is done, the page after it; at
    the end of the course the first that is not done.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `done`.

    Returns
    -------
    pandas.DataFrame
        The rows of the notebooks, with ``share`` (0 to 1), ``state`` (``done``, ``begun`` or
        ``to come``) and ``next`` (True for one of them at most).
    """
    pages = counts[~counts["notebook"].isin(profile().tests)].reset_index(drop=True)
    reached = pages["answered"] + pages["predicted"]
    share = reached / (pages["questions"] + pages["predictions"])
    begun = (reached > 0) | (pages["passed"] > 0) | (pages["toys"] > 0)
    state = begun.map({True: "begun", False: "to come"}).mask(share == 1, "done")
    furthest = begun[begun].index.max() if begun.any() else -1
    open_ = share.index[share < 1]
    ahead = [place for place in open_ if place >= furthest] or list(open_)
    following = pages.index == (ahead[0] if ahead else -1)
    return pages.assign(share=share, state=state, next=following)


def milestones(counts: pd.DataFrame) -> dict[str, bool]:
    """Tell which milestones are reached, from the counts of `done`."""
    finished = (stations(counts)["state"] == "done").tolist()
    after = counts[counts["notebook"] == profile().after]
    reached = {
        "first": any(finished),
        "toys": counts["toys"].sum() >= PLAYFUL,
        "half": 2 * sum(finished) >= len(finished),
        "all": all(finished),
    }
    if len(after):
        reached["after"] = (after["answered"] == after["questions"]).all()
    return {name: bool(there) for name, there in reached.items()}


def objectives(frame: pd.DataFrame) -> dict[str, bool]:
    """Tell which objectives are met.

    An objective is met if the newest answer to each of its questions that was answered is right.
    The test before the course does not count.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `to_frame`.

    Returns
    -------
    dict of str to bool
        Whether it is met, for each objective that was tried.
    """
    answers = _with_known_result(frame).dropna(subset=["objective"])
    newest = answers.drop_duplicates("activity", keep="last")
    met = newest.groupby("objective", sort=False)["success"].all()
    return {objective: bool(all_right) for objective, all_right in met.items()}


def calibration(frame: pd.DataFrame) -> pd.DataFrame:
    """Compare how sure the student was with how often she was right.

    Parameters
    ----------
    frame : pandas.DataFrame
        From `to_frame`. Answers with a confidence count, those of the test
        before the course excepted.

    Returns
    -------
    pandas.DataFrame
        A row for each confidence, rounded to tenths: ``confidence``, ``answers``, ``right``,
        ``share`` (all 0 to 1 but the counts), and the exact 95 per cent interval ``low`` to
        ``high``.

    References
    ----------
    lichtenstein1982
    """
    answers = _with_known_result(frame).dropna(subset=["confidence"])
    groups = answers["success"].astype(int).groupby(answers["confidence"].round(1))
    table = groups.agg(answers="size", right="sum").reset_index()
    table["share"] = table["right"] / table["answers"]
    ends = [share_interval(row.right, row.answers) for row in table.itertuples()]
    table["low"], table["high"] = zip(*ends, strict=True) if ends else ([], [])
    return table


def as_sure(statements: Iterable[Statement], answer: Statement) -> tuple[int, int]:
    """Count the answers with the confidence of one, up to this one: a row of `calibration`.

    Parameters
    ----------
    statements : iterable of dict
        In the order in which `Record.statements` gives them; times may be equal.
    answer : dict
        One of them, with a confidence.

    Returns
    -------
    right, answers : int
        How many were right, of how many.
    """
    up_to_it = dropwhile(lambda made: made["id"] != answer["id"], reversed(list(statements)))
    told = [made for made in up_to_it if not activity_of(made).startswith(_untold())]
    alike = [made for made in told if _confidence(made) == _confidence(answer)]
    known = [made.get("result", {}).get("success") for made in alike]
    found = [success for success in known if success is not None]
    return sum(found), len(found)


def _confidence(made: Statement) -> float | None:
    given = made.get("result", {}).get("extensions", {}).get("confidence")
    return None if given is None else round(given, 1)
