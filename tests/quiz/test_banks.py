"""The banks of the course."""

import re
import subprocess
import sys
import tomllib
from collections import Counter

import pytest

from coursekit.errors import CourseError
from coursekit.quiz import Question, bank, banks, question, score
from coursekit.quiz.bank import load, paths
from coursekit.quiz.questions import TYPES
from coursekit.quiz.rules import validate

NOTEBOOKS = [name for name in paths() if name.isdigit()]
QUESTIONS = [question for bank in banks() for question in bank.questions]


@pytest.mark.parametrize("name", paths())
def test_every_bank_keeps_the_rules(name):
    assert validate(name) == bank(name)


def test_the_votes_on_the_invasion_stand_in_the_bank_that_asks_about_them():
    assert {n for n in paths() if re.search(r"\b141\b", paths()[n].read_text("utf-8"))} == {"08"}


@pytest.mark.parametrize("name", NOTEBOOKS)
class TestNotebooks:
    def test_have_8_to_10_questions_of_four_types_and_three_difficulties(self, name):
        questions = bank(name).questions
        assert 8 <= len(questions) <= 10
        assert len({question.type for question in questions}) >= 4
        assert {question.difficulty for question in questions} == {1, 2, 3}

    def test_number_their_questions_from_1(self, name):
        ids = [question.id for question in bank(name).questions]
        assert ids == [f"{name}-q{n}" for n in range(1, len(ids) + 1)]


def test_the_first_two_banks_show_all_types():
    assert {q.type for name in ("00", "02") for q in bank(name).questions} == set(TYPES)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda question: question.id)
class TestEveryQuestion:
    def test_gives_its_feedback_for_each_choice(self, asked):
        if asked.type == "single":
            chosen = {o.key: score(asked, o.key).feedback for o in asked.options}
        elif asked.type == "multiple":
            chosen = {o.key: score(asked, [o.key]).feedback for o in asked.options}
        elif asked.type == "order":
            said = dict(score(asked, [o.key for o in asked.options]).feedback)
            assert said == {o.key: o.why for o in asked.options}
            return
        elif asked.type == "match":
            for choice in asked.options:
                same = {pair.key: choice.key for pair in asked.pairs}
                said = dict(score(asked, same).feedback)
                assert said == {pair.key: pair.why for pair in asked.pairs}
            return
        else:
            assert all(text for _, text in score(asked, asked.solution).feedback)
            return
        for option in asked.options:
            assert chosen[option.key] == ((option.key, option.why),)

    def test_earns_all_points_for_its_solution(self, asked):
        assert score(asked, asked.solution).success

    def test_is_found_by_its_id(self, asked):
        assert question(asked.id) is asked


class TestTheTwoTests:
    def test_ask_for_the_same_15_objectives_in_parallel(self):
        pre, post = bank("pre").questions, bank("post").questions
        assert len(pre) == len(post) == 15
        for n, (before, after) in enumerate(zip(pre, post, strict=True), start=1):
            assert (before.id, after.id) == (f"pre-q{n}", f"post-q{n}")
            same = [(q.objective, q.type, q.difficulty) for q in (before, after)]
            assert same[0] == same[1]
            assert before.stem != after.stem or before.pairs != after.pairs

    def test_ask_for_each_objective_once(self):
        counts = Counter(question.objective for question in bank("pre").questions)
        assert set(counts.values()) == {1}

    def test_can_be_scored_without_a_reader(self):
        assert "short" not in {q.type for name in ("pre", "post") for q in bank(name).questions}


class TestLookingUp:
    def test_an_unknown_bank_lists_the_others(self):
        with pytest.raises(CourseError, match=r"There is no quiz '2'. Did you mean '02'\?"):
            bank("2")

    @pytest.mark.parametrize("id", ["02-q99", "77-q1", "nonsense", "", None, 2])
    def test_an_unknown_question_is_refused(self, id):
        with pytest.raises(CourseError, match="There is no"):
            question(id)

    def test_a_file_that_does_not_fit_is_explained_like_in_validation(self, tmp_path):
        path = tmp_path / "99_x.yaml"
        path.write_text('notebook: "99"\ntitle: X\nquestions: [{id: 99-q1}]\n')
        with pytest.raises(CourseError, match="99-q1: it has no 'objective', 'claims', 'stem', "):
            load(path)

    def test_questions_cannot_be_changed_by_accident(self):
        with pytest.raises(AttributeError):
            question("02-q1").stem = "x"
        assert isinstance(hash(question("02-q1")), int)
        assert isinstance(question("02-q1"), Question)


def test_loading_all_banks_does_not_load_the_validator():
    code = (
        "import sys; from coursekit.quiz import banks; banks();"
        "print(sorted({'jsonschema', 'scipy', 'networkx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "jsonschema" not in done.stdout


def test_a_wheel_carries_of_the_exercises_only_what_students_get(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    inside = {source: target for source, target in carried.items() if "exercises" in source}
    assert inside == {
        f"exercises/{name}": f"coursekit/_content/exercises/{name}"
        for name in ("quizzes", "predictions", "release")
    }
    assert all((root / source).is_dir() for source in inside)
