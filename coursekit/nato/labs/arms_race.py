"""The numbers and the code that the arms race lab shows in each of its views."""

from collections.abc import Sequence

import numpy as np

from coursekit.data import caveats
from coursekit.figures.arms_race import FARTHEST, outcome, resting
from coursekit.labs.words import entry
from coursekit.models.arms_race import eigenvalues, enlargement_shock, trajectory
from coursekit.nato.enlargement.measures import statuses
from coursekit.nato.figures.spending import burden

__all__ = ["data_readout", "race_readout", "shock_readout"]

GOODWILL = "Read arms below 0 as more goodwill than arms."
CAUTION = "A good fit does not identify k. Series with a trend look alike for many reasons."


def _amount(value):
    """Write arms with two decimals, and huge amounts in words."""
    if abs(value) > 1e6:
        return "over a million" if value > 0 else "below minus a million"
    return f"{round(value, 2) + 0.0:,.2f}"


def race_readout(numbers: dict[str, float], start):
    """Say what the race of two nations comes to."""
    short, long = outcome(numbers, start)
    point, _ = resting(numbers)
    force = {name: numbers[name] for name in "abkl"}
    rates = eigenvalues(**force)
    late = trajectory(**numbers, start=start, times=10)[0]
    shown = "none" if point is None else f"x = {_amount(point[0])}, y = {_amount(point[1])}"
    notes = [GOODWILL] if point is not None and min(point) < 0 else []
    if point is not None and max(abs(value) for value in point) > FARTHEST:
        notes.append("It lies outside the picture.")
    readout = [
        entry("Outcome", short, long),
        entry("Fixed point", shown, " ".join(notes)),
        entry(
            "Eigenvalues",
            " and ".join(f"{round(rate, 2) + 0.0:.2f}" for rate in rates),
            "Rates per year. Below 0 a departure decays; above 0 it grows.",
        ),
        entry(
            "Arms after 10 years",
            f"x: {_amount(late[0])}; y: {_amount(late[1])}",
            GOODWILL if min(late) < 0 else "",
        ),
    ]
    force_code = ", ".join(f"{name}={value:g}" for name, value in force.items())
    code_all = ", ".join(f"{name}={value:g}" for name, value in numbers.items())
    used = ["eigenvalues", *([] if point is None else ["fixed_point"]), "trajectory"]
    rest = "" if point is None else f", fixed_point({code_all})"
    code = (
        f"from coursekit.models.arms_race import {', '.join(used)}\n"
        f"eigenvalues({force_code}){rest}\n"
        f"trajectory({code_all}, start=({start[0]:g}, {start[1]:g}), times=10)"
    )
    return readout, code


def stands_for(scenario) -> str:
    """Say in a sentence what the shock stands for in a scenario."""
    promised = sum(status == "promised" for status in statuses(scenario).values())
    outsider = (
        f"O stands for the {promised} promised state{'s' if promised > 1 else ''}"
        if promised
        else "O for a state that might join, as none is promised"
    )
    return (
        f"On {scenario.date.day} {scenario.date:%B %Y} M stands for the {len(scenario.members())} "
        f"members of your scenario and {outsider}; the numbers of the model are not fitted to them."
    )


def shock_readout(case: str, scenario=None):
    """Say what a case of the enlargement shock comes to."""
    now, before = enlargement_shock(case), enlargement_shock("before")
    readout = [
        entry("Teaching construct", case.capitalize(), "Made for this course; all a = 2, g = 1."),
        entry("Sum of arms at rest", f"{now.total:.4f}", f"Before: {before.total:.4f}."),
        entry(
            "Change in the sum",
            f"{now.total - before.total:+.4f}",
            "Its sign depends on provocation against relief. The model does not settle which.",
        ),
        entry("rho", f"{now.spectral_radius:.4f}", "Below 1 the race of three settles down."),
    ]
    if scenario is not None:
        readout.append(entry("What it stands for", "Your scenario", stands_for(scenario)))
    code = f'from coursekit.models.arms_race import enlargement_shock\nenlargement_shock("{case}")'
    return readout, code


def data_readout(first: Sequence[str], second: Sequence[str], names):
    """Compare two series of spending, with the caution that belongs to them."""
    series = [burden(first), burden(second)]
    readout = [
        entry(
            name,
            f"{values.iloc[-1]:.2f}% in {values.index[-1]}",
            f"{values.iloc[0]:.2f}% in {values.index[0]}."
            + (f" Simple mean of {', '.join(codes)}." if len(codes) > 1 else ""),
        )
        for name, values, codes in zip(names, series, (first, second), strict=True)
    ]
    readout[1]["key"] += " (second)"
    changes = [values.reindex(range(1990, 2025)).diff() for values in series]
    for label, (one, other) in {"levels": series, "yearly changes": changes}.items():
        r = one.corr(other)
        said = "cannot be computed" if np.isnan(r) else f"{r:+.2f}"
        readout.append(entry(f"Correlation of {label}", said))
    readout.append(entry("Caution", "Fit is not cause", CAUTION))
    readout.append(entry("Source", "World Bank", caveats("military_burden")[0]))
    code = "\n".join(
        f'ck.load("military_burden").query("iso3 in {list(codes)} and 1990 <= year <= 2024")'
        '.groupby("year")["share_of_gdp"].mean()'
        for codes in (first, second)
    )
    return readout, code
