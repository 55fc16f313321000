"""What a student who knows nothing could use to guess: length, place, and options that give in."""

import re
from collections import Counter
from statistics import mean

import pytest

from coursekit.quiz import banks, shuffled

QUESTIONS = [question for bank in banks() for question in bank.questions]
SINGLES = [question for question in QUESTIONS if question.type == "single"]
GRADED = [question for question in QUESTIONS if question.type in ("single", "multiple")]
CHANCE = mean(1 / len(question.options) for question in SINGLES)


def share(extreme):
    """How often the key is the longest or shortest option; a tie counts in part."""
    found = []
    for question in SINGLES:
        lengths = {option.key: len(option.text) for option in question.options}
        ends = [key for key, length in lengths.items() if length == extreme(lengths.values())]
        found.append(sum(question.solution == key for key in ends) / len(ends))
    return mean(found)


@pytest.mark.parametrize("extreme", [max, min])
def test_the_key_is_the_longest_or_shortest_option_about_as_often_as_by_chance(extreme):
    # Two standard errors of a share of 57 questions with four options each.
    assert abs(share(extreme) - CHANCE) < 0.12


@pytest.mark.parametrize("bank", banks(), ids=lambda bank: bank.notebook)
def test_in_no_bank_is_it_the_longest_in_more_than_half(bank):
    singles = [question for question in bank.questions if question.type == "single"]
    longest = [
        question.id
        for question in singles
        if max(question.options, key=lambda o: (len(o.text), o.right)).right
    ]
    assert len(longest) <= max(1, len(singles) / 2), longest


def test_ticking_the_long_options_of_a_question_with_several_keys_earns_little():
    ratios = [
        mean(len(o.text) for o in question.options if o.right)
        / mean(len(o.text) for o in question.options if not o.right)
        for question in GRADED
        if question.type == "multiple"
    ]
    assert 0.9 < mean(ratios) < 1.1
    assert all(0.8 < ratio < 1.25 for ratio in ratios)


def test_keys_are_spread_over_the_places_of_a_page():
    four = [question for question in SINGLES if len(question.options) == 4]
    places = Counter(
        [option.right for option in shuffled(question, seed)].index(True)
        for question in four
        for seed in range(20)
    )
    expected = sum(places.values()) / 4
    assert all(0.85 < count / expected < 1.15 for count in places.values())


@pytest.mark.parametrize("question", GRADED, ids=lambda question: question.id)
class TestWrongOptions:
    def test_each_names_an_idea_of_its_own_in_a_sentence(self, question):
        ideas = [o.misconception for o in question.options if not o.right]
        assert len(set(ideas)) == len(ideas)
        assert all(len(idea.split()) >= 4 and idea.endswith(".") for idea in ideas)

    def test_options_end_alike(self, question):
        # A full stop after one option alone would be a mark on it.
        ends = {option.text.endswith((".", "?")) for option in question.options}
        assert len(ends) == 1


ABSOLUTE = re.compile(
    r"\b(?:always|never|every|all|none|only|cannot|nobody|nothing|no|certain|surely|proves?|must|any)\b",
    re.IGNORECASE,
)


def test_strong_words_stand_in_right_options_as_often_as_in_wrong_ones():
    options = [option for question in GRADED for option in question.options]
    right, wrong = (
        mean(bool(ABSOLUTE.search(o.text)) for o in options if o.right is side)
        for side in (True, False)
    )
    assert abs(right - wrong) < 0.1


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.type == "match"], ids=lambda question: question.id
)
def test_the_last_line_of_a_match_does_not_follow_from_the_others(question):
    used = Counter(pair.match for pair in question.pairs)
    assert len(question.options) > len(used) or max(used.values()) > 1
