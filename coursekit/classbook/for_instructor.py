"""What the instructor reads of a class: all of it, each student under a pseudonym."""

from functools import partial

import pandas as pd

from coursekit.classbook import drawing
from coursekit.classbook.drawing import calibration_figure, credence_dots, items_figure
from coursekit.classbook.gains import FEWEST
from coursekit.classbook.page import Section, Table, html, section
from coursekit.classbook.results import Results
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# So many wrong choices, students and claims a table names; the rest is in the files.
MOST = 15
BEHIND = 2


def _share(value):
    return "" if pd.isna(value) else f"{value:.0%}"


def _number(value, digits=2):
    # Adding zero turns -0 into 0.
    return "" if pd.isna(value) else f"{round(value, digits) + 0:.{digits}f}".replace("-", "−")


def _between(value, low, high):
    if pd.isna(value):
        return ""
    interval = "" if pd.isna(low) else f" ({low:.0%} to {high:.0%})"
    return f"{value:.0%}{interval}".replace("-", "−")


def _intervals(table, value):
    """Write a column of shares with their intervals."""
    columns = (table[name] for name in (value, "low", "high"))
    return table.assign(**{value: list(map(_between, *columns))})


def _table(name, table, /, folded=False, **shown):
    """Make a table of some columns, each with what writes its values."""
    said = SAY["tables"][name]
    columns = (map(write, table[column]) for column, write in shown.items())
    rows = list(zip(*columns, strict=True))
    return Table(said["caption"], tuple(said["head"]), rows, tuple(said.get("numbers", ())), folded)


_section = partial(section, SAY["sections"])


def facts(found: Results) -> list[str]:
    """Say how large the class is, and what could not be read."""
    people = found.made.students
    said = [SAY("size", students=len(people), statements=int(people["statements"].sum()))]
    return said + list(found.said)


def page(found: Results) -> str:
    """Write the page."""
    return html(SAY["title"], SAY["warning"], facts(found), sections(found))


def sections(found: Results) -> list[Section]:
    """Make the parts of the page; a part with nothing in it is left out."""
    parts = [_suspects, _questions, _gains, _sure, _predictions, _credences, _exercises, _stuck]
    return [made for part in parts if (made := part(found)) is not None]


def _suspects(found):
    named = found.items[found.items["suspicion"] != ""]
    if named.empty:
        return _section("suspects", notes=[SAY["no_suspects"]])
    shown = {"question": str, "suspicion": SAY["flags"].get, "stem": str, "suspect": str}
    shown |= {"difficulty": _share, "discrimination": _number}
    return _section("suspects", tables=[_table("suspects", named, **shown)])


def _questions(found):
    if found.items.empty:
        return None
    hardest = found.items.sort_values("difficulty", kind="stable")
    wrong = found.options[~found.options["right"] & (found.options["misconception"] != "")]
    common = wrong.sort_values("share", ascending=False, kind="stable").head(MOST)
    ideas = {"question": str, "text": str, "misconception": str, "chosen": int, "share": _share}
    each = {"question": str, "stem": str, "answered": int, "omitted": int}
    each |= {"difficulty": str, "discrimination": _number}
    chosen = {"question": str, "text": str, "right": lambda right: SAY["right"] if right else ""}
    chosen |= {"chosen": int, "share": _share, "discrimination": _number}
    tables = [
        _table("ideas", common, **ideas),
        _table("questions", _intervals(hardest, "difficulty"), folded=True, **each),
        _table("choices", found.options, folded=True, **chosen),
    ]
    return _section("questions", [items_figure(found.items)], tables)


