"""Statements: dates, versions, halves, denials, and the widgets that show them."""

import ast
import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from coursekit.attainment import done, objectives
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.forms.fields import item
from coursekit.forms.printing import as_html
from coursekit.forms.tables import table
from coursekit.nato.statements.denials import Denial, denials
from coursekit.nato.statements.lines import line, one_line, quoted
from coursekit.nato.statements.phrases import phrase, phrases
from coursekit.nato.statements.quotations import (
    Statement,
    beside_invasion,
    date_in_words,
    statement,
)
from coursekit.nato.statements.texts import (
    changes,
    citation,
    citations_to_sort,
    side_by_side,
    versions,
)
from coursekit.nato.widgets.mirror import Mirror
from coursekit.nato.widgets.statement_lab import PARTS, StatementLab, statement_lab
from coursekit.nato.widgets.two_halves import TwoHalves
from coursekit.quiz import bank
from coursekit.record import record
from coursekit.widgets import panel
from coursekit.wording import loaded_words

INVENTED = Statement(
    name="S99",
    date="2001-02",
    speaker="A & B",
    office="heralds",
    document="Letter <one>",
    quotation="We shall <not> march",
    words="",
    address='https://example.org/?a="b"',
    verified="no",
    note="Heard & written down.",
)


def run(code):
    """Run the code that a lab shows, and give the value of its last line."""
    *first, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(first, []), "code", "exec"), names)
    return eval(compile(ast.Expression(last.value), "code", "eval"), names)


class TestDates:
    @pytest.mark.parametrize(
        ("date", "words"),
        [
            ("2022-02-24", "on the day of"),
            ("2022-02-23", "1 day before"),
            ("2022-02-19", "5 days before"),
            ("2022-03-09", "13 days after"),
            ("2022-04-26", "61 days after"),
            ("2022-04-27", "about 2 months after"),
            ("2021-12-01", "about 3 months before"),
            ("2021-10-19", "about 4 months before"),
            ("2022-06-29", "about 4 months after"),
            ("2022-03", "about 1 month after"),
            ("2022-02", "in the month of"),
            ("2022", "in the year of"),
            ("2024", "about 2 years after"),
            ("2008-04-03", "about 14 years before"),
            ("1949-04-04", "about 73 years before"),
        ],
    )
    def test_are_set_beside_the_full_scale_invasion(self, date, words):
        assert beside_invasion(date) == f"{words} Russia's full-scale invasion of Ukraine"

    @pytest.mark.parametrize("date", ["", "yesterday", "2022-13", "24.2.2022", "2022-02-30"])
    def test_what_is_no_date_is_refused(self, date):
        with pytest.raises(CourseError, match="is no date"):
            beside_invasion(date)

    def test_all_dates_of_the_table_can_be_read(self):
        for date in load("statements")["date"]:
            assert beside_invasion(date).endswith("Russia's full-scale invasion of Ukraine")
            assert date_in_words(date).endswith(date[:4])


class TestStatements:
    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="S03"):
            statement("S3")

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("S03", "wording checked, in a copy"),
            ("S01", "wording checked"),
        ],
    )
    def test_say_how_far_they_were_checked(self, name, words):
        assert statement(name).checked == words

    def test_a_line_shows_speaker_date_document_and_check(self):
        shown = line(statement("S03"), "The source", "Read on.")
        assert (shown["head"], shown["aside"]) == ("The source", "wording checked, in a copy")
        for part in ("NATO", "29 June 2022", "2022 Strategic Concept", "S03", "Read on."):
            assert part in shown["text"]
        assert shown["seen"] == statement("S03").address

    def test_what_was_not_checked_is_marked(self):
        assert line(INVENTED, "")["aside"] == "not checked"
        assert "not checked" in one_line(INVENTED)

    def test_no_words_are_invented_where_none_were_checked(self):
        assert quoted(replace(statement("S21"), quotation="")) == "No wording was checked."

    def test_everything_in_a_line_is_escaped(self):
        shown = as_html("", "", [item("x", [], feedback={"lines": [line(INVENTED, "", "1 < 2")]})])
        for part in ("We shall &lt;not&gt; march", "A &amp; B", "Letter &lt;one&gt;", "1 &lt; 2"):
            assert part in shown
        assert "https://example.org/?a=&quot;b&quot;" in shown

    def test_everything_in_a_table_is_escaped(self):
        shown = table(("<a>",), [("<b>",)])
        assert "<a>" not in shown
        assert "<b>" not in shown


