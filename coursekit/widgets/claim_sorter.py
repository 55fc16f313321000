"""The claim sorter: twelve claims, six kinds."""

from coursekit.forms.fields import item
from coursekit.forms.sorting import claims_to_sort
from coursekit.widgets.sorting_card import SortingCard

__all__ = ["ClaimSorter", "claim_sorter"]

HOW = (
    "The kind of a claim says what would settle it, not whether it is true. The first check gives "
    "a hint where your answer differs from the key, the second gives the key. Some claims are "
    "debatable: two answers are accepted."
)


class ClaimSorter(SortingCard):
    """Sort twelve claims of the essay by kind."""

    activity = "sorting/claims"
    objective = "Classify claims by kind"

    def __init__(self, ask: str = ""):
        sorting = claims_to_sort()
        lines = [
            {"key": name, "text": f"{name}. {one.text}"} for name, one in sorting.items.items()
        ]
        super().__init__(
            ask, sorting, "What kind is each claim?", lines, lead=HOW, name="Claim sorter"
        )

    def above(self) -> dict:
        """Say of each kind what a claim of it would have to do, and what settles it."""
        table = {
            "label": "Kinds of claim",
            "columns": ["Kind", "Such a claim would have to", "Settled by"],
            "rows": [[kind.label, kind.task, kind.note] for kind in self.sorting.kinds.values()],
        }
        return item("kinds", [], feedback={"tone": "told", "table": table})


def claim_sorter(ask=""):
    """Show twelve claims of the essay, to be sorted by kind.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the claims.

    Returns
    -------
    ClaimSorter
        A choice for each claim; after a check, how it stands to the key, and why. The answers are
        kept in the learner's record.
    """
    return ClaimSorter(ask=ask)
