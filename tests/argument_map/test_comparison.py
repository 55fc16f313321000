"""A map that a student made beside that of the course."""

import re

from drawn_maps import ESSAY

from coursekit.argument import Argument, Link
from coursekit.argument.comparison import compare_maps, missing_steps, open_tasks


class TestComparison:
    def test_takes_maps_as_sets_of_links(self):
        yours = Argument(ESSAY.nodes.values(), reversed(ESSAY.links))
        found = compare_maps(yours, ESSAY)
        assert len(found.agreed) == len(ESSAY.links)
        assert found.only_yours == found.only_reference == ()

    def test_tells_direction_and_relation_apart(self):
        links = [Link("A6", "A1", "supports"), Link("H3", "A6", "attacks")]
        found = compare_maps(Argument(ESSAY.nodes.values(), links), ESSAY)
        assert found.agreed == () and len(found.only_yours) == 2
        assert len(found.only_reference) == len(ESSAY.links)

    def test_a_link_agrees_even_if_it_is_not_linked_with_others(self):
        yours = Argument(ESSAY.nodes.values(), [Link("H3", "A6", "supports")])
        ((mine, theirs),) = compare_maps(yours, ESSAY).agreed
        assert (mine.linked, theirs.linked) == ("", "A6-1")

    def test_missing_steps_are_those_that_no_link_touches(self):
        yours = Argument(ESSAY.nodes.values(), [Link("H3", "A6", "supports")])
        missing = missing_steps(yours, ESSAY)
        assert len(missing) == len(ESSAY.nodes) - 2 and not {"H3", "A6"} & set(missing)

    def test_a_map_is_complete_with_the_core_two_hidden_premises_and_three_attacks(self):
        links = [
            Link("H1", "A6", "supports"),
            Link("A6", "K1", "supports"),
            Link("B5", "K1", "supports"),
            Link("K1", "K2", "supports"),
            Link("C3", "K2", "supports"),
            Link("H5", "B5", "supports"),
            Link("N1", "A6", "attacks"),
            Link("R1", "B3", "attacks"),
            Link("R4", "C3", "attacks"),
        ]
        assert open_tasks(Argument(ESSAY.nodes.values(), links), ESSAY) == []
        for link in links[:1] + links[5:]:
            fewer = [other for other in links if other != link]
            assert len(open_tasks(Argument(ESSAY.nodes.values(), fewer), ESSAY)) >= 1

    def test_what_is_open_is_named_without_its_place(self):
        said = " ".join(open_tasks(Argument(ESSAY.nodes.values(), []), ESSAY))
        for words in ("K1, K2, A6, B5, C3", "at least 2", "A, B, C"):
            assert words in said
        assert not re.search(r"H\d|N\d|R\d|supports", said)
