"""Groups large enough to be shown to a class: no small one can be found, not by subtraction."""

from collections.abc import Mapping

# Fewer than so many students are no group that is shown.
LEAST = 5
# In a smaller class "nearly all" would leave fewer than five numbers to choose from.
SHARED = 2 * LEAST - 1


def about(count: int) -> int:
    """Round a number of students to fives, so that two totals betray no few by their difference.

    Examples
    --------
    >>> about(7), about(8), about(43)
    (5, 10, 45)
    """
    return 5 * ((count + 2) // 5)


def fit_to_show(counts: Mapping[str, int], rest: str) -> dict[str, int]:
    """Make counts of students fit to be shown to their class.

    Groups under five are put together under the name `rest`. If they still come to fewer than five,
    the smallest of the others joins them. What is left is rounded to fives. Each student of the
    class is in one group exactly, those who did not answer too; otherwise the size of the class
    would give a group away. Empty if the whole class is smaller than five.

    Examples
    --------
    >>> fit_to_show({"a": 31, "b": 8, "c": 3, "none": 1}, "others")
    {'a': 30, 'others': 10}
    """
    large = {name: count for name, count in counts.items() if count >= LEAST}
    small = sum(count for count in counts.values() if 0 < count < LEAST)
    while large and 0 < small < LEAST:
        smallest = min(large, key=large.get)
        small += large.pop(smallest)
    if small < LEAST and not large:
        return {}
    shown = large | ({rest: small} if small else {})
    return {name: about(count) for name, count in shown.items()}


def share_to_show(share: float, students: int) -> float:
    """Round a share of nine students or more; it is 0 or 1 where fewer than five are apart."""
    count = round(share * students)
    if count < LEAST:
        return 0.0
    if students - count < LEAST:
        return 1.0
    return about(count) / about(students)
