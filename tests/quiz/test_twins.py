"""The tests before and after the course: item by item the same question about another case."""

import re
from collections import Counter
from statistics import mean

import pytest

from coursekit.quiz import bank, shuffled
from tests.prose import grade

PAIRS = [
    pytest.param(before, after, id=f"q{n}")
    for n, (before, after) in enumerate(
        zip(bank("pre").questions, bank("post").questions, strict=True), start=1
    )
]
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def texts(question):
    """What a student reads before she answers."""
    return [part.text for part in (*question.options, *question.pairs)]


def ideas(question):
    """The mistaken ideas that the wrong options reveal."""
    return Counter(option.misconception for option in question.options if not option.right)


def alike(first, second, factor):
    return 1 / factor <= first / second <= factor


@pytest.mark.parametrize(("before", "after"), PAIRS)
class TestEachPair:
    def test_has_the_same_objective_kind_and_difficulty(self, before, after):
        for name in ("objective", "type", "difficulty"):
            assert getattr(before, name) == getattr(after, name)

    def test_offers_as_many_choices_and_lines_and_as_many_right_ones(self, before, after):
        def counts(q):
            return len(q.options), len(q.pairs), sum(option.right for option in q.options)

        assert counts(before) == counts(after)

    def test_is_wrong_by_the_same_ideas(self, before, after):
        assert ideas(before) == ideas(after)

    def test_has_the_same_lines_matched_with_the_same_choices(self, before, after):
        assert [pair.match for pair in before.pairs] == [pair.match for pair in after.pairs]
        if before.pairs:
            assert [o.text for o in before.options] == [o.text for o in after.options]

    def test_is_computed_in_the_same_way_from_other_numbers(self, before, after):
        one, two = (q.expression or "" for q in (before, after))
        assert NUMBER.sub("n", one) == NUMBER.sub("n", two)
        if one:
            assert before.answer != after.answer
            assert alike(before.tolerance, after.tolerance, 2)
            assert (before.unit is None) == (after.unit is None)

    def test_is_about_another_case(self, before, after):
        assert before.stem != after.stem or before.pairs != after.pairs
        choices = set(texts(before)) & set(texts(after))
        assert not choices - {option.text for option in before.options if before.pairs}

    def test_is_as_long_and_as_hard_to_read(self, before, after):
        assert alike(len(before.stem.split()), len(after.stem.split()), 1.25)
        if not before.options:
            return
        assert alike(*(mean(map(len, texts(q))) for q in (before, after)), 1.3)

    def test_names_the_same_kind_of_source(self, before, after):
        assert bool(before.sources) == bool(after.sources)
        assert bool(before.claims) == bool(after.claims)


def test_both_are_about_as_hard_to_read():
    grades = [
        grade("\n\n".join(" ".join([q.stem, *texts(q)]) for q in bank(name).questions))
        for name in ("pre", "post")
    ]
    assert max(grades) <= 9
    assert abs(grades[0] - grades[1]) <= 1


@pytest.mark.parametrize("name", ["pre", "post"])
def test_a_key_stands_in_each_place_for_some_learner(name):
    singles = [q for q in bank(name).questions if q.type == "single"]
    places = Counter(
        [option.right for option in shuffled(question, seed)].index(True)
        for question in singles
        for seed in range(40)
    )
    assert all(alike(places[place], 10 * len(singles), 1.4) for place in range(4))


def test_where_a_key_stands_in_one_test_tells_nothing_about_the_other():
    def place(question, seed):
        return [option.right for option in shuffled(question, seed)].index(True)

    twins = [pair.values for pair in PAIRS if pair.values[0].type == "single"]
    same = [place(a, seed) == place(b, seed) for a, b in twins for seed in range(60)]
    assert 0.18 <= mean(same) <= 0.32
