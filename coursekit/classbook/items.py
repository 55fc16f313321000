"""Which questions were hard, which tell students apart, and which should be read again."""

from collections import defaultdict

import numpy as np
import pandas as pd
from scipy.stats import pearsonr, ttest_ind

from coursekit.classbook.answers import wide
from coursekit.classbook.reading import questions
from coursekit.ids import bank_of
from coursekit.intervals import share_interval

# With fewer students a correlation shows little but chance.
FEWEST = 10
# A rest of fewer questions says little about what a student knows.
REST = 5
# Chance alone names one sound question in a hundred, or fewer.
CHANCE = 0.01
# Two groups are taken for equals unless chance alone makes them as unlike this seldom.
EVEN, FEW_EVEN = 0.02, 0.1
COMMON, ENOUGH = 0.25, 20
FAR_MORE = 3
# Whoever chooses a second right answer is not few.
SHARE = 0.1
# Nearly all of those who know least: the lower end of the interval for their share.
GIVEN_AWAY = 0.8
FLAGS = ("miskeyed", "two_right", "giveaway")


def rest_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Score each student on all other questions, for each question.

    A question counts by how much a student was above or below the class, so that nobody is worse
    off for having answered the harder ones. Short answers, which students rate themselves, do not
    count towards the rest.

    Returns
    -------
    pandas.DataFrame
        Of the same shape; empty where fewer than five others were answered.
    """
    known = questions()
    rated = np.array([known[id].type == "short" for id in table.columns], dtype=bool)
    above = (table - table.mean()).to_numpy()
    counted = np.where(rated, np.nan, above)
    total = np.nansum(counted, axis=1, keepdims=True)
    number = np.sum(~np.isnan(counted), axis=1, keepdims=True)
    others = number - ~np.isnan(counted)
    rest = (total - np.nan_to_num(counted)) / np.where(others >= REST, others, np.nan)
    return pd.DataFrame(rest, index=table.index, columns=table.columns)


def _related(mark, rest):
    """Correlate a mark with the rest; None with too few students or where all are alike."""
    both = mark.notna() & rest.notna()
    mark, rest = mark[both], rest[both]
    if len(mark) < FEWEST or mark.nunique() < 2 or rest.nunique() < 2:
        return None
    return pearsonr(mark, rest)


def items(answers: pd.DataFrame) -> pd.DataFrame:
    """Describe each question that was answered, those to read again first.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``bank``, ``type``, ``objective``, ``stem``; ``asked``: how many answered a
        question of its bank, of whom ``omitted`` left this one out; ``answered``, ``right``;
        ``difficulty``: the share of right answers (0 to 1, the higher the easier), with the
        exact 95 per cent interval ``low`` to ``high``; ``discrimination``: the item-rest
        correlation (-1 to 1) from ``disc_low`` to ``disc_high``; ``suspicion`` (one of `FLAGS`
        or empty) and ``suspect``, the choice that it is about.
    """
    begun = answers.groupby("bank")["student"].nunique()
    known, rows = questions(), []
    for before in (True, False):
        table = wide(answers, before=before)
        rest = rest_scores(table)
        suspect = suspicions(answers, table, rest)
        for id in table.columns:
            one, marks = known[id], table[id].dropna()
            right, n = int(marks.sum()), len(marks)
            related = _related(table[id], rest[id])
            apart = (np.nan,) * 3
            if related:
                apart = related.statistic, *related.confidence_interval()
            asked = int(begun[bank_of(id)])
            about = id, bank_of(id), one.type, one.objective, one.stem
            counts = asked, asked - n, n, right, right / n, *share_interval(right, n)
            rows.append((*about, *counts, *apart, *suspect.get(id, ("", ""))))
    columns = "question bank type objective stem asked omitted answered right difficulty low high"
    columns += " discrimination disc_low disc_high suspicion suspect"
    table = pd.DataFrame(rows, columns=columns.split())
    first = table["suspicion"].map({name: place for place, name in enumerate(FLAGS)})
    return table.iloc[np.argsort(first.fillna(len(FLAGS)), kind="stable")].reset_index(drop=True)


def options(answers: pd.DataFrame) -> pd.DataFrame:
    """Count what was chosen, with the misconception that each wrong choice reveals.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``choice``, ``text``, ``right``, ``misconception``, ``chosen`` (students),
        ``share`` of those who answered, and ``discrimination``: the correlation of choosing it
        with the result on the other questions.
    """
    rows = []
    for before in (True, False):
        table = wide(answers, before=before)
        rest = rest_scores(table)
        marks = _marks(answers, table)
        for id in table.columns:
            for choice, mark in marks[id].items():
                related, count = _related(mark, rest[id]), int(mark.sum())
                correlation = related.statistic if related else np.nan
                rows.append((id, *choice, count, count / mark.notna().sum(), correlation))
    columns = ["question", "choice", "text", "right", "misconception", "chosen", "share"]
    table = pd.DataFrame(rows, columns=[*columns, "discrimination"])
    return table.sort_values(["question", "chosen"], ascending=[True, False], kind="stable")


def _marks(answers, table):
    """Mark for each choice who made it (1) and who answered otherwise (0)."""
    found = defaultdict(dict)
    mine = answers[answers["question"].isin(table.columns)]
    for one in mine.itertuples():
        for choice in one.choices:
            found[one.question].setdefault(choice, []).append(one.student)
    marks = defaultdict(dict)
    for id, made in found.items():
        nobody = table[id].where(table[id].isna(), 0.0)
        for choice, students in made.items():
            marks[id][choice] = nobody.copy()
            marks[id][choice].loc[students] = 1.0
    return marks


def suspicions(answers, table: pd.DataFrame, rest: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Name the questions whose answers look as they would if something were wrong with them.

    Miskeyed: a wrong answer is commoner than the right one, and those who choose it know more.
    Two right answers: those who choose a wrong answer know as much as those who choose the key.
    Giveaway: nearly all are right, and so are those in the lowest third of the class.

    Returns
    -------
    dict of str to (str, str)
        One of `FLAGS` and the text of the choice that it is about, by question.
    """
    marks, found = _marks(answers, table), {}
    for id in table.columns:
        answered = table[id].notna().sum()
        if answered < FEWEST or questions()[id].type == "short":
            continue
        key = next((mark for choice, mark in marks[id].items() if choice.right), None)
        liked = [
            (related.statistic, choice.text, _better(mark, table[id], rest[id]))
            for choice, mark in marks[id].items()
            if not choice.right and mark.sum() >= SHARE * answered
            for related in [_related(mark, rest[id])]
            if related and (_more(related) or _as_good(mark, key, rest[id]))
        ]
        if liked:
            _, text, better = max(liked)
            found[id] = ("miskeyed" if better else "two_right", text)
        elif _given_away(table[id], rest[id]):
            found[id] = ("giveaway", "")
    return found


