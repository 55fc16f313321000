"""The kit works on another course: its text, claims, map, questions and sets are data alone."""

import json
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from frictionless import Package

import coursekit as ck
from coursekit import data
from coursekit.argument import Argument
from coursekit.attainment import calibration, done, objectives
from coursekit.authoring.classroom.build import build_set, verify_set
from coursekit.authoring.classroom.source import exercise_set, exercise_sets
from coursekit.authoring.exports.moodle import to_moodle_xml
from coursekit.authoring.exports.qti import to_qti
from coursekit.authoring.storing import store
from coursekit.content import course, folder
from coursekit.documents import misfits, read
from coursekit.errors import CourseError
from coursekit.figures.argument_map import argument_map_figure
from coursekit.forms.sorting import claims_to_sort
from coursekit.predictions import judge, truth
from coursekit.predictions import load as prediction
from coursekit.predictions.rules import validate as check_predictions
from coursekit.profile import FILE, SCHEMA, profile
from coursekit.quiz import bank, banks, question, review, score
from coursekit.quiz.rules import validate
from coursekit.record import record
from coursekit.report import report, still_open


def test_its_folder_holds_no_python(home):
    assert not list(home.rglob("*.py"))


class TestOpening:
    def test_lasts_to_the_end_of_the_block(self, home):
        assert len(ck.claims()) == 8
        with course(Path(ck.__file__).parent.parent):
            assert len(ck.claims()) == 45
        assert len(ck.claims()) == 8

    def test_is_seen_by_whatever_is_started_from_here(self, home):
        code = "import coursekit as ck; print(ck.claim('b3').text)"
        said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert said.stdout == "A large republic ends in rule by a few.\n", said.stderr

    def test_a_folder_that_is_no_course_is_refused(self, tmp_path):
        with pytest.raises(CourseError, match=r"no datasets/course\.yaml"):
            ck.course(tmp_path)

    def test_what_it_lacks_is_not_taken_from_elsewhere(self, home):
        with pytest.raises(CourseError, match="'slides' is missing"):
            folder("slides")
        with pytest.raises(CourseError, match="There is no table 'members'"):
            data.load("members")

    def test_its_record_is_kept_apart(self, root, home, monkeypatch):
        monkeypatch.delenv("COURSEKIT_RECORD")
        assert record().path.parent.name == "republic"
        with course(root):
            assert record().path.parent.name == "coursekit"


class TestWhatItSaysOfItself:
    @pytest.mark.parametrize("place", ["tests/kit/course", "."])
    def test_keeps_to_the_schema_and_names_what_there_is(self, root, place):
        said = read(root / place / "datasets" / FILE)
        assert misfits(said, SCHEMA, FILE, "sources") == ([], set())
        with course(root / place):
            known = profile()
            assert set(data.load("anchors")["claim"]) <= set(data.load("claims")["claim"])
            assert set(known.sources) <= set(data.names())
            assert {*known.tests, known.start, known.map, known.end} <= {
                each.notebook for each in banks()
            }

    def test_an_entry_that_means_nothing_is_refused(self, home, tmp_path):
        shutil.copytree(home, tmp_path / "copy")
        with (tmp_path / "copy" / "datasets" / FILE).open("a", encoding="utf-8") as file:
            file.write("colour: blue\n")
        with course(tmp_path / "copy"), pytest.raises(CourseError, match="'colour' means nothing"):
            profile()


class TestTables:
    def test_are_a_valid_data_package_that_has_not_changed(self, home):
        assert Package(str(home / "datasets" / "datapackage.json")).validate().valid
        data.verify()

    def test_are_loaded_described_and_cited(self, home):
        assert data.load("votes")["yes"].sum() == 420
        assert data.codebook("votes")["column"].tolist() == ["state", "date", "yes", "no"]
        assert str(data.cite("federalist10")).startswith("Madison, James (1787).")


class TestClaims:
    def test_are_shown_as_cards(self, home):
        found = ck.claim("F2")
        assert (found.supported_by, found.attacked_by) == (("F1", "F3"), ("B3",))
        assert "Madison" in found._repr_mimebundle_()["text/html"]

    def test_an_unknown_one_suggests_the_nearest(self, home):
        with pytest.raises(CourseError, match="You can use: F1, F2"):
            ck.claim("C05")

    def test_are_sorted_by_kind(self, home):
        assert claims_to_sort().judge("B1", "fact").mark

    def test_its_anchors_are_asked_for(self, home):
        asked = ck.credences().items[0]["fields"]
        assert [each["name"] for each in asked] == ["F2", "B3"]


