import copy
import json

import pytest
from argument.made_up import arguments
from hypothesis import given

from coursekit.argument import Argument, Link, from_aif, to_aif
from coursekit.errors import CourseError

# As another program might write it: numbers for names, no fields of our own.
FOREIGN = {
    "nodes": [
        {"nodeID": 1, "text": "The street is wet.", "type": "I"},
        {"nodeID": 2, "text": "It rained.", "type": "I"},
        {"nodeID": 3, "text": "The street has no roof.", "type": "I"},
        {"nodeID": 4, "text": "The garden is dry.", "type": "I"},
        {"nodeID": 5, "text": "Default Inference", "type": "RA"},
        {"nodeID": 6, "text": "Default Conflict", "type": "CA"},
    ],
    "edges": [
        {"edgeID": 1, "fromID": 2, "toID": 5},
        {"edgeID": 2, "fromID": 3, "toID": 5},
        {"edgeID": 3, "fromID": 5, "toID": 1},
        {"edgeID": 4, "fromID": 4, "toID": 6},
        {"edgeID": 5, "fromID": 6, "toID": 2},
    ],
}


class TestRoundTrip:
    @pytest.mark.parametrize("argument", [Argument.essay(), Argument.of_claims()], ids=str)
    def test_loses_nothing_of_the_course_s_arguments(self, argument):
        back = from_aif(json.loads(json.dumps(to_aif(argument))))
        assert back == argument
        assert list(back.nodes) == list(argument.nodes)
        assert all(back.lines_of(id) == argument.lines_of(id) for id in argument.nodes)

    @given(arguments())
    def test_loses_nothing_of_any_argument(self, argument):
        assert from_aif(json.loads(json.dumps(to_aif(argument)))) == argument


@pytest.fixture
def essay():
    return to_aif(Argument.essay())


class TestWriting:
    def test_linked_premises_share_one_inference(self, essay):
        into = {edge["fromID"]: edge["toID"] for edge in essay["edges"] if edge["fromID"] == "H3"}
        inference = into["H3"]
        assert {e["fromID"] for e in essay["edges"] if e["toID"] == inference} == {"A1", "A5", "H3"}
        assert [e["toID"] for e in essay["edges"] if e["fromID"] == inference] == ["A6"]

    def test_other_supporters_have_an_inference_each(self, essay):
        kinds = {node["nodeID"]: node["type"] for node in essay["nodes"]}
        to_k1 = [edge["fromID"] for edge in essay["edges"] if edge["toID"] == "K1"]
        assert sorted(kinds[id] for id in to_k1) == ["RA", "RA", "RA"]

    def test_edges_always_pass_through_an_inference_or_a_conflict(self, essay):
        kinds = {node["nodeID"]: node["type"] for node in essay["nodes"]}
        assert len(kinds) == len(essay["nodes"])
        for edge in essay["edges"]:
            assert (kinds[edge["fromID"]] == "I") != (kinds[edge["toID"]] == "I")
        ids = [edge["edgeID"] for edge in essay["edges"]]
        assert len(set(ids)) == len(ids)

    def test_limits_are_neither_inference_nor_conflict(self, essay):
        assert [(k["fromID"], k["toID"]) for k in essay["limits"]] == [("D", "K2"), ("X", "A6")]
        assert "D" not in {edge["fromID"] for edge in essay["edges"]}


class TestReadingFromElsewhere:
    def test_steps_and_links_are_found(self):
        argument = from_aif(FOREIGN)
        assert argument.nodes["1"].text == "The street is wet."
        assert {node.kind for node in argument.nodes.values()} == {"premise"}
        assert set(argument.links) == {
            Link("2", "1", "supports", "5"),
            Link("3", "1", "supports", "5"),
            Link("4", "2", "attacks"),
        }


def changed(*path, to=None):
    """Copy the foreign file and change or leave out one entry."""
    data = copy.deepcopy(FOREIGN)
    place = data
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return data


class TestMalformedFiles:
    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            ([], "The file: expected names and values"),
            (changed("nodes"), "The file: 'nodes' is missing"),
            (changed("edges", to={}), "The file: 'edges' is missing or of the wrong type"),
            (changed("nodes", 2, "nodeID"), "Node 3: 'nodeID' is missing"),
            (changed("nodes", 2, to="wet"), "Node 3: expected names and values"),
            (changed("nodes", 2, "type", to="YA"), r"Node 3 \(3\): .*You can use: I, RA, CA"),
            (changed("nodes", 2, "text", to=["a"]), r"Node 3 \(3\): 'text' must be a text"),
            (changed("nodes", 2, "claims", to="C01"), r"Node 3 \(3\): 'claims' must be a list"),
            (changed("nodes", 2, "nodeID", to=1), r"Step 3 \(1\): this step is there already"),
            (changed("edges", 1, "toID"), "Edge 2: 'toID' is missing"),
            (changed("edges", 1, "toID", to=1), r"Edge 2 \(3 to 1\): an edge joins"),
            (changed("edges", 4, "toID", to=5), r"Edge 5 \(6 to 5\): an edge joins"),
            (changed("edges", 1, "note", to=3), "Edge 2: 'note' must be a text"),
            (changed("edges", 1, "fromID", to=9), r"Link 2 \(9 supports 1.*no node '9'"),
            (changed("edges", 2), "Node 5: needs at least one edge in and one edge out, .* 0 out"),
            (changed("edges", 3), "Node 6: needs one edge in and one edge out, and has 0 in"),
            (FOREIGN | {"limits": [{"fromID": 1}]}, "Limit 1: 'toID' is missing"),
            (FOREIGN | {"limits": 3}, "The file: 'limits' is missing or of the wrong type"),
        ],
    )
    def test_are_refused_with_the_entry(self, data, fault):
        with pytest.raises(CourseError, match=fault):
            from_aif(data)
