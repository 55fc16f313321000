"""The two buttons that carry a record to another computer, and the card of what is due."""

import datetime as dt
import gzip
import json

import pytest
from hostile import HOSTILE
from typer.testing import CliRunner

import coursekit as ck
from coursekit.cli import app
from coursekit.errors import CourseError
from coursekit.quiz import bank
from coursekit.record import record
from coursekit.record.chain import Writer
from coursekit.record.xapi import BASE, statement
from coursekit.widgets import carry_on as module
from coursekit.widgets.carry_on import carry_on
from coursekit.widgets.progress import progress
from coursekit.widgets.review import review

QUESTIONS = [one.id for one in bank("02").questions]


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Go to another machine."""
    for name in ("BINDER_LAUNCH_HOST", "BINDER_REPO_URL"):
        monkeypatch.delenv(name, raising=False)

    def going(machine):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / machine))
        return record()

    return going


def ask(shown, action, *buffers):
    """Do as the browser does; give what it gets."""
    sent = []
    shown.send = lambda content, buffers=None: sent.append((content, buffers))
    shown._received(shown, {"action": action}, [memoryview(part) for part in buffers])
    del shown.send
    return sent


def saved(shown):
    [(content, [packed])] = ask(shown, "save")
    assert content == {"file": "my_record.json"}
    return packed


def answered(kept, days, *ids):
    """Answer questions so many days ago."""
    writer, made = Writer(), []
    for id in ids:
        actor = {"account": {"homePage": BASE, "name": "kim"}}
        one = statement(actor, "answered", f"quiz/{id[:2]}/{id}", result={"success": True})
        time = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        made.append(writer.linked({**one, "timestamp": time.isoformat(timespec="milliseconds")}))
        writer.added(made[-1])
    kept.take_in(made)


class TestTheButtons:
    def test_save_sends_what_export_writes(self, at):
        kept = at("first")
        kept.add("noted", "note/02-why", result={"response": HOSTILE[0]})
        shown = carry_on()
        content = json.loads(gzip.decompress(saved(shown)))
        assert content["counts"] == {"noted": 1}
        assert shown.told == (
            "my_record.json went to the downloads of your browser. It holds 1 entry (1 noted) and "
            "no name."
        )

    def test_load_brings_it_to_another_computer_and_a_second_time_changes_nothing(self, at):
        kept = at("first")
        for id in QUESTIONS[:3]:
            kept.add("answered", f"quiz/02/{id}", result={"success": True})
        packed = saved(carry_on())
        fresh = at("second")
        shown = carry_on()
        assert shown.held == "Your record holds 0 entries."
        ask(shown, "load", b"my_record.json", packed)
        assert (shown.told[:18], shown.wrong, shown.fresh) == ("3 entries came in.", "", True)
        assert shown.held == "Your record holds 3 entries."
        assert fresh.statements() == kept.statements()
        before = fresh.path.read_bytes()
        ask(shown, "load", b"my_record.json", packed)
        assert shown.told.endswith("Nothing had to be changed.")
        assert (fresh.path.read_bytes(), shown.fresh) == (before, False)

    @pytest.mark.parametrize("text", ["", "{}", "\xff", None])
    def test_what_is_no_record_is_refused_in_one_sentence(self, at, text):
        at("first").add("noted", "note/a")
        data = b"not packed" if text is None else gzip.compress(text.encode("latin-1"))
        shown = carry_on()
        ask(shown, "load", b"holiday.json", data)
        assert shown.wrong.startswith("holiday.json is not a record of the course")
        assert (shown.told, shown.held) == ("", "Your record holds 1 entry.")

    def test_a_file_that_unpacks_without_end_is_not_unpacked(self, at, monkeypatch):
        at("first")
        monkeypatch.setattr(module, "LARGEST", 1000)
        shown = carry_on()
        ask(shown, "load", b"bomb.json", gzip.compress(b" " * 10_000_000))
        assert shown.wrong.startswith("bomb.json is not a record of the course")

    def test_a_record_too_large_for_the_browser_is_told_another_way(self, at, monkeypatch):
        at("first").add("noted", "note/a")
        monkeypatch.setattr(module, "MOST", 10)
        shown = carry_on()
        assert ask(shown, "save") == []
        assert "ck.export_record()" in shown.wrong

    def test_every_request_is_answered_even_if_nothing_changes(self, at):
        at("first")
        shown = carry_on()
        turns = []
        for _ in range(2):
            ask(shown, "save")
            turns.append(shown.turn)
        assert turns == [1, 2]

    def test_hears_when_a_card_has_kept_something(self, at):
        at("first")
        shown = carry_on()
        quiz = ck.quiz("02", only=QUESTIONS[2])
        quiz.act(
            {
                "action": "submit",
                "item": QUESTIONS[2],
                "values": {"answer": "a", "confidence": "80"},
            }
        )
        assert shown.stale
        ask(shown, "look")
        assert (shown.stale, shown.held) == (False, "Your record holds 1 entry.")

    def test_on_binder_it_says_plainly_that_nothing_is_kept(self, at, monkeypatch):
        at("first")
        assert not carry_on().urgent
        monkeypatch.setenv("BINDER_REPO_URL", "https://example.org")
        shown = carry_on()
        assert shown.urgent
        assert "before you close this page" in shown.advice

    def test_a_stored_notebook_holds_no_word_of_the_record(self, at):
        at("first").add("noted", "note/a")
        data, _ = carry_on()._repr_mimebundle_()
        assert "entr" not in data["text/html"] + data["text/plain"]
        assert "Asleep" in data["text/plain"]


class TestProgress:
    def test_is_brought_up_to_date_when_the_reader_comes_back(self, at):
        kept = at("first")
        shown = progress()
        carry = shown.children[-2]
        kept.add("answered", f"quiz/02/{QUESTIONS[0]}", result={"success": False})
        ask(carry, "look")
        first = next(line for line in shown.live.answer["readout"] if line["key"] == "answered")
        assert first["value"].startswith("1 of ")
        assert "02 Who joined when" in shown.way_on.outputs[0]["data"]["text/markdown"]

    def test_has_a_button_for_what_is_due(self, at):
        kept = at("first")
        assert progress().ask_due.layout.display == "none"
        answered(kept, 400, *QUESTIONS[:2])
        shown = progress()
        assert shown.ask_due.layout.display is None
        assert shown.ask_due.description == "Review 2 questions now"
        shown.ask_due.click()
        [card] = shown.asked.children
        assert [*card.questions] == QUESTIONS[:2]


class TestReview:
    def test_asks_what_is_due_from_all_notebooks_the_longest_overdue_first(self, at):
        kept = at("first")
        answered(kept, 10, QUESTIONS[1])
        answered(kept, 30, "00-q1")
        answered(kept, 0, QUESTIONS[0])
        card = review()
        assert [*card.questions] == ["00-q1", QUESTIONS[1]]
        assert [form["tag"] for form in card.items] == ["from notebook 00", "from notebook 02"]
        assert card.lead.startswith("2 questions are due, from all notebooks.")

    def test_an_answer_counts_and_the_question_is_no_longer_due(self, at):
        kept = at("first")
        answered(kept, 10, QUESTIONS[2])
        card = review()
        values = {"answer": "a", "confidence": "80"}
        card.act({"action": "submit", "item": QUESTIONS[2], "values": values})
        newest = kept.statements()[-1]
        assert newest["context"]["extensions"]["notebook"] == "review"
        assert newest["object"]["id"].endswith(f"quiz/02/{QUESTIONS[2]}")
        assert not review().questions

    def test_says_when_the_next_question_comes_back(self, at):
        kept = at("first")
        assert review().lead.startswith("Nothing is due yet")
        answered(kept, 0, QUESTIONS[0])
        card = review()
        assert card.lead.startswith("Nothing is due now. The next comes back ")
        assert (card.status, card.items) == ("", [])

    def test_asks_no_more_than_was_wished(self, at):
        answered(at("first"), 10, *QUESTIONS[:4])
        card = review(3)
        assert len(card.questions) == 3
        assert card.lead == (
            "4 questions are due, from all notebooks. Here are the 3 that wait longest."
        )

    @pytest.mark.parametrize("most", [0, -1, 2.5, True, "all"])
    def test_refuses_what_is_no_number_of_questions(self, at, most):
        at("first")
        with pytest.raises(CourseError, match="whole number from 1"):
            review(most)


class TestTheCommands:
    def test_carry_a_record_and_check_it(self, at, tmp_path):
        run = CliRunner().invoke
        at("first").add("noted", "note/02-why", result={"response": "because"})
        file = str(tmp_path / "out.json")
        assert "1 entry (1 noted)" in run(app, ["export-record", file]).output
        at("second")
        assert "1 entry came in." in run(app, ["import-record", file]).output
        checked = run(app, ["check-record"])
        assert (checked.exit_code, "Digests fit: 1 entry" in checked.output) == (0, True)
        assert run(app, ["check-record", file]).exit_code == 0
        kept = record().path
        kept.write_bytes(kept.read_bytes().replace(b"because", b"Because"))
        checked = run(app, ["check-record"])
        assert checked.exit_code == 1
        assert "Changed after being written: 1 entry (1)." in checked.output

    @pytest.mark.parametrize("command", ["import-record", "check-record"])
    def test_say_in_a_sentence_what_is_no_record(self, at, tmp_path, command):
        at("first")
        other = tmp_path / "other.json"
        other.write_text("{}")
        done = CliRunner().invoke(app, [command, str(other)])
        assert done.exit_code == 1
        assert "not a record of the course" in done.output
