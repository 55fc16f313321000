"""Item statistics, against what can be worked out by hand or in another way."""

import numpy as np
import pandas as pd
import pytest
from made_up_class import answered, class_with

from coursekit.classbook.answers import choices, first_answers, wide
from coursekit.classbook.items import items, options, rest_scores
from coursekit.quiz import banks, question, score

SINGLE = [one.id for bank in banks() for one in bank.questions if one.type == "single"]
MINE = [id for id in SINGLE if id[:2].isdigit()][:8]


def _wrong(id):
    return next(option.key for option in question(id).options if not option.right)


def _class(table):
    """Put a table of right (1), wrong (0) and left out (nan) into a class."""
    return class_with(
        {
            f"student {place}": [
                answered(id, question(id).solution if right else _wrong(id), f"student {place}")
                for id, right in zip(MINE, row, strict=True)
                if not np.isnan(right)
            ]
            for place, row in enumerate(table)
        }
    )


@pytest.fixture(scope="module")
def table():
    chance = np.random.default_rng(3)
    knows = chance.normal(size=(40, 1))
    return (chance.normal(size=(40, len(MINE))) < knows).astype(float)


@pytest.fixture(scope="module")
def answers(table):
    return first_answers(_class(table))


def test_difficulty_is_the_share_that_was_right(table, answers):
    found = items(answers).set_index("question").loc[MINE]
    assert found["difficulty"].to_numpy() == pytest.approx(table.mean(axis=0))
    assert (found["low"] <= found["difficulty"]).all()
    assert (found["difficulty"] <= found["high"]).all()


def test_discrimination_is_the_correlation_with_the_other_questions(table, answers):
    found = items(answers).set_index("question").loc[MINE, "discrimination"]
    for place, id in enumerate(MINE):
        rest = np.delete(table, place, axis=1).sum(axis=1)
        assert found[id] == pytest.approx(np.corrcoef(table[:, place], rest)[0, 1])


def test_whoever_answered_the_harder_questions_is_not_worse_off():
    right = pd.DataFrame(np.tile([1.0, 0.0], (10, 8))[:, :12], columns=SINGLE[:12])
    right.iloc[0, 1::2] = np.nan
    right.iloc[1, 0::2] = np.nan
    rest = rest_scores(right)
    assert rest.iloc[0].dropna().to_numpy() == pytest.approx(rest.iloc[1].dropna().to_numpy())


def test_a_question_is_left_out_by_those_who_began_its_quiz():
    made = _class([[1.0] * 8, [1.0] * 7 + [np.nan], [np.nan] * 7 + [1.0]])
    found = items(first_answers(made)).set_index("question")
    same = [id for id in MINE if id[:2] == MINE[0][:2]]
    for id in same:
        assert found.loc[id, "asked"] == found.loc[id, "answered"] + found.loc[id, "omitted"]
    assert found["omitted"].sum() > 0


def test_only_first_answers_count():
    id = MINE[0]
    made = class_with({"kim": [answered(id, _wrong(id)), answered(id, question(id).solution)]})
    assert first_answers(made)["right"].tolist() == [False]


def test_answers_are_scored_by_the_key_of_today():
    id = MINE[0]
    made = class_with({"kim": [answered(id, question(id).solution, success=False)]})
    assert first_answers(made)["right"].tolist() == [True]


def test_wrong_options_come_with_their_misconceptions(answers):
    found = options(answers)
    wrong = found[~found["right"]].set_index("question")
    for id in MINE:
        option = next(one for one in question(id).options if one.key == _wrong(id))
        assert wrong.loc[id, "misconception"] == option.misconception
        assert wrong.loc[id, "text"] == option.text


@pytest.mark.parametrize("id", [one.id for bank in banks() for one in bank.questions])
def test_the_solution_of_each_question_is_made_of_right_choices(id):
    one = question(id)
    assert score(one, one.solution).success
    assert all(choice.right for choice in choices(one, one.solution))


def test_no_test_before_the_course_is_mixed_with_what_was_learnt_in_it():
    pre = next(id for id in SINGLE if id.startswith("pre"))
    made = class_with({"kim": [answered(id, question(id).solution) for id in (pre, MINE[0])]})
    answers = first_answers(made)
    assert wide(answers, before=True).columns.tolist() == [pre]
    assert wide(answers, before=False).columns.tolist() == [MINE[0]]


def test_fewer_than_ten_students_are_not_correlated(table):
    found = items(first_answers(_class(table[:9])))
    assert found["discrimination"].isna().all()
    assert (found["suspicion"] == "").all()
