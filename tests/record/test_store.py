import json
import os
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from filelock import FileLock
from hostile import HOSTILE

from coursekit.errors import CourseError
from coursekit.record import VERBS, Record, activity_of, record, store, verb_of

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and /dev/full")


@pytest.fixture
def kept(tmp_path):
    return Record(tmp_path / "record.jsonl")


def lines(kept):
    return kept.path.read_text(encoding="utf-8").splitlines()


class TestAStatement:
    def test_is_one_line_of_xapi(self, kept):
        kept.add(
            "answered",
            "quiz/02/02-q3",
            result={
                "success": True,
                "score": {"scaled": 1},
                "response": "a",
                "extensions": {"confidence": 0.8},
            },
            context={"objective": "Count members on a date", "notebook": "02"},
        )
        [line] = lines(kept)
        made = json.loads(line)
        base = "https://coursekit.example/xapi/"
        assert uuid.UUID(made.pop("id")).version == 4
        assert made.pop("timestamp").endswith("Z")
        assert uuid.UUID(made["actor"]["account"].pop("name")).version == 4
        link = made["context"]["extensions"].pop(f"{base}extensions/chain")
        assert [*link] == ["writer", "number", "before", "digest"]
        assert made == {
            "actor": {"objectType": "Agent", "account": {"homePage": base}},
            "verb": {
                "id": "http://adlnet.gov/expapi/verbs/answered",
                "display": {"en": "answered"},
            },
            "object": {"id": f"{base}activities/quiz/02/02-q3"},
            "result": {
                "success": True,
                "score": {"scaled": 1},
                "response": "a",
                "extensions": {f"{base}extensions/confidence": 0.8},
            },
            "context": {
                "extensions": {
                    f"{base}extensions/objective": "Count members on a date",
                    f"{base}extensions/notebook": "02",
                    f"{base}extensions/schema": 1,
                }
            },
            "version": "1.0.3",
        }

    def test_comes_back_as_it_was_given(self, kept):
        given = {"success": False, "response": "ä < b\n", "extensions": {"order": ["b", "a"]}}
        made = kept.add("answered", "quiz/02/02-q1", result=given, context={"notebook": "02"})
        assert made["result"] == given
        assert [made] == kept.statements() == Record(kept.path).statements()

    def test_has_a_time_with_milliseconds(self, kept):
        made = kept.add("noted", "note/02-why")
        assert len(made["timestamp"]) == len("2026-01-31T12:00:00.000Z")

    @pytest.mark.parametrize("verb", VERBS)
    def test_has_one_of_six_verbs(self, kept, verb):
        assert verb_of(kept.add(verb, "note/02-why")) == verb
        assert len(kept.statements(verb)) == 1

    def test_takes_numbers_of_numpy(self, kept):
        import numpy as np

        made = kept.add(
            "predicted",
            "prediction/02-members-2004",
            result={"success": np.bool_(True), "off": np.int64(3), "curve": np.array([1.5, 2])},
        )
        assert made["result"] == {"success": True, "extensions": {"off": 3, "curve": [1.5, 2.0]}}

    def test_leaves_out_what_is_none(self, kept):
        made = kept.add("answered", "quiz/02/02-q1", result={"response": None, "success": True})
        assert made["result"] == {"success": True}

    def test_keeps_half_an_emoji_without_harm(self, kept):
        assert kept.add("noted", "note/02-why", result={"response": "so \ud83d"})
        assert kept.latest("note/02-why")["result"]["response"] == "so ?"
        assert kept.skipped == 0

    @pytest.mark.parametrize("text", [*HOSTILE, "two\nlines", "\u2028", "\x00", "}{", "日本語"])
    def test_keeps_any_text_as_text(self, kept, text):
        kept.add("noted", "note/02-why", result={"response": text})
        assert kept.latest("note/02-why")["result"]["response"] == text
        assert len(kept.path.read_bytes().splitlines()) == 1


class TestWhatIsNoStatement:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("answerd", "quiz/02/02-q1"), "Did you mean 'answered'"),
            (("answered", "quiz"), "such as 'quiz/02/02-q3'"),
            (("answered", "quiz/02/a b"), "such as 'quiz/02/02-q3'"),
            (("answered", "quiz/<b>"), "such as 'quiz/02/02-q3'"),
            (("answered", None), "such as 'quiz/02/02-q3'"),
        ],
    )
    def test_wrong_names_are_refused(self, kept, arguments, says):
        with pytest.raises(CourseError, match=says):
            kept.add(*arguments)
        assert not kept.path.exists()

    @pytest.mark.parametrize(
        ("result", "says"),
        [
            ({"success": "yes"}, "True or False"),
            ({"success": 1}, "True or False"),
            ({"score": 0.5}, "from 0 to 1"),
            ({"score": {"scaled": 2}}, "from 0 to 1"),
            ({"score": {"scaled": True}}, "from 0 to 1"),
            ({"response": 3}, "must be text"),
            ({"confidence": 80}, "0.8 for 80 per cent"),
            ({"extensions": {"confidence": "high"}}, "0.8 for 80 per cent"),
            ({"extensions": {"value": float("nan")}}, "cannot be kept"),
            ({"extensions": {"value": {1, 2}}}, "cannot be kept"),
        ],
    )
    def test_wrong_values_are_refused(self, kept, result, says):
        with pytest.raises(CourseError, match=says):
            kept.add("answered", "quiz/02/02-q1", result=result)
        assert not kept.path.exists()

    def test_a_wrong_verb_cannot_be_asked_for(self, kept):
        with pytest.raises(CourseError, match="predicted"):
            kept.statements("predicts")