def _more(related):
    """Tell whether a choice goes with knowing more, by more than chance explains."""
    return related.statistic > 0 and related.pvalue / 2 < CHANCE


def _better(mark, right, rest):
    """Tell whether a wrong choice is commoner than right answers, and goes with knowing more."""
    mine, theirs = rest[(mark == 1)].dropna(), rest[(right == 1) & (mark == 0)].dropna()
    if len(mine) <= len(theirs):
        return False
    # Where so few are right there is hardly anybody to compare with.
    if len(mine) > FAR_MORE * len(theirs):
        return True
    own = _related(right, rest)
    if own and own.statistic < 0 and own.pvalue / 2 < CHANCE:
        return True
    return ttest_ind(mine, theirs, equal_var=False, alternative="greater").pvalue < CHANCE


def _as_good(mark, key, rest):
    """Tell whether those who make a wrong choice know as much as those who choose the key.

    They do if a quarter of the class or more makes it and they know no less than the others. If
    they are fewer, they must know more than those who choose anything else as well.
    """
    if key is None or len(rest[(key == 1) & (mark == 1)].dropna()):
        return False
    groups = mark == 1, key == 1, (mark == 0) & (key == 0)
    mine, theirs, others = (rest[chosen].dropna() for chosen in groups)
    if min(len(mine), len(theirs)) < REST:
        return False
    less = ttest_ind(mine, theirs, equal_var=False, alternative="less").pvalue
    if len(mine) >= COMMON * mark.notna().sum() and min(len(mine), len(theirs)) >= ENOUGH:
        return less > EVEN
    if len(others) < REST:
        return False
    more = ttest_ind(mine, others, equal_var=False, alternative="greater").pvalue
    return less > FEW_EVEN and more < CHANCE / 2


def _given_away(marks, rest):
    known = marks[marks.notna() & rest.notna()]
    lowest = known[rest[known.index] <= rest[known.index].quantile(1 / 3)]
    if len(lowest) < FEWEST:
        return False
    return share_interval(int(lowest.sum()), len(lowest))[0] >= GIVEN_AWAY
