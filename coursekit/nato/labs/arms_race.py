"""The numbers and the code that the arms race lab shows in each of its views."""

import numpy as np

from coursekit.data import caveats, load
from coursekit.figures.arms_race import FARTHEST, outcome, resting
from coursekit.labs.words import assumptions, entry, lines
from coursekit.models.arms_race import eigenvalues, enlargement_shock, trajectory
from coursekit.nato.enlargement import Scenario
from coursekit.nato.enlargement.measures import statuses
from coursekit.nato.figures.spending import TEN, YEARS, Codes, burden
from coursekit.sentences import Sentences

# Lines of the readout, and code.
Told = tuple[list[dict[str, str]], str]
SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the model assumes."""
    return assumptions(SAY["assumes"])


def places() -> dict[str, tuple[str, ...]]:
    """Map the name of each choice of data to the codes of its states."""
    names = load("states").set_index("iso3")["name"]
    spending = load("military_burden")
    seen = set(spending.loc[spending["year"].between(*YEARS), "iso3"])
    codes = sorted(seen, key=lambda code: names[code])
    return {SAY["ten"]: TEN, **{names[code]: (code,) for code in codes}}


def _amount(value: float) -> str:
    """Write arms with two decimals, and huge amounts in words."""
    if abs(value) > 1e6:
        return "over a million" if value > 0 else "below minus a million"
    return f"{round(value, 2) + 0.0:,.2f}"


def race_readout(numbers: dict[str, float], start: tuple[float, float]) -> Told:
    """Say what the race of two nations comes to."""
    point, _ = resting(numbers)
    force = {name: numbers[name] for name in "abkl"}
    rates = eigenvalues(**force)
    late = trajectory(**numbers, start=start, times=10)[0]
    rests = [] if point is None else [_amount(value) for value in point]
    notes = [SAY["goodwill"]] if point is not None and min(point) < 0 else []
    if point is not None and max(abs(value) for value in point) > FARTHEST:
        notes.append(SAY["outside"])
    words = {
        "point": "none" if point is None else SAY("point", rests=rests),
        "rates": " and ".join(f"{round(rate, 2) + 0.0:.2f}" for rate in map(float, rates)),
        "goodwill": SAY["goodwill"] if min(late) < 0 else "",
    }
    words |= {"notes": " ".join(notes), "late": [_amount(value) for value in late]}
    readout = lines(SAY["race"], outcome=outcome(numbers, start), **words)
    force_code, code_all = (
        ", ".join(f"{name}={value:g}" for name, value in some.items()) for some in (force, numbers)
    )
    name = "race_code" if point is None else "race_code_at_rest"
    return readout, SAY(name, force=force_code, numbers=code_all, start=start)


def stands_for(scenario: Scenario) -> str:
    """Say in a sentence what the shock stands for in a scenario."""
    promised = sum(status == "promised" for status in statuses(scenario).values())
    named = {0: "none_promised", 1: "one_promised"}.get(promised, "several_promised")
    members, outsider = len(scenario.members()), SAY(named, promised=promised)
    return SAY("stands_for", date=scenario.date, members=members, outsider=outsider)


def shock_readout(case: str, scenario: Scenario | None = None) -> Told:
    """Say what a case of the enlargement shock comes to."""
    now, before = enlargement_shock(case), enlargement_shock("before")
    compared = {"now": now, "before": before, "gap": now.total - before.total}
    readout = lines(SAY["shock"], case=case.capitalize(), **compared)
    if scenario is not None:
        readout += lines(SAY["scenario"], words=stands_for(scenario))
    return readout, SAY("shock_code", case=case)


def data_readout(first: Codes, second: Codes, names: Codes) -> Told:
    """Compare two series of spending, with the caution that belongs to them."""
    series = [burden(first), burden(second)]
    readout = []
    for name, values, codes in zip(names, series, (first, second), strict=True):
        mean = SAY("mean", codes=", ".join(codes)) if len(codes) > 1 else ""
        begun, *_, last = values.items()
        readout += lines(SAY["burden"], name=name, begun=begun, last=last, mean=mean)
    readout[1]["key"] += " (second)"
    changes = [values.reindex(range(1990, 2025)).diff() for values in series]
    for label, (one, other) in {"levels": series, "yearly changes": changes}.items():
        r = one.corr(other)
        said = "cannot be computed" if np.isnan(r) else f"{r:+.2f}"
        readout.append(entry(f"Correlation of {label}", said))
    readout += lines(SAY["cautions"], caveat=caveats("military_burden")[0])
    return readout, "\n".join(SAY("data_code", codes=list(codes)) for codes in (first, second))