class TestPhrases:
    def test_there_are_six_to_eight_from_several_sides(self):
        assert 6 <= len(phrases()) <= 8
        perspectives = load("statements").set_index("statement")["perspective"]
        sides = [perspectives[found.source.name] for found in phrases()]
        assert sides.count("members") >= 3
        assert sides.count("russia") >= 3
        assert "in between" in sides

    def test_the_source_is_among_four_options_of_different_dates(self):
        for found in phrases():
            assert found.source in found.options
            assert len({option.date for option in found.options}) == 4

    def test_options_are_in_order_of_time(self):
        for found in phrases():
            dates = [option.date for option in found.options]
            assert dates == sorted(dates)

    def test_the_place_of_the_source_gives_nothing_away(self):
        places = {found.options.index(found.source) for found in phrases()}
        assert len(places) >= 3

    def test_each_belongs_to_a_claim_that_the_statement_bears_on(self):
        claims = load("statements").set_index("statement")["claims"]
        for found in phrases():
            assert found.claim in claims[found.source.name].split(";"), found.name

    def test_only_checked_words_are_quoted(self):
        for found in phrases():
            if found.quoted:
                assert found.source.verified == "yes"
                assert found.text == found.source.quotation
                assert len(found.text.split()) <= 20
            else:
                assert found.text != found.source.quotation

    def test_a_paraphrase_does_not_name_the_speaker(self):
        for found in phrases():
            if not found.quoted:
                assert found.source.speaker.split()[-1] not in found.text.split()

    def test_the_exact_words_on_the_threat_are_later_than_the_invasion(self):
        found = phrase("P1")
        assert (found.source.name, found.source.date) == ("S03", "2022-06-29")
        assert "after" in beside_invasion(found.source.date)
        earlier = {other.name: beside_invasion(other.date) for other in found.compare}
        assert set(earlier) == {"S04", "S05"}
        assert all("before" in words for words in earlier.values())

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="P1"):
            phrase("P99")


class TestVersions:
    def test_are_the_five_summits_in_order(self):
        years = [name.split()[-1] for name in versions()]
        assert years == ["2008", "2021", "2023", "2024", "2025"]

    def test_dates_are_those_of_the_statements_quoted(self):
        days = load("text_versions").set_index("version")["date"].dt.strftime("%Y-%m-%d")
        for row in load("text_points").itertuples():
            if row.statement:
                assert statement(row.statement).date == days[row.version], row.point

    def test_every_point_has_words_and_quotes_only_what_was_checked(self):
        for row in load("text_points").itertuples():
            assert row.statement or row.words
            if row.statement:
                assert statement(row.statement).verified == "yes"

    def test_the_readings_exist(self):
        assert set(load("text_versions")["reading"]) <= set(load("readings")["reading"])

    @pytest.mark.parametrize(
        ("version", "point", "change"),
        [
            ("Bucharest 2008", "Promise of membership", "first text"),
            ("Brussels 2021", "Promise of membership", "changed"),
            ("Brussels 2021", "Membership Action Plan", "changed"),
            ("Brussels 2021", "Date of accession", "as before"),
            ("Vilnius 2023", "Promise of membership", "as before"),
            ("Vilnius 2023", "Membership Action Plan", "changed"),
            ("Vilnius 2023", "Invitation", "new"),
            ("Washington 2024", "Path to membership", "new"),
            ("Washington 2024", "Invitation", "as before"),
            ("The Hague 2025", "Path to membership", "no longer mentioned"),
            ("The Hague 2025", "Date of accession", "as before"),
        ],
    )
    def test_what_was_added_and_dropped(self, version, point, change):
        assert changes(version).set_index("point").loc[point, "change"] == change

    @pytest.mark.parametrize("place", [1, 2, 3, 4])
    def test_added_and_dropped_points_account_for_the_difference(self, place):
        order, grid = versions(), side_by_side()
        now, before = (set(grid.index[grid[order[n]] != ""]) for n in (place, place - 1))
        found = changes(order[place])
        assert set(found.loc[found["change"] == "new", "point"]) == now - before
        dropped = found.loc[found["change"] == "no longer mentioned", "point"]
        assert set(dropped) == before - now

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="Vilnius 2023"):
            changes("Vilnius")


