"""Rates of armed conflict and force: events, exposure, and how much zero events can say."""

import datetime as dt
from functools import cache
from typing import NamedTuple

import pandas as pd

from coursekit.data import load
from coursekit.errors import CourseError, unknown
from coursekit.models.comparison import poisson_rate_interval, zero_event_bound
from coursekit.nato.enlargement import lookups
from coursekit.nato.enlargement.lookups import exists
from coursekit.nato.enlargement.measures import DEADLY, FIRST_CONFLICT, LAST_CONFLICT
from coursekit.nato.enlargement.scenario import Scenario
from coursekit.sentences import Sentences

__all__ = ["EVENTS", "FIRST_YEAR", "GROUPS", "LAST_YEAR", "Rate", "in_words", "rate"]

FIRST_YEAR, LAST_YEAR = FIRST_CONFLICT, LAST_CONFLICT
NEW_MEMBERS = "new_members"

SAY = Sentences(__file__)
EVENTS = SAY["events"]
GROUPS = {NEW_MEMBERS: SAY["new_members"], **lookups.status_labels()}


class Rate(NamedTuple):
    """A rate with its exposure and its uncertainty.

    Parameters
    ----------
    events : int
        Number of events.
    exposure : float
        State-years.
    rate : float
        Events per state-year; nan without exposure.
    low, high : float
        Exact 95 per cent interval for the rate, assuming a Poisson process.
    bound : float
        One-sided 95 per cent upper bound if there was no event; nan otherwise.
    """

    events: int
    exposure: float
    rate: float
    low: float
    high: float
    bound: float


def _spells(group: str) -> pd.DataFrame:
    wanted = {iso3 for iso3, state in lookups.states().items() if state["european"]}
    if group == NEW_MEMBERS:
        members = load("members")
        wanted &= set(members.loc[members["round"] >= 1999, "iso3"])
    table = load("status")
    status = "member" if group == NEW_MEMBERS else group
    return table[table["iso3"].isin(wanted) & (table["status"] == status)]


def _state_years(group: str, first: int, last: int) -> float:
    """Add up the days that European states spent in a group."""
    start, stop = pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)
    days = 0
    for row in _spells(group).itertuples():
        since = lookups.states()[row.iso3]["state_since"]
        begin = max(row.start, start, *([pd.Timestamp(since)] if since else []))
        end = min(stop if pd.isna(row.end) else row.end, stop)
        days += max(0, (end - begin).days)
    return days / 365.25


@cache
def _struck_years(event: str) -> list[tuple[str, int, str]]:
    """List the state-years with an event, with the state's status on the day that counts."""
    forced = event in ("force", "attack")
    days = _days_of_force(event == "attack") if forced else _deadly_years(event)
    found = []
    for iso3, day in days:
        state = lookups.states().get(iso3)
        if state and state["european"] and exists(iso3, day):
            found.append((iso3, day.year, Scenario(day).status(iso3)))
    return found


def _deadly_years(event: str) -> list[tuple[str, dt.date]]:
    """List the state-years with deaths in conflict; 30 June stands for each year."""
    table = load("armed_conflict")
    table = table[table["best" if event == "any" else "interstate"] >= DEADLY]
    return [(row.iso3, dt.date(row.year, 6, 30)) for row in table.itertuples()]


def _days_of_force(begun: bool) -> list[tuple[str, dt.date]]:
    """List the state-years in which another state used, or began to use, force: the first days."""
    days: dict[tuple[str, int], dt.date] = {}
    for row in load("force_used").sort_values("start", kind="stable").itertuples():
        # An unknown day or month counts as the first one that it can be.
        start = dt.date.fromisoformat(row.start + "-01" * (2 - row.start.count("-")))
        last = start.year if begun else int(row.end[:4] or LAST_YEAR)
        for year in range(start.year, last + 1):
            days.setdefault((row.iso3, year), max(start, dt.date(year, 1, 1)))
    return [(iso3, day) for (iso3, _), day in days.items()]


def rate(group: str, first: int = FIRST_YEAR, last: int = LAST_YEAR, event: str = "any") -> Rate:
    """Compute how often armed conflict, or the force of another state, struck a group.

    Parameters
    ----------
    group : str
        One of `GROUPS`: a status, or ``"new_members"``.
    first, last : int, optional
        Years, 1989 to 2024.
    event : str, optional
        One of `EVENTS`.

    Returns
    -------
    Rate
        Events, state-years, rate, exact interval, and the bound if there was no event.

    Raises
    ------
    CourseError
        If the group or event does not exist or the years are out of range or order.

    References
    ----------
    hanley_lippman1983

    Examples
    --------
    >>> new = rate("new_members", 1999, 2024)
    >>> new.events, round(new.exposure, 1), f"{new.bound:.1%}"
    (0, 269.1, '1.1%')
    >>> rate("member", event="force").events  # shells from Syria on Turkey in 2012
    1
    """
    if group not in GROUPS:
        raise unknown("group of states", group, GROUPS)
    if event not in EVENTS:
        raise unknown("kind of event", event, EVENTS)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise CourseError(SAY("years", first=first, last=last, ends=(FIRST_YEAR, LAST_YEAR)))
    exposure = _state_years(group, first, last)
    wanted = "member" if group == NEW_MEMBERS else group
    recent = set(_spells(group)["iso3"])
    events = sum(
        status == wanted and iso3 in recent and first <= year <= last
        for iso3, year, status in _struck_years(event)
    )
    if exposure <= 0:
        return Rate(events, 0.0, *[float("nan")] * 4)
    bound = zero_event_bound(exposure) if events == 0 else float("nan")
    return Rate(
        events, exposure, events / exposure, *poisson_rate_interval(events, exposure), bound
    )


def in_words(result: Rate) -> str:
    """Say what a rate can and cannot show.

    Parameters
    ----------
    result : Rate
        From `rate`.

    Returns
    -------
    str
        Two or three sentences.

    Examples
    --------
    >>> in_words(rate("new_members", 1999, 2024))[:44]
    'No event in 269 state-years. That is not a r'
    """
    if result.exposure == 0:
        return SAY("nobody")
    if result.events == 0:
        return SAY("none", rate=result)
    hundred = [100 * share for share in (result.rate, result.low, result.high)]
    return SAY("some", rate=result, hundred=hundred)