def _gains(found):
    if found.gains.empty or found.gains["students"].iloc[0] < FEWEST:
        return _section("gains", notes=[SAY("few_both", least=FEWEST)])
    whole, each = found.gains.iloc[0], found.gains.iloc[1:]
    ends = {"gain": ["gain", "low", "high"], "mean": ["mean_gain", "mean_low", "mean_high"]}
    words = {name: _between(*whole[columns]) for name, columns in ends.items()}
    said = SAY("gain", students=whole["students"], full=int(whole["full"]), **words)
    alt = SAY("gain_alt", before=whole["before"], after=whole["after"], count=len(each))
    figure = drawing.pairs_figure(each.rename(columns={"objective": "text"}), *SAY["tests"], alt)
    shown = {"objective": lambda aim: aim or SAY["all"], "before": _share, "after": _share}
    table = _table("gains", _intervals(found.gains, "gain"), **shown, gain=str)
    return _section("gains", [figure], [table], [said])


def _sure(found):
    if found.calibration.empty:
        return None
    figures = [calibration_figure(found.calibration)]
    if found.quarters.empty:
        return _section("sure", figures, notes=[SAY["few_quarters"]])
    shown = {"quarter": int, "students": int, "confidence": _share, "share": _share, "over": str}
    table = _table("quarters", _intervals(found.quarters, "over"), **shown)
    return _section("sure", figures, [table])


def _predictions(found):
    if found.predictions.empty:
        return None
    units = found.predictions["unit"]
    off = found.predictions["off"].map(lambda value: _number(value, 1)) + " " + units
    table = found.predictions.assign(off=off.str.strip())
    shown = {"prediction": str, "ask": str, "students": int, "surprised": _share}
    shown |= {"off": str, "leaning": lambda value: _number(value, 1)}
    tables = [_table("predictions", table.head(MOST), **shown)]
    if len(table) > MOST:
        tables.append(_table("more_predictions", table[MOST:], folded=True, **shown))
    return _section("predictions", (), tables)


def _credences(found):
    if found.credences.empty:
        return None
    table = found.credences
    means = table.groupby(["claim", "text"], as_index=False).agg(
        students=("student", "size"), start=("start", "mean"), end=("end", "mean")
    )
    means["claim"] += ". " + means["text"]
    shown = {"claim": str, "students": int, "start": _share, "end": _share}
    reasons = table[table["reason"].fillna("") != ""]
    given = {"claim": str, "student": str, "start": _share, "end": _share, "reason": str}
    tables = _table("credences", means, **shown), _table("reasons", reasons, folded=True, **given)
    return _section("credences", [credence_dots(table)], tables)


def _exercises(found):
    if found.tasks.empty and found.marks.empty:
        return None
    counts = ["tried", "passed", "possible", "open", "no_hint", "some_hints", "all_hints"]
    shown = {"task": str} | dict.fromkeys(counts, int) | {"failure": str}
    named = found.tasks["failure"].str.replace("_", " ") + found.tasks["met"].map(" ({})".format)
    tasks = found.tasks.assign(failure=named.mask(found.tasks["met"] == 0, ""))
    tables = [_table("tasks", tasks, **shown)] if len(tasks) else []
    shown = {"set": str, "task": str, "graded": int, "open": int, "points": _number, "of": _number}
    tables += [_table("marks", found.marks, **shown)] if len(found.marks) else []
    return _section("exercises", (), tables, () if len(found.marks) else [SAY["no_marks"]])


def _stuck(found):
    rows = []
    for student, where in found.reached.iterrows():
        mine = found.stuck[found.stuck["student"] == student]
        tasks = mine[mine["on"] == "task"]
        if mine.empty and where["behind"] < BEHIND:
            continue
        failures = tasks["failure"].str.replace("_", " ").map(lambda name: name and f" ({name})")
        named = (tasks["item"] + failures).tolist()
        rows.append((student, len(named), _short(named), len(mine) - len(named), *where))
    if not rows:
        return _section("stuck", notes=[SAY["nobody_stuck"]])
    columns = ["student", "count", "tasks", "wrong", *found.reached.columns]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values(["count", "behind", "wrong"], ascending=False, kind="stable")
    table = table.head(2 * MOST)
    shown = {"student": str, "tasks": str, "wrong": int, "last": str, "behind": int}
    return _section("stuck", (), [_table("stuck", table, **shown)])


def _short(names, most=4):
    more = SAY("more", count=len(names) - most) if len(names) > most else ""
    return ", ".join(names[:most]) + more