class TestHalves:
    def test_the_paragraph_is_complete(self):
        halves = load("paragraph_halves")["half"].tolist()
        assert halves == ["choice", "expense", "sphere", "both"]

    def test_each_side_turns_the_third_part_against_the_other(self):
        table = load("half_citations")
        speakers = table.loc[table["half"] == "sphere", "speaker"].tolist()
        assert speakers == ["Sergey Lavrov", "NATO Heads of State and Government"]

    def test_each_part_stands_there_in_its_own_words(self):
        halves = load("paragraph_halves").set_index("half")["statement"]
        assert all(statement(name).quotation for name in halves[halves != ""])

    def test_both_halves_are_used_as_often_and_one_text_uses_both(self):
        counts = load("half_citations")["half"].value_counts().to_dict()
        assert counts["choice"] == counts["expense"] >= 3
        assert counts["both"] >= 1

    def test_every_text_has_a_source_of_its_own_or_in_the_statements(self):
        for row in load("half_citations").itertuples():
            own = (row.speaker, row.office, row.document, row.says, row.address, row.checked)
            assert any(own) != bool(row.statement), row.citation
            if not row.statement:
                assert all(own), row.citation

    def test_texts_are_in_order_of_time(self):
        dates = [citation(name).date for name in citations_to_sort().items]
        assert dates == sorted(dates)
        assert list(citations_to_sort().items) == [f"Q{k}" for k in range(1, len(dates) + 1)]

    def test_an_unknown_one_is_refused(self):
        with pytest.raises(CourseError, match="Q1"):
            citation("Q99")


class TestDenials:
    def test_hide_both_names(self):
        for denial in denials():
            assert "[Our side]" in denial.masked
            assert ("[the other side]" in denial.masked) == bool(denial.other)
            for name in ("NATO", "Russia", "lliance"):
                assert name not in denial.masked

    def test_change_nothing_else(self):
        for denial in denials():
            restored = denial.masked.replace("[Our side]", denial.own)
            restored = restored.replace("[the other side]", denial.other)
            assert restored == denial.statement.quotation

    def test_come_from_the_two_sides(self):
        perspectives = load("statements").set_index("statement")["perspective"]
        assert {perspectives[d.statement.name] for d in denials()} == {"members", "russia"}

    def test_give_both_sides_the_same_space(self):
        lengths = [
            len(text.split()) for denial in denials() for text in (denial.believed, denial.doubted)
        ]
        assert max(lengths) <= 1.5 * min(lengths)

    def test_a_name_that_the_quotation_lacks_is_refused(self):
        with pytest.raises(CourseError, match="does not contain 'Ruritania'"):
            _ = Denial(statement("S03"), "Ruritania", "the Russian Federation", "", "").masked


class TestWording:
    @pytest.mark.parametrize(
        ("name", "columns"),
        [
            ("claim_kinds", ["task", "settled_by"]),
            ("claim_sorting", ["reason", "hint", "also_reason"]),
            ("phrases", ["text", "follows"]),
            ("text_versions", ["note"]),
            ("text_points", ["state", "words"]),
            ("paragraph_halves", ["words", "task", "alone"]),
            ("half_citations", ["says", "reason", "hint"]),
            ("denials", ["believed", "doubted"]),
        ],
    )
    def test_follows_the_rules(self, name, columns):
        text = "\n".join("\n".join(load(name)[column]) for column in columns)
        assert loaded_words(text, "statements") == []
        assert "!" not in text


