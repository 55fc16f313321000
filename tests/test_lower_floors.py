"""What small functions give that every room calls: one example of each."""

import pytest

from coursekit import ranges
from coursekit.argument import Argument
from coursekit.argument.naming import named, several
from coursekit.argument.words import bearing, what_changed
from coursekit.errors import CourseError
from coursekit.escaping import bibtex_text, csv_cell
from coursekit.ids import bank_of, notebook_of
from coursekit.intervals import share_interval
from coursekit.sentences import listed
from coursekit.versions import number, oldest
from coursekit.wording import loaded_words


def test_names_say_to_what_a_part_belongs():
    assert notebook_of("02-q3") == notebook_of("02_who_joined_when.yaml") == "02"
    assert [bank_of(id) for id in ("02-q3", "before-q1")] == ["02", "before"]


def test_a_text_stands_for_itself_in_bibtex_and_in_a_spreadsheet():
    assert bibtex_text("War & peace, 5 %") == r"War \& peace, 5 \%"
    assert [csv_cell("=1+1"), csv_cell(-1)] == ["'=1+1", -1]


def test_an_interval_of_few_answers_is_wide():
    assert share_interval(5, 8) == pytest.approx((0.245, 0.915), abs=5e-4)


def test_versions_are_compared_by_their_numbers():
    assert number("3.13") > number("3.9")
    needed = ["numpy>=1.26", 'numpy>=9; python_version >= "99"', 'nbgrader>=1; extra == "test"']
    assert oldest(needed) == {"numpy": "1.26"}


def test_words_that_take_sides_are_found_outside_quotation_marks():
    assert loaded_words("Russia feels safe.") == [("Russia feels", "Russian officials say")]
    assert loaded_words('He spoke of a "buffer".') == []


def test_a_value_that_is_fit_comes_back_as_a_plain_float_and_another_is_refused_in_words():
    fit = [ranges.probability(0, "t"), ranges.positive(2, "a"), ranges.between(1.6, "a", 0, 1.6)]
    assert [*fit, ranges.whole(3.0, "n", 0)] == [0, 2, 1.6, 3]
    assert [type(value) for value in fit] == [float, float, float]
    with pytest.raises(CourseError, match=r"^t must lie between 0 and 1, because it is a prob"):
        ranges.probability(1.4, "t")
    with pytest.raises(CourseError, match=r"^This model needs T > R, because the ranking defines"):
        ranges.ordering({"T": 2, "R": 3}, "T > R")


def test_a_student_names_steps_in_capitals_or_not_alone_or_several():
    assert named("claim", " c30", ["C29", "C30"]) == "C30"
    assert several("node", "h3", ["H2", "H3"]) == {"H3"}
    with pytest.raises(CourseError, match="Did you mean 'H3'"):
        several("node", ["H33"], ["C2", "H3"])


def test_a_list_is_written_as_it_is_read():
    assert [listed(ids) for ids in (["C2"], [1, 2], "abc")] == ["C2", "1 and 2", "a, b and c"]
    assert listed(["C2", "H7", "H8"], "or") == "C2, H7 or H8"


def test_an_argument_is_told_in_sentences():
    essay = Argument.essay()
    said = what_changed(essay.standing(), essay.standing("H3"), "H3")
    assert said == "H3 falls because you rejected it. Now A6 falls too."
    groups = [(head, [link.source for link in links]) for head, links in bearing(essay, "B3")]
    assert groups == [
        ("Supported, only together, by", ["B1", "B2"]),
        ("Attacked by", ["R1", "R5"]),
    ]
