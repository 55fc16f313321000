"""What the instructor reads of a class: all of it, each student under a pseudonym."""

import pandas as pd

from coursekit.classbook.drawing import (
    calibration_figure,
    credence_dots,
    items_figure,
    pairs_figure,
)
from coursekit.classbook.gains import FEWEST
from coursekit.classbook.page import Section, Table
from coursekit.classbook.results import Results
from coursekit.sentences import Sentences

__all__ = ["facts", "sections"]

SAY = Sentences(__file__)
# So many wrong choices, students and claims a table names; the rest is in the files.
MOST = 15
BEHIND = 2


def _share(value):
    return "" if pd.isna(value) else f"{value:.0%}"


def _number(value, digits=2):
    return "" if pd.isna(value) else f"{value:.{digits}f}".replace("-", "−")


def _between(value, low, high):
    if pd.isna(value):
        return ""
    interval = "" if pd.isna(low) else f" ({low:.0%} to {high:.0%})"
    return f"{value:.0%}{interval}".replace("-", "−")


def _table(name, rows, **more):
    said = SAY["tables"][name]
    return Table(said["caption"], tuple(said["head"]), rows, tuple(said.get("numbers", ())), **more)


def _section(id, figures=(), tables=(), notes=()):
    said = SAY["sections"][id]
    return Section(id, said["title"], said["lead"], tuple(figures), tuple(tables), tuple(notes))


def facts(found: Results) -> list[str]:
    """Say how large the class is, and what could not be read."""
    people = found.made.students
    said = [SAY("size", students=len(people), statements=int(people["statements"].sum()))]
    return said + list(found.said)


def sections(found: Results) -> list[Section]:
    """Make the parts of the page; a part with nothing in it is left out."""
    parts = [_suspects, _questions, _gains, _sure, _predictions, _credences, _exercises, _stuck]
    return [made for part in parts if (made := part(found)) is not None]


def _suspects(found):
    named = found.items[found.items["suspicion"] != ""]
    rows = [
        (
            one.question,
            SAY["flags"][one.suspicion],
            one.stem,
            one.suspect,
            _share(one.difficulty),
            _number(one.discrimination),
        )
        for one in named.itertuples()
    ]
    return _section(
        "suspects",
        tables=[_table("suspects", rows)] if rows else (),
        notes=() if rows else [SAY["no_suspects"]],
    )


def _questions(found):
    if found.items.empty:
        return None
    rows = [
        (
            one.question,
            one.stem,
            one.answered,
            one.omitted,
            _between(one.difficulty, one.low, one.high),
            _number(one.discrimination),
        )
        for one in found.items.sort_values("difficulty", kind="stable").itertuples()
    ]
    wrong = found.options[~found.options["right"] & (found.options["misconception"] != "")]
    common = wrong.sort_values("share", ascending=False, kind="stable")
    ideas = [
        (one.question, one.text, one.misconception, one.chosen, _share(one.share))
        for one in common.head(MOST).itertuples()
    ]
    chosen = [
        (
            one.question,
            one.text,
            SAY["right"] if one.right else "",
            one.chosen,
            _share(one.share),
            _number(one.discrimination),
        )
        for one in found.options.itertuples()
    ]
    tables = [
        _table("ideas", ideas),
        _table("questions", rows, folded=True),
        _table("choices", chosen, folded=True),
    ]
    return _section("questions", [items_figure(found.items)], tables)


def _gains(found):
    if found.gains.empty or found.gains["students"].iloc[0] < FEWEST:
        return _section("gains", notes=[SAY("few_both", least=FEWEST)])
    whole, each = found.gains.iloc[0], found.gains.iloc[1:]
    rows = [
        (
            one.objective or SAY["all"],
            _share(one.before),
            _share(one.after),
            _between(one.gain, one.low, one.high),
        )
        for one in found.gains.itertuples()
    ]
    said = SAY(
        "gain",
        students=whole["students"],
        gain=_between(whole["gain"], whole["low"], whole["high"]),
        mean=_between(whole["mean_gain"], whole["mean_low"], whole["mean_high"]),
        full=int(whole["full"]),
    )
    alt = SAY("gain_alt", before=whole["before"], after=whole["after"], count=len(each))
    drawn = each.rename(columns={"objective": "text"})
    figures = [pairs_figure(drawn, *SAY["tests"], alt)]
    return _section("gains", figures, [_table("gains", rows)], [said])


