"""The claim sorter: twelve claims, six kinds."""

from html import escape

from coursekit.forms.sorting import claims_to_sort
from coursekit.forms.tables import stored_table, table
from coursekit.widgets.sorting_lab import SortingLab

__all__ = ["ClaimSorter", "claim_sorter"]

HOW = (
    "The kind of a claim says what would settle it, not whether it is true. The first check gives "
    "a hint where your answer differs from the key, the second gives the key. Some claims are "
    "debatable: two answers are accepted."
)


class ClaimSorter(SortingLab):
    """Sort twelve claims of the essay by kind."""

    def __init__(self, ask: str = ""):
        sorting = claims_to_sort()
        kinds = table(
            ("kind", "such a claim would have to", "settled by"),
            [(kind.label, kind.task, kind.note) for kind in sorting.kinds.values()],
        )
        super().__init__(
            ask,
            sorting,
            intro=f"<p>{HOW}</p>{kinds}",
            shown={
                name: f"<b>{name}</b> {escape(item.text)}" for name, item in sorting.items.items()
            },
            labels={name: f"{name} is" for name in sorting.items},
            stored=lambda: stored_table(
                f"Sort these {len(sorting.items)} claims by kind: "
                f"{', '.join(kind.label for kind in sorting.kinds.values())}.",
                ("claim", "in the course's words"),
                [(name, item.text) for name, item in sorting.items.items()],
            ),
            code="from coursekit.forms.sorting import claims_to_sort\nclaims_to_sort()",
        )


def claim_sorter(ask=""):
    """Show twelve claims of the essay, to be sorted by kind.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the claims.

    Returns
    -------
    ClaimSorter
        A choice for each claim; after a check, how it stands to the key, and why.
    """
    return ClaimSorter(ask=ask)
