"""An update of a notebook: what either side changed is there, and nothing is lost."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.delivery.merging import SAY, NotByCells, fingerprints, merge


def cell(name, source, kind="markdown", **more):
    made = {"id": name, "cell_type": kind, "metadata": {}, "source": source, **more}
    return {"outputs": [], "execution_count": None, **made} if kind == "code" else made


def notebook(*cells):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


BEFORE = notebook(cell("a", "A"), cell("b", "B"), cell("c", "C"), cell("d", "D"))
SIGN = f"> **{SAY['sign']}**\n\n"


def changed(before, take=(), **words):
    """Take cells out and put others' words in."""
    made = copy.deepcopy(before)
    made["cells"] = [each for each in made["cells"] if each["id"] not in take]
    for each in made["cells"]:
        each["source"] = words.get(each["id"], each["source"])
    return made


def update(hers, ours, before=BEFORE):
    return merge(fingerprints(before), hers, ours)


def sources(made):
    return [each["source"] for each in made.notebook["cells"]]


class TestACell:
    def test_that_she_alone_changed_stays_hers(self):
        assert sources(update(changed(BEFORE, b="hers"), BEFORE)) == ["A", "hers", "C", "D"]

    def test_that_the_course_alone_changed_comes(self):
        assert sources(update(BEFORE, changed(BEFORE, b="new"))) == ["A", "new", "C", "D"]

    def test_that_both_changed_is_kept_twice_and_says_so(self):
        made = update(changed(BEFORE, b="hers"), changed(BEFORE, b="new"))
        assert sources(made) == ["A", "hers", f"{SIGN}new", "C", "D"]
        assert made.both == 1

    def test_that_both_changed_alike_is_there_once(self):
        made = update(changed(BEFORE, b="same"), changed(BEFORE, b="same"))
        assert (sources(made), made.both) == (["A", "same", "C", "D"], 0)

    def test_of_hers_stays_behind_what_it_followed(self):
        hers = changed(BEFORE)
        hers["cells"].insert(2, cell("x", "my note"))
        ours = notebook(cell("n", "first"), *changed(BEFORE, take=("c",))["cells"])
        assert sources(update(hers, ours)) == ["first", "A", "B", "my note", "D"]

    def test_that_she_deleted_stays_away_until_it_has_changed(self):
        hers = changed(BEFORE, take=("b",))
        assert sources(update(hers, BEFORE)) == ["A", "C", "D"]
        made = update(hers, changed(BEFORE, b="new"))
        assert (sources(made), made.returned) == (["A", "new", "C", "D"], 1)

    def test_that_the_course_took_out_goes_unless_she_changed_it(self):
        ours = changed(BEFORE, take=("b", "c"))
        made = update(changed(BEFORE, c="hers"), ours)
        assert (sources(made), made.kept) == (["A", "hers", "D"], 1)

    def test_keeps_what_came_out_when_she_ran_it(self):
        before = notebook(cell("a", "1 + 1", "code"))
        hers = copy.deepcopy(before)
        hers["cells"][0] |= {"outputs": [{"output_type": "stream", "text": "2"}]}
        made = update(hers, before, before)
        assert made.notebook["cells"][0]["outputs"] == hers["cells"][0]["outputs"]

    def test_of_the_course_beside_hers_is_not_graded_and_can_be_deleted(self):
        about = {"nbgrader": {"grade_id": "x"}, "deletable": False, "editable": False}
        before = notebook(cell("a", "1", "code", metadata=about))
        made = update(changed(before, a="2"), changed(before, a="3"), before).notebook
        assert made["cells"][0]["metadata"] == about
        assert made["cells"][1]["metadata"] == {}
        assert made["cells"][1]["source"] == f"# {SAY['sign']}\n3"

    def test_order_of_hers_stays(self):
        hers = changed(BEFORE)
        hers["cells"].reverse()
        ours = notebook(*BEFORE["cells"], cell("e", "E"))
        assert sources(update(hers, ours)) == ["D", "E", "C", "B", "A"]


class TestAgain:
    def test_the_same_update_changes_nothing_more(self):
        ours = changed(BEFORE, b="new")
        once = update(changed(BEFORE, b="hers"), ours)
        # Stopped before it was written down that the new version has been handed out.
        assert sources(update(once.notebook, ours)) == sources(once)
        assert sources(update(once.notebook, ours, ours)) == sources(once)

    def test_a_second_collision_keeps_all_three(self):
        once = update(changed(BEFORE, b="hers"), changed(BEFORE, b="new"))
        twice = update(once.notebook, changed(BEFORE, b="newer"), changed(BEFORE, b="new"))
        assert sources(twice)[1:4] == ["hers", f"{SIGN}newer", f"{SIGN}new"]
        names = [each["id"] for each in twice.notebook["cells"]]
        assert len(set(names)) == len(names)

    def test_nothing_known_of_the_version_before_keeps_both(self):
        made = merge({}, changed(BEFORE, b="hers"), changed(BEFORE, c="new"))
        assert sources(made) == ["A", "hers", f"{SIGN}B", "C", f"{SIGN}new", "D"]


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"cells": [{"cell_type": "markdown", "source": "no id"}]},
        notebook(cell("a", "1"), cell("a", "2")),
        {"cells": 1},
        {"cells": [{"id": "a", "source": "no kind"}]},
    ],
)
def test_cells_that_cannot_be_told_apart_are_refused(broken):
    with pytest.raises(NotByCells):
        merge({}, broken, BEFORE)


WORDS = st.sampled_from(["one", "two", "three", "four"])


@st.composite
def versions(draw):
    """A notebook as it came, as she has it, and as it comes now."""
    before = [cell(name, draw(WORDS)) for name in "abcdef"]

    def edited(others):
        kept = [cell(c["id"], draw(st.one_of(st.just(c["source"]), WORDS))) for c in before]
        kept = [c for c in kept if draw(st.integers(0, 3))]
        for name in others:
            if draw(st.booleans()):
                kept.insert(draw(st.integers(0, len(kept))), cell(name, draw(WORDS)))
        return draw(st.permutations(kept)) if draw(st.booleans()) else kept

    return notebook(*before), notebook(*edited("uvw")), notebook(*edited("xyz"))


@given(versions())
def test_nothing_of_hers_and_nothing_new_of_the_course_is_lost(versions):
    before, hers, ours = versions
    was = {c["id"]: c["source"] for c in before["cells"]}
    mine = {c["id"]: c["source"] for c in hers["cells"]}
    made = update(hers, ours, before).notebook["cells"]
    there = {c["id"]: c["source"] for c in made}
    assert len(there) == len(made)
    for name, source in mine.items():
        if source != was.get(name):
            assert there[name] == source
    for c in ours["cells"]:
        if c["source"] != was.get(c["id"]):
            assert c["source"] in (there.get(c["id"]), there.get(f"{c['id']}-new", "")[len(SIGN) :])
    # What neither has touched stays, and comes but once.
    for name, source in was.items():
        if mine.get(name) == source and name in {c["id"] for c in ours["cells"]}:
            assert name in there
