"""What a class may see of itself: no group under five, and nothing from which one follows.

Each table counts the whole class, in groups of five and more rounded to fives. Averages are over
one set of students a part, and of no fewer than five.
"""

from collections import Counter
from functools import partial

import pandas as pd

from coursekit.classbook.drawing import calibration_figure, pairs_figure
from coursekit.classbook.groups import LEAST, SHARED, about, fit_to_show, share_to_show
from coursekit.classbook.guesses import NEAR
from coursekit.classbook.page import Section, Table, html, section
from coursekit.classbook.reading import predictions, questions
from coursekit.classbook.results import Results
from coursekit.ids import bank_of
from coursekit.intervals import share_interval
from coursekit.profile import profile
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
# So many of each kind are enough to talk about.
MOST = 10


def _counted(given: dict[str, str], found: Results) -> str:
    """Count the whole class by group; whoever is in none gave no answer."""
    counts = Counter(given.get(student, SAY["none"]) for student in found.made.students.index)
    ordered = dict(sorted(counts.items(), key=lambda one: (one[0] == SAY["none"], -one[1], one[0])))
    shown = fit_to_show(ordered, SAY["rest"])
    return "; ".join(SAY("group", name=name, count=count) for name, count in shown.items())


def _table(name, rows):
    said = SAY["tables"][name]
    return Table(said["caption"], tuple(said["head"]), rows)


_section = partial(section, SAY["sections"])


def facts(found: Results) -> list[str]:
    """Say how the numbers are to be read."""
    if len(found.made.students) < LEAST:
        return [SAY["small"]]
    return [SAY("how", students=about(len(found.made.students)))]


def page(found: Results) -> str:
    """Write the page."""
    return html(SAY["title"], "", facts(found), sections(found))


def sections(found: Results) -> list[Section]:
    """Make the parts of the page; for a class smaller than five there is none."""
    if len(found.made.students) < LEAST:
        return []
    parts = [_questions, _gains, _sure, _predictions, _credences, _exercises]
    return [made for part in parts if (made := part(found)) is not None]


def _questions(found):
    # Those that may be faulty are the instructor's matter, and the test before told no answers.
    sound = found.items[(found.items["suspicion"] == "") & (found.items["type"] != "short")]
    sound = sound[sound["bank"] != profile().before]
    rows = []
    for id in sound.sort_values("difficulty", kind="stable")["question"].head(MOST):
        mine = found.answers[found.answers["question"] == id]
        single = questions()[id].type == "single"
        given = {
            one.student: SAY("chose", text=one.choices[0].text)
            if single and not one.right
            else SAY["right" if one.right else "wrong"]
            for one in mine.itertuples()
        }
        if shown := _counted(given, found):
            rows.append((bank_of(id), questions()[id].stem, shown))
    return _section("hard", (), [_table("hard", rows)]) if rows else None


def _gains(found):
    if found.gains.empty or found.gains["students"].iloc[0] < SHARED:
        return None
    whole, each = found.gains.iloc[0], found.gains.iloc[1:]
    n, rows, drawn = int(whole["students"]), [], []
    for one in each.itertuples():
        shares = {when: share_to_show(getattr(one, when), n) for when in ("before", "after")}
        rows.append((one.objective, *map(_share_said, shares.values())))
        drawn.append({"text": one.objective, **shares})
    ends = f"{whole['before']:.0%}", f"{whole['after']:.0%}"
    alt = SAY("gain_alt", before=ends[0], after=ends[1])
    figure = pairs_figure(pd.DataFrame(drawn), *SAY["tests"], alt)
    return _section("gains", [figure], [_table("gains", [(SAY["all"], *ends), *rows])])


def _share_said(share):
    return SAY["ends"].get(share, f"{share:.0%}")


def _sure(found):
    table = found.calibration[found.calibration["students"] >= LEAST].copy()
    table["right"], table["answers"] = table["right"].map(about), table["answers"].map(about)
    if table.empty:
        return None
    table["share"] = table["right"] / table["answers"]
    # From rounded numbers too: exact ends would say more than the numbers do.
    ends = [share_interval(one.right, one.answers) for one in table.itertuples()]
    table["low"], table["high"] = zip(*ends, strict=True)
    return _section("sure", [calibration_figure(table)])


def _predictions(found):
    rows = []
    for one in found.predictions.head(MOST).itertuples():
        mine = found.verdicts[found.verdicts["prediction"] == one.prediction]
        given = {
            row.student: SAY["verdicts"]["near" if row.verdict in NEAR else row.verdict]
            for row in mine.itertuples()
        }
        if shown := _counted(given, found):
            rows.append((predictions()[one.prediction].ask, shown))
    return _section("predictions", (), [_table("predictions", rows)]) if rows else None


def _credences(found):
    # The same students for each claim, so that no two averages differ by a few of them.
    table = found.credences
    claims = table["claim"].nunique()
    whole = table.groupby("student")["claim"].nunique() == claims
    table = table[table["student"].isin(whole[whole].index)]
    if table["student"].nunique() < LEAST:
        return None
    means = table.groupby(["claim", "text"], as_index=False)[["start", "end"]].mean()
    rows = []
    for one in means.itertuples():
        mine = table[table["claim"] == one.claim].set_index("student")
        moved = (mine["end"] - mine["start"]).to_dict()
        given = {who: SAY["moves"][(gap > 0) - (gap < 0)] for who, gap in moved.items()}
        shown = _counted(given, found)
        rows.append((f"{one.claim}. {one.text}", f"{one.start:.0%}", f"{one.end:.0%}", shown))
    drawn = means.assign(text=means["claim"] + ". " + means["text"], before=means["start"])
    drawn["after"] = drawn["end"]
    alt = " ".join(SAY("moved", text=row[0], start=row[1], end=row[2]) for row in rows)
    figure = pairs_figure(drawn, *SAY["times"], alt)
    return _section("credences", [figure], [_table("credences", rows)])


def _exercises(found):
    rows = []
    first = found.tasks.assign(share=found.tasks["open"] / found.tasks["tried"])
    first = first.sort_values("share", ascending=False, kind="stable").head(MOST)
    for one in first.itertuples():
        mine = found.outcomes[found.outcomes["task"] == one.task]
        given = {row.student: SAY["states"][row.state] for row in mine.itertuples()}
        failure = one.failure.replace("_", " ") if one.met >= LEAST else ""
        if shown := _counted(given, found):
            rows.append((one.task, shown, failure))
    return _section("exercises", (), [_table("exercises", rows)]) if rows else None
