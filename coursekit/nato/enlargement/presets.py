"""Scenarios by name, as listed in the table ``presets``."""

import datetime as dt
from functools import cache

from coursekit.data import load
from coursekit.errors import unknown
from coursekit.nato.enlargement.scenario import LAST_DAY, Scenario


@cache
def presets() -> dict[str, str]:
    """List the scenarios that have a name.

    Returns
    -------
    dict of str to str
        What each is called on the page, by short name.

    Examples
    --------
    >>> presets()["no_2004"]
    'Without the round of 2004'
    """
    table = load("presets")
    return dict(zip(table["preset"], table["label"], strict=True))


def preset(name: str, date: dt.date | str | int = LAST_DAY) -> Scenario:
    """Make a scenario by name.

    Parameters
    ----------
    name : str
        One of `presets`.
    date : int, str or datetime.date, optional
        A year or a day; default: the last day of 2025.

    Returns
    -------
    Scenario
        Admissions that the date does not reach yet, or that come before a state existed, take
        effect as soon as they can.

    Raises
    ------
    CourseError
        If there is no such scenario.

    Examples
    --------
    >>> len(preset("cold_war", 2025).members())
    16
    """
    if name not in presets():
        raise unknown("scenario", name, presets())
    row = load("presets").set_index("preset").loc[name]
    admitted = dict(entry.split(":") for entry in row["admitted"].split(";") if entry)
    without = [year for year in row["without"].split(";") if year]
    return Scenario(date, without=without, admitted=admitted)
