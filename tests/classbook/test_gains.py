"""Gains, calibration, predictions and judgements, against what can be worked out by hand."""

import numpy as np
import pytest
from made_up_class import answered, class_of, class_with, predicted, said

from coursekit.classbook.answers import first_answers
from coursekit.classbook.gains import both_tests, estimate, gains
from coursekit.classbook.guesses import credences, guesses, verdicts
from coursekit.classbook.sureness import calibration, quarters
from coursekit.predictions import load, truth
from coursekit.quiz import bank, normalised_gain, question


@pytest.fixture(scope="module")
def answers():
    made, _ = class_of(30, seed=4, notebooks=["pre", "02", "post"])
    return first_answers(made)


class TestGain:
    def test_of_the_class_is_that_of_its_averages(self, answers):
        before, after = both_tests(answers)
        found = gains(answers).iloc[0]
        assert found["gain"] == pytest.approx(
            normalised_gain(before.to_numpy().mean(), after.to_numpy().mean())
        )
        assert found["low"] <= found["gain"] <= found["high"]

    def test_of_single_students_is_averaged_beside_it(self, answers):
        before, after = both_tests(answers)
        single = normalised_gain(before.mean(axis=1).to_numpy(), after.mean(axis=1).to_numpy())
        assert gains(answers).iloc[0]["mean_gain"] == pytest.approx(single.mean())

    def test_is_given_for_each_objective(self, answers):
        aims = [one.objective for one in bank("pre").questions]
        assert gains(answers)["objective"].tolist() == ["", *dict.fromkeys(aims)]

    def test_counts_only_those_who_finished_both_tests(self, answers):
        students = sorted(set(answers["student"]))
        dropped = (answers["student"] == students[0]) & (answers["bank"] == "post")
        one_left_out = (answers["student"] == students[1]) & (answers["question"] == "pre-q1")
        found = gains(answers[~dropped & ~one_left_out])
        assert set(found["students"]) == {len(students) - 2}

    def test_leaves_out_who_had_nothing_left_to_gain(self):
        def both(name, solved):
            return [
                answered(one.id, one.solution if solved else _wrong(one), name)
                for test in ("pre", "post")
                for one in bank(test).questions
            ]

        made = class_with({f"{n}": both(f"{n}", n == 0) for n in range(6)})
        found = gains(first_answers(made)).iloc[0]
        assert (found["full"], found["mean_gain"]) == (1, 0)

    def test_is_not_there_if_nobody_finished_both(self):
        assert gains(first_answers(class_with({"kim": [answered("02-q3", "a")]}))).empty


def _wrong(one):
    if one.type == "numeric":
        return one.answer * 10 + 7
    if one.type == "single":
        return next(option.key for option in one.options if not option.right)
    if one.type == "multiple":
        return [option.key for option in one.options]
    if one.type == "order":
        return list(reversed(one.order))
    keys = [option.key for option in one.options]
    return {pair.key: next(key for key in keys if key != pair.match) for pair in one.pairs}


def test_an_interval_of_a_mean_is_about_that_of_the_textbook():
    sample = np.random.default_rng(1).normal(10, 2, 400)
    found = estimate(np.mean, sample)
    half = 1.96 * sample.std() / 20
    assert found.low == pytest.approx(sample.mean() - half, abs=0.05)
    assert found.high == pytest.approx(sample.mean() + half, abs=0.05)


class TestConfidence:
    def test_is_compared_with_results_at_each_step(self):
        made = class_with(
            {
                "kim": [answered("02-q3", question("02-q3").solution, "kim", confidence=0.8)],
                "lee": [answered("02-q3", _wrong(question("02-q3")), "lee", confidence=0.8)],
            }
        )
        (row,) = calibration(first_answers(made)).itertuples()
        assert (row.confidence, row.students, row.answers, row.right) == (0.8, 2, 2, 1)

    def test_of_the_test_before_the_course_is_left_out(self):
        one = question("pre-q1")
        made = class_with({"kim": [answered(one.id, one.solution, "kim", confidence=0.8)]})
        assert calibration(first_answers(made)).empty

    def test_that_is_right_on_average_shows_no_overconfidence_in_the_lowest_quarter(self):
        chance = np.random.default_rng(7)
        ids = [one.id for one in bank("02").questions if one.type in ("single", "numeric")]
        ids += [one.id for one in bank("03").questions if one.type in ("single", "numeric")]

        def student(name):
            return [
                answered(
                    id,
                    question(id).solution if chance.random() < 0.7 else _wrong(question(id)),
                    name,
                    confidence=0.7,
                )
                for id in ids
            ]

        made = class_with({f"{n}": student(f"{n}") for n in range(120)})
        found = quarters(first_answers(made))
        assert found["students"].tolist() == [30, 30, 30, 30]
        assert found["over"].abs().max() < 0.12

    def test_of_few_students_is_not_split_into_quarters(self):
        made, _ = class_of(10, seed=4, notebooks=["02"])
        assert quarters(first_answers(made)).empty


@pytest.fixture(scope="module")
def judged():
    right, far = truth(load("02-seven")), 40
    made = {
        "kim": [predicted("02-seven", right, "kim"), predicted("02-border", 500, "kim")],
        "lee": [predicted("02-seven", far, "lee"), predicted("02-border", 400, "lee")],
        "odd": [predicted("02-seven", "no number", "odd"), predicted("99-none", 1, "odd")],
    }
    return verdicts(class_with(made))


class TestPredictions:
    def test_are_judged_as_students_were_told(self, judged):
        mine = judged[judged["prediction"] == "02-seven"]
        assert sorted(mine["verdict"]) == ["exact", "high"]

    def test_say_how_far_off_the_class_was(self, judged):
        found = guesses(judged).set_index("prediction").loc["02-seven"]
        gap = 40 - truth(load("02-seven"))
        assert (found["students"], found["surprised"]) == (2, 0.5)
        assert (found["off"], found["leaning"]) == (gap / 2, gap / 2)

    def test_that_surprised_most_come_first(self, judged):
        assert guesses(judged)["prediction"].tolist() == ["02-border", "02-seven"]


def test_judgements_are_paired_with_the_reason_given_at_the_end():
    made = [
        said("rated", "credence/C04/start", "kim", score={"scaled": 0.3}),
        said("rated", "credence/C04/end", "kim", score={"scaled": 0.6}),
        said("rated", "credence/C04/end", "kim", score={"scaled": 0.7}, response="I counted."),
        said("rated", "credence/C24/start", "kim", score={"scaled": 0.3}),
    ]
    for day, one in enumerate(made):
        one["timestamp"] = f"2026-03-0{day + 1}T10:00:00.000Z"
    (row,) = credences(class_with({"kim": made})).itertuples()
    assert (row.claim, row.start, row.end, row.reason) == ("C04", 0.3, 0.7, "I counted.")
