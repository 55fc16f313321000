"""How sure a class was against how often it was right."""

import numpy as np
import pandas as pd

from coursekit.classbook.gains import estimate
from coursekit.profile import profile


def _with_confidence(answers):
    return answers[answers["confidence"].notna() & (answers["bank"] != profile().before)]


def _ratio(right, count, axis=-1):
    total = np.sum(count, axis=axis)
    return np.sum(right, axis=axis) / np.where(total > 0, total, np.nan)


def calibration(answers: pd.DataFrame) -> pd.DataFrame:
    """Compare confidence with results: first answers, those of the test before left out.

    Returns
    -------
    pandas.DataFrame
        For each confidence, rounded to tenths: ``confidence`` (0 to 1), ``students``,
        ``answers``, ``right``, ``share`` and its 95 per cent interval ``low`` to ``high``. The
        interval draws students again, since the answers of one student hang together.

    References
    ----------
    lichtenstein1982
    """
    told = _with_confidence(answers)
    rows = []
    for sure, group in told.groupby(told["confidence"].round(1)):
        each = group.groupby("student")["right"].agg(["sum", "size"]).to_numpy(dtype=float)
        found = estimate(_ratio, each[:, 0], each[:, 1])
        rows.append((sure, len(each), len(group), int(group["right"].sum()), *found))
    columns = ["confidence", "students", "answers", "right", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def quarters(answers: pd.DataFrame) -> pd.DataFrame:
    """Compare confidence with results in four quarters of the class, lowest results first.

    Every other question sorts the students, and the rest is compared: with the same questions, bad
    luck would put students into the lowest quarter and make them look surer than they are.

    Returns
    -------
    pandas.DataFrame
        ``quarter`` (1 to 4), ``students``, mean ``confidence``, ``share`` right, and ``over``:
        confidence less share, with its 95 per cent interval ``low`` to ``high``. Without a row
        for fewer than 20 students.
    """
    told = _with_confidence(answers)
    odd = pd.factorize(told["question"])[0] % 2 == 1
    sorting = told[odd].groupby("student")["right"].mean()
    each = told[~odd].groupby("student")[["confidence", "right"]].mean()
    each = each[each.index.isin(sorting.index)]
    columns = ["quarter", "students", "confidence", "share", "over", "low", "high"]
    if len(each) < 20:
        return pd.DataFrame([], columns=columns)
    rank = sorting[each.index].rank(method="first")
    groups = np.ceil(4 * rank / len(each)).astype(int)
    rows = []
    for quarter, group in each.groupby(groups):
        over = (group["confidence"] - group["right"]).to_numpy()
        found = estimate(np.mean, over)
        rows.append(
            (quarter, len(group), group["confidence"].mean(), group["right"].mean(), *found)
        )
    return pd.DataFrame(rows, columns=columns)
