"""Whose spending grew: every choice of group, measure and years beside the one that is made."""

from itertools import pairwise

import pytest
from reading_labs import run, shown

import coursekit as ck
from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.figures.spending_choices import (
    GROUPS,
    MEASURES,
    VERDICTS,
    YEARS,
    choice,
    choices,
    choices_figure,
    spending,
)


def test_every_choice_stands_once_and_in_order():
    every = choices()
    assert len({(c.group, c.measure, c.first, c.last) for c in every}) == len(every)
    assert len(every) == len(GROUPS) * len(MEASURES) * len(YEARS) * (len(YEARS) - 1) / 2
    assert all(one.change <= two.change for one, two in pairwise(every))


def test_the_answer_hangs_on_the_choice():
    assert {one.verdict for one in choices() if (one.first, one.last) == (1999, 2014)} == {
        "both",
        "russia",
    }
    assert {one.verdict for one in choices()} >= {"both", "group", "russia"}


@pytest.mark.parametrize(
    ("group", "year", "measure", "value"),
    [
        ("all", 1999, "dollars", 658),
        ("all", 2010, "dollars", 1078),
        ("all", 2014, "dollars", 912),
        ("usa", 1999, "share", 3.09),
        ("usa", 2014, "share", 3.68),
        ("russia", 1999, "share", 3.07),
        ("russia", 2014, "share", 4.11),
    ],
)
def test_what_was_spent_agrees_with_the_card_of_c25(group, year, measure, value):
    assert spending(group, year, measure) == pytest.approx(value, abs=0.005 if value < 9 else 0.5)


def test_the_parts_add_up_to_all_members():
    for year in YEARS:
        canada = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]["CAN", year]
        gdp = load("economy").set_index(["iso3", "year"])["gdp_constant"]["CAN", year]
        parts = spending("european", year) + spending("usa", year) + canada * gdp / 100 / 1000
        assert spending("all", year) == pytest.approx(parts)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("eleven", "share", 1999, 2014), "There is no group of states"),
        (("ten", "euros", 1999, 2014), "There is no measure of spending"),
        (("ten", "share", 2014, 1999), "cannot be compared"),
        (("ten", "share", 1998, 2014), "cannot be compared"),
    ],
)
def test_a_wrong_choice_is_refused_in_plain_words(arguments, message):
    with pytest.raises(CourseError, match=message):
        choice(*arguments)


def test_the_figure_says_in_words_and_in_a_table_what_it_draws():
    figure = choices_figure(choice("ten", "share", 1999, 2014))
    assert "only Russia rose, the group by -17.3 per cent and Russia by +33.8" in figure.alt
    assert len(figure.table) == len(choices())
    assert set(figure.table["answer"]) <= {words for words, _, _ in VERDICTS.values()}


@pytest.fixture
def lab():
    return ck.spending_lab(ask="Did both sides arm?")


@pytest.mark.parametrize(
    ("control", "value"),
    [("group", "all"), ("measure", "dollars"), ("first", 2004), ("last", 2024)],
)
def test_every_control_redraws(lab, control, value):
    svg, told = lab.live.svg, shown(lab)
    lab.live.inputs[control].value = value
    assert lab.live.svg != svg
    assert shown(lab) != told
    assert not lab.live.error


def test_its_code_gives_the_choice_that_is_shown(lab):
    lab.group.value = "all"
    assert run(lab.live.answer["code"]) == lab.chosen


def test_years_in_the_wrong_order_or_alike_are_put_right(lab):
    lab.first.value = 2021
    assert (lab.chosen.first, lab.chosen.last) == (2014, 2021)
    lab.last.value = 2021
    assert (lab.chosen.first, lab.chosen.last) == (2021, 2024)
    lab.first.value = lab.last.value = 2024
    assert (lab.chosen.first, lab.chosen.last) == (2021, 2024)


def test_names_keep_their_capitals(lab):
    assert ("Ten in Western Europe", "ten") in lab.group.options
    assert ("Share of GDP", "share") in lab.measure.options
    assert shown(lab)["Answer"] == "Only Russia rose"
