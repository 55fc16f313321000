"""Where the rows come from: kinds of source that are allowed, and those that are refused."""

import re
from urllib.parse import urlsplit

import pytest

from coursekit.data import load

# The text itself, as its author or keeper published it, or a whole copy of it.
PRIMARY = """
    archive.md clintonwhitehouse6.archives.gov en.kremlin.ru en.m.wikisource.org en.wikisource.org
    ft.dk govinfo.gov mfa.gov.ua mia.gov.al nato.int nsarchive.gwu.edu nuke.fas.org osce.org
    pdfslide.us press.un.org webarchive.library.unt.edu worldjpn.grips.ac.jp bits.de
    laender-analysen.de ieu-monitoring.com kazakhstanun.org app.lexploria.com rrc.ge
""".split()
OFFICIAL = """
    api.parliament.uk europarl.europa.eu europeansources.info euvsdisinfo.eu history.state.gov
    honvedelem.hu austria-forum.org
""".split()
SCHOLARLY = """
    acronym.org.uk armscontrol.org cfr.org foreignaffairs.com legacy.wilsoncenter.org
    missilethreat.csis.org pism.pl russianforces.org taylorfrancis.com
""".split()
NEWSPAPERS = """
    aa.com.tr agenceurope.eu archive.kyivpost.com en.interfax.com.ua eurointegration.com.ua
    interfax.com jpost.com kyivpost.com metro.us ndtv.com news.postimees.ee news.yahoo.com
    newsweek.com politico.eu pravda.com.ua reuters.com rferl.org straitstimes.com ukranews.com
    ukrweekly.com voanews.com washingtonpost.com wiltonbulletin.com yle.fi
""".split()
OTHER = {
    "risu.org.ua": "church news that gives the vote of parliament",
    "sputnikglobe.com": "medium of the state whose own spokesman is quoted",
    "support4partnership.org": "an office that republishes a page of NATO",
    "tass.com": "agency of the state whose own acts are dated",
    "undispatch.com": "interview with the ambassador quoted",
    "veridica.ro": "dated chronology of a war, by journalists in Romania and Moldova",
}
ALLOWED = {*PRIMARY, *OFFICIAL, *SCHOLARLY, *NEWSPAPERS, *OTHER}

# Content farms, fan wikis, disinformation outlets and copies of encyclopaedias.
REFUSED = """
    abcdef.wiki arabstoday aviation24 coonwood d1softballnews derryjournal einpresswire
    encyclopediahub fandom freenews hotscup imalbania kenyan-post lexicals massive.news
    militarypolice news-front operativmm oreanda paperblog profilpelajar radiofree rmx.news
    russia-islworld ru-main.ru schlagergroup spamchronicles studentb theepochtimes thegentlelight
    time.news tns.world usa-online-news us.edu.vn vestikavkaza virgoletteblog waradana weglot
    wikimili Wikipedia wikisum wikizero wiki.studentb wordscope worddisk zxc.wiki
""".split()


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
