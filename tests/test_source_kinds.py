"""Where the rows come from: each source is of a known kind, and none is older than its event."""

import json
import re
from functools import cache
from urllib.parse import urlsplit

import pytest

from coursekit.data import load, names

COLUMNS = {"address", "url", "seen_at", "source", "other_source"}
# A link of the argument map has a source too, and source_kinds is the list itself.
TABLES = [
    (name, column)
    for name in names()
    for column in load(name).columns
    if column in COLUMNS and name not in {"claim_links", "source_kinds"}
]
HOST = re.compile(r"((?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?")
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
DATED = [
    ("events", "date"),
    ("statements", "date"),
    ("treaties", "date"),
    ("consultations", "date"),
    ("half_citations", "date"),
    ("opinion", "date"),
    ("forward_presence", "as_of"),
]


@cache
def kinds():
    table = load("source_kinds")
    return dict(zip(table["source"], table["kind"], strict=True))


@cache
def readings():
    return load("readings").set_index("reading")


def parts(text):
    """The sources in a cell: they are separated by semicolons, outside of brackets."""
    return [part.strip() for part in re.split(r";(?![^(]*\))", text) if part.strip()]


def hosts(part):
    """The hosts that are named in a source."""
    for word in part.split():
        word = word.strip("(),:\"'")
        if "://" in word:
            yield urlsplit(word).hostname.strip(".")
        elif found := HOST.fullmatch(word):
            yield found[1]


def known_host(host):
    labels = host.split(".")
    return any(".".join(labels[n:]) in kinds() for n in range(len(labels) - 1))


def unknown(text):
    """What a cell names that is neither a reading nor a source of a known kind."""
    for part in parts(text):
        named = list(hosts(part))
        if part in readings().index or (named and all(map(known_host, named))):
            continue
        publisher = any(re.match(rf"{re.escape(source)}\b", part.lower()) for source in kinds())
        if named or not publisher:
            yield part


def days(part):
    """The days, months or years on which a source is dated, as far as it tells."""
    found = re.findall(r"(?<!\d)((?:19|20)\d\d-\d\d-\d\d)(?!\d)", part)
    found += [f"{y}-{int(m):02}" for y, m in re.findall(r"/((?:19|20)\d\d)/(\d\d?)(?=/)", part)]
    for day, month, year in re.findall(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]* ((?:19|20)\d\d)", part):
        if month in MONTHS:
            found.append(f"{year}-{MONTHS.index(month) // 3 + 1:02}-{int(day):02}")
    return found


def older(text, event):
    """The sources in a cell that are dated before what they are cited for."""
    for part in parts(text):
        dates = days(part)
        if part in readings().index and re.fullmatch(r"\d{4}", readings().loc[part, "year"]):
            dates = [readings().loc[part, "year"]]
        latest = max(dates, default=event)
        known = min(len(latest), len(event))  # a month may hold a day
        if latest[:known] < event[:known]:
            yield part


