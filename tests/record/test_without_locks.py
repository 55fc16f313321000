"""The record on a file system that knows no locks, as some network folders."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from coursekit.record import Record

fcntl = pytest.importorskip("fcntl")


@pytest.fixture(params=[errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP], ids=errno.errorcode.get)
def no_locks(request, monkeypatch):
    def refuse(*words):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refuse)


@pytest.mark.usefixtures("no_locks")
def test_answers_are_kept(tmp_path):
    record = Record(tmp_path / "record.jsonl")
    assert record.add("noted", "note/02/a", result={"response": "one"})
    assert record.problem == ""
    assert len(Record(tmp_path / "record.jsonl").statements()) == 1


@pytest.mark.usefixtures("no_locks")
def test_notebooks_that_write_at_once_lose_nothing(tmp_path):
    records = [Record(tmp_path / "record.jsonl") for _ in range(4)]

    def write(number):
        return records[number % 4].add("noted", f"note/02/{number}", result={"response": "x"})

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(write, range(40)))
    assert len({s["object"]["id"] for s in records[0].statements()}) == 40
    assert records[0].skipped == 0


@pytest.mark.usefixtures("no_locks")
def test_each_waits_until_the_other_has_finished(tmp_path):
    first, second = (Record(tmp_path / "record.jsonl") for _ in range(2))
    second.patience = 0.05
    with first._alone():
        assert second.add("noted", "note/02/a", result={"response": "x"}) is None
        assert "another program has kept it busy" in second.problem
    assert second.add("noted", "note/02/a", result={"response": "x"})


def test_another_trouble_with_the_lock_is_told(tmp_path, monkeypatch):
    def refuse(*words):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", refuse)
    record = Record(tmp_path / "record.jsonl")
    record.patience = 0.05
    assert record.add("noted", "note/02/a", result={"response": "x"}) is None
    assert record.problem
