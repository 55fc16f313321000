"""What a report finds in a class of which all is known."""

import pandas as pd
import pytest
from made_up_class import before_and_after, class_of
from scipy.stats import binom

from coursekit.classbook.answers import first_answers
from coursekit.classbook.gains import gains
from coursekit.classbook.items import items
from coursekit.classbook.reading import read_class
from coursekit.classbook.simulated import share_right
from coursekit.classbook.simulated_class import simulate, true_values
from coursekit.quiz import question
from coursekit.record import read_export
from coursekit.record.evidence import examine_statements


@pytest.fixture(scope="module")
def described():
    made, model = class_of(200, seed=1)
    return items(first_answers(made)).set_index("question"), model


@pytest.mark.slow
@pytest.mark.timeout(600)
class TestOf200:
    def test_difficulties_are_found_in_their_true_order(self, described):
        table, model = described
        truth = pd.Series(true_values(model)["difficulty"])
        assert table["difficulty"].corr(truth, method="spearman") >= 0.9

    def test_each_faulty_question_is_named_with_its_fault(self, described):
        table, model = described
        assert {flaw: table.loc[id, "suspicion"] for flaw, id in model.flaws.items()} == {
            "miskeyed": "miskeyed",
            "two_right": "two_right",
            "giveaway": "giveaway",
        }

    def test_the_choice_that_is_right_in_truth_is_named(self, described):
        table, model = described
        for flaw in ("miskeyed", "two_right"):
            id = model.flaws[flaw]
            options = {option.key: option.text for option in question(id).options}
            assert table.loc[id, "suspect"] == options[model.items[id].other]

    def test_few_sound_questions_are_suspected_of_a_fault_of_the_key(self, described):
        table, model = described
        named = table[table["suspicion"].isin(["miskeyed", "two_right"])].index
        assert len(named.difference(list(model.flaws.values()))) <= 2

    def test_suspected_keys_come_first(self, described):
        table, _ = described
        found = [flag for flag in table["suspicion"] if flag]
        assert list(table["suspicion"][: len(found)]) == found
        assert found == sorted(found, key=["miskeyed", "two_right", "giveaway"].index)


def test_a_wrong_key_and_two_right_answers_make_a_question_seem_harder():
    _, model = class_of(1, seed=3, notebooks=["00"])
    for flaw in ("miskeyed", "two_right"):
        item = model.items[model.flaws[flaw]]
        assert share_right(item, 0) < share_right(item._replace(flaw=""), 0)


# `benchmarks/class_report.py --gain` does so with 200 classes.
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_gain_lies_in_its_interval_as_often_as_it_should():
    classes = 25
    inside = 0
    for seed in range(classes):
        answers, truth = before_and_after(40, seed + 1000)
        found = gains(answers).iloc[0]
        inside += found["low"] <= truth <= found["high"]
    least, most = binom.interval(0.99, classes, 0.95)
    assert least <= inside <= most


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated")
    simulate(folder, 3, seed=2)
    return folder


class TestFiles:
    def test_are_records_that_the_course_reads(self, folder):
        for path in folder.iterdir():
            assert read_export(path)["statements"]

    def test_carry_one_chain_of_digests_each_as_a_real_record_does(self, folder):
        for path in folder.iterdir():
            statements = read_export(path)["statements"]
            found = examine_statements(statements)
            assert (found.fitting, found.writers) == (len(statements), 1)
            assert not found.changed and not found.old
            statements[3]["result"]["success"] = "changed"
            assert examine_statements(statements).edited

    def test_are_the_same_for_the_same_seed(self, folder, tmp_path):
        simulate(tmp_path, 3, seed=2)
        for path in folder.iterdir():
            assert path.read_bytes() == (tmp_path / path.name).read_bytes()

    def test_hold_all_that_a_report_is_about(self, folder):
        verbs = set(read_class(folder).entries["verb"])
        assert {"answered", "predicted", "checked", "rated"} <= verbs
