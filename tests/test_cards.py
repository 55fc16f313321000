"""Forms on a card: to which field an error belongs, and how they look without a kernel."""

import re
from concurrent.futures import ThreadPoolExecutor, wait
from weakref import WeakSet

import pytest

from coursekit.errors import CourseError, MisfitError
from coursekit.forms.fields import field, item
from coursekit.forms.printing import ASLEEP, as_html, as_text
from coursekit.widgets import card as cards
from coursekit.widgets.card import Card, about


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


OPTIONS = [{"key": "a", "text": "One"}, {"key": "b", "text": "Two"}]
FORMS = [
    item(
        "form",
        [
            field("choice", "choice", "Which?", options=OPTIONS),
            field("several", "several", "Which of them?", options=OPTIONS),
            field("choice", "row", "How sure?", options=OPTIONS, row=True),
            field("number", "number", "How many?", unit="km"),
            field("order", "order", "In which order?", options=OPTIONS),
        ],
        submit="Check",
    )
]


class TestWithoutAKernel:
    def test_nothing_looks_as_if_it_could_be_clicked(self):
        for text in (as_html("A title", "", FORMS), as_text("A title", "", FORMS)):
            # Geometric shapes, such as circles and squares, and ballot boxes.
            assert not re.search(r"[\u25a0-\u25ff\u2610-\u2612]|<(input|button|select)", text)
            assert text.count(ASLEEP) == 1
            for word in ("Which?", "One", "Two", "km", "How sure?"):
                assert word in text

    def test_it_needs_no_style(self):
        assert not re.search(r"style=|<style", as_html("A title", "", FORMS))

    def test_what_was_chosen_can_be_told(self):
        chosen = [{**FORMS[0], "fields": [{**FORMS[0]["fields"][0], "value": "b"}]}]
        assert "<li>One</li><li>Two (chosen)</li>" in as_html("", "", chosen)

    def test_so_can_what_was_matched(self):
        lines = [{"key": "p1", "text": "First"}, {"key": "p2", "text": "Second"}]
        asked = field("match", "match", "Which?", lines=lines, options=OPTIONS, value={"p2": "a"})
        shown = as_html("", "", [item("form", [asked])])
        assert "<li>First ________</li><li>Second One (chosen)</li>" in shown

    def test_a_source_says_where_it_was_seen(self):
        told = {"lines": [{"text": "“So.”\n\nA speaker.", "seen": "https://example.org/?a&b"}]}
        shown = as_html("", "", [item("form", [], feedback=told)])
        assert "<p>“So.”</p><p>A speaker.</p><p>https://example.org/?a&amp;b</p>" in shown

    def test_a_picture_from_elsewhere_is_its_description(self):
        picture = {"src": "https://example.org/x.png", "alt": "A curve."}
        shown = as_html("", "", [item("form", [], feedback={"title": "So", "picture": picture})])
        assert "<p>A curve.</p>" in shown and "<img" not in shown

    def test_a_form_that_waits_for_nothing_is_asleep_as_well(self):
        assert ASLEEP in as_html("", "", [item("form", [], feedback={"title": "Predict first."})])


def test_an_answer_is_taken_while_a_cell_makes_another_card(monkeypatch):
    made = []
    with ThreadPoolExecutor(1) as cell:

        class Meanwhile(WeakSet):
            def __iter__(self):
                for card in super().__iter__():
                    if not made:
                        made.append(cell.submit(Picky, None, "a"))
                        wait(made, timeout=0.3)
                    yield card

        monkeypatch.setattr(cards, "_cards", Meanwhile())
        card = Picky(CourseError("No."), "a")
        card.act({"item": "form", "action": "submit", "values": {"a": "x"}})
        assert card.error == ""
        assert made[0].result() in set(cards._cards)
