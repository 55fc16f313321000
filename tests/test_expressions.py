"""Expressions in banks and predictions see the package as students do, whatever was loaded."""

import subprocess
import sys

import pytest

from coursekit.expressions import compute

FRESH = "from coursekit.expressions import compute; print(compute({!r}))"


@pytest.mark.parametrize(
    ("expression", "gives"),
    [
        ("round(ck.models.games.minimum_trust(T=2, R=4, P=1, S=0), 3)", "0.333"),
        ("round(ck.nato.figures.spending.burden(('RUS',))[2014], 2)", "4.11"),
    ],
)
def test_a_model_or_figure_is_there_in_a_program_that_has_loaded_nothing(expression, gives):
    code = FRESH.format(expression)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == gives


def test_what_does_not_exist_is_an_error():
    with pytest.raises(AttributeError):
        compute("ck.models.gmaes.minimum_trust()")
