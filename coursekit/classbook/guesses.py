"""How far off the predictions of a class were, and how its judgements moved."""

import numpy as np
import pandas as pd

from coursekit.classbook.reading import Class, answer_to, predictions, responses
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.predictions import judge, read_response

NEAR = ("exact", "near")


def verdicts(made: Class) -> pd.DataFrame:
    """Judge what each student locked in.

    Returns
    -------
    pandas.DataFrame
        ``student``, ``prediction``, ``verdict`` (see `coursekit.predictions.judge`), and for
        numbers and curves ``off``: how far from the answer, in units, on average over a curve,
        and ``leaning``: the same with its sign. What does not fit its prediction is left out.
    """
    entries, rows = made.entries[made.entries["verb"] == "predicted"], []
    for one, asked, response in responses(entries, predictions()):
        try:
            given = read_response(asked, response)
        except (CourseError, ValueError, TypeError, RecursionError):
            continue
        answer = answer_to(one.item)
        verdict = judge(asked, given, answer).kind
        choice = asked.kind == "choice"
        gap = np.nan if choice else np.subtract(given, asked.rounded(answer))
        rows.append((one.student, one.item, verdict, np.mean(np.abs(gap)), np.mean(gap)))
    columns = ["student", "prediction", "verdict", "off", "leaning"]
    table = pd.DataFrame(rows, columns=columns)
    return table.drop_duplicates(["student", "prediction"]).reset_index(drop=True)


def guesses(judged: pd.DataFrame) -> pd.DataFrame:
    """Describe each prediction that was made, the most surprising reveal first.

    Columns: ``prediction``, ``kind``, ``ask``, ``students``, ``surprised``: the share that was
    neither exact nor near (0 to 1), the share ``opposite``, the middle distance ``off`` and its
    middle direction ``leaning``, in ``unit``.
    """
    known, rows = predictions(), []
    for id, group in judged.groupby("prediction", sort=False):
        asked = known[id]
        surprised = 1 - group["verdict"].isin(NEAR).mean()
        opposite = (group["verdict"] == "opposite").mean()
        middle = group["off"].median(), group["leaning"].median()
        shares = len(group), surprised, opposite
        rows.append((id, asked.kind, asked.ask, *shares, *middle, asked.unit))
    columns = "prediction kind ask students surprised opposite off leaning unit"
    table = pd.DataFrame(rows, columns=columns.split())
    by = ["surprised", "opposite", "prediction"]
    return table.sort_values(by, ascending=[False, False, True]).reset_index(drop=True)


def credences(made: Class) -> pd.DataFrame:
    """List how probable the claims seemed, to those who judged at the start and at the end.

    Returns
    -------
    pandas.DataFrame
        ``student``, ``claim``, ``text``, ``start`` and ``end`` (0 to 1), ``reason``.
    """
    rated = made.entries[made.entries["verb"] == "rated"].copy()
    rated[["claim", "when"]] = rated["item"].str.extract(r"^([^/]+)/(start|end)$")
    texts = load("anchors").set_index("claim")["asked"]
    rated = rated[rated["claim"].isin(texts.index) & rated["score"].notna()]
    start, end = (
        rated.loc[rated["when"] == when, ["student", "claim", "score", "response"]]
        .astype({"score": float})
        .rename(columns={"score": when})
        for when in ("start", "end")
    )
    both = start.drop(columns="response").merge(end, on=["student", "claim"])
    both.insert(2, "text", both["claim"].map(texts))
    both = both.rename(columns={"response": "reason"})
    return both.sort_values(["claim", "student"], ignore_index=True)
