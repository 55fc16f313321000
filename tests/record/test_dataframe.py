import pandas as pd
import pytest

from coursekit.record import Record, to_frame

FIRST = ["time", "verb", "activity", "kind", "notebook", "item", "success", "score", "response"]


@pytest.fixture
def kept(tmp_path):
    return Record(tmp_path / "record.jsonl")


def test_an_empty_record_has_all_columns(kept):
    frame = kept.frame()
    assert frame.columns.tolist() == [*FIRST, "confidence", "objective"]
    assert len(frame) == 0
    kept.add("answered", "quiz/02/02-q1", result={"success": True})
    assert kept.frame().dtypes.equals(frame.dtypes)


def test_an_answer_is_a_row(kept):
    kept.add(
        "answered",
        "quiz/02/02-q3",
        result={
            "success": False,
            "score": {"scaled": 0.5},
            "response": "b",
            "extensions": {"confidence": 0.9, "order": ["b", "a"]},
        },
        context={"objective": "Count members on a date"},
    )
    [row] = kept.frame().to_dict("records")
    time = row.pop("time")
    assert abs(pd.Timestamp.now("UTC") - time) < pd.Timedelta(minutes=5)
    assert row == {
        "verb": "answered",
        "activity": "quiz/02/02-q3",
        "kind": "quiz",
        "notebook": "02",
        "item": "02-q3",
        "success": False,
        "score": 0.5,
        "response": "b",
        "confidence": 0.9,
        "objective": "Count members on a date",
        "order": ["b", "a"],
    }


@pytest.mark.parametrize(
    ("activity", "kind", "notebook", "item"),
    [
        ("quiz/02/02-q3", "quiz", "02", "02-q3"),
        ("quiz/pre/pre-q1", "quiz", "pre", "pre-q1"),
        ("quiz/post/post-q1", "quiz", "post", "post-q1"),
        ("prediction/02-members-2004", "prediction", "02", "02-members-2004"),
        ("credence/C04/start", "credence", None, "C04/start"),
        ("note/02-why", "note", "02", "02-why"),
        ("exercise/02/members_in", "exercise", "02", "members_in"),
        ("map/2004", "map", None, "2004"),
    ],
)
def test_the_activity_says_kind_notebook_and_item(kept, activity, kind, notebook, item):
    kept.add("noted", activity)
    [row] = kept.frame()[["kind", "notebook", "item"]].itertuples(index=False)
    assert tuple(row) == (kind, notebook, item)


def test_the_context_says_the_notebook_before_the_activity_does(kept):
    kept.add("rated", "credence/C04/start", context={"notebook": "00"})
    kept.add("answered", "quiz/02/02-q3", context={"notebook": "05"})
    assert kept.frame()["notebook"].tolist() == ["00", "05"]


def test_what_is_not_known_is_empty(kept):
    kept.add("noted", "note/02-why", result={"response": "Because."})
    row = kept.frame().iloc[0]
    assert row[["success", "score", "confidence", "objective"]].isna().all()


def test_further_extensions_are_columns_and_the_schema_is_none(kept):
    kept.add("checked", "exercise/02/members_in", result={"mistake": "off_by_one", "attempt": 2})
    kept.add("checked", "exercise/02/members_in", result={"success": True})
    frame = kept.frame()
    assert frame.columns[-2:].tolist() == ["mistake", "attempt"]
    assert frame["attempt"].tolist() == [2, None]


def test_an_extension_takes_no_column_of_the_frame_itself(kept):
    kept.add("noted", "note/02-why", result={"item": "other", "time": "never", "verb": "x"})
    frame = kept.frame()
    assert frame.columns.is_unique
    assert frame.loc[0, ["item", "verb"]].tolist() == ["02-why", "noted"]


def test_a_time_that_pandas_cannot_read_is_empty(kept):
    made = kept.add("noted", "note/02-why")
    frame = to_frame([made, {**made, "timestamp": "2026-W01"}, {**made, "timestamp": "9999-12-31"}])
    assert frame["time"].isna().tolist()[:2] == [False, True]


def test_a_table_is_a_copy(kept):
    kept.add("noted", "note/02-why")
    frame = kept.frame()
    frame.loc[0, "item"] = "changed"
    assert kept.frame().loc[0, "item"] == "02-why"