@pytest.fixture(autouse=True)
def fresh_record(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))


def submit(card, key, **values):
    card.act({"item": key, "action": "submit", "values": values})
    return form(card, key)


def again(card, key):
    card.act({"item": key, "action": "again"})
    return form(card, key)


def form(card, key):
    return next(item for item in card.items if item["key"] == key)


def without_turns(items):
    return [{k: v for k, v in item.items() if k != "turn"} for item in items]


def said(feedback):
    return "\n".join(
        line.get(part, "") for line in feedback["lines"] for part in ("head", "text", "seen")
    )


def sent(card):
    return json.dumps(card.get_state(), default=str, ensure_ascii=False)


def a_day_later():
    """Date everything that was kept back by a day."""
    path = record().path
    day = dt.datetime.now(dt.UTC).date()
    path.write_text(path.read_text().replace(str(day), str(day - dt.timedelta(days=1))))


class TestDetective:
    @pytest.fixture
    def card(self):
        return statement_lab(part="detective")

    def test_every_phrase_is_asked_with_its_sources(self, card):
        for place, (found, asked) in enumerate(zip(phrases(), card.items, strict=True), 1):
            (field,) = asked["fields"]
            assert asked["label"] == f"Phrase {place} of {len(phrases())}"
            assert found.claim in asked["tag"]
            assert found.text in field["label"]
            assert [option["key"] for option in field["options"]] == [o.name for o in found.options]

    def test_the_source_stays_hidden_until_one_is_chosen(self, card):
        assert not any(found.follows in sent(card) for found in phrases())
        shown = submit(card, "P1", source=None)
        assert shown["errors"]["source"].startswith("There is no source")
        assert phrase("P1").follows not in sent(card)

    @pytest.mark.parametrize("found", phrases(), ids=lambda found: found.name)
    def test_every_phrase_reveals_date_speaker_and_what_follows(self, card, found):
        told = submit(card, found.name, source=found.source.name)["feedback"]
        day = date_in_words(found.source.date)
        assert told["title"] == f"Yes: the source is dated {day}."
        assert card.status == "Traced at the first try: 1 of 1."
        for part in (found.source.speaker, day, "full-scale invasion of Ukraine", found.follows):
            assert part in said(told)
        # The point comes first, and where the words were read after it.
        assert told["lines"][0]["text"] == found.follows
        assert told["lines"][1]["seen"] == found.source.address

    def test_a_wrong_source_is_shown_beside_the_right_one(self, card):
        told = submit(card, "P1", source="S04")["feedback"]
        assert told["title"] == "No: the source is dated 29 June 2022."
        assert said(told).count("The source you chose") == 1
        assert said(told).count(", S04.") == 1

    def test_only_the_first_try_counts(self, card):
        assert submit(card, "P1", source="S04")["locked"]
        assert not again(card, "P1").get("locked")
        assert submit(card, "P1", source="S03")["feedback"]["title"].startswith("Yes")
        assert card.status == "Traced at the first try: 0 of 1."

    def test_an_answer_that_was_sent_twice_counts_once(self, card):
        submit(card, "P1", source="S04")
        submit(card, "P1", source="S03")
        assert record().frame()["response"].tolist() == ["S04"]

    def test_the_general_assembly_is_named_where_the_invasion_is(self, card):
        assert "ES-11/1" in card.lead

    def test_a_stored_notebook_does_not_tell_the_source(self, card):
        submit(card, "P1", source="S03")
        data, _ = statement_lab(part="detective")._repr_mimebundle_()
        for found in phrases():
            assert found.text in data["text/plain"]
            assert found.follows not in data["text/plain"]
            for option in found.options:
                assert option.source in data["text/plain"]

    def test_the_record_holds_each_answer_as_that_of_a_quiz(self, card):
        submit(card, "P1", source="S04")
        row = record().frame().iloc[0]
        assert (row.verb, row.activity, row.response) == ("answered", "detective/P1", "S04")
        assert (row.success, row.score, row.attempt) == (False, 0, 1)

    def test_it_comes_back_on_another_day(self, card):
        submit(card, "P1", source="S04")
        submit(card, "P2", source=phrase("P2").source.name)
        a_day_later()
        later = statement_lab(part="detective")
        assert without_turns(later.items) == without_turns(card.items)
        assert later.status == "Traced at the first try: 1 of 2."

    def test_it_counts_for_the_objective_of_the_quiz_on_the_same_thing(self, card):
        (objective,) = {"Locate and date quotations"} & {q.objective for q in bank("07").questions}
        submit(card, "P1", source="S03")
        assert objectives(record().frame()) == {objective: True}
        submit(card, "P2", source=phrase("P2").options[-1].name)
        assert objectives(record().frame()) == {objective: False}
        assert done(record().frame())["answered"].sum() == 0


