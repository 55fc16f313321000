"""The report that a student hands in."""

import json
import re

import pytest

from coursekit.errors import CourseError
from coursekit.record import Record
from coursekit.report import report, save, still_open
from coursekit.widgets.argument_map import argument_map
from coursekit.widgets.report_writer import write_report


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "kept"))
    return Record()


def fill(mine):
    for when, share, why in (("start", 0.4, ""), ("end", 0.7, "The counts | in notebook 02")):
        result = {"score": {"scaled": share}, "response": why}
        mine.add("rated", f"credence/C04/{when}", result=result)
    mine.add("predicted", "prediction/02-seven", result={"response": json.dumps(12)})
    mine.add("predicted", "prediction/02-seven", result={"response": json.dumps(25)})
    said = json.dumps({"rejected": ["H3", "H4"], "accepted": ["R2"]})
    mine.add("mapped", "map/essay", result={"response": said})
    mine.add(
        "noted",
        "note/02-many",
        result={"response": "First line\nsecond <script>alert(1)</script>"},
        context={"prompt": "What is many?"},
    )
    mine.add(
        "answered",
        "quiz/02/02-q2",
        result={"success": True, "score": {"scaled": 1.0}, "response": "16", "confidence": 0.8},
    )


class TestText:
    def test_a_record_with_nothing_in_it_says_so(self):
        assert "Nothing is recorded yet." in report([])

    def test_shows_start_and_end_side_by_side_with_the_reason(self, mine):
        fill(mine)
        line = next(x for x in report(mine.statements()).splitlines() if x.startswith("| C04"))
        assert line.endswith("| 40% | 70% | The counts \\| in notebook 02 |")

    def test_shows_the_first_prediction_beside_the_answer(self, mine):
        fill(mine)
        text = report(mine.statements())
        assert "| 12 members | 25 members | too low |" in text
        assert "| 25 members | 25 members |" not in text

    def test_shows_what_is_rejected_and_what_follows(self, mine):
        fill(mine)
        text = report(mine.statements())
        assert "| rejected |" in text
        assert "- K1 falls" in text or "- K1 stands" in text

    def test_takes_the_map_from_the_map_widget(self, mine):
        lab = argument_map().lab
        lab.live.stances = {"H3": "rejected"}
        text = report(mine.statements())
        assert "| H3. " in text
        assert "- K1 stands" in text

    def test_shows_notes_under_their_question(self, mine):
        fill(mine)
        assert "### What is many?\n\n> First line\\\n> second" in report(mine.statements())

    def test_counts_what_was_done_and_how_sure_it_was(self, mine):
        fill(mine)
        text = report(mine.statements())
        assert "| 02 | Who joined when | 1 of " in text
        assert "- 80% sure: 1 of 1 right" in text


class TestFiles:
    def test_both_are_written_and_hold_the_same(self, mine, tmp_path):
        fill(mine)
        page, markdown = (path.read_text("utf-8") for path in save(tmp_path, name="Kim"))
        assert "By Kim." in markdown
        assert "<table>" in page
        assert "25 members" in page

    def test_scripts_in_notes_and_names_are_text(self, mine, tmp_path):
        fill(mine)
        page, _ = save(tmp_path, name="<img src=x onerror=alert(1)>")
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text

    def test_an_empty_record_writes_nothing(self, mine, tmp_path):
        with pytest.raises(CourseError, match="Answer a quiz"):
            save(tmp_path)
        assert not list(tmp_path.glob("my_report.*"))

    def test_a_folder_that_cannot_be_written_to_gets_a_sentence(self, mine, tmp_path):
        fill(mine)
        (tmp_path / "file").write_text("")
        with pytest.raises(CourseError, match="Give another folder"):
            save(tmp_path / "file" / "below")


class TestStillOpen:
    def test_an_empty_record_lacks_every_part(self):
        said = still_open([])
        assert len(said) == 7
        assert "Your judgement at the start: notebook 00." in said
        assert any(re.match(r"(\d+) of \1 questions of the quizzes: pre, 00, 01", s) for s in said)

    def test_names_what_is_missing_and_where(self, mine):
        fill(mine)
        said = still_open(mine.statements())
        assert not [line for line in said if line.startswith("Your")]
        (open_, all_), *_ = re.findall(r"(\d+) of (\d+) questions", "\n".join(said))
        assert int(open_) == int(all_) - 1


def write(card, name=""):
    card.act({"item": "report", "action": "submit", "values": {"name": name}})
    return card.items[0]


class TestButton:
    def test_to_run_the_box_writes_nothing(self, mine, tmp_path):
        fill(mine)
        card = write_report(tmp_path)
        assert card.items[0]["submit"] == "Write my report"
        assert not list(tmp_path.glob("my_report.*"))

    def test_writes_when_asked_and_says_where_and_what_is_open(self, mine, tmp_path):
        fill(mine)
        told = write(write_report(tmp_path), "Kim")["feedback"]
        values = {one["label"]: one["value"] for one in told["values"]}
        assert values == {
            "Files": "my_report.html and my_report.md",
            "Folder": str(tmp_path),
        }
        assert "questions of the quizzes: " in told["lines"][0]["text"]
        assert "By Kim." in (tmp_path / "my_report.md").read_text(encoding="utf-8")

    def test_writing_again_replaces(self, mine, tmp_path):
        fill(mine)
        card = write_report(tmp_path, name="Kim")
        write(card, "Kim")
        mine.add("noted", "note/02-more", result={"response": "One thing more."})
        assert write(card)["submit"] == "Write my report again"
        text = (tmp_path / "my_report.md").read_text(encoding="utf-8")
        assert "One thing more." in text
        assert "Kim" not in text

    def test_another_day_it_says_that_there_is_a_report(self, mine, tmp_path):
        fill(mine)
        write(write_report(tmp_path))
        told = write_report(tmp_path).items[0]["feedback"]
        assert told["title"].startswith("Written on ")
        assert told["values"][1]["value"] == str(tmp_path)

    def test_as_long_as_nothing_is_recorded_it_says_what_to_do(self, mine, tmp_path):
        form = write(write_report(tmp_path))
        assert "Answer a quiz" in form["errors"]["name"]
        assert not list(tmp_path.glob("my_report.*"))

    def test_a_stored_notebook_says_that_the_box_can_be_run(self, mine, tmp_path):
        fill(mine)
        before = write_report(tmp_path)._repr_mimebundle_()[0]["text/plain"]
        write(write_report(tmp_path))
        after = write_report(tmp_path)._repr_mimebundle_()[0]["text/plain"]
        assert "Asleep. Run this page to go on." in before
        assert before == after