class TestReading:
    def test_finds_the_newest_statement_on_an_activity(self, kept):
        for answer in "abc":
            kept.add("answered", "quiz/02/02-q1", result={"response": answer})
        kept.add("answered", "quiz/02/02-q10", result={"response": "z"})
        assert kept.latest("quiz/02/02-q1")["result"]["response"] == "c"
        assert kept.latest("quiz/02/02-q2") is None

    def test_selects_by_verb_and_beginning(self, kept):
        kept.add("answered", "quiz/02/02-q1")
        kept.add("answered", "quiz/03/03-q1")
        kept.add("rated", "credence/C04/start")
        assert len(kept.statements()) == 3
        assert len(kept.statements("answered")) == 2
        assert len(kept.statements("answered", "quiz/02/")) == 1
        assert [*map(activity_of, kept.statements(prefix="credence/"))] == ["credence/C04/start"]

    def test_of_no_file_gives_nothing(self, kept):
        assert kept.statements() == []
        assert kept.latest("quiz/02/02-q1") is None
        assert kept.skipped == 0
        assert kept.problem == ""

    def test_sees_what_another_notebook_adds(self, kept):
        other = Record(kept.path)
        kept.add("noted", "note/a")
        assert len(other.statements()) == 1
        kept.add("noted", "note/b")
        assert len(other.statements()) == 2
        assert len(kept.statements()) == 2

    def test_reads_each_line_once(self, kept, monkeypatch):
        for n in range(5):
            kept.add("noted", f"note/{n}")
        kept.statements()
        read = []
        parse = kept._lines.parse
        monkeypatch.setattr(kept._lines, "parse", lambda line: read.append(line) or parse(line))
        kept.statements()
        assert read == []
        kept.add("noted", "note/5")
        assert len(kept.statements()) == 6
        assert len(read) == 1

    def test_in_two_threads_at_once_gives_each_line_once(self, kept, monkeypatch):
        for n in range(3):
            kept.add("noted", f"note/{n}")
        parse, others = kept._lines.parse, []
        with ThreadPoolExecutor(1) as pool:

            def parse_while_another_reads(line):
                if not others:
                    others.append(pool.submit(kept.statements))
                    wait(others, timeout=0.3)  # It has to wait for this thread.
                return parse(line)

            monkeypatch.setattr(kept._lines, "parse", parse_while_another_reads)
            assert len(kept.statements()) == len(others[0].result()) == 3

    def test_that_is_stopped_begins_again_at_the_same_line(self, kept, monkeypatch):
        for n in range(3):
            kept.add("noted", f"note/{n}")
        parse = kept._lines.parse

        def stopped(line):
            if "note/1" in line:
                raise KeyboardInterrupt
            return parse(line)

        monkeypatch.setattr(kept._lines, "parse", stopped)
        with pytest.raises(KeyboardInterrupt):
            kept.statements()
        monkeypatch.undo()
        assert len(kept.statements()) == 3

    def test_starts_anew_when_the_file_was_replaced(self, kept, tmp_path):
        for n in range(3):
            kept.add("noted", f"note/{n}")
        kept.statements()
        other = Record(tmp_path / "other" / "record.jsonl")
        for n in range(4):
            other.add("noted", f"note/longer-{n}", result={"response": "x" * 500})
        kept.path.write_bytes(other.path.read_bytes())
        assert kept.statements() == other.statements()
        kept.path.unlink()
        assert kept.statements() == []