class TestSlider:
    @pytest.mark.parametrize("version", versions())
    def test_shows_words_and_changes_of_every_text(self, version):
        lab = statement_lab(part="versions")
        lab.version.value = version
        assert lab.live.said.startswith(version)
        points = load("text_points")
        for row in points[points["version"] == version].itertuples():
            if row.statement:
                assert statement(row.statement).quotation in lab.live.html
        assert not lab.live.error
        assert run(lab.live.code).equals(changes(version))

    def test_a_paraphrase_is_marked(self):
        lab = statement_lab(part="versions")
        lab.version.value = "The Hague 2025"
        assert "Paraphrase: Allies confirm" in lab.live.html
        assert "wording checked" in lab.live.html

    def test_counts_what_changed(self):
        lab = statement_lab(part="versions")
        lab.version.value = "The Hague 2025"
        assert "4 no longer mentioned" in lab.live.said
        assert "1 as before" in lab.live.said

    def test_a_stored_notebook_has_all_five(self):
        data, _ = statement_lab(part="versions")._repr_mimebundle_()
        for version in versions():
            assert version in data["text/html"]
        assert "not in this text" in data["text/plain"]


class TestTwoHalves:
    @pytest.fixture
    def card(self):
        return statement_lab(part="halves")

    def check(self, card, **kinds):
        return submit(card, "sorting", kinds=kinds)["feedback"]

    def test_every_text_has_its_source_and_a_link_to_it(self, card):
        for shown in form(card, "sorting")["fields"][0]["lines"]:
            text = citation(shown["key"])
            assert quoted(text) in shown["text"]
            assert f"{text.speaker}, {date_in_words(text.date)}" in shown["text"]
            assert shown["seen"] == text.address

    def test_the_key_sorts_every_text(self, card):
        sorting = citations_to_sort()
        told = self.check(card, **{name: item.key for name, item in sorting.items.items()})
        assert told["title"] == "9 of 9 agree with the key."
        users = json.dumps(form(card, "users"), ensure_ascii=False)
        for name in sorting.items:
            assert citation(name).speaker in users

    def test_a_first_wrong_answer_gets_a_hint_and_a_second_one_the_key(self, card):
        one = citations_to_sort().items["Q5"]
        wrong = next(kind for kind in citations_to_sort().kinds if kind not in (one.key, one.also))
        first, second = (self.check(card, Q5=wrong)["lines"][0]["text"] for _ in range(2))
        assert one.hint in first and one.reason not in first
        assert one.reason in second and one.hint not in second

    def test_who_uses_which_half_is_told_only_as_far_as_it_was_found(self, card):
        assert [item["key"] for item in card.items] == ["halves", "sorting"]
        self.check(card, Q5="expense", Q6="choice")
        users = json.dumps(form(card, "users"), ensure_ascii=False)
        assert "Anatoly Antonov" in users
        assert "Lavrov" not in users

    def test_a_stored_notebook_shows_both_halves_and_no_key(self, card):
        data, _ = card._repr_mimebundle_()
        assert statement("S36").quotation in data["text/plain"]
        assert statement("S35").quotation in data["text/plain"]
        for one in citations_to_sort().items.values():
            assert one.text in data["text/plain"]
            assert one.reason not in data["text/plain"]

    def test_it_comes_back_on_another_day_and_counts_for_its_objective(self, card):
        self.check(card, Q4="choice", Q6="choice")
        rows = record().frame()
        assert rows["activity"].tolist() == ["sorting/halves/Q4", "sorting/halves/Q6"]
        assert rows["verb"].tolist() == ["answered"] * 2
        (objective,) = {TwoHalves.objective} & {q.objective for q in bank("07").questions}
        assert objectives(rows) == {objective: False}
        a_day_later()
        later = statement_lab(part="halves")
        assert without_turns(later.items) == without_turns(card.items)


