"""A folder with records that are none, or mean harm: one sentence each, and the rest is read."""

import json
import os
import zipfile

import pytest
from made_up_class import answered, hand_in, said

from coursekit.classbook.reading import read_class
from coursekit.classbook.results import work_out
from coursekit.classbook.writing import write
from coursekit.errors import CourseError
from coursekit.record.xapi import SCHEMA

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def folder(tmp_path):
    """A folder with one good record."""
    folder = tmp_path / "handed_in"
    hand_in(folder, "good.json", [answered("02-q3", "a", "good")])
    return folder


def _sparse(folder):
    path = folder / "bad.json"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)


def _packed(folder):
    with zipfile.ZipFile(folder / "bad.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("my_record.json", "0" * 10_000_000)


def _nested(folder):
    (folder / "bad.json").write_text("[" * 500_000)


def _many_parts(folder):
    (folder / "bad.json").write_text("[" + "{}," * 1_500_000 + "{}]")


def _newer(folder):
    hand_in(folder, "bad.json", [answered("02-q3", "a", "bad")], schema=SCHEMA + 1)


def _another_course(folder):
    hand_in(folder, "bad.json", [said("answered", "quiz/77/77-q1", "bad", success=True)])


def _wrong_types(folder):
    made = answered("02-q3", "a", "bad")
    made["result"] = ["nothing", {"as": "it should be"}]
    (folder / "bad.json").write_text(
        json.dumps(
            {
                "format": "coursekit record",
                "schema": SCHEMA,
                "counts": {"answered": 1},
                "statements": [made],
            }
        )
    )


def _no_json(folder):
    (folder / "bad.json").write_bytes(b"\xff\xfe\x00PK\x03\x04")


def _empty(folder):
    (folder / "bad.json").write_bytes(b"")


def _no_statements(folder):
    hand_in(folder, "bad.json", [])


def _pipe(folder):
    os.mkfifo(folder / "bad.json")


HOSTILE = [
    *(_sparse, _packed, _nested, _many_parts, _newer, _another_course),
    *(_wrong_types, _no_json, _empty, _no_statements),
    pytest.param(
        _pipe, marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
    ),
]


@pytest.mark.parametrize("make", HOSTILE)
def test_each_is_named_in_one_line_and_the_rest_is_reported(folder, make):
    make(folder)
    made = read_class(folder)
    (sentence,) = made.said
    assert sentence.startswith("bad.") and "\n" not in sentence and sentence.endswith(".")
    assert str(folder) not in sentence
    assert made.students["files"].tolist() == ["good.json"]


@pytest.mark.slow
def test_a_record_among_many_is_read_by_other_programs_too(folder):
    _wrong_types(folder)
    for place in range(30):
        hand_in(folder, f"{place}.json", [answered("02-q3", "b", f"somebody {place}")])
    made = read_class(folder)
    assert len(made.students) == 31
    assert len(made.said) == 1


STRANGE = {
    "attempt": {"a": [1]},
    "mistake": ["not", "text"],
    "notebook": {"a": 1},
    "confidence": 0.5,
    "success": False,
}


def test_values_of_types_that_nobody_writes_do_no_harm(folder, tmp_path):
    made = [
        said("checked", "exercise/02/members_in", "odd", **STRANGE),
        said("answered", "quiz/02/02-q3", "odd", **STRANGE, response='{"a": [1, 2]}'),
        said("predicted", "prediction/02-seven", "odd", response="[[[1]]]"),
        said("rated", "credence/C04/start", "odd", score={"scaled": 0.5}),
        said("rated", "credence/C04/end/more", "odd", score={}),
    ]
    hand_in(folder, "odd.json", made)
    write(work_out(read_class(folder), folder), tmp_path / "report")


class TestTexts:
    @pytest.fixture
    def report(self, folder, tmp_path):
        made = [
            said("rated", "credence/C04/start", "bad", score={"scaled": 0.5}),
            said("rated", "credence/C04/end", "bad", score={"scaled": 0.6}, response=SCRIPT),
            said("checked", "exercise/02/members_in", "bad", success=False, mistake=SCRIPT),
            answered("02-q2", "1e400", "bad"),
        ]
        hand_in(folder, f"{'x' * 20}<b>.json", made, name=f"=cmd|{SCRIPT}")
        write(work_out(read_class(folder), folder), tmp_path / "report")
        return tmp_path / "report"

    def test_are_shown_and_never_run(self, report):
        page = (report / "instructor.html").read_text(encoding="utf-8")
        assert "<script" not in page and "&lt;script&gt;" in page

    def test_no_page_lets_a_script_run_or_anything_be_fetched(self, report):
        for name in ("instructor.html", "to_show.html"):
            page = (report / name).read_text(encoding="utf-8")
            assert "default-src 'none'" in page
            assert "http://www.w3.org" not in page.replace("data:image", "")[:2000]

    def test_are_no_formulas_for_a_spreadsheet(self, report):
        assert "'=cmd|" in (report / "who_is_who.csv").read_text(encoding="utf-8")


def test_a_folder_without_one_record_says_why(tmp_path):
    (tmp_path / "notes.json").write_text("{}")
    with pytest.raises(CourseError, match=r"notes\.json is not a record of the course"):
        read_class(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CourseError, match="There is no folder"):
        read_class(tmp_path / "nowhere")
