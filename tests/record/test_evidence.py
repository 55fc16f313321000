"""What the digests of a record tell, and what they do not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.record import Record, examine, examine_statements, in_words, read_export


@pytest.fixture
def kept(tmp_path):
    return Record(tmp_path / "record.jsonl")


def fill(kept, *others):
    """Write as a student does who has two notebooks open."""
    for number in range(4):
        for writer in (kept, *others):
            writer.add(
                "answered",
                f"quiz/02/02-q{number + 1}",
                result={
                    "success": True,
                    "score": {"scaled": 0.5},
                    "response": 'ß "\\\n\x1f',
                    "n": 1e-7,
                },
                context={"notebook": "02", "objective": "Count the members on a date"},
            )
    return kept.path.read_bytes().split(b"\n")[:-1]


def joined(lines):
    return b"".join(line + b"\n" for line in lines)


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "record.jsonl"
    fill(Record(path), Record(path))
    return path.read_bytes()


class TestAnUntouchedRecord:
    def test_shows_no_change(self, text):
        found = examine(text)
        assert not found.changed
        assert (found.fitting, found.writers) == (8, 2)
        assert in_words(found)[0] == "Digests fit: 8 entries, written by 2 programs."
        assert "evidence and no proof" in in_words(found)[-1]

    def test_shows_none_in_an_export_either(self, kept, monkeypatch):
        monkeypatch.setenv("COURSEKIT_RECORD", str(kept.path.parent))
        monkeypatch.chdir(kept.path.parent)
        from coursekit.record import export_record

        fill(kept, Record(kept.path))
        found = examine_statements(read_export(export_record())["statements"])
        assert (found.fitting, found.changed) == (8, False)

    def test_goes_on_after_the_disk_failed(self, kept, monkeypatch):
        import os

        fill(kept)

        def fail(file):
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            assert kept.add("noted", "note/lost") is None
        kept.add("noted", "note/there")
        assert not examine(kept.path.read_bytes()).changed

    @pytest.mark.parametrize("after", [True, False])
    def test_goes_on_after_the_kernel_was_stopped_in_the_middle(self, kept, monkeypatch, after):
        from coursekit.record import store

        fill(kept)
        append = store.append

        def stopped(path, line):
            if after:
                append(path, line)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(store, "append", stopped)
            with pytest.raises(KeyboardInterrupt):
                kept.add("noted", "note/stopped")
        kept.add("noted", "note/there")
        assert not examine(kept.path.read_bytes()).changed

    def test_begins_anew_when_its_folder_was_thrown_away(self, kept):
        fill(kept)
        kept.path.unlink()
        fill(kept)
        assert not examine(kept.path.read_bytes()).changed

    def test_may_have_the_line_ends_of_windows(self, text):
        assert not examine(text.replace(b"\n", b"\r\n")).changed


class TestAChange:
    @settings(max_examples=300)
    @given(st.data())
    def test_of_any_single_byte_is_found(self, text, data):
        place = data.draw(st.integers(0, len(text) - 1))
        byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != text[place]))
        found = examine(text[:place] + bytes([byte]) + text[place + 1 :])
        assert found.changed, (text[max(0, place - 20) : place + 20], bytes([byte]))

    def test_of_any_byte_at_the_end_of_the_last_line_is_found(self, text):
        """The digest, the brackets after it and the end of the line: no torn line has them."""
        for place in range(len(text) - 70, len(text)):
            for byte in b'a0 ,}{"]\n\r\x00':
                if byte != text[place]:
                    found = examine(text[:place] + bytes([byte]) + text[place + 1 :])
                    assert found.changed, (place - len(text), bytes([byte]))

    def test_of_an_answer_is_named_by_its_line(self, kept):
        lines = fill(kept)
        lines[1] = lines[1].replace(b'"success":true', b'"success":false')
        found = examine(joined(lines))
        assert (found.edited, found.missing, found.moved) == ([2], 0, [])

    def test_that_takes_an_entry_out_is_named(self, kept):
        lines = fill(kept)
        found = examine(joined([*lines[:1], *lines[2:]]))
        assert (found.edited, found.missing, found.moved) == ([], 1, [])
        assert "Missing between others of the same program: 1 entry." in in_words(found)

    def test_of_the_order_is_named(self, kept):
        lines = fill(kept)
        found = examine(joined([lines[0], lines[2], lines[1], lines[3]]))
        assert (found.edited, found.missing, found.moved) == ([], 0, [3])

    def test_that_puts_an_entry_in_twice_is_named(self, kept):
        lines = fill(kept)
        found = examine(joined([*lines, lines[1]]))
        assert (found.repeated, found.missing) == (1, 0)

    def test_with_a_digest_computed_anew_does_not_fit_the_next_entry(self, kept):
        from coursekit.record.chain import Writer, chain_of
        from coursekit.record.xapi import written

        lines = fill(kept)
        made = json.loads(lines[1])
        link = chain_of(made)
        forger = Writer()
        forger.id, forger.number, forger.before = link["writer"], 1, link["before"]
        made["result"]["success"] = False
        lines[1] = written(forger.linked(made)).rstrip(b"\n")
        assert examine(joined(lines)).edited == [2]


class TestATornLine:
    def test_is_not_called_a_change_wherever_it_was_torn(self, kept):
        *lines, last = fill(kept)
        for length in range(1, len(last)):
            found = examine(joined(lines) + last[:length])
            assert not found.changed, last[:length]
            assert found.torn == [4], last[:length]

    def test_is_not_called_a_change_once_the_next_program_has_ended_it(self, kept):
        *lines, last = fill(kept)
        for length in range(1, len(last), 7):
            kept.path.write_bytes(joined(lines) + last[:length])
            Record(kept.path).add("noted", "note/next")
            found = examine(kept.path.read_bytes())
            assert (found.changed, found.torn) == (False, [4]), last[:length]


class TestARecordOfAnOlderCourse:
    @pytest.fixture
    def old(self, kept, monkeypatch):
        from coursekit.record.chain import Writer

        with monkeypatch.context() as patch:
            patch.setattr(Writer, "linked", lambda self, made: made)
            patch.setattr(Writer, "added", lambda self, made: None)
            fill(kept)
        return kept

    def test_can_be_read_and_added_to(self, old):
        assert len(old.statements()) == 4
        Record(old.path).add("noted", "note/new")
        found = examine(old.path.read_bytes())
        assert (found.old, found.fitting, found.changed) == (4, 1, False)

    def test_is_said_to_carry_no_digest(self, old):
        said = in_words(examine(old.path.read_bytes()))
        assert any("from an older version of the course: 4 entries." in line for line in said)


def test_a_line_that_was_never_of_the_course_is_named_apart():
    found = examine(b"hello\n")
    assert (found.foreign, found.torn, found.changed) == ([1], [], False)