class TestMirror:
    @pytest.fixture
    def card(self):
        return Mirror(seed=1)

    def rate(self, card, *given):
        names = [denial.statement.name for denial in card.denials]
        return submit(card, "denials", **dict(zip(names, given, strict=True)))

    def test_speakers_are_hidden_at_first(self, card):
        for denial in denials():
            assert denial.statement.speaker not in sent(card).replace("[Our side]", "")
        assert str(card.items).count("[Our side]") == 2

    def test_they_stay_hidden_until_both_are_rated(self, card):
        shown = self.rate(card, "40", None)
        assert list(shown["errors"]) == [card.denials[1].statement.name]
        assert shown["fields"][0]["value"] == "40"
        assert "feedback" not in shown
        assert record().statements() == []

    @pytest.mark.parametrize("wrong", ["140", "0.5", "much"])
    def test_a_rating_is_a_whole_number_from_0_to_100(self, card, wrong):
        assert self.rate(card, "40", wrong)["errors"]

    def test_both_ratings_stand_side_by_side_afterwards(self, card):
        told = self.rate(card, "40", "0")["feedback"]
        assert told["title"] == "You rated denial 1 higher, by 40 points."
        assert [value["value"] for value in told["values"]] == ["40 of 100", "0 of 100"]
        assert "What made the difference?" in said(told)
        for denial in denials():
            assert denial.statement.speaker in said(told)
            assert date_in_words(denial.statement.date) in said(told)

    def test_equal_ratings_are_told_as_such(self, card):
        assert self.rate(card, "50", "50")["feedback"]["title"] == "You rated both 50."

    def test_a_later_rating_is_shown_beside_the_blind_one(self, card):
        self.rate(card, "40", "60")
        asked = again(card, "denials")
        assert [field["value"] for field in asked["fields"]] == [40, 60]
        assert asked["feedback"]
        told = self.rate(card, "40", "20")["feedback"]
        assert told["title"] == "You rated denial 2 higher, by 20 points."
        assert told["values"][0]["value"] == "40 of 100"
        assert told["values"][1]["value"] == "60 of 100; now that you know the speaker: 20"

    def test_the_order_depends_on_the_seed_and_on_nothing_else(self):
        orders = {seed: [d.statement.name for d in Mirror(seed=seed).denials] for seed in range(8)}
        assert {tuple(order) for order in orders.values()} == {("S03", "S43"), ("S43", "S03")}
        assert [d.statement.name for d in Mirror(seed=3).denials] == orders[3]

    def test_one_learner_always_sees_the_same_order(self):
        first, second = (statement_lab(part="mirror").denials for _ in range(2))
        assert first == second

    def test_learners_with_one_home_folder_differ(self, monkeypatch, tmp_path):
        orders = set()
        for n in range(8):
            folder = tmp_path / str(n)
            folder.mkdir()
            # An account that differs from run to run would now and then fail by chance.
            (folder / "learner.json").write_text(json.dumps({"account": f"learner-{n}"}))
            monkeypatch.setenv("COURSEKIT_RECORD", str(folder))
            orders.add(statement_lab(part="mirror").denials[0].statement.name)
        assert orders == {"S03", "S43"}

    def test_a_stored_notebook_keeps_the_speakers_hidden(self, card):
        self.rate(card, "40", "60")
        data, _ = card._repr_mimebundle_()
        for kind in ("text/html", "text/plain"):
            assert data[kind].count("[Our side]") == 2
            assert "Putin" not in data[kind]

    def test_the_stored_order_depends_on_nobody(self):
        stored = {Mirror(seed=seed)._repr_mimebundle_()[0]["text/plain"] for seed in range(8)}
        assert len(stored) == 1

    def test_the_record_holds_each_rating_as_that_of_a_claim(self, card):
        self.rate(card, "40", "60")
        again(card, "denials")
        self.rate(card, "40", "20")
        rows = record().frame()
        assert rows["verb"].tolist() == ["rated"] * 3
        first, second = (f"mirror/{denial.statement.name}" for denial in card.denials)
        assert rows["activity"].tolist() == [first, second, second]
        assert rows["score"].tolist() == [0.4, 0.6, 0.2]
        assert objectives(rows) == {}

    def test_it_comes_back_on_another_day(self, card):
        self.rate(card, "40", "60")
        a_day_later()
        assert without_turns(Mirror(seed=1).items) == without_turns(card.items)


