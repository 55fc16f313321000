"""What leaves a submission's process is data, and comes back as what it was."""

from contextlib import suppress
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from coursekit.authoring.grading.values import decode, decode_ran, encode, encode_ran
from coursekit.checks.comparing import kind_of, same
from coursekit.checks.running import MISSING, Ran

VALUES = (
    *(None, True, 7, -0.5, "text", (1, 2.5), [1, ["a"]], {1, 2}, {"a": (1, None)}, 10**300),
    *(np.int64(3), np.float64(0.5), np.array([1, 2]), np.array([[1, 2], [3, 4]]), Decimal("2.5")),
    *(pd.Series([1.5, 2]), pd.Index(["a", "b"]), float("inf"), {(1, 2), (3, 4)}),
)


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_value_comes_back_as_it_was(value):
    back = decode(encode(value))
    assert kind_of(back) == kind_of(value)
    assert same(back, value, None)


def test_what_is_no_value_comes_back_as_its_kind_alone():
    assert kind_of(decode(encode(x for x in ()))) == "generator"
    assert kind_of(decode(encode(tuple))) == "type"
    assert decode(encode(MISSING)) is MISSING
    assert decode(encode(...)) is ...


GIANTS = ([0] * 3_000_000, np.zeros((10, 10**6)), pd.Series(np.zeros(10**6)), set(range(10**5)))
GIANTS += (dict.fromkeys(range(10**5)), [[0] * 15_000] * 2, pd.DataFrame(np.zeros((10**5, 11))))


@pytest.mark.parametrize("value", GIANTS, ids=kind_of)
def test_what_is_too_large_to_be_an_answer_is_its_kind_alone_and_is_not_gone_through(value):
    assert encode(value) == ["other", kind_of(value)]


def test_tables_are_the_same_or_not():
    tables = [pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [1, 3]})]
    first, second = (decode(encode(each)) for each in tables)
    assert kind_of(first) == "DataFrame"
    assert not same(first, second, None)
    assert same(first, decode(encode(tables[0])), None)


def test_an_error_keeps_its_name_its_family_and_its_words():
    class OwnError(KeyError):
        pass

    ran = Ran(problem="raised", details={"where": " in line 1", "problem": OwnError("x")})
    problem = decode_ran(encode_ran(ran)).details["problem"]
    assert (type(problem).__name__, str(problem)) == ("OwnError", "'x'")
    assert isinstance(problem, KeyError)


@pytest.mark.parametrize(
    "data", [None, 7, [], ["int"], ["int", "x"], ["set", [["list", []]]], ["tuple", 5], {"a": 1}]
)
def test_what_was_made_up_does_no_harm(data):
    with suppress(ValueError):
        kind_of(decode(data))


def test_a_stranger_may_not_be_called_as_a_number():
    assert kind_of(decode(["other", "int"])) == "object"
