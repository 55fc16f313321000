"""The list of planted faults keeps up with the code that they are planted in."""

import pytest
from planted.plant import faults, planted


def test_there_are_many():
    assert len(faults()) >= 40


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault["what"])
def test_each_can_be_planted_and_names_tests_that_exist(root, fault):
    text = (root / fault["file"]).read_text(encoding="utf-8")
    assert planted(text, fault) != text
    assert all((root / test.partition("::")[0]).exists() for test in fault["tests"])
