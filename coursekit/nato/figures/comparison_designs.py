"""Every design on the same real data: a specification curve."""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from coursekit.data import load
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import GREY, TEAL, plain, sheet
from coursekit.models.comparison import difference_in_differences

__all__ = ["COHORTS", "CONTROLS", "WINDOWS", "Design", "design", "designs", "designs_figure"]

COHORTS = (1999, 2004, 2009)
WINDOWS = (3, 5, 8)
CONTROLS = {"never": "never members", "later": "not-yet members"}


@dataclass(frozen=True)
class Design:
    """One way to compare, and what it gives."""

    cohort: int
    window: int
    controls: str
    means: tuple[float, ...]
    estimate: float
    treated: tuple[str, ...]
    compared: tuple[str, ...]

    def words(self) -> str:
        """Name the design."""
        return f"{self.cohort}, {self.window} years, {CONTROLS[self.controls]}"


@cache
def designs() -> tuple[Design, ...]:
    """Compute every design on the table ``military_burden``.

    Means are over the years before the year of accession and the years after it; the year itself is
    left out. Not-yet members joined after the end of the window. Only states with a figure for
    every year count.
    """
    burden = load("military_burden").pivot(index="iso3", columns="year", values="share_of_gdp")
    members = load("members").set_index("iso3")
    joined = members["accession"].dt.year
    states = load("states")
    europe = set(states.loc[states["european"] & (states["kind"] == "state"), "iso3"])
    never = europe - set(members.index) - {"RUS"}
    found = []
    for cohort in COHORTS:
        for window in WINDOWS:
            before = list(range(cohort - window, cohort))
            after = list(range(cohort + 1, cohort + window + 1))
            seen = burden[before + after].dropna()
            groups = {"never": never, "later": set(joined.index[joined > cohort + window])}
            treated = seen[seen.index.isin(members.index[members["round"] == cohort])]
            for name, codes in groups.items():
                others = seen[seen.index.isin(codes)]
                means = tuple(
                    float(who[years].to_numpy().mean())
                    for who in (treated, others)
                    for years in (before, after)
                )
                found.append(
                    Design(
                        cohort,
                        window,
                        name,
                        means,
                        difference_in_differences(*means),
                        tuple(treated.index),
                        tuple(others.index),
                    )
                )
    return tuple(sorted(found, key=lambda design: design.estimate))


def design(cohort: int, window: int, controls: str) -> Design:
    """Find a design."""
    wanted = (cohort, window, controls)
    return next(d for d in designs() if (d.cohort, d.window, d.controls) == wanted)


def designs_figure(chosen: Design) -> CourseFigure:
    """Draw the estimates of all designs in order, one brought out."""
    every = designs()
    at = every.index(chosen)
    with sheet(7.6, 5.2) as figure:
        axes = figure.add_axes((0.36, 0.11, 0.61, 0.77))
        plain(axes, "x")
        axes.axvline(0, color=palette.INK, linewidth=1)
        for name, marker in (("never", "o"), ("later", "s")):
            rows = [n for n, d in enumerate(every) if d.controls == name and n != at]
            axes.plot(
                [every[n].estimate for n in rows],
                rows,
                marker,
                color=GREY,
                markersize=6,
                label=f"controls: {CONTROLS[name]}",
                gid=f"designs-{name}",
            )
        axes.plot(chosen.estimate, at, "D", color=TEAL, markersize=10, label="chosen", gid="chosen")
        axes.set_yticks(range(len(every)), [design.words() for design in every], fontsize=8)
        axes.get_yticklabels()[at].set_fontweight("bold")
        axes.set_ylim(-0.7, len(every) - 0.3)
        axes.set_xlabel("Estimate, percentage points of GDP", fontsize=9)
        figure.legend(loc="upper center", ncols=3, frameon=False, fontsize=9)
    above = sum(design.estimate > 0 for design in every)
    figure.alt = (
        f"{len(every)} designs on the same table give {every[0].estimate:+.2f} to "
        f"{every[-1].estimate:+.2f} points of GDP; {above} are above zero. The chosen one "
        f"({chosen.words()}) gives {chosen.estimate:+.2f}."
    )
    figure.table = pd.DataFrame(
        [
            (
                d.cohort,
                d.window,
                CONTROLS[d.controls],
                f"{d.estimate:+.2f}",
                " ".join(d.treated),
                " ".join(d.compared),
            )
            for d in every
        ],
        columns=["cohort", "years", "controls", "estimate", "treated", "compared_with"],
    )
    return figure
