"""Records that come together: in any order, any number of times, with nothing lost."""

import json
import os
import random
import time

import pytest
from hostile import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from coursekit.errors import CourseError
from coursekit.record import (
    Record,
    activity_of,
    examine,
    export_record,
    import_record,
    record,
)
from coursekit.record.chain import Writer
from coursekit.record.export import LARGEST
from coursekit.record.store import ASIDE
from coursekit.record.xapi import statement


@pytest.fixture
def at(tmp_path, monkeypatch):
    """Go to another machine."""

    def going(machine):
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / machine))
        (tmp_path / machine).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / machine)
        return record()

    return going


def answers(kept, *numbers):
    for n in numbers:
        # Entries that two machines make in the same millisecond have no order.
        now = time.time_ns() // 1_000_000
        while time.time_ns() // 1_000_000 == now:
            pass
        kept.add("answered", f"quiz/02/02-q{n}", result={"success": n % 2 == 0, "response": f"{n}"})


def activities(kept):
    return [activity_of(made).rsplit("-", 1)[-1] for made in kept.statements()]


class TestARecordOnAnotherMachine:
    def test_goes_on_where_it_was(self, at):
        first = at("first")
        first.name = "Kim"
        answers(first, 1, 2, 3)
        file = export_record()
        fresh = at("second")
        assert import_record(file) == 3
        assert fresh.statements() == first.statements()
        assert (fresh.seed, fresh.name) == (first.seed, "Kim")
        assert fresh.path.read_bytes() == first.path.read_bytes()

    def test_is_the_same_after_it_was_loaded_twice(self, at, capsys):
        answers(at("first"), 1, 2)
        file = export_record()
        fresh = at("second")
        import_record(file)
        answers(fresh, 3)
        before = {path: path.read_bytes() for path in fresh.path.parent.iterdir()}
        assert import_record(file) == 0
        assert {path: path.read_bytes() for path in fresh.path.parent.iterdir()} == before
        assert capsys.readouterr().out.endswith(
            "0 entries came in. 2 entries of the file were here already.\n"
        )

    def test_is_the_same_in_whichever_order_two_files_come(self, at):
        files = []
        for machine, numbers in (("first", (1, 2)), ("second", (3, 4)), ("first", (5,))):
            answers(at(machine), *numbers)
        for machine in ("first", "second"):
            at(machine)
            files.append(export_record())
        texts = []
        for machine, order in (("third", files), ("fourth", files[::-1])):
            kept = at(machine)
            for file in order:
                import_record(file)
            texts.append((kept.path.read_bytes(), kept.seed))
        assert texts[0] == texts[1]
        assert activities(kept) == ["q1", "q2", "q3", "q4", "q5"]
        assert not examine(texts[0][0]).changed

    def test_keeps_its_newest_answer_newest(self, at):
        answers(at("first"), 1)
        file = export_record()
        second = at("second")
        second.add("answered", "quiz/02/02-q1", result={"response": "later"})
        import_record(file)
        assert second.latest("quiz/02/02-q1")["result"]["response"] == "later"

    def test_can_be_written_to_by_the_notebooks_that_were_open(self, at):
        answers(at("first"), 1, 2)
        file = export_record()
        second = at("second")
        answers(second, 3)
        other = Record(second.path)
        answers(other, 4)
        import_record(file)
        answers(second, 5)
        answers(other, 6)
        assert activities(other) == activities(second) == ["q1", "q2", "q3", "q4", "q5", "q6"]
        assert not examine(second.path.read_bytes()).changed

    @pytest.fixture
    def loaded(self, at):
        """A record, its file, and a second record into which that was loaded."""
        first = at("first")
        answers(first, 1)
        file = export_record()
        second = at("second")
        answers(second, 2)
        import_record(file)
        return first, file, second

    def test_goes_on_as_the_learner_who_answered_first(self, loaded):
        first, _, second = loaded
        answers(second, 3)
        accounts = [made["actor"]["account"]["name"] for made in second.statements()]
        assert accounts[0] == accounts[2] != accounts[1]
        assert second.seed == first.seed

    def test_is_finished_by_the_next_load_after_one_that_was_killed(self, loaded):
        _, file, second = loaded
        taken_over = second._learner_file.read_bytes()
        # As a program leaves it that is killed once the entries are in place.
        second._learner_file.write_text('{"account": "somebody"}')
        halves = [
            second.path.with_name(f".{name}.7.tmp") for name in ("record.jsonl", "learner.json")
        ]
        for half in halves:
            half.write_bytes(b"{")
        import_record(file)
        assert second._learner_file.read_bytes() == taken_over
        assert not any(half.exists() for half in halves)


