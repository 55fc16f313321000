"""Statements as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from coursekit.collecting import without_collecting
from coursekit.ids import notebook_of
from coursekit.record.chain import CHAIN
from coursekit.record.reading import Row, row
from coursekit.record.xapi import Statement

if TYPE_CHECKING:
    import pandas as pd

TIMES = "datetime64[us, UTC]"
DTYPES = {"time": TIMES, "success": "boolean", "score": "float64", "confidence": "float64"}
COLUMNS = ["time", "verb", "activity", "kind", "notebook", "item", "success", "score", "response"]
COLUMNS += ["confidence", "objective"]


@cache
def _parts_of(activity: str) -> tuple[str, str | None, str]:
    """Tell kind, notebook and item: a/notebook/item, or a/notebook-item."""
    kind, _, item = activity.partition("/")
    notebook, _, within = item.partition("/")
    if kind in ("quiz", "exercise") and within:
        return kind, notebook, within
    return kind, notebook_of(item) if "-" in item and not within else None, item


def to_frame(statements: Iterable[Statement]) -> pd.DataFrame:
    """Put statements into a table, one row a statement.

    Parameters
    ----------
    statements : list of dict
        As `Record.statements` gives them, or as they are in the file.

    Returns
    -------
    pandas.DataFrame
        ``time`` (UTC), ``verb``, ``activity``, ``kind`` (first part of the activity),
        ``notebook`` (from the context, else from the activity),
        ``item`` (the rest of the activity), ``success``, ``score`` (0 to 1), ``response``,
        ``confidence`` (0 to 1), ``objective``, then a column for each further extension. Empty
        where nothing is known.

    Examples
    --------
    >>> to_frame([]).columns[:3].tolist()
    ['time', 'verb', 'activity']
    """
    return from_rows([row(made) for made in statements])


def from_rows(rows: Sequence[Row]) -> pd.DataFrame:
    """Put rows into a table."""
    import pandas as pd

    with without_collecting():
        table = _columns(rows)
    table["time"] = pd.to_datetime(table["time"], utc=True, format="ISO8601", errors="coerce")
    return pd.DataFrame(
        {name: pd.Series(v, dtype=DTYPES.get(name, "object")) for name, v in table.items()}
    )


def _columns(rows: Sequence[Row]) -> dict[str, Any]:
    fields = zip(*rows, strict=True) if rows else [()] * len(Row._fields)
    own: dict[str, Any] = dict(zip(Row._fields, fields, strict=True))
    given = own.pop("extensions")
    places = [_parts_of(activity) for activity in own["activity"]]
    names = dict.fromkeys([*COLUMNS, *chain.from_iterable(given)])
    for name in ("schema", CHAIN):
        names.pop(name, None)
    more = {name: [each.get(name) for each in given] for name in names if name not in own}
    own["kind"], own["item"] = [kind for kind, _, _ in places], [item for _, _, item in places]
    pairs = zip(more["notebook"], places, strict=True)
    own["notebook"] = [asked_in or found for asked_in, (_, found, _) in pairs]
    return dict.fromkeys(COLUMNS) | more | own
