"""What is projected: no group under five can be found in it."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_class import answered, class_with, hand_in, said

from coursekit.classbook import to_show
from coursekit.classbook.groups import LEAST, SHARED, about, fit_to_show, share_to_show
from coursekit.classbook.page import html
from coursekit.classbook.reading import read_class
from coursekit.classbook.results import work_out
from coursekit.quiz import question

CLASSES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)


def bounds(shown):
    """Say how many students at the least and at the most are behind a number that is shown."""
    return max(shown - 2, 0), shown + 2


def within(shown, size):
    """Narrow each group down by all others and by the size of the class, as one might who tries."""
    found = {name: bounds(count) for name, count in shown.items()}
    for name, (low, high) in found.items():
        others = [ends for other, ends in found.items() if other != name]
        least = size - sum(most for _, most in others)
        most = size - sum(few for few, _ in others)
        found[name] = max(low, least), min(high, most)
    return found


class TestOneTable:
    @given(CLASSES)
    def test_shows_no_group_that_is_under_five(self, counts):
        shown = fit_to_show(counts, "others")
        assert all(count >= LEAST and count % 5 == 0 for count in shown.values())

    @given(CLASSES)
    def test_never_narrows_one_down_to_fewer_than_five(self, counts):
        shown = fit_to_show(counts, "others")
        for name, (_, most) in within(shown, sum(counts.values())).items():
            assert most >= LEAST, name

    @given(CLASSES)
    def test_has_every_student_in_it_or_none(self, counts):
        shown, size = fit_to_show(counts, "others"), sum(counts.values())
        if shown:
            assert abs(sum(shown.values()) - size) <= 2 * len(shown)
        else:
            assert size < LEAST

    @given(CLASSES)
    def test_hides_a_small_group_behind_others(self, counts):
        shown = fit_to_show(counts, "others")
        for name, count in counts.items():
            if 0 < count < LEAST:
                assert name not in shown
                assert sum(counts.values()) < LEAST or shown["others"] >= LEAST


@given(st.integers(0, 300), st.integers(0, 300))
def test_two_totals_of_which_one_holds_the_other_betray_no_few_that_differ(many, few):
    low = bounds(about(many))[0] - bounds(about(few))[1]
    high = bounds(about(many))[1] - bounds(about(few))[0]
    # Whoever subtracts cannot tell that there is a group, and that it is smaller than five.
    assert not (low >= 1 and high < LEAST)


@given(st.integers(SHARED, 300), st.data())
def test_a_share_tells_neither_how_few_were_right_nor_how_few_were_wrong(students, data):
    right = data.draw(st.integers(0, students))
    shown = share_to_show(right / students, students)
    alike = {
        count for count in range(students + 1) if share_to_show(count / students, students) == shown
    }
    for few in (right, students - right):
        if 0 < few < LEAST:
            assert len(alike) >= LEAST


WRONG = [option.key for option in question("02-q4").options if not option.right]
REASON = "My family lives there."


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The page of a class of 23 with small groups planted in each part of it."""
    folder = tmp_path_factory.mktemp("records")
    for place in range(23):
        name = f"account {place}"
        right = question("02-q4").solution
        # Three choose one wrong answer, two another; two leave the question out.
        given = WRONG[0] if place < 3 else WRONG[1] if place < 5 else right
        made = [] if place in (5, 6) else [answered("02-q4", given, name, confidence=0.8)]
        made.append(
            answered("02-q3", question("02-q3").solution, name, confidence=0.5 + 0.1 * (place < 2))
        )
        change = 0.2 if place < 4 else -0.1
        made.append(said("rated", "credence/C04/start", name, score={"scaled": 0.5}))
        end = {"score": {"scaled": 0.5 + change}, "response": REASON}
        made.append(said("rated", "credence/C04/end", name, **end))
        passed = place >= 3
        more = {} if passed else {"mistake": "a rare mistake", "attempt": 1}
        made.append(said("checked", "exercise/02/members_in", name, success=passed, **more))
        hand_in(folder, f"name {place}.json", made, name=f"Student {place}")
    found = work_out(read_class(folder), folder)
    return found, to_show.sections(found)


def _numbers(parts):
    """Read the counts of each row of each table, as anybody can who sees the page."""
    for part, row in ((p, row) for p in parts for t in p.tables for row in t.rows):
        text = " ".join(map(str, row))
        counts = re.findall(r"([^;:]+): about (\d+)", text)
        if counts:
            yield part.id, {name.strip(): int(count) for name, count in counts}


def test_no_row_of_the_page_gives_a_small_group_away(shown):
    rows = list(_numbers(shown[1]))
    assert {id for id, _ in rows} >= {"hard", "credences", "exercises"}
    for id, counts in rows:
        for name, (_, most) in within(counts, 23).items():
            assert most >= LEAST, (id, name)


def test_no_sums_of_a_row_less_another_give_one_away(shown):
    rows = [counts for _, counts in _numbers(shown[1])]
    sums = [
        (sum(low for low, _ in chosen), sum(high for _, high in chosen))
        for counts in rows
        for size in range(1, len(counts) + 1)
        for chosen in itertools.combinations([bounds(n) for n in counts.values()], size)
    ]
    for (low, high), (less, more) in itertools.product([*sums, (23, 23)], repeat=2):
        assert not (low - more >= 1 and high - less < LEAST)


def test_neither_names_nor_pseudonyms_nor_reasons_are_on_the_page(shown):
    found, parts = shown
    page = html("Title", "", to_show.facts(found), parts)
    for secret in (*found.made.students.index, "Student", "account", "name 1", REASON):
        assert secret not in page
    assert "a rare mistake" not in page


def test_a_confidence_that_few_chose_is_not_drawn(shown):
    _, parts = shown
    (figure,) = next(part.figures for part in parts if part.id == "sure")
    assert "60%" not in figure.alt and "80%" in figure.alt


def test_a_class_under_five_is_not_shown_at_all():
    made = class_with({f"{n}": [answered("02-q3", "a", f"{n}")] for n in range(4)})
    found = work_out(made, Path("nowhere"))
    assert to_show.sections(found) == []
