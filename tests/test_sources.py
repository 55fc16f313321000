"""Where the rows come from: kinds of source that are allowed, and those that are refused."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from coursekit.data import load

KINDS = yaml.safe_load(Path(__file__).with_name("source_kinds.yaml").read_text(encoding="utf-8"))
REFUSED = KINDS.pop("refused")
OTHER = KINDS["other"]
ALLOWED = {host for kind in KINDS.values() for host in kind}


def host(address):
    return urlsplit(address).netloc.removeprefix("www.")


@pytest.mark.parametrize("name", ["events", "statements", "half_citations"])
def test_every_address_is_of_an_allowed_kind(name):
    hosts = {host(address) for address in load(name)["address"] if address}
    assert hosts <= ALLOWED, sorted(hosts - ALLOWED)


def test_other_kinds_have_a_reason_and_are_in_use():
    hosts = {
        host(address)
        for name in ("events", "statements", "half_citations")
        for address in load(name)["address"]
    }
    assert set(OTHER) <= hosts
    assert all(len(reason.split()) >= 4 for reason in OTHER.values())


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("events", "address"),
        ("statements", "address"),
        ("half_citations", "address"),
        ("force_used", "source"),
        *[
            (name, "source")
            for name in (
                "consultation_years",
                "consultations",
                "forward_presence",
                "members",
                "opinion",
                "partners",
                "treaties",
                "treaty_parties",
            )
        ],
    ],
)
def test_no_row_rests_on_a_refused_source(name, column):
    for text in load(name)[column]:
        found = [word for word in REFUSED if word.lower() in text.lower()]
        assert not found, (name, text)


def test_no_page_is_older_than_the_event_it_is_cited_for():
    events = load("events")
    # Volumes of the Foreign Relations of the United States name the years of their documents.
    for row in events[~events["address"].str.contains("/frus")].itertuples():
        years = [int(y) for y in re.findall(r"(?<!\d)(?:19[4-9]\d|20[0-2]\d)(?!\d)", row.address)]
        assert not years or max(years) >= row.date.year, (row.event, row.address)


def test_a_verified_quotation_names_where_it_was_seen():
    table = load("statements")
    for row in table[table["quotation"] != ""].itertuples():
        assert row.verified in ("yes", "partly"), row.statement
        assert row.address or row.note, row.statement


def test_no_note_rests_a_solid_mark_on_memory():
    events = load("events")
    solid = events[events["verified"] == "yes"]
    assert not solid["note"].str.contains("from memory").any()
