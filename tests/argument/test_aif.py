import json

import pytest
from argument.made_up import arguments
from hypothesis import given

from coursekit.argument import Argument, to_aif


@given(arguments())
def test_every_step_and_link_of_any_argument_goes_out(argument):
    data = to_aif(argument)
    assert json.loads(json.dumps(data)) == data
    steps = {node["nodeID"]: node for node in data["nodes"] if node["type"] == "I"}
    assert list(steps) == list(argument.nodes)
    for id, node in argument.nodes.items():
        assert steps[id]["claims"] == list(node.claims)
        assert [steps[id][key] for key in ("text", "label", "kind", "branch")] == [
            *(node.text, node.label, node.kind, node.branch)
        ]
    onwards = {edge["fromID"]: edge["toID"] for edge in data["edges"]}
    through = [(e["fromID"], onwards[e["toID"]]) for e in data["edges"] if e["fromID"] in steps]
    limited = [(limit["fromID"], limit["toID"]) for limit in data["limits"]]
    assert sorted(through + limited) == sorted((k.source, k.target) for k in argument.links)


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
