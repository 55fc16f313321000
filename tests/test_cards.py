"""Forms on a card: to which field an error belongs."""

import pytest

from coursekit.errors import CourseError, MisfitError
from coursekit.widgets.card import Card, about, field, item


class Picky(Card):
    """Refuses what it gets, with the error that it is told to raise."""

    def __init__(self, problem, *names):
        super().__init__([item("form", [field("text", name, name) for name in names])])
        self.problem = problem

    def submit(self, key, values):
        raise self.problem


def errors(problem, *names):
    card = Picky(problem, *names)
    card.act({"item": "form", "action": "submit", "values": dict.fromkeys(names, "x")})
    return card.items[0]["errors"]


def test_an_error_stands_at_the_field_it_names():
    assert errors(MisfitError({"b": "Not this."}), "a", "b") == {"b": "Not this."}


def test_several_stand_each_at_its_own_in_the_order_of_the_form():
    found = errors(MisfitError({"c": "Nor this.", "a": "Not this."}), "a", "b", "c")
    assert list(found.items()) == [("a", "Not this."), ("c", "Nor this.")]


def test_one_that_names_none_is_about_the_only_field_or_about_the_form():
    assert errors(CourseError("No."), "a") == {"a": "No."}
    assert errors(CourseError("No."), "a", "b") == {"": "No."}
    assert errors(MisfitError({"z": "No."}), "a", "b") == {"": "No."}


def test_a_name_can_be_given_to_what_another_function_raises():
    with pytest.raises(MisfitError) as raised, about("a"):
        raise CourseError("No.")
    assert raised.value.wrong == {"a": "No."}
