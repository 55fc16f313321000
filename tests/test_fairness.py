"""The course is fair as far as one can count: attacks, voices, tables and words, side by side."""

import re
import runpy

import pytest

from coursekit.data import load


@pytest.fixture(scope="module")
def counts(root):
    return runpy.run_path(str(root / "docs" / "build" / "balance.py"))


def test_both_sides_of_the_map_are_attacked_about_as_often(counts):
    attacks = counts["attacks"]()
    assert max(attacks.values()) <= 1.25 * min(attacks.values())


def test_in_every_table_of_both_sides_the_words_differ_by_a_fifth_at_most(counts):
    words = counts["words"]()
    assert len(words) >= 25 and (words["critics"] > 0).all()
    assert list(words[words["ratio"] > 1.2].index) == []


def test_every_lesson_from_the_first_has_such_a_table(counts):
    tables = {name[:2] for name in counts["words"]().index if name.endswith("table")}
    assert tables == {f"{number:02}" for number in range(1, 11)}


def test_every_stance_of_a_reading_is_on_one_side_or_known_to_be_on_neither(counts):
    essay, critics = counts["STANCES"].values()
    stances = set(load("readings")["stance"])
    assert not essay & critics
    assert essay | critics <= stances
    sided = re.compile("official position|critical of|defends|doubts|finds")
    assert {stance for stance in stances - essay - critics if sided.search(stance)} == set()


def test_no_side_has_many_more_scholars_in_the_list_or_on_the_cards(counts):
    listed = load("readings")["stance"]
    for said in (
        {
            s: sum(listed.isin(k) & ~listed.str.contains("official"))
            for s, k in counts["STANCES"].items()
        },
        {s: counts["voices"]()[f"scholars, {s}"].sum() for s in counts["STANCES"]},
    ):
        assert max(said.values()) <= 1.5 * min(said.values()), said


def test_no_table_is_without_a_page_a_module_or_a_question_that_uses_it(counts, root):
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room, kind in (("coursekit", "py"), ("coursekit", "yaml"), ("exercises", "yaml"))
        for path in (root / room).rglob(f"*.{kind}")
    )
    unused = [
        name
        for name, pages in counts["notebooks_per_table"]().items()
        if not pages and not re.search(rf"\b{name}\b", code)
    ]
    assert unused == ["source_kinds"]  # the list that the tests of the sources read
