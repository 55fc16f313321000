"""The map of two scenarios: who is a member in both, in one, in neither."""

import pandas as pd

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, style
from coursekit.nato.enlargement import Scenario
from coursekit.nato.enlargement.lookups import names_of, status_labels
from coursekit.nato.figures.europe import draw_map, look, new_map
from coursekit.nato.status_rules import state_names
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

WORDS = SAY["words"]


def _where(iso3: str, first: Scenario, second: Scenario) -> str:
    inside = [one.status(iso3) == "member" for one in (second, first)]
    return ("neither", "only_second", "only_first", "both")[inside[0] + 2 * inside[1]]


def compare_facts(first: Scenario, second: Scenario) -> pd.DataFrame:
    """List where each state is a member."""
    labels = status_labels()
    rows = []
    for iso3, name in sorted(state_names().items(), key=lambda item: item[1]):
        stand = [labels[one.status(iso3)] for one in (first, second)]
        rows.append((name, WORDS[_where(iso3, first, second)], *stand))
    return pd.DataFrame(rows, columns=["state", "member", "first", "second"])


def describe_difference(first: Scenario, second: Scenario) -> str:
    """Say in words what the map shows."""
    a, b = set(first.members()), set(second.members())
    only = [names_of(codes) or "none" for codes in (a - b, b - a)]
    count = (len(a), len(b))
    return SAY("alt", year=first.date.year, count=count, first=only[0], second=only[1])


def difference(first: Scenario, second: Scenario) -> CourseFigure:
    """Draw where each state is a member in two scenarios.

    Parameters
    ----------
    first, second : Scenario
        The scenarios.

    Returns
    -------
    CourseFigure
        Each state is an artist whose id is its ISO 3166-1 alpha-3 code.

    Examples
    --------
    >>> from coursekit.nato.enlargement import Scenario
    >>> print(difference(Scenario(2025), Scenario(2025, without=2024)).alt[-52:])
    Only in the first: Sweden. Only in the second: none.
    """
    looks = {iso3: look(palette.DIFFERENCE[_where(iso3, first, second)]) for iso3 in state_names()}
    swatches = {name: (words, look(palette.DIFFERENCE[name])) for name, words in WORDS.items()}
    with style():
        figure = new_map()
        draw_map(figure, looks, swatches, f"31 December {first.date.year}")
    figure.alt = describe_difference(first, second)
    figure.table = compare_facts(first, second)
    return figure
