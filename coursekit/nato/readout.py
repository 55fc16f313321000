"""Measures in words, beside what they are compared with."""

from typing import NamedTuple

import pandas as pd

from coursekit.data import load
from coursekit.nato.enlargement import Measures, Scenario
from coursekit.nato.enlargement.lookups import names_of, status_labels
from coursekit.nato.enlargement.measures import in_one
from coursekit.sentences import Sentences


def by_perspective(perspective: str) -> tuple[list[str], list[str]]:
    """Look up the order of measures and the statements of a perspective."""
    row = load("perspectives").set_index("perspective").loc[perspective]
    return row["measures"].split(";"), row["statements"].split(";")


def quotes(perspective: str) -> list[dict[str, str]]:
    """Collect the official statements of a perspective."""
    statements = load("statements").set_index("statement").loc[by_perspective(perspective)[1]]
    return [
        {"text": row.quotation, "by": f"{row.speaker}, {row.office}, {row.document}, {row.date}"}
        for row in statements.itertuples()
    ]


class Form(NamedTuple):
    """How a number is written; Python and the browser read the same."""

    unit: str = ""
    digits: int = 0
    scale: float = 1
    gap: str | None = None
    missing: str = "–"

    def write(self, value: float | None) -> str:
        """Write a number with its unit, or what stands where there is none."""
        return self.missing if value is None else self._number(value) + self.unit

    def difference(self, now: float | None, then: float | None, other: str) -> str:
        """Say by how much two numbers differ as they are printed; nothing if they look alike."""
        if self.write(now) == self.write(then):
            return ""
        if now is None or then is None:
            return f"{self.write(then)} {other}"
        unit = self.unit if self.gap is None else self.gap
        return f"{'+' if now > then else '−'}{self._number(abs(now - then))}{unit} {other}"

    def _number(self, value: float) -> str:
        return f"{value / self.scale:,.{self.digits}f}"


FORMS = {
    "count": Form(),
    "million": Form(" million", digits=1, scale=1e6),
    "per_cent": Form(" %", digits=1, gap=" points", missing="not before 1990"),
    "km": Form(" km", missing="no member"),
}
SAY = Sentences(__file__)
FORM_OF = SAY["form_of"]


def _detail(key: str, measures: Measures) -> str:
    labels = status_labels()
    if key in ("population", "people_outside", "people_promised", "people_in_between"):
        return f"figures of {measures.population_year}"
    if key in ("gdp_share", "military_share"):
        return "" if measures.gdp_share is None else f"figures of {measures.economy_year}"
    if key in ("border_states", "in_between"):
        return names_of(getattr(measures, key))
    if key == "border_km":
        names = names_of(measures.border_members)
        return names if measures.neighbour == "Russia" else f"with {measures.neighbour}: {names}"
    if key == "non_members":
        order = [status for status in labels if status in measures.non_members]
        return "; ".join(f"{labels[status]}: {measures.non_members[status]}" for status in order)
    return ""


def readout(
    scenario: Scenario,
    against: Scenario | None = None,
    perspective: str = "members",
    other: str = "compared with history",
) -> list[dict[str, str]]:
    """Put the measures of a scenario into words, beside those of another."""
    now, then = scenario.measures(), (against or scenario.history()).measures()
    labels = load("measures").set_index("measure")
    entries = []
    for key in by_perspective(perspective)[0]:
        words, form = labels.loc[key], FORMS[FORM_OF[key]]
        value, before = (in_one(getattr(measures, key)) for measures in (now, then))
        told = {"value": form.write(value), "change": form.difference(value, before, other)}
        told |= {"detail": _detail(key, now), "help": _help(words)}
        entries.append({"key": key, **words[["label", "kind", "tables"]], **told})
    return entries + _records(now, labels.loc["record"])


def _records(measures: Measures, words: pd.Series) -> list[dict[str, str]]:
    statuses = status_labels()
    lines, origin = [], {"help": _help(words), **words[["kind", "tables"]]}
    for status, label in statuses.items():
        if record := measures.record.get(status):
            years, struck, deaths = record
            told = {"key": f"record-{status}", "label": f"{words['label']}: {label}"}
            told["value"] = f"{100 * struck / years:.1f} {words['unit']}"
            told["detail"] = f"{struck} of {years} state-years; {deaths:,} deaths"
            lines.append({**told, "change": "", **origin})
    return lines


def _help(words: pd.Series) -> str:
    return f"{words['definition']} {words['caveat']}".strip()


def code_for(scenario: Scenario, name: str = "scenario") -> str:
    """Write the line that makes a scenario."""
    given = [str(scenario.date.year)]
    if scenario.without:
        given.append(f"without={list(scenario.without)}")
    if scenario.admitted:
        given.append(f"admitted={ {iso3: day.year for iso3, day in scenario.admitted.items()} }")
    return f"{name} = ck.Scenario({', '.join(given)})"
