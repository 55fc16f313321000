"""The map of two scenarios: who is a member in both, in one, in neither."""

import pandas as pd

from coursekit.data import load
from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, style
from coursekit.nato.figures.europe import draw_map, look, new_map
from coursekit.sentences import Sentences

SAY = Sentences(__file__)

WORDS = SAY["words"]


def _where(iso3, first, second):
    inside = (first.status(iso3) == "member", second.status(iso3) == "member")
    return {
        (True, True): "both",
        (True, False): "only_first",
        (False, True): "only_second",
        (False, False): "neither",
    }[inside]


def compare_facts(first, second) -> pd.DataFrame:
    """List where each state is a member."""
    labels = load("statuses").set_index("status")["label"]
    states = load("states")
    states = states[states["on_map"]].sort_values("name")
    rows = [
        (
            name,
            WORDS[_where(iso3, first, second)],
            labels[first.status(iso3)],
            labels[second.status(iso3)],
        )
        for iso3, name in zip(states["iso3"], states["name"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["state", "member", "first", "second"])


def describe_difference(first, second) -> str:
    """Say in words what the map shows."""
    a, b = set(first.members()), set(second.members())
    names = load("states").set_index("iso3")["name"]

    def listed(codes):
        return ", ".join(sorted(names[code] for code in codes)) or "none"

    return SAY(
        "alt",
        year=first.date.year,
        count=(len(a), len(b)),
        first=listed(a - b),
        second=listed(b - a),
    )


def difference(first, second) -> CourseFigure:
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
    states = load("states")
    looks = {
        iso3: look(palette.DIFFERENCE[_where(iso3, first, second)])
        for iso3 in states.loc[states["on_map"], "iso3"]
    }
    swatches = {name: (words, look(palette.DIFFERENCE[name])) for name, words in WORDS.items()}
    with style():
        figure = new_map()
        draw_map(figure, looks, swatches, f"31 December {first.date.year}")
    figure.alt = describe_difference(first, second)
    figure.table = compare_facts(first, second)
    return figure
