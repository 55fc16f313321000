"""Processes that write to one record: side by side, killed, or where there is no room.

Run as a program, so that it forks without the threads of the test runner: the arguments are a
function of this file, the record's path and numbers; it prints what happened as JSON.
"""

import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

from coursekit.record.store import Record

fork = multiprocessing.get_context("fork")

# The tests are about what is kept, not about how long a busy computer takes.
Record.patience = 60


def write_many(path, writer, count, gate, lost):
    kept = Record(path)
    gate.wait()
    for n in range(count):
        if kept.add("noted", f"note/{writer}/{n}", result={"response": f"é{writer}" * 40}) is None:
            lost.put((writer, n, kept.problem))


def side_by_side(path, writers, count):
    gate, lost = fork.Barrier(writers), fork.SimpleQueue()
    started = [
        fork.Process(target=write_many, args=(path, writer, count, gate, lost))
        for writer in range(writers)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join()
    return [] if lost.empty() else [lost.get()]


def in_pieces(write):
    """Write 50 bytes at a time, so that a kill can fall in the middle of a line."""

    def slowly(file, data):
        time.sleep(0.0002)
        return write(file, data[:50])

    return slowly


def write_until_killed(path, writer, told, pieces):
    kept = Record(path)
    report = os.write
    if pieces:
        os.write = in_pieces(os.write)
    for n in range(1_000_000):
        if kept.add("noted", f"note/{writer}/{n}", result={"response": "é" * 200}):
            report(told, b".")


def write_until_told(path, stop):
    kept, n = Record(path), 0
    while not stop.is_set():
        n += kept.add("noted", f"note/bystander/{n}") is not None
        time.sleep(0.002)


def killed(path, kills, seed):
    """Kill a writer at a random moment, again and again, while another one goes on writing.

    Gives for each killed writer the number of statements that it knew to be saved.
    """
    chance, saved, stop = random.Random(seed), [], fork.Event()
    bystander = fork.Process(target=write_until_told, args=(path, stop))
    bystander.start()
    for writer in range(kills):
        hears, told = os.pipe()
        process = os.fork()
        if not process:
            write_until_killed(path, writer, told, pieces=writer % 2)
        os.close(told)
        with os.fdopen(hears, "rb", buffering=0) as pipe:
            first = pipe.read(1)
            time.sleep(chance.uniform(0, 0.05))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            saved.append(len(first + pipe.read()))
    stop.set()
    bystander.join()
    return saved


def merge_slowly(path, coming, told, pieces):
    """Merge, with time to be killed in between if `pieces`."""
    kept, flush = Record(path), os.fsync
    if pieces:
        os.fsync = lambda file: (time.sleep(0.01), flush(file))
    os.write(told, b".")
    kept.take_in(coming)
    os.write(told, b"m")


def merging_killed(path, kills, seed):
    """Kill a program that merges at a random moment, again and again, while another one writes.

    After each kill every line that was there before must be there. Gives the lines lost, how often
    the merge had been finished, and how often it had changed nothing yet.
    """
    chance, stop = random.Random(seed), fork.Event()
    other = Record(f"{path}.other/record.jsonl")
    for n in range(1000):
        other.add("noted", f"note/coming/{n}", result={"response": "é" * 100})
    made, share = other.statements(), 1000 // kills
    bystander = fork.Process(target=write_until_told, args=(path, stop))
    bystander.start()
    lost, finished, untouched, span = [], 0, 0, 0.1
    for kill in range(kills):
        coming = made[: (kill + 1) * share]
        Record(path).add("noted", f"note/before/{kill}")
        before = Path(path).read_bytes().split(b"\n")[:-1]
        hears, told = os.pipe()
        process = os.fork()
        if not process:
            merge_slowly(path, coming, told, pieces=kill % 2)
            os._exit(0)
        os.close(told)
        with os.fdopen(hears, "rb", buffering=0) as pipe:
            pipe.read(1)
            time.sleep(chance.uniform(0, span))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            done = pipe.read() == b"m"
        # How long a merge takes depends on the computer: half of them are to be finished.
        finished, span = finished + done, span * (0.8 if done else 1.25)
        after = set(Path(path).read_bytes().split(b"\n"))
        lost += [line.decode() for line in before if line not in after]
        untouched += not any(f'note/coming/{(kill + 1) * share - 1}"'.encode() in a for a in after)
    stop.set()
    bystander.join()
    Record(path).take_in(made)
    return [lost, finished, untouched]


def without_room(folder, *rooms):
    """Add a statement to records that can grow by a few bytes only."""
    told = []
    for room in rooms:
        kept = Record(f"{folder}/{room}/record.jsonl")
        kept.add("noted", "note/before")
        before = kept.path.read_bytes()
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, resource.RLIM_INFINITY))
        added = kept.add("noted", "note/lost")
        unchanged, problem = kept.path.read_bytes() == before, kept.problem
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        kept.add("noted", "note/later")
        told.append([added, problem, unchanged, kept.problem])
    return told


if __name__ == "__main__":
    name, path, *numbers = sys.argv[1:]
    print(json.dumps(globals()[name](path, *map(int, numbers))))
