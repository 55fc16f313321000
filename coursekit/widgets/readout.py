"""Measures in words, beside what they are compared with."""

from coursekit.data import load

__all__ = ["by_perspective", "code_for", "quotes", "readout"]


def by_perspective(perspective: str):
    """Look up the order of measures and the statements of a perspective."""
    row = load("perspectives").set_index("perspective").loc[perspective]
    return row["measures"].split(";"), row["statements"].split(";")


def quotes(perspective: str) -> list[dict]:
    """Collect the official statements of a perspective."""
    statements = load("statements").set_index("statement").loc[by_perspective(perspective)[1]]
    return [
        {"text": row.quotation, "by": f"{row.speaker}, {row.office}, {row.document}, {row.date}"}
        for row in statements.itertuples()
    ]


def _names(codes):
    names = load("states").set_index("iso3")["name"]
    return ", ".join(sorted(names[code] for code in codes))


def _million(people):
    return "–" if people is None else f"{people / 1e6:,.1f} million"


def _per_cent(share):
    return "not before 1990" if share is None else f"{share:.1f} %"


def _km(distance):
    return "no member" if distance is None else f"{distance:,.0f} km"


def _count(states):
    return f"{states if isinstance(states, int) else len(states)}"


FORMS = {
    "members": _count,
    "population": _million,
    "population_share": _per_cent,
    "people_outside": _million,
    "people_promised": _million,
    "border_km": _km,
    "border_states": _count,
    "in_between": _count,
    "people_in_between": _million,
    "gdp_share": _per_cent,
    "military_share": _per_cent,
    "distance_moscow": _km,
    "distance_st_petersburg": _km,
    "distance_kyiv": _km,
    "dyads": _per_cent,
    "non_members": lambda by_status: str(sum(by_status.values())),
}


def _detail(key, measures):
    labels = load("statuses").set_index("status")["label"]
    if key in ("population", "people_outside", "people_promised", "people_in_between"):
        return f"figures of {measures.population_year}"
    if key in ("gdp_share", "military_share"):
        return "" if measures.gdp_share is None else f"figures of {measures.economy_year}"
    if key in ("border_states", "in_between"):
        return _names(getattr(measures, key))
    if key == "border_km":
        names = _names(measures.border_members)
        return names if measures.neighbour == "Russia" else f"with {measures.neighbour}: {names}"
    if key == "non_members":
        order = [status for status in labels.index if status in measures.non_members]
        return "; ".join(f"{labels[status]}: {measures.non_members[status]}" for status in order)
    return ""


def _number(value):
    if isinstance(value, tuple):
        return len(value)
    return sum(value.values()) if hasattr(value, "values") else value


def _change(key, now, then, other):
    """Say by how much a measure differs, as it is printed."""
    form, value, before = FORMS[key], getattr(now, key), getattr(then, key)
    if form(value) == form(before):
        return ""
    if _number(value) is None or _number(before) is None:
        return f"{form(before)} {other}"
    gap = _number(value) - _number(before)
    shown = {
        _million: f"{abs(gap) / 1e6:,.1f} million",
        _per_cent: f"{abs(gap):.1f} points",
        _km: f"{abs(gap):,.0f} km",
    }.get(form, f"{abs(gap):.0f}")
    return f"{'+' if gap > 0 else '−'}{shown} {other}"


def readout(
    scenario, against=None, perspective: str = "members", other: str = "against history"
) -> list[dict]:
    """Put the measures of a scenario into words, beside those of another."""
    now, then = scenario.measures(), (against or scenario.history()).measures()
    labels = load("measures").set_index("measure")
    entries = [
        {
            "key": key,
            "label": labels.loc[key, "label"],
            "value": FORMS[key](getattr(now, key)),
            "change": _change(key, now, then, other),
            "detail": _detail(key, now),
            "help": f"{labels.loc[key, 'definition']} {labels.loc[key, 'caveat']}".strip(),
            "kind": labels.loc[key, "kind"],
        }
        for key in by_perspective(perspective)[0]
    ]
    return entries + _records(now, labels.loc["record"])


def _records(measures, words):
    statuses = load("statuses").set_index("status")["label"]
    return [
        {
            "key": f"record-{status}",
            "label": f"{words['label']}: {label}",
            "value": f"{100 * record.conflict_years / record.state_years:.1f} {words['unit']}",
            "change": "",
            "detail": f"{record.conflict_years} of {record.state_years} state-years; "
            f"{record.deaths:,} deaths",
            "help": f"{words['definition']} {words['caveat']}",
            "kind": words["kind"],
        }
        for status, label in statuses.items()
        if (record := measures.record.get(status))
    ]


def code_for(scenario, name: str = "scenario") -> str:
    """Write the line that makes a scenario.

    Examples
    --------
    >>> from coursekit.nato.enlargement import Scenario
    >>> code_for(Scenario(2020, without=2004))
    'scenario = ck.Scenario(2020, without=[2004])'
    """
    given = [str(scenario.date.year)]
    if scenario.without:
        given.append(f"without={list(scenario.without)}")
    if scenario.admitted:
        given.append(f"admitted={ {iso3: day.year for iso3, day in scenario.admitted.items()} }")
    return f"{name} = ck.Scenario({', '.join(given)})"