def _sure(found):
    if found.calibration.empty:
        return None
    rows = [
        (
            one.quarter,
            one.students,
            _share(one.confidence),
            _share(one.share),
            _between(one.over, one.low, one.high),
        )
        for one in found.quarters.itertuples()
    ]
    tables = [_table("quarters", rows)] if rows else []
    notes = [] if rows else [SAY["few_quarters"]]
    return _section("sure", [calibration_figure(found.calibration)], tables, notes)


def _predictions(found):
    if found.predictions.empty:
        return None
    rows = [
        (
            one.prediction,
            one.ask,
            one.students,
            _share(one.surprised),
            f"{_number(one.off, 1)} {one.unit}".strip(),
            _number(one.leaning, 1),
        )
        for one in found.predictions.itertuples()
    ]
    first, rest = rows[:MOST], rows[MOST:]
    tables = [_table("predictions", first)]
    tables += [_table("more_predictions", rest, folded=True)] if rest else []
    return _section("predictions", (), tables)


def _credences(found):
    if found.credences.empty:
        return None
    table = found.credences
    means = table.groupby(["claim", "text"]).agg(
        students=("student", "size"), start=("start", "mean"), end=("end", "mean")
    )
    rows = [
        (f"{claim}. {text}", one.students, _share(one.start), _share(one.end))
        for (claim, text), one in zip(means.index, means.itertuples(), strict=True)
    ]
    reasons = [
        (one.claim, one.student, f"{_share(one.start)} → {_share(one.end)}", one.reason)
        for one in table.itertuples()
        if one.reason and isinstance(one.reason, str)
    ]
    tables = [_table("credences", rows), _table("reasons", reasons, folded=True)]
    return _section("credences", [credence_dots(table)], tables)


def _exercises(found):
    if found.tasks.empty and found.marks.empty:
        return None
    rows = [
        (
            one.task,
            one.tried,
            one.passed,
            one.possible,
            one.open,
            one.no_hint,
            one.some_hints,
            one.all_hints,
            f"{one.failure.replace('_', ' ')} ({one.met})" if one.met else "",
        )
        for one in found.tasks.itertuples()
    ]
    points = [
        (one.set, one.task, one.graded, one.open, _number(one.points), _number(one.of, 1))
        for one in found.marks.itertuples()
    ]
    tables = [_table("tasks", rows)] if rows else []
    tables += [_table("marks", points)] if points else []
    return _section("exercises", (), tables, () if points else [SAY["no_marks"]])


def _stuck(found):
    rows = []
    counts = found.stuck["student"].value_counts()
    far = found.reached[found.reached["behind"] >= BEHIND].index
    for student in [*counts.index, *far.difference(counts.index)][: 2 * MOST]:
        mine = found.stuck[found.stuck["student"] == student]
        tasks = mine[mine["on"] == "task"]
        named = [
            f"{one.item} ({one.failure.replace('_', ' ')})" if one.failure else one.item
            for one in tasks.itertuples()
        ]
        where = found.reached.loc[student]
        wrong = len(mine) - len(tasks)
        rows.append((student, _short(named), wrong, where["last"], int(where["behind"])))
    if not rows:
        return _section("stuck", notes=[SAY["nobody_stuck"]])
    return _section("stuck", (), [_table("stuck", rows)])


def _short(names, most=4):
    more = SAY("more", count=len(names) - most) if len(names) > most else ""
    return ", ".join(names[:most]) + more