class TestKinds:
    def test_every_kind_but_the_plain_ones_has_a_reason(self):
        other = load("source_kinds").query("kind == 'other'")
        assert all(len(reason.split()) >= 5 for reason in other["reason"])

    @pytest.mark.parametrize(("name", "column"), TABLES, ids=lambda value: value)
    def test_every_source_is_of_a_known_kind(self, name, column):
        found = {part for text in set(load(name)[column].astype(str)) for part in unknown(text)}
        assert not found, sorted(found)

    def test_every_source_of_the_data_package_is_of_a_known_kind(self, root):
        package = json.loads((root / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
        paths = {s["path"] for table in package["resources"] for s in table["sources"]}
        assert not {path for path in paths if not known_host(urlsplit(path).hostname)}

    def test_every_address_among_the_checked_facts_is_of_a_known_kind(self, root):
        text = (root / "docs" / "data.md").read_text(encoding="utf-8")
        facts = text[text.index("## Forty facts") :]
        found = {urlsplit(url).hostname for url in re.findall(r"<(https?://[^>]+)>", facts)}
        assert not {host for host in found if not known_host(host)}

    @pytest.mark.parametrize(
        "text",
        [
            "https://en.wikipedia.org/wiki/NATO",
            "https://de.news-front.info/2017/06/20/nato/",
            "Wikipedia, NATO (copy at nato.int.example.wiki)",
            "nato.int; wikizero.net",
            "A blog",
        ],
    )
    def test_an_unknown_source_is_refused(self, text):
        assert list(unknown(text))


class TestTime:
    @pytest.mark.parametrize(("name", "column"), DATED, ids=lambda value: value)
    def test_nothing_verified_rests_on_a_source_that_is_older(self, name, column):
        table = load(name).astype(str).fillna("")
        if "verified" in table:
            table = table[table["verified"] == "yes"]
        where = COLUMNS & set(table.columns) | {"reading"} & set(table.columns)
        found = [
            (row[column], part)
            for _, row in table.iterrows()
            for text in where
            for part in older(row[text], row[column])
        ]
        assert not found

    @pytest.mark.parametrize(
        ("source", "event"),
        [
            ("https://de.news-front.info/2017/06/20/nato/", "2022-03-24"),
            ("Reuters, 3 February 2021", "2026-02-05"),
            ("sputnikglobe.com 2016-12-19", "2016-12-20"),
            ("asmus2002", "2004-03-29"),
        ],
    )
    def test_an_older_source_is_seen(self, source, event):
        assert list(older(source, event)) == [source]

    @pytest.mark.parametrize(
        ("source", "event"),
        [
            ("https://www.nato.int/docu/update/2001/1001/e1002a.htm", "2001-09-12"),
            ("AP, 18 October 2021", "2021-10-18"),
            ("kylkirauta.fi 2021-10-30", "2021-10"),
            ("marten2018", "2018"),
        ],
    )
    def test_a_source_of_the_day_or_later_is_not(self, source, event):
        assert not list(older(source, event))


class TestReadings:
    def test_of_every_reading_its_text_or_abstract_was_seen(self):
        assert set(load("readings")["checked"]) <= {"text seen", "abstract seen", "row by row"}

    def test_every_reading_says_where_it_was_seen_and_where_it_can_be_found(self):
        own = {"munshi_essay", "src_general_history"}  # the course prints it; row by row
        table = load("readings")
        table = table[~table["reading"].isin(own)]
        assert not list(table[table["seen_at"] == ""]["reading"])
        assert not list(table[(table["doi"] == "") & (table["url"] == "")]["reading"])

    def test_every_reading_is_used_by_a_page_or_a_table(self, root):
        used = "\n".join(
            path.read_text(encoding="utf-8")
            for room, kind in (("datasets", "csv"), ("notebooks", "ipynb"), ("coursekit", "*"),
                               ("exercises/quizzes", "yaml"), ("docs", "md"))
            for path in (root / room).rglob(f"*.{kind}")
            if path.is_file() and path.suffix != ".pyc" and path.name != "readings.csv"
        )  # fmt: skip
        words = set(re.findall(r"\w+", used))
        missing = {
            row.reading
            for row in load("readings").itertuples()
            if row.reading not in words
            and not re.search(
                rf"{re.escape(row.authors.split(',')[0])}\b.{{0,60}}\b{row.year}\)", used
            )
        }
        assert not missing

    def test_where_no_single_work_stands_the_row_names_its_page(self):
        general = set(load("readings").query("checked == 'row by row'")["reading"])
        assert general == {"src_general_history"}
        events = load("events")
        events = events[events["reading"].isin(general) & (events["address"] == "")]
        assert set(events["verified"]) <= {"no"}, list(events["event"])
        treaties = load("treaties")
        treaties = treaties[treaties["source"].isin(general)]
        assert set(treaties["verified"]) <= {"no"}, list(treaties["treaty"])
