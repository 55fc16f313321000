"""The report that a student hands in."""

import json

import pytest

from coursekit.errors import CourseError
from coursekit.record import Record
from coursekit.report import report, write_report
from coursekit.widgets.argument_map import argument_map


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
        assert line.endswith("| 40 % | 70 % | The counts \\| in notebook 02 |")

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
        assert "### What is many?\n\n> First line\n> second" in report(mine.statements())

    def test_counts_what_was_done_and_how_sure_it_was(self, mine):
        fill(mine)
        text = report(mine.statements())
        assert "| 02 | Who joined when | 1 of " in text
        assert "- 80% sure: 1 of 1 right" in text


class TestFiles:
    def test_both_are_written_and_hold_the_same(self, mine, tmp_path):
        fill(mine)
        made = write_report(tmp_path, name="Kim")
        markdown, page = (path.read_text(encoding="utf-8") for path in made.paths)
        assert "By Kim." in markdown
        assert "<table>" in page
        assert "25 members" in page

    def test_scripts_in_notes_and_names_are_text(self, mine, tmp_path):
        fill(mine)
        page = write_report(tmp_path, name="<img src=x onerror=alert(1)>").paths[1]
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "<img" not in text

    def test_an_empty_record_writes_nothing(self, mine, tmp_path):
        made = write_report(tmp_path)
        assert made.paths == ()
        assert "Answer a quiz" in repr(made)
        assert not (tmp_path / "my_report.md").exists()

    def test_a_folder_that_cannot_be_written_to_gets_a_sentence(self, mine, tmp_path):
        fill(mine)
        (tmp_path / "file").write_text("")
        with pytest.raises(CourseError, match="Give another folder"):
            write_report(tmp_path / "file" / "below")
