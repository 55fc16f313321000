"""A folder of records becomes a class: each learner once, each statement once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_class import answered, hand_in, said

from coursekit.classbook.entries import chosen, entry
from coursekit.classbook.reading import read_class


def _dated(made, day):
    made["timestamp"] = f"2026-03-{day:02}T10:00:00.000Z"
    return made


@st.composite
def statements(draw):
    activities = [("answered", "quiz/02/02-q3"), ("rated", "credence/C04/end")]
    activities += [("rated", "credence/C04/start"), ("checked", "exercise/02/members_in")]
    verb, activity = draw(st.sampled_from(activities))
    made = said(verb, activity, success=draw(st.booleans()))
    made["id"] = str(draw(st.integers(0, 30)))
    return entry(_dated(made, draw(st.integers(1, 9))))


def _once(entries):
    return list({one.id: one for one in entries}.values())


class TestWhatCounts:
    @given(st.lists(statements(), max_size=30).map(_once), st.randoms())
    def test_is_the_same_however_a_record_was_put_together(self, entries, chance):
        cut = chance.randint(0, len(entries))
        parts = [entries[:cut], entries[cut:]]
        random.Random(cut).shuffle(parts)
        together = chosen([*chosen(parts[0]), *chosen(parts[1])])
        assert together == chosen(entries)
        assert together == chosen(together)

    def test_of_answers_is_the_first_and_the_newest(self):
        made = [_dated(answered("02-q3", key), day) for key, day in (("b", 2), ("c", 3), ("a", 1))]
        assert [one.response for one in chosen(map(entry, made))] == ['"a"', '"c"']


class TestLearners:
    def test_who_handed_in_twice_is_one_student(self, tmp_path):
        both = answered("02-q3", "a", "kim")
        hand_in(tmp_path, "kim.json", [both])
        hand_in(tmp_path, "kim-2.json", [both, answered("02-q4", "a", "kim")])
        hand_in(tmp_path, "lee.json", [answered("02-q3", "b", "lee")])
        made = read_class(tmp_path)
        assert sorted(made.students["files"]) == ["kim-2.json, kim.json", "lee.json"]
        assert len(made.entries) == 3
        (sentence,) = made.said
        assert "kim-2.json and kim.json hold the same learner's record" in sentence

    def test_a_pseudonym_stays_when_others_join(self, tmp_path):
        hand_in(tmp_path, "kim.json", [answered("02-q3", "a", "kim")])
        (before,) = read_class(tmp_path).students.index
        for place in range(20):
            hand_in(tmp_path, f"{place}.json", [answered("02-q3", "a", f"somebody {place}")])
        after = read_class(tmp_path).students
        assert after.loc[before, "files"] == "kim.json"
        assert "kim" not in before

    def test_records_lie_in_folders_too(self, tmp_path):
        hand_in(tmp_path / "group 1", "my_record.json", [answered("02-q3", "a", "kim")])
        hand_in(tmp_path / ".hidden", "my_record.json", [answered("02-q3", "a", "lee")])
        assert len(read_class(tmp_path).students) == 1

    def test_progress_is_told_after_each_file(self, tmp_path):
        for place in range(3):
            hand_in(tmp_path, f"{place}.json", [answered("02-q3", "a", f"somebody {place}")])
        told = []
        read_class(tmp_path, lambda found, all: told.append((found.path.name, all)))
        assert told == [("0.json", 3), ("1.json", 3), ("2.json", 3)]


@pytest.mark.parametrize("zone", ["", "+05:00", "Z"])
def test_times_of_any_zone_are_read(tmp_path, zone):
    made = answered("02-q3", "a", "kim")
    made["timestamp"] = f"2025-01-01T00:00:00{zone}"
    hand_in(tmp_path, "kim.json", [made])
    assert len(read_class(tmp_path).entries) == 1