class TestLinesThatAreNotOurs:
    @pytest.mark.parametrize(
        "line",
        [
            b'{"id": "torn off in the mid',
            b"not json at all",
            b"[1, 2, 3]",
            b"null",
            b"{}",
            b'{"id": "x", "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}',
            b"\xff\xfe\x00\x01",
            b"\x00" * 300,
            b"[" * 100_000,
            b"NaN",
        ],
    )
    def test_are_skipped_and_counted(self, kept, line):
        kept.add("noted", "note/a")
        with kept.path.open("ab") as file:
            file.write(line + b"\n")
        kept.add("noted", "note/b")
        for reader in (kept, Record(kept.path)):
            assert [*map(activity_of, reader.statements())] == ["note/a", "note/b"]
            assert reader.skipped == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"timestamp": "yesterday"},
            {"timestamp": 5},
            {"id": None},
            {"actor": {"mbox": "mailto:kim@example.org"}},
            {"verb": "answered"},
            {"verb": {"id": ["answered"]}},
            {"object": {"id": "https://example.org/elsewhere"}},
            {"result": []},
            {"result": {"success": "yes"}},
            {"result": {"score": {"scaled": "much"}}},
            {"result": {"extensions": 3}},
            {"context": "here"},
        ],
    )
    def test_include_statements_that_do_not_fit(self, kept, change):
        kept.add("noted", "note/a")
        made = {**json.loads(lines(kept)[0]), **change}
        with kept.path.open("a") as file:
            file.write(json.dumps(made) + "\n")
        assert len(kept.statements()) == 1
        assert kept.skipped == 1
        assert len(kept.frame()) == 1

    def test_a_torn_last_line_is_ended_by_the_next_writer(self, kept):
        kept.add("noted", "note/a")
        with kept.path.open("ab") as file:
            file.write(b'{"id":"torn')
        assert len(kept.statements()) == 1
        assert kept.skipped == 1
        kept.add("noted", "note/b")
        assert [*map(activity_of, kept.statements())] == ["note/a", "note/b"]
        assert kept.skipped == 1
        assert lines(kept)[1] == '{"id":"torn'

    def test_a_whole_last_line_counts_without_its_end(self, kept):
        kept.add("noted", "note/a")
        kept.path.write_bytes(kept.path.read_bytes().removesuffix(b"\n"))
        assert len(kept.statements()) == 1
        kept.add("noted", "note/b")
        assert [*map(activity_of, kept.statements())] == ["note/a", "note/b"]
        assert kept.skipped == 0

    def test_a_line_seen_while_it_is_written_counts_once_it_is_there(self, kept):
        kept.add("noted", "note/a")
        line = kept.path.read_bytes()
        other = Record(kept.path)
        with kept.path.open("ab") as file:
            file.write(line[:50])
            file.flush()
            assert (len(other.statements()), other.skipped) == (1, 1)
            file.write(line[50:])
            file.flush()
            assert (len(other.statements()), other.skipped) == (2, 0)

    def test_files_edited_on_windows_can_be_read(self, kept):
        kept.add("noted", "note/a")
        kept.path.write_bytes(kept.path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
        assert len(kept.statements()) == 1
        assert kept.skipped == 0


def one_sentence(problem):
    return problem.endswith(".") and ". " not in problem and "you can go on" in problem


class TestTrouble:
    @linux
    def test_a_full_disk(self, kept, tmp_path):
        assert kept.seed
        kept.path.symlink_to("/dev/full")
        assert kept.add("noted", "note/a") is None
        assert one_sentence(kept.problem)
        assert "full" in kept.problem
        assert "free some space" in kept.problem

    @pytest.mark.parametrize(
        "folder", [pytest.param("/proc/coursekit", marks=linux), "file/below", "file"]
    )
    def test_a_folder_that_cannot_be_written_to(self, tmp_path, folder):
        (tmp_path / "file").write_text("I am a file.")
        kept = Record(tmp_path / folder / "record.jsonl")
        assert kept.add("answered", "quiz/02/02-q1") is None
        assert one_sentence(kept.problem)
        assert "COURSEKIT_RECORD" in kept.problem
        assert kept.statements() == []
        assert kept.frame().empty
        assert kept.latest("quiz/02/02-q1") is None
        assert kept.seed == kept.seed
        kept.name = "Kim"
        assert kept.name == ""

    def test_a_folder_that_may_be_read_only(self, kept, monkeypatch):
        kept.add("noted", "note/a")

        def refuse(*args, **kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(os, "open", refuse)
        assert kept.add("noted", "note/b") is None
        assert "Permission denied" in kept.problem
        assert len(kept.statements()) == 1

    def test_a_disk_that_fails_when_it_is_flushed(self, kept, monkeypatch):
        kept.add("noted", "note/a")
        before = kept.path.read_bytes()

        def fail(file):
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            assert kept.add("noted", "note/b") is None
        assert "Input/output error" in kept.problem
        assert kept.path.read_bytes() == before
        assert kept.add("noted", "note/c")
        assert kept.problem == ""
        assert [*map(activity_of, kept.statements())] == ["note/a", "note/c"]

    def test_a_disk_that_takes_half_a_line_and_does_not_give_it_back(self, kept, monkeypatch):
        kept.add("noted", "note/a")
        write = os.write

        def half(file, data):
            if len(data) < 100:
                raise OSError(28, "No space left on device")
            return write(file, data[: len(data) // 2])

        def refuse(file, size):
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(os, "write", half)
            patch.setattr(os, "ftruncate", refuse)
            assert kept.add("noted", "note/b") is None
        assert "full" in kept.problem
        assert kept.add("noted", "note/c")
        assert [*map(activity_of, kept.statements())] == ["note/a", "note/c"]
        assert kept.skipped == 1

    def test_another_program_that_does_not_let_go(self, kept):
        kept.patience = 0.05
        held, release = threading.Event(), threading.Event()

        def hold():
            with FileLock(f"{kept.path}.lock"):
                held.set()
                release.wait()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait()
        try:
            assert kept.add("noted", "note/a") is None
            assert one_sentence(kept.problem)
            assert "busy for 0.05 seconds" in kept.problem
        finally:
            release.set()
            holder.join()
        assert kept.add("noted", "note/a")
        assert kept.problem == ""

    def test_a_file_that_cannot_be_read(self, kept):
        kept.path.mkdir()
        assert kept.statements() == []
        assert one_sentence(kept.problem)
        assert "could not be read" in kept.problem

    def test_the_problem_goes_once_something_is_saved(self, kept, monkeypatch):
        kept.problem = "Something was wrong."
        kept.statements()
        assert kept.problem
        kept.add("noted", "note/a")
        assert kept.problem == ""


class TestTheLearner:
    def test_is_a_random_account_without_a_name(self, kept):
        made = kept.add("noted", "note/a")
        assert set(made["actor"]) == {"objectType", "account"}
        assert kept.name == ""
        user = Path.home().name
        assert user not in kept.path.read_text()

    def test_stays_the_same_in_every_notebook(self, kept):
        one = kept.add("noted", "note/a")
        two = Record(kept.path).add("noted", "note/b")
        assert one["actor"] == two["actor"]
        assert kept.seed == Record(kept.path).seed

    def test_differs_from_other_learners(self, tmp_path):
        seeds = {Record(tmp_path / str(n) / "record.jsonl").seed for n in range(20)}
        assert len(seeds) == 20
        assert all(type(seed) is int and 0 <= seed < 2**32 for seed in seeds)

    @pytest.mark.parametrize("name", [*HOSTILE, "Žofia Kowalská", "李"])
    def test_has_a_name_once_the_student_gives_one(self, kept, name):
        kept.add("noted", "note/a")
        kept.name = f" {name} "
        made = kept.add("noted", "note/b")
        assert made["actor"]["name"] == kept.name == Record(kept.path).name == name
        assert "name" not in kept.statements()[0]["actor"]
        assert kept.statements()[0]["actor"]["account"] == made["actor"]["account"]

    @pytest.mark.parametrize("nothing", ["", "  ", None])
    def test_can_take_the_name_away(self, kept, nothing):
        kept.name = "Kim"
        kept.name = nothing
        assert kept.name == ""
        assert "name" not in kept.add("noted", "note/a")["actor"]

    def test_has_a_name_that_is_text(self, kept):
        with pytest.raises(CourseError, match="such as 'Kim'"):
            kept.name = 5

    @pytest.mark.parametrize("left", [None, "", "[]", '{"account": 3}', '{"account": "x", "nam'])
    def test_is_known_from_the_record_if_the_file_is_lost_or_damaged(self, kept, left):
        made = kept.add("noted", "note/a")
        seed = kept.seed
        learner = kept.path.with_name("learner.json")
        learner.unlink()
        if left is not None:
            learner.write_text(left)
        again = Record(kept.path)
        assert again.seed == seed
        assert again.add("noted", "note/b")["actor"] == made["actor"]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
    def test_alone_can_read_the_record(self, kept):
        kept.add("noted", "note/a")
        assert kept.path.stat().st_mode & 0o077 == 0
        assert kept.path.with_name("learner.json").stat().st_mode & 0o077 == 0


class TestWhereTheRecordIs:
    def test_an_environment_variable_says(self, tmp_path, monkeypatch):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "one"))
        first = record()
        assert first.path == tmp_path / "one" / "record.jsonl"
        assert record() is first
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "two"))
        assert record().path == tmp_path / "two" / "record.jsonl"

    def test_without_it_the_users_data_folder(self, tmp_path, monkeypatch):
        monkeypatch.delenv("COURSEKIT_RECORD", raising=False)
        monkeypatch.setattr(store, "user_data_dir", lambda *a, **k: str(tmp_path))
        assert record().path == tmp_path / "record.jsonl"
        assert Record().path == record().path

    def test_a_relative_folder_does_not_follow_the_notebook(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        kept = Record("here/record.jsonl")
        kept.add("noted", "note/a")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        assert len(kept.statements()) == 1

    def test_is_told_by_its_repr(self, kept):
        assert str(kept.path) in repr(kept)
