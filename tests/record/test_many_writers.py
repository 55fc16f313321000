import itertools
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from coursekit.record import Record, activity_of, examine

pytestmark = pytest.mark.slow

WRITERS = Path(__file__).with_name("writers.py")


def run(name, path, *numbers, seconds=200):
    """Run a function of writers.py in a process of its own."""
    command = [sys.executable, str(WRITERS), name, str(path), *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def numbers_of(kept, writer):
    activities = map(activity_of, kept.statements(prefix=f"note/{writer}/"))
    return [int(activity.rsplit("/", 1)[1]) for activity in activities]


@pytest.fixture(scope="module")
def eight(tmp_path_factory):
    path = tmp_path_factory.mktemp("eight") / "record.jsonl"
    assert run("side_by_side", path, 8, 250) == []
    return Record(path)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    path = tmp_path_factory.mktemp("killed") / "record.jsonl"
    saved = run("killed", path, 200, 7)
    return Record(path), saved


@pytest.fixture(scope="module")
def merged(tmp_path_factory, request):
    path = tmp_path_factory.mktemp("merged") / "record.jsonl"
    kills = request.config.getoption("--kills")
    return Record(path), kills, run("merging_killed", path, kills, 11, seconds=200 + 5 * kills)


class TestEightProcessesAtOnce:
    def test_lose_and_mix_nothing(self, eight):
        assert len(eight.statements()) == 2000
        assert eight.skipped == 0
        for writer in range(8):
            assert numbers_of(eight, writer) == list(range(250))
        for made in eight.statements():
            writer = activity_of(made).split("/")[1]
            assert made["result"]["response"] == f"é{writer}" * 40

    def test_take_turns_rather_than_one_after_the_other(self, eight):
        writers = [activity_of(made).split("/")[1] for made in eight.statements()]
        assert sum(a != b for a, b in itertools.pairwise(writers)) > 8

    def test_agree_on_who_the_learner_is(self, eight):
        assert len({made["actor"]["account"]["name"] for made in eight.statements()}) == 1


class TestAProcessKilledTwoHundredTimes:
    def test_loses_at_most_the_line_it_was_writing(self, killed):
        kept, saved = killed
        assert len(saved) == 200
        for writer, count in enumerate(saved):
            found = numbers_of(kept, writer)
            assert found == list(range(len(found)))
            assert count <= len(found) <= count + 1, writer

    def test_was_caught_in_the_middle_of_a_line_at_least_once(self, killed):
        kept, saved = killed
        kept.statements()
        assert 1 <= kept.skipped <= len(saved)
        assert min(saved) >= 1

    def test_harms_no_other_process(self, killed):
        kept, _ = killed
        found = numbers_of(kept, "bystander")
        assert len(found) > 100
        assert found == list(range(len(found)))

    def test_leaves_each_torn_line_a_line_of_its_own(self, killed):
        kept, _ = killed
        count = len(kept.statements())
        lines = kept.path.read_bytes().removesuffix(b"\n").split(b"\n")
        assert len(lines) == count + kept.skipped

    def test_leaves_a_record_that_can_be_added_to(self, killed):
        kept, _ = killed
        assert kept.add("noted", "note/after")
        assert Record(kept.path).latest("note/after")

    def test_repeats_no_statement(self, killed):
        kept, _ = killed
        assert max(Counter(made["id"] for made in kept.statements()).values()) == 1


class TestAProgramKilledWhileItMerges:
    """By default 30 times; ``--kills=200`` for more."""

    def test_loses_no_line_that_was_there(self, merged):
        kept, kills, (lost, _, _) = merged
        assert lost == []
        assert numbers_of(kept, "before") == list(range(kills))
        bystander = numbers_of(kept, "bystander")
        assert bystander == list(range(len(bystander)))
        assert numbers_of(kept, "coming") == list(range(1000))

    def test_was_caught_before_and_after_the_new_file_was_in_place(self, merged):
        _, kills, (_, finished, untouched) = merged
        assert untouched >= 1
        assert 1 <= finished < kills

    def test_leaves_a_record_that_shows_no_change(self, merged):
        kept, _, _ = merged
        assert not examine(kept.path.read_bytes()).changed

    def test_leaves_no_unfinished_file(self, merged):
        kept, _, _ = merged
        assert [*kept.path.parent.glob(".*.tmp")] == []


class TestAFullDisk:
    def test_leaves_nothing_half_written_and_says_so(self, tmp_path):
        rooms = (0, 1, 100)
        told = run("without_room", tmp_path, *rooms)
        for room, (added, problem, unchanged, later) in zip(rooms, told, strict=True):
            assert added is None
            assert "is full" in problem
            assert unchanged
            assert later == ""
            kept = Record(tmp_path / str(room) / "record.jsonl")
            assert [*map(activity_of, kept.statements())] == ["note/before", "note/later"]
            assert kept.skipped == 0
