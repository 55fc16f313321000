"""Military burden before and after a year, of some states beside others: the four means."""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from coursekit.data import load
from coursekit.models.comparison import difference_in_differences


@cache
def _shares() -> pd.DataFrame:
    return load("military_burden").pivot(index="iso3", columns="year", values="share_of_gdp")


def periods(year: int, window: int) -> tuple[list[int], list[int]]:
    """List the years before a year and the years after it; the year itself is left out."""
    return list(range(year - window, year)), list(range(year + 1, year + window + 1))


def complete(year: int, window: int) -> pd.Index:
    """List the states with a figure for every year of both periods."""
    before, after = periods(year, window)
    return _shares().reindex(columns=before + after).dropna().index


def change(year: int, window: int, state: str) -> float:
    """Say by how many percentage points of GDP a state's mean share changed across a year."""
    before, after = (_shares().loc[state, years].mean() for years in periods(year, window))
    return float(after - before)


def four_means(
    year: int, window: int, some: Iterable[str], others: Iterable[str]
) -> tuple[tuple[float, ...], float]:
    """Average both periods of both groups, in per cent of GDP, and take their difference."""
    means = tuple(
        float(_shares().loc[list(who), years].to_numpy().mean())
        for who in (some, others)
        for years in periods(year, window)
    )
    return means, difference_in_differences(*means)
