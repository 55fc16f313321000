import json
import os

import pytest

import coursekit
from coursekit.errors import CourseError
from coursekit.record import export_record, read_export, record, to_frame


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "record"))
    monkeypatch.chdir(tmp_path)
    kept = record()
    kept.add("answered", "quiz/02/02-q1", result={"success": True, "confidence": 0.7})
    kept.add("answered", "quiz/02/02-q2", result={"success": False, "response": "ß"})
    kept.add("noted", "note/02-why", result={"response": "<script>alert(1)</script>"})
    return kept


class TestExport:
    def test_gives_back_all_statements(self, kept):
        read = read_export(export_record())
        assert read["statements"] == kept.statements()
        assert to_frame(read["statements"]).equals(kept.frame())

    def test_says_what_is_in_the_file(self, kept, capsys):
        path = export_record()
        assert capsys.readouterr().out == (
            "my_record.json holds 3 entries (2 answered, 1 noted) and no name.\n"
        )
        assert path.name == "my_record.json"
        assert path.is_absolute()

    def test_holds_counts_and_versions(self, kept):
        with kept.path.open("a") as file:
            file.write("torn\n")
        read = read_export(export_record())
        assert read["counts"] == {"answered": 2, "noted": 1}
        assert read["skipped"] == 1
        assert read["schema"] == 1
        assert read["coursekit"] == coursekit.__version__

    def test_holds_statements_as_xapi_has_them(self, kept):
        content = json.loads(export_record().read_text(encoding="utf-8"))
        first = content["statements"][0]
        name = "https://coursekit.example/xapi/extensions/confidence"
        assert first["result"]["extensions"] == {name: 0.7}
        assert content["statements"] == [json.loads(line) for line in kept.path.open("rb")]

    def test_holds_a_name_only_if_one_was_given(self, kept, capsys):
        assert "name" not in json.loads(export_record("one.json").read_text())
        kept.name = "Kim <b>"
        read = read_export(export_record("two.json"))
        assert read["name"] == "Kim <b>"
        assert "and the name 'Kim <b>'" in capsys.readouterr().out

    def test_never_overwrites(self, kept):
        one, two, three = export_record(), export_record(), export_record()
        names = [path.name for path in (one, two, three)]
        assert names == ["my_record.json", "my_record-2.json", "my_record-3.json"]
        assert one.read_bytes() == two.read_bytes() == three.read_bytes()

    def test_leaves_no_unfinished_file(self, kept, tmp_path, monkeypatch):
        def fail(file):
            raise OSError(28, "No space left on device")

        before = set(tmp_path.iterdir())
        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(CourseError, match="No space left"):
            export_record()
        assert set(tmp_path.iterdir()) == before

    def test_of_an_empty_record_says_so(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))
        assert read_export(export_record(tmp_path / "empty.json"))["statements"] == []
        assert "0 entries and no name" in capsys.readouterr().out

    @pytest.mark.parametrize("path", ["none/my_record.json", "record"])
    def test_to_a_place_that_cannot_be_written_is_told(self, kept, tmp_path, path):
        if path == "record":
            path = kept.path / "my_record.json"
        with pytest.raises(CourseError, match="Give another place"):
            export_record(path)

    def test_of_a_record_that_cannot_be_read_is_told(self, tmp_path, monkeypatch):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path))
        record().path.mkdir()
        with pytest.raises(CourseError, match="could not be read"):
            export_record(tmp_path / "my_record.json")
        assert not (tmp_path / "my_record.json").exists()


class TestReadingAnExport:
    def changed(self, change):
        path = export_record()
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    @pytest.mark.parametrize(
        "change",
        [
            lambda content: content["statements"].pop(),
            lambda content: content["statements"].append({"id": "x"}),
            lambda content: content["counts"].update(answered=9),
            lambda content: content.pop("counts"),
            lambda content: content.update(statements=None),
            lambda content: content.update(name=["Kim"]),
        ],
    )
    def test_an_incomplete_file_is_refused(self, kept, change):
        with pytest.raises(CourseError, match="incomplete or was changed"):
            read_export(self.changed(change))

    def test_a_file_of_a_newer_course_is_refused(self, kept):
        path = self.changed(lambda content: content.update(schema=2, coursekit="9.0"))
        with pytest.raises(CourseError, match=r"newer version of the course \(9.0\)"):
            read_export(path)

    @pytest.mark.parametrize("text", ["", "{}", "[]", '"coursekit record"', "{", "[" * 100_000])
    def test_another_file_is_refused(self, tmp_path, text):
        path = tmp_path / "other.json"
        path.write_text(text)
        with pytest.raises(CourseError, match="not a record of the course"):
            read_export(path)

    def test_a_file_that_is_not_text_is_refused(self, tmp_path):
        path = tmp_path / "picture.json"
        path.write_bytes(b"\x89PNG\xff")
        with pytest.raises(CourseError, match="not a record of the course"):
            read_export(path)

    def test_a_missing_file_is_told(self, tmp_path):
        with pytest.raises(CourseError, match="cannot be read"):
            read_export(tmp_path / "none.json")
