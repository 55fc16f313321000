import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.quiz import review
from coursekit.quiz.review import BOXES

DAY = dt.date(2026, 3, 2)


def record(*rows):
    """A learner's record: day, item and success of each answer, in the order of answering."""
    times = [
        pd.Timestamp("2026-03-02 10:00", tz="UTC") + pd.Timedelta(days=day, seconds=place)
        for place, (day, _, _) in enumerate(rows)
    ]
    return pd.DataFrame(
        {
            "time": pd.to_datetime(times, utc=True),
            "verb": "answered",
            "kind": "quiz",
            "item": [item for _, item, _ in rows],
            "success": [success for _, _, success in rows],
        }
    )


def first_due(*rows):
    """Days from the first day to the one on which question 02-q1 returns."""
    frame = record(*[(day, "02-q1", success) for day, success in rows])
    last = max(day for day, _ in rows)
    return next(
        day
        for day in range(last, last + 30)
        if review(frame, DAY + dt.timedelta(days=day)) == ["02-q1"]
    )


class TestBoxes:
    def test_a_wrong_answer_returns_the_next_day(self):
        assert first_due((0, False)) == 1

    def test_a_right_answer_to_a_new_question_returns_after_3_days(self):
        assert first_due((0, True)) == 3

    def test_right_answers_on_the_day_wait_3_7_21_and_again_21_days(self):
        assert first_due((0, True), (3, True)) == 3 + 7
        assert first_due((0, True), (3, True), (10, True)) == 10 + 21
        assert first_due((0, True), (3, True), (10, True), (31, True)) == 31 + 21

    def test_a_wrong_answer_starts_again_from_the_first_box(self):
        assert first_due((0, True), (3, True), (10, False)) == 11
        assert first_due((0, True), (3, True), (10, False), (11, True)) == 11 + 3

    def test_trying_again_at_once_does_not_count_as_remembering(self):
        assert first_due((0, False), (0, True)) == 1

    def test_a_right_answer_before_the_day_changes_nothing(self):
        assert first_due((0, True), (1, True), (2, True)) == 3

    def test_a_wrong_answer_before_the_day_counts(self):
        assert first_due((0, True), (3, True), (5, False)) == 6

    def test_a_late_answer_counts_from_its_own_day(self):
        assert first_due((0, True), (20, True)) == 27

    @given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=12))
    def test_nothing_waits_longer_than_the_last_box(self, answers):
        answers.sort(key=lambda answer: answer[0])
        last = answers[-1][0]
        assert last <= first_due(*answers) <= last + BOXES[-1]


class TestList:
    def test_holds_what_is_due_the_longest_overdue_first(self):
        frame = record((0, "02-q1", True), (0, "02-q2", False), (1, "00-q1", False))
        assert review(frame, DAY) == []
        assert review(frame, DAY + dt.timedelta(days=1)) == ["02-q2"]
        assert review(frame, DAY + dt.timedelta(days=5)) == ["02-q2", "00-q1", "02-q1"]

    def test_is_empty_for_an_empty_record(self):
        assert review(record(), DAY) == []

    def test_leaves_out_the_two_tests_and_what_no_longer_exists(self):
        frame = record((0, "pre-q1", False), (0, "02-q99", False), (0, "C04", False))
        assert review(frame, DAY + dt.timedelta(days=9)) == []

    def test_leaves_out_what_was_not_answered_or_not_scored(self):
        frame = record((0, "02-q1", False), (0, "02-q2", None))
        frame.loc[0, "verb"] = "predicted"
        assert review(frame, DAY + dt.timedelta(days=9)) == []

    def test_does_not_depend_on_the_order_of_rows(self):
        frame = record((0, "02-q1", False), (1, "02-q1", True), (4, "02-q1", True))
        for day in range(30):
            today = DAY + dt.timedelta(days=day)
            assert review(frame[::-1], today) == review(frame, today)

    def test_does_not_change_the_record(self):
        frame = record((0, "02-q1", False))
        copy = frame.copy()
        review(frame, DAY)
        pd.testing.assert_frame_equal(frame, copy)


class TestDays:
    @pytest.mark.parametrize(("hours", "due"), [(0, ["02-q1"]), (14, [])])
    def test_begin_in_the_zone_of_the_learner(self, hours, due):
        # 10:00 in London is midnight of the next day fourteen hours further east.
        zone = dt.timezone(dt.timedelta(hours=hours))
        frame = record((0, "02-q1", False))
        assert review(frame, dt.datetime(2026, 3, 3, 0, 30, tzinfo=zone)) == due