class TestArgumentMap:
    def test_stands_and_falls(self, home):
        essay = Argument.essay()
        assert len(essay.nodes) == 6
        assert essay.critical_premises("Z") == [frozenset({id}) for id in ("P1", "P2", "P3")]
        assert "Z" not in essay.standing(accepted="O1")

    def test_is_drawn(self, home):
        assert argument_map_figure(accepted="O2").alt == (
            "Argument map of 6 steps and 5 links. Z falls. Fallen: Z. Accepted: O2."
        )

    def test_is_explored_and_built(self, home):
        shown = ck.argument_map()
        assert set(shown.argument.nodes) == {"Z", "P1", "P2", "P3", "O1", "O2"}
        assert "image/png" in shown._repr_mimebundle_()[0]
        assert not ck.argument_map(mode="build").argument.links


class TestQuizzes:
    @pytest.mark.parametrize("name", ["01", "entry"])
    def test_keep_the_rules(self, home, name):
        assert validate(name) == bank(name)

    def test_the_rules_know_its_claims_and_sources(self, home, tmp_path):
        spoilt = (home / "exercises/quizzes/01_large_republic.yaml").read_text("utf-8")
        spoilt = spoilt.replace("[F2, B3]", "[C05]").replace("brutus1]", "S01]")
        path = tmp_path / "01_spoilt.yaml"
        path.write_text(spoilt, encoding="utf-8")
        with pytest.raises(CourseError) as problem:
            validate(path)
        assert "there is no claim C05. Claims are F1 to B4." in str(problem.value)
        assert "Name a table, or a key of one of these: readings." in str(problem.value)

    def test_are_asked_and_scored(self, home):
        assert len(ck.quiz("01").items) == 4
        assert ck.quiz("entry").silent
        assert not ck.quiz("01").silent
        assert score(question("01-q2"), "3 votes").success

    def test_are_exported(self, home):
        assert "01-q1.xml" in zipfile.ZipFile(BytesIO(to_qti(bank("01")))).namelist()
        assert "Madison" in to_moodle_xml(bank("01"))


class TestPredictions:
    def test_keep_the_rules(self, home):
        assert check_predictions(home / "exercises/predictions/01_large_republic.yaml") == []

    def test_are_made_and_judged(self, home):
        asked = prediction("01-closest")
        assert truth(asked) == 3
        assert judge(asked, 40, truth(asked)).kind == "high"
        assert ck.predict("01-closest").items[0]["submit"]


class TestProgress:
    def answers(self):
        mine = record()
        for id, success in (("01-q1", True), ("01-q4", False)):
            given = {"success": success, "confidence": 0.8}
            mine.add("answered", f"quiz/01/{id}", result=given, context={"objective": id})
        mine.add("answered", "quiz/entry/entry-q1", result={"success": False, "confidence": 0.8})
        mine.add("checked", "exercise/01/closest", result={"success": True})
        return mine

    def test_counts_what_is_done(self, home):
        counts = done(self.answers().frame()).set_index("notebook")
        assert counts.index.tolist() == ["entry", "01"]
        assert counts.loc["01", ["answered", "questions", "predictions"]].tolist() == [2, 4, 1]

    def test_leaves_out_the_test_before_the_course(self, home):
        frame = self.answers().frame()
        assert objectives(frame) == {"01-q1": True, "01-q4": False}
        assert calibration(frame)["answers"].tolist() == [2]
        later = frame["time"].iloc[-1] + pd.Timedelta(days=30)
        assert set(review(frame, later.date())) == {"01-q1", "01-q4"}

    def test_is_shown_and_reported(self, home):
        self.answers()
        assert "3 of 5" in str(ck.progress().live.answer["readout"])
        assert report(record().statements()).startswith("# My work on a debate of 1787")
        assert "notebook 01" in still_open(record().statements())[0]


@pytest.fixture
def copy(home, tmp_path):
    """A copy of the course that a test may write to."""
    shutil.copytree(home, tmp_path / "copy")
    with course(tmp_path / "copy"):
        yield tmp_path / "copy"


@pytest.mark.slow
class TestRunning:
    def test_a_notebook_is_run_and_stored(self, copy):
        path = copy / "notebooks" / "01_large_republic.ipynb"
        store(path)
        shown = json.dumps(nbformat.read(path, as_version=4))
        for words in ("New York", "Faction grows from liberty", "Madison", "Who holds that size"):
            assert words in shown, words

    def test_a_set_is_released_without_solutions_and_checked(self, copy, monkeypatch):
        (only,) = exercise_sets()
        assert only.name == exercise_set("01").name == "01_large_republic"
        target = copy / "exercises" / "release"
        assert build_set(only, target) == "built"
        assert verify_set(only, target) == "release is fresh, nothing leaks"
        released = (target / only.name / f"{only.name}.ipynb").read_text(encoding="utf-8")
        assert "margins" not in released
        monkeypatch.chdir(target / only.name)
        right = ck.check("01.closest", lambda table: "New York")
        wrong = ck.check("01.closest", lambda table: "Delaware")
        assert right.passed
        assert "Compare both columns" in str(wrong)
        assert done(record().frame()).set_index("notebook").loc["01", "tasks"] == 1
