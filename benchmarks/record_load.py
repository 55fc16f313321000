"""Measure how long it takes to load a long record, beside plain ways to read the same file.

A student of the whole course writes a few hundred statements; here are 100,000. The other ways
check nothing: a torn line stops them. The file lies in the computer's memory, so the time of the
processor is all there is, and other programs do not count. Run it with
``python benchmarks/record_load.py``.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from coursekit.record import Record
from coursekit.record.xapi import BASE, statement, written

COUNT = 100_000
REPEATS = 5


def make(path):
    actor = {"account": {"homePage": BASE, "name": "00000000-0000-4000-8000-000000000000"}}
    with path.open("wb") as file:
        for n in range(COUNT):
            notebook, number = f"{n % 11:02}", n % 9 + 1
            result = {
                "success": n % 3 > 0,
                "score": {"scaled": n % 5 / 4},
                "response": '{"p1": "a", "p2": "c"}',
                "confidence": 0.5 + n % 6 / 10,
            }
            context = {"objective": "Count the members on a date", "notebook": notebook}
            activity = f"quiz/{notebook}/{notebook}-q{number}"
            made = statement(actor, "answered", activity, result=result, context=context)
            file.write(written(made))


def seconds(read):
    start = time.process_time()
    held = read()
    took = time.process_time() - start
    del held
    return took


def line_by_line(path):
    with path.open("rb") as file:
        return [json.loads(line) for line in file]


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        make(path)
        warm = Record(path)
        warm.statements()
        ways = {
            "Record.statements": lambda: Record(path).statements(),
            "Record.statements, again": warm.statements,
            "Record.frame": lambda: Record(path).frame(),
            "Record.frame, again": warm.frame,
            "json.loads line by line": lambda: line_by_line(path),
            "pandas.read_json": lambda: pd.read_json(path, lines=True),
        }
        # In turns, so that whatever else the computer does falls on all of them.
        took = {name: [] for name in ways}
        for _ in range(REPEATS):
            for name, read in ways.items():
                took[name].append(seconds(read))
        size = path.stat().st_size / 1e6
    least = {name: min(times) for name, times in took.items()}
    plain = least["json.loads line by line"]
    print(f"{COUNT:,} statements, {size:.0f} MB; Python {sys.version.split()[0]}")
    print(f"{'':26}{'best (s)':>10}{'median (s)':>12}{'to json.loads':>15}")
    for name, times in took.items():
        ratio = least[name] / plain
        print(f"{name:26}{least[name]:10.2f}{statistics.median(times):12.2f}{ratio:15.2f}")


if __name__ == "__main__":
    main()
