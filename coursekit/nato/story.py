"""A story told on the map: dated steps, each with its sources and a place of the controls."""

from functools import cache

from coursekit.data import load
from coursekit.nato.followed import course_of, phrase, spells_of
from coursekit.nato.status_rules import HISTORY, state_names
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


@cache
def steps() -> tuple[dict, ...]:
    """Write the steps down for the browser: title, text, source, and where the controls stand.

    Examples
    --------
    >>> [one["set"]["year"] for one in steps()]
    [2025, 1955, 1991, 1999, 1999, 2008, 2014, 2024]
    """
    rounds = {name: value for name, value in HISTORY.items() if value is True}
    made = []
    for one in SAY["steps"]:
        off = {f"round_{number}": False for number in one.get("without", ())}
        source = sources(one["events"]) if "events" in one else ""
        # What is said of the state that the student follows, in place of the text.
        of = {} if "text" in one else {iso3: about(iso3) for iso3 in state_names()}
        told = {"title": one["title"], "text": one.get("text", SAY["unchosen"]), "of": of}
        made.append(told | {"source": source, "set": {"year": one["year"], **rounds, **off}})
    return tuple(made)


def about(iso3: str) -> str:
    r"""Say how a state stands today and how it came there.

    Examples
    --------
    >>> about("FIN")[:49]
    'Finland today: member of NATO since 2023.\n1949 to'
    """
    now = phrase(iso3, spells_of(iso3)[-1])
    return SAY("chosen", name=state_names()[iso3], now=now, lines="\n".join(course_of(iso3)))


def sources(events: list[str]) -> str:
    """Name the rows of the table ``events`` behind a step, and days that were not verified.

    Examples
    --------
    >>> sources(["E23", "E24"])
    'Source: E23, E24 in the table events. No source was seen for the day of E24.'
    """
    verified = load("events").set_index("event").loc[events, "verified"]
    doubtful = verified.index[verified != "yes"]
    said = SAY("source", events=", ".join(events))
    if len(doubtful):
        said += " " + SAY("unverified", events=", ".join(doubtful))
    return said