class TestWhatWasThere:
    def test_keeps_lines_that_nobody_can_read(self, at):
        answers(at("first"), 1)
        file = export_record()
        second = at("second")
        answers(second, 2)
        with second.path.open("ab") as text:
            text.write(b'hello\n{"id":"torn')
        lines = set(second.path.read_bytes().split(b"\n"))
        import_record(file)
        assert lines <= set(second.path.read_bytes().split(b"\n"))
        assert (activities(second), second.skipped) == (["q1", "q2"], 2)

    def test_is_left_alone_when_nothing_new_can_be_written(self, at, monkeypatch):
        answers(at("first"), 1)
        file = export_record()
        second = at("second")
        answers(second, 2)
        before = second.path.read_bytes()

        def fail(file):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            with pytest.raises(CourseError, match=r"disk that holds .* is full"):
                import_record(file)
        assert second.path.read_bytes() == before
        assert import_record(file) == 1

    def test_of_two_entries_with_one_id_the_one_that_fits_its_digest_stays(self, at):
        first = at("first")
        answers(first, 1)
        whole = first.path.read_bytes()
        good = export_record()
        content = json.loads(good.read_text())
        content["statements"][0]["result"]["response"] = "forged"
        bad = good.with_name("bad.json")
        bad.write_text(json.dumps(content))
        for machine, order in (("second", (good, bad)), ("third", (bad, good))):
            kept = at(machine)
            for file in order:
                import_record(file)
            assert kept.path.read_bytes() == whole
            assert b"forged" in kept.path.with_name(ASIDE).read_bytes()

    def test_a_clock_that_was_put_back_turns_nothing_round(self, at):
        writer, made = Writer(), []
        for number, day in enumerate(("03", "01", "02"), 1):
            one = statement({"account": {"name": "a"}}, "noted", f"note/02-q{number}")
            made.append(writer.linked({**one, "timestamp": f"2026-03-{day}T10:00:00.000Z"}))
            writer.added(made[-1])
        kept = at("second")
        kept.take_in(made[::-1])
        assert activities(kept) == ["q1", "q2", "q3"]
        assert not examine(kept.path.read_bytes()).changed


@given(st.data())
def test_any_parts_of_a_record_come_together_in_any_order(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("parts")
    writers = [Record(folder / "all" / "record.jsonl") for _ in range(3)]
    plan = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=8))
    for number, writer in enumerate(plan):
        writers[writer].add("noted", f"note/{number}")
    made = writers[0].statements()
    parts = [
        [one for one in made if data.draw(st.booleans())]
        for _ in range(data.draw(st.integers(1, 3)))
    ]
    texts = []
    for name, order in (("one", [*parts, made]), ("other", [made, *parts[::-1]])):
        kept = Record(folder / name / "record.jsonl")
        for part in order:
            kept.take_in(json.loads(json.dumps(part)))
        texts.append(kept.path.read_bytes())
    assert texts[0] == texts[1]
    assert {one["id"] for one in kept.statements()} == {one["id"] for one in made}


def spoilt(file, change):
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content["statements"][0], content)
    text = json.dumps(content)
    file.write_text(text, encoding="utf-8")
    return file


class TestWhatIsNoRecord:
    def refused(self, at, change, says):
        answers(at("first"), 1)
        file = spoilt(export_record(), change)
        second = at("second")
        answers(second, 2)
        before = second.path.read_bytes()
        with pytest.raises(CourseError, match=says) as told:
            import_record(file)
        assert second.path.read_bytes() == before
        text = str(told.value)
        assert text.count(". ") == 0 and text.endswith(".")
        assert len(text) < 400

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda made, all: all.update(format="another"), "not a record of the course"),
            (lambda made, all: all.update(schema=2, coursekit="9" * 999), "newer version"),
            (lambda made, all: all.update(schema=True), "newer version"),
            (lambda made, all: all.update(course="other-course"), "record of another course"),
            (lambda made, all: all.update(course={"<b>": 1}), "record of another course"),
            (lambda made, all: all.update(statements={}), "incomplete or was changed"),
            (lambda made, all: all.update(name=7), "incomplete or was changed"),
            (lambda made, all: made.update(id=["x"]), "incomplete or was changed"),
            (lambda made, all: made.update(timestamp="9999-12-31T00:00:00Z"), "was changed"),
            (lambda made, all: made["object"].update(id="javascript:alert(1)"), "was changed"),
            (
                lambda made, all: made["object"].update(id=made["object"]["id"] + "/<script>"),
                "was changed",
            ),
            (
                lambda made, all: made["context"]["extensions"].update(
                    {"https://coursekit.example/xapi/extensions/objective": {"a": 1}}
                ),
                "was changed",
            ),
            (
                lambda made, all: made["context"]["extensions"].update(value=float("nan")),
                "not a record of the course",
            ),
        ],
    )
    def test_is_refused_in_one_sentence_and_changes_nothing(self, at, change, says):
        self.refused(at, change, says)

    def test_a_number_without_end_is_refused(self, at):
        answers(at("first"), 1)
        file = export_record()
        file.write_text(
            file.read_text().replace('"success": false', '"success": false, "x": 1e999')
        )
        at("second")
        with pytest.raises(CourseError, match="cannot be written down"):
            import_record(file)

    def test_a_file_that_is_far_too_large_is_not_even_read(self, at, tmp_path):
        at("first")
        file = tmp_path / "large.json"
        with file.open("wb") as empty:
            empty.truncate(LARGEST + 1)
        with pytest.raises(CourseError, match="has 100 MB, and a record of the course has a few"):
            import_record(file)

    @pytest.mark.parametrize("path", ["/dev/zero", "."])
    def test_what_is_no_plain_file_is_not_read(self, at, path):
        at("first")
        with pytest.raises(CourseError, match="not a record of the course"):
            import_record(path)

    def test_a_script_in_it_stays_text(self, at):
        first = at("first")
        first.name = HOSTILE[0]
        first.add("noted", "note/02-why", result={"response": HOSTILE[0]})
        file = export_record()
        second = at("second")
        import_record(file)
        assert second.name == HOSTILE[0]
        assert second.latest("note/02-why")["result"]["response"] == HOSTILE[0]


def test_a_long_record_is_merged_in_seconds(at):
    made = Record(at("source").path.with_name("other.jsonl"))
    made.add("noted", "note/first")
    [one] = made.statements()
    many = [{**one, "id": f"{n}"} for n in range(2000)]
    random.Random(1).shuffle(many)
    assert at("fresh").take_in(many).new == 2000
