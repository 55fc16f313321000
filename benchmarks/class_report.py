"""Measure the report on a class of 300 with 2,000 statements each: seconds, and memory at its peak.

The memory is that of all programs that work on the report, added up. ``--gain`` counts instead in
how many of 200 made-up classes the true gain lies in its interval, which takes some minutes. Run
it with ``python benchmarks/class_report.py``; making the records takes longer than reading them.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from scipy.stats import binom

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from made_up_class import before_and_after

from coursekit.classbook.gains import gains
from coursekit.classbook.simulated import model
from coursekit.classbook.simulated_class import Student
from coursekit.record.export import packed

STUDENTS, STATEMENTS = 300, 2000
CLASSES, OF = 200, 60


def make(folder):
    made = model(1)
    for number in range(STUDENTS):
        student = Student(made, number, 1)
        student.study()
        # Whoever goes on answers the same questions again, day after day.
        while len(student.statements) < STATEMENTS:
            student.review("10", 90 + len(student.statements) // 50)
        text = json.dumps(packed(student.statements[:STATEMENTS]), indent=1)
        (folder / f"{number}.json").write_text(text, encoding="utf-8")


def memory(program):
    found = 0
    for one in (program, *program.children(recursive=True)):
        try:
            found += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return found


def report(folder, to):
    start, peak = time.perf_counter(), 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "coursekit", "class", str(folder), f"--to={to}"]
    with subprocess.Popen(command) as running:
        program = psutil.Process(running.pid)
        while running.poll() is None:
            try:
                peak = max(peak, memory(program))
            except psutil.NoSuchProcess:
                break
            time.sleep(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used, peak


def intervals():
    inside = 0
    for seed in range(CLASSES):
        answers, truth = before_and_after(OF, seed + 5000)
        found = gains(answers).iloc[0]
        inside += bool(found["low"] <= truth <= found["high"])
    least, most = binom.interval(0.95, CLASSES, 0.95)
    print(f"The gain lay in its 95 % interval in {inside} of {CLASSES} classes of {OF}.")
    print(f"Expected by chance: {least:.0f} to {most:.0f}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gain", action="store_true", help="count how often the gain is inside")
    if parser.parse_args().gain:
        intervals()
        return
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder, "records")
        records.mkdir()
        make(records)
        size = sum(path.stat().st_size for path in records.iterdir())
        print(f"{STUDENTS} records of {STATEMENTS:,} statements, {size / 1e6:,.0f} MB")
        seconds, used, peak = report(records, Path(folder, "report"))
        print(f"{seconds:.1f} s, of processors {used:.1f} s, {peak / 1e6:,.0f} MB at the peak")


if __name__ == "__main__":
    main()
