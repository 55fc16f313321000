"""What a quiz comes to: a pure function of what was answered."""

from coursekit.forms.quiz_ending import Answered, ending


def one(id="02-q1", objective="Count", first=True, newest=None, sure=None):
    return Answered(id, objective, first, first if newest is None else newest, sure)


def parts(answered, returns=None):
    """Texts and points by the heading they stand below."""
    lines = ending(answered, returns or {})["lines"]
    return {line["head"]: line.get("points") or line["text"] for line in lines}


class TestObjectives:
    def test_are_mastered_when_the_newest_answers_on_them_are_right(self):
        told = parts(
            [one(objective="Count"), one(objective="Date", first=False, newest=True)],
        )
        assert told == {"What you got right": ["Count", "Date"]}

    def test_are_open_with_the_questions_that_were_missed(self):
        answered = [one(), one(first=False), one(objective="Date"), one(first=False)]
        assert parts(answered) == {
            "What you got right": ["Date"],
            "What is still open": ["Count (questions 2 and 4)"],
        }

    def test_carry_a_sign_beside_the_words(self):
        lines = ending([one(), one(objective="Date", first=False)], {})["lines"]
        assert [line["mark"] for line in lines] == ["agrees", "differs"]


class TestWhatReturns:
    def test_is_told_by_day_the_nearest_first(self):
        answered = [one(f"02-q{n}") for n in (1, 2, 3, 4)]
        told = parts(answered, {"02-q1": 3, "02-q2": 1, "02-q3": 3, "02-q4": 3})
        assert told["What comes back, and when"].startswith(
            "Tomorrow: question 2. In 3 days: questions 1, 3 and 4."
        )

    def test_what_is_due_already_comes_tomorrow(self):
        told = parts([one("02-q1"), one("02-q2")], {"02-q1": 0, "02-q2": -4})
        assert "Tomorrow: questions 1 and 2." in told["What comes back, and when"]

    def test_nothing_is_said_where_nothing_returns(self):
        assert list(parts([one("post-q1"), one("post-q2")])) == ["What you got right"]


class TestHowSure:
    def test_each_confidence_stands_beside_how_often_it_was_right(self):
        answered = [one(sure=0.9), one(sure=0.9), one(sure=0.9), one(sure=0.5, first=False)]
        assert parts(answered)["How sure, and how right"] == (
            "Of 3 answers at 90% you had 3 right. You were 50% sure once, and not right."
        )
        assert parts([one(sure=0.9)])["How sure, and how right"] == (
            "You were 90% sure once, and right."
        )

    def test_the_first_answer_counts(self):
        told = parts([one(sure=0.7, first=False, newest=True), one(sure=0.7)])
        assert told["How sure, and how right"] == "Of 2 answers at 70% you had 1 right."

    def test_from_five_answers_on_they_are_taken_together(self):
        answered = [one(sure=sure) for sure in (0.5, 0.6, 0.9, 0.9)]
        assert "Taken together" not in parts(answered)["How sure, and how right"]
        answered.append(one(sure=1, first=False))
        assert parts(answered)["How sure, and how right"].endswith(
            "Taken together, you expected 3.9 right answers of 5. You had 4."
        )

    def test_a_question_without_confidence_is_left_out(self):
        assert "How sure, and how right" not in parts([one(), one()])


def test_the_test_after_the_course_is_compared_with_the_one_before():
    answered = [one("post-q1", first=False, newest=True), one("post-q2")]
    first = ending(answered, {}, before=(0, 2))["lines"][0]
    assert first["head"] == "Before and after"
    assert "you had 0 of 2 right" in first["text"]
    assert first["text"].endswith("Now you have 1 of 2.")
    assert "Before and after" not in parts(answered)


def test_a_test_that_tells_no_results_says_only_that_all_is_kept():
    told = ending([one("pre-q1", sure=0.8), one("pre-q2", first=False)], {}, silent=True)
    assert told["title"] == "All 2 answered and kept."
    assert [list(line) for line in told["lines"]] == [["text"]]
    assert "right" not in told["lines"][0]["text"]
