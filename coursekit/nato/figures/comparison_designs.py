"""Every design on the same real data: a specification curve."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from coursekit.data import load
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import GREY, TEAL, plain, sheet
from coursekit.nato.burden import complete, four_means, periods
from coursekit.nato.enlargement import Scenario, lookups

COHORTS = (1999, 2004, 2009)
WINDOWS = (3, 5, 8)
CONTROLS = {"never": "never members", "later": "not-yet members", "neutral": "neutrals only"}
_MARKERS = {"never": "o", "later": "s", "neutral": "^"}


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


def _controls(cohort: int, window: int) -> dict[str, set[str]]:
    """Sort the states outside; later and neutral are those that stay so through all the years."""
    joined = load("members").set_index("iso3")["accession"].dt.year
    europe = {iso3 for iso3, state in lookups.states().items() if state["european"]}
    before, after = periods(cohort, window)
    ends = [Scenario(year) for year in (*before, *after)]
    return {
        "never": europe - set(joined.index) - {"RUS"},
        "later": set(joined.index[joined > cohort + window]),
        "neutral": {i for i in europe if all(end.status(i) == "neutral" for end in ends)},
    }


@cache
def designs() -> tuple[Design, ...]:
    """Compute every design on states with a figure for every year but that of accession."""
    members = load("members").set_index("iso3")
    found = []
    for cohort in COHORTS:
        for window in WINDOWS:
            seen = complete(cohort, window)
            treated = tuple(seen[seen.isin(members.index[members["round"] == cohort])])
            for name, codes in _controls(cohort, window).items():
                others = tuple(seen[seen.isin(codes)])
                means, estimate = four_means(cohort, window, treated, others)
                found.append(Design(cohort, window, name, means, estimate, treated, others))
    return tuple(sorted(found, key=lambda design: design.estimate))


def estimate_without(chosen: Design, states: Iterable[str]) -> float:
    """Estimate a design without some of its controls, in percentage points of GDP."""
    others = [other for other in chosen.compared if other not in states]
    return four_means(chosen.cohort, chosen.window, chosen.treated, others)[1]


def leave_one_out(chosen: Design) -> pd.DataFrame:
    """Estimate without each control in turn, in percentage points; what moves most is first."""
    rows = []
    for state in chosen.compared:
        estimate = estimate_without(chosen, [state])
        rows.append((state, estimate, estimate - chosen.estimate))
    table = pd.DataFrame(rows, columns=["without", "estimate", "moves"])
    order = table["moves"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def control_sets(cohort: int, window: int) -> pd.DataFrame:
    """List who is in each set of controls, and what each gives in percentage points of GDP."""
    chosen = [design(cohort, window, name) for name in CONTROLS]
    rows = [(" ".join(each.compared), round(each.estimate, 2)) for each in chosen]
    index = pd.Index(list(CONTROLS.values()), name="controls")
    return pd.DataFrame(rows, index, ["states", "estimate"])


def design(cohort: int, window: int, controls: str) -> Design:
    """Find a design."""
    wanted = (cohort, window, controls)
    return next(d for d in designs() if (d.cohort, d.window, d.controls) == wanted)


def designs_figure(chosen: Design) -> CourseFigure:
    """Draw the estimates of all designs in order, one brought out."""
    every = designs()
    at = every.index(chosen)
    with sheet(7.6, 6.6) as figure:
        axes = figure.add_axes((0.36, 0.09, 0.61, 0.8))
        plain(axes, "x")
        axes.axvline(0, color=palette.INK, linewidth=1)
        for name, marker in _MARKERS.items():
            rows = [n for n, d in enumerate(every) if d.controls == name and n != at]
            look: dict[str, Any] = {"color": GREY, "ms": 6, "label": f"controls: {CONTROLS[name]}"}
            estimates = [every[n].estimate for n in rows]
            axes.plot(estimates, rows, marker, **look, gid=f"designs-{name}")
        axes.plot(chosen.estimate, at, "D", color=TEAL, markersize=10, label="chosen", gid="chosen")
        axes.set_yticks(range(len(every)), [design.words() for design in every], fontsize=7.5)
        axes.get_yticklabels()[at].set_fontweight("bold")
        axes.set_ylim(-0.7, len(every) - 0.3)
        axes.set_xlabel("Estimate, percentage points of GDP", fontsize=9)
        figure.legend(loc="upper center", ncols=2, frameon=False, fontsize=9)
    above = sum(design.estimate > 0 for design in every)
    figure.alt = (
        f"{len(every)} designs on the same table give {every[0].estimate:+.2f} to "
        f"{every[-1].estimate:+.2f} points of GDP; {above} are above zero. The chosen one "
        f"({chosen.words()}) gives {chosen.estimate:+.2f}."
    )
    table = []
    for d in every:
        states = " ".join(d.treated), " ".join(d.compared)
        table.append((d.cohort, d.window, CONTROLS[d.controls], f"{d.estimate:+.2f}", *states))
    columns = ["cohort", "years", "controls", "estimate", "treated", "compared_with"]
    figure.table = pd.DataFrame(table, columns=columns)
    return figure
