"""Official texts compared: five summits on one subject, and one paragraph in parts."""

from functools import cache

import pandas as pd

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.forms.sorting import Item, Kind, Sorting
from coursekit.nato.statements.quotations import Statement, row_of, statement

__all__ = ["changes", "citation", "citations_to_sort", "side_by_side", "versions"]


def versions() -> list[str]:
    """List the summit texts on Ukraine's membership.

    Returns
    -------
    list of str
        Place and year, in order of time.

    Examples
    --------
    >>> versions()
    ['Bucharest 2008', 'Brussels 2021', 'Vilnius 2023', 'Washington 2024', 'The Hague 2025']
    """
    return list(load("text_versions").sort_values("date", kind="stable")["version"])


def side_by_side() -> pd.DataFrame:
    """Set the summit texts side by side.

    Returns
    -------
    pandas.DataFrame
        A row for each point, a column for each text; empty where a text does not mention it.

    Examples
    --------
    >>> side_by_side().loc["Path to membership"].tolist()
    ['', '', '', 'irreversible', '']
    """
    return _grid().copy()


@cache
def _grid() -> pd.DataFrame:
    points = load("text_points")
    wide = points.pivot(index="point", columns="version", values="state").fillna("")
    wide = wide.loc[points["point"].unique(), versions()]
    return wide.rename_axis(index=None, columns=None)


def changes(version: str) -> pd.DataFrame:
    """Compare a summit text with the one before it.

    Parameters
    ----------
    version : str
        One of `versions`.

    Returns
    -------
    pandas.DataFrame
        A row for each point of the text, then for each point that it no longer mentions:
        ``point``, ``now``, ``before`` and ``change`` (first text, new, changed, as before, no
        longer mentioned).

    Raises
    ------
    CourseError
        If there is no such text.

    Examples
    --------
    >>> changes("The Hague 2025").set_index("point").loc["Path to membership", "change"]
    'no longer mentioned'
    """
    order = versions()
    if version not in order:
        raise unknown("text", version, order)
    table = _grid()
    now = table[version]
    place = order.index(version)
    before = table[order[place - 1]] if place else pd.Series("", index=table.index)
    rows = [
        (point, now[point], before[point], _compared(now[point], before[point], first=not place))
        for point in table.index
        if now[point] or before[point]
    ]
    found = pd.DataFrame(rows, columns=["point", "now", "before", "change"])
    last = {"key": lambda column: column == "", "kind": "stable"}
    return found.sort_values("now", ignore_index=True, **last)


def _compared(now: str, before: str, first: bool) -> str:
    if first:
        return "first text"
    if not before:
        return "new"
    if not now:
        return "no longer mentioned"
    return "as before" if now == before else "changed"


def citation(name: str) -> Statement:
    """Look up a text that uses the Charter for European Security, paragraph 8.

    Parameters
    ----------
    name : str
        Identifier in the table ``half_citations``, such as ``"Q1"``.

    Returns
    -------
    Statement
        What was said, by whom and when.

    Raises
    ------
    CourseError
        If there is no such text.

    Examples
    --------
    >>> citation("Q6").speaker
    'Sergey Lavrov'
    """
    row = row_of("half_citations", "citation", name, "text")
    if row["statement"]:
        return statement(row["statement"])
    given = row[["speaker", "office", "document", "address"]]
    own = {"date": str(row["date"].date()), "words": row["says"], "verified": row["checked"]}
    return Statement(name="", quotation="", note="", **own, **given)


def citations_to_sort() -> Sorting:
    """Collect the texts that use one part of the paragraph, or more.

    Returns
    -------
    Sorting
        Nine dated texts, and the parts.

    Examples
    --------
    >>> citations_to_sort().judge("Q2", "both").mark
    'agrees'
    """
    items = {}
    for row in load("half_citations").itertuples():
        said = citation(row.citation)
        items[row.citation] = Item(said.quotation or said.words, row.half, row.reason, row.hint)
    parts = load("paragraph_halves")[["half", "label", "task", "alone"]]
    kinds = {half: Kind(*about) for half, *about in parts.itertuples(index=False)}
    return Sorting(items=items, kinds=kinds, noun="text")
