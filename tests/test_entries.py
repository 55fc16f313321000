"""What a page can explain: each identifier, term and table, in a sentence and in a card."""

import json
import re
from html import unescape

import pytest

import coursekit as ck
from coursekit import data
from coursekit.argument.claim_card import as_html
from coursekit.forms.entries import card, explained, table_card
from coursekit.widgets.live_figure import LiveFigure

ONE_OF_EACH = ("C04", "H3", "S12", "E91", "security dilemma", "table members")


def columns(*tables):
    return {name for table in tables for name in data.load(table).iloc[:, 0]}


def test_every_identifier_and_term_and_table_is_explained():
    steps = {step for step in columns("argument_nodes") if re.fullmatch(r"[A-Z]\d", step)}
    named = columns("claims", "statements", "events", "glossary") | steps
    assert set(explained()) == named | {f"table {name}" for name in data.names()}


def test_all_sentences_together_are_small():
    assert len(json.dumps(explained())) < 80_000


@pytest.mark.parametrize("name", explained())
def test_each_says_something_whole(name):
    short = explained()[name]["short"]
    assert 20 < len(short) < 500
    for text in (short, card(name)):
        plain = unescape(re.sub(r'href="[^"]*"', "", text))
        assert not re.search(r"[{}]|\bnan\b|NaT|\.\.|;;", plain)


def test_a_claim_has_the_card_that_it_has_elsewhere():
    assert card("C04") == as_html(ck.claim("C04"))


def test_a_statement_has_quotation_speaker_date_and_source():
    row = data.load("statements").set_index("statement").loc["S12"]
    said = card("S12")
    for part in (row["quotation"], row["speaker"], row["document"], row["address"], "10 July 2024"):
        assert part in said


def test_an_event_has_its_date_and_its_page():
    assert "24 March 1999" in card("E91")
    assert data.load("events").set_index("event").loc["E91", "address"] in card("E91")


def test_a_term_holds_on_the_pages_in_which_it_matters():
    assert explained()["rate"]["pages"] == ["02"]
    assert "pages" not in explained()["C04"]


@pytest.mark.parametrize("name", data.names())
def test_a_table_has_its_rows_its_sources_and_its_licence(name):
    said = table_card(name)
    assert data.about(name)["rows"] == len(data.load(name))
    for source in data.about(name)["sources"]:
        assert source["path"] in said
    for column in data.load(name):
        assert f">{column}</td>" in said


def test_what_a_table_says_stays_text(monkeypatch):
    about = {**data.about("members"), "title": "<script>", "description": "<b>"}
    monkeypatch.setattr("coursekit.forms.entries.about", lambda name: about)
    said = table_card.__wrapped__("members")
    assert "<script>" not in said
    assert "<b>" not in said


class TestStart:
    def test_has_all_sentences_and_the_cards_that_are_wanted(self):
        start = ck.start()
        assert start.known == explained()
        start.wanted = list(ONE_OF_EACH)
        assert start.cards == {name: card(name) for name in ONE_OF_EACH}


class TestNumbers:
    @pytest.mark.parametrize(
        "lab",
        [
            ck.enlargement_explorer,
            ck.timeline,
            ck.rate_calculator,
            ck.spending_lab,
            lambda: ck.comparison_lab(view="designs"),
        ],
        ids=["explorer", "timeline", "rates", "spending", "comparison"],
    )
    def test_name_tables_that_the_browser_has(self, lab):
        live = lab().live
        named = [line["tables"] for line in live.answer["readout"] if "tables" in line]
        assert named
        assert {name for names in named for name in names.split("; ")} == set(live.origins)

    def test_all_of_the_explorer_say_where_they_are_from(self):
        assert all(line["tables"] for line in ck.enlargement_explorer().live.answer["readout"])

    def test_the_rates_name_what_they_count(self):
        live = ck.rate_calculator(event="force").live
        assert {line["tables"] for line in live.answer["readout"]} == {"status; force_used"}

    def test_a_lab_on_a_model_names_none(self):
        assert isinstance(ck.game_lab().live, LiveFigure)
        assert ck.game_lab().live.origins == {}