class TestLab:
    def test_has_the_four_parts_as_tabs(self):
        lab = statement_lab()
        assert isinstance(lab, StatementLab)
        assert lab.tabs.titles == ("Quotation detective", "Version slider", "Three parts", "Mirror")
        for part, (_, make) in zip(lab.tabs.children, PARTS.values(), strict=True):
            assert isinstance(part, make)

    @pytest.mark.parametrize("part", PARTS)
    def test_each_part_stands_alone_under_its_question(self, part):
        lab = statement_lab(ask="Who said <it>?", part=part)
        if part == "versions":
            assert lab.children[0].value == "Who said &lt;it&gt;?"
        else:
            assert lab.title == "Who said <it>?"

    def test_an_unknown_part_suggests_the_nearest(self):
        with pytest.raises(CourseError, match="Did you mean 'mirror'"):
            statement_lab(part="mirrors")

    def test_a_stored_notebook_has_all_four(self):
        data, _ = statement_lab()._repr_mimebundle_()
        for words in ("Phrase 8 of 8", "The Hague 2025", "Q9", "[the other side]"):
            assert words in data["text/html"]
            assert words in data["text/plain"]

    def test_the_slider_is_labelled_and_helped(self):
        slider = statement_lab(part="versions").version
        assert slider.description
        assert len(slider.tooltip) >= 15


WIDGETS = Path(panel.__file__).parent


def test_no_class_is_styled_in_two_sheets():
    # A page has all sheets at once, so a card of forms would be framed as a card of text too.
    found = {}
    for sheet in WIDGETS.glob("*.css"):
        for name in set(re.findall(r"(?m)^(\.ck-[\w-]+) \{", sheet.read_text(encoding="utf-8"))):
            found.setdefault(name, []).append(sheet.name)
    assert {name: sheets for name, sheets in found.items() if len(sheets) > 1} == {}


@pytest.mark.parametrize("name", ["card", "panel"])
def test_the_classes_of_a_widget_begin_with_its_name(name):
    styles = (WIDGETS / f"{name}.css").read_text(encoding="utf-8")
    scripts = "".join(path.read_text(encoding="utf-8") for path in WIDGETS.glob(f"{name}*.js"))
    # What labs and their figures share stands in a sheet of theirs.
    shared = {"ck-lab", "ck-row", "ck-error", "ck-code"}
    used = set(re.findall(r"\.(ck-[\w-]+)", styles)) | set(re.findall(r'"(ck-[\w-]+)"', scripts))
    assert {one for one in used - shared if not one.startswith(f"ck-{name}")} == set()
