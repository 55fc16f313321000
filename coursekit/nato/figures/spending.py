"""Military spending as a share of GDP: two series over the years."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from coursekit.data import load
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import BROWN, TEAL, plain, sheet

Codes = Sequence[str]
YEARS = (1990, 2024)
TEN = ("BEL", "DEU", "DNK", "ESP", "FRA", "GBR", "ITA", "NLD", "NOR", "PRT")


def burden(states: Codes) -> pd.Series:
    """Take the mean share of GDP from the table ``military_burden``, 1990 to 2024."""
    table = load("military_burden")
    table = table[table["iso3"].isin(states) & table["year"].between(*YEARS)]
    return table.groupby("year")["share_of_gdp"].mean()


def burden_figure(first: Codes, second: Codes, names: Codes) -> CourseFigure:
    """Draw two series of military spending as a share of GDP."""
    series = [burden(first), burden(second)]
    looks = [(TEAL, "-", "o"), (BROWN, "--", "s")]
    with sheet(7.4, 4.2) as figure:
        axes = figure.add_axes((0.08, 0.13, 0.89, 0.76))
        for place, (values, (colour, line, mark)) in enumerate(zip(series, looks, strict=True)):
            look: dict[str, Any] = {"color": colour, "ls": line, "marker": mark, "lw": 2.2, "ms": 5}
            look |= {"markevery": 5, "label": names[place], "gid": f"series-{place + 1}"}
            axes.plot(values.index, values, **look)
        axes.set_xlim(*YEARS)
        axes.set_ylim(0, 1.08 * max(values.max() for values in series))
        axes.set_xlabel("Year", color=palette.INK)
        axes.set_ylabel("Military spending, % of GDP", color=palette.INK)
        plain(axes)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, fontsize=9)
    ends = "; ".join(
        f"{name}: {values.iloc[0]:.2f} per cent in {values.index[0]}, {values.iloc[-1]:.2f} in "
        f"{values.index[-1]}"
        for name, values in zip(names, series, strict=True)
    )
    figure.alt = f"Military spending as a share of GDP. {ends}."
    both = pd.concat(series, axis=1, keys=["first", "second"]).round(4)
    figure.table = both.astype(object).where(both.notna(), "").reset_index()
    return figure
