"""Write how long the pages take wherever the course states it, counted from what stands on them.

    .venv/bin/python docs/build/times.py            write
    .venv/bin/python docs/build/times.py --check    name what is out of date; exit with 1 if any is
    .venv/bin/python docs/build/times.py --show     print what was counted on each page

Run it with ``make times`` after a change to a notebook or a question bank. Minutes for each kind of
thing stand in `times.yaml`. Written are the line **Time:** of the notebooks, the table of the
course in notebook 00, the README's course map, *At home* in the lesson plans, and the two tables of
the syllabus.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import yaml

from coursekit.authoring import links
from coursekit.quiz import bank
from coursekit.record.lines import replace

ROOT = Path(__file__).resolve().parents[2]
RULE = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
STATED = re.compile(r"(\*\*Time:\*\* about )\d+( minutes)")
AT_HOME = re.compile(r"(\*\*At home:\*\* )\d+( minutes)")
IN_CLASS = re.compile(r"\*\*In class:\*\* (\d+) minutes")
# A row of a table that begins with the number of a notebook, or with a week and its notebooks.
NOTEBOOK = re.compile(r"\| (\d\d) \|")
WEEK = re.compile(r"\| \d+ \| (\d\d(?:, \d\d)*) \| \d+ \| \d+ \|")


def count(cells: list, asked: Callable[[str], int] | None = None) -> Counter:
    """Count the words of a notebook and the things of each kind.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
        Its cells.
    asked : callable, optional
        Takes the name of a quiz and says how many questions it has.

    Returns
    -------
    collections.Counter
        By kind, and ``words``.
    """
    asked = asked or (lambda name: len(bank(name).questions))
    found = Counter()
    for cell in cells:
        if cell.cell_type != "code":
            found["words"] += len(cell.source.split())
            continue
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        found["code"] += not folded
        named = 0
        for name, call in _calls(cell.source):
            for kind, of in RULE["kinds"].items():
                if any(fnmatch(name, pattern) for pattern in of["shown_by"]):
                    named += 1
                    found[kind] += _questions(call, asked) if kind == "question" else 1
        if folded and not named and cell.get("outputs"):
            found["result"] += 1
    return found


def _calls(source: str):
    """List the course's functions that a box calls."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("ck."):
            yield ast.unparse(node.func).removeprefix("ck."), node


def _questions(call: ast.Call, asked) -> int:
    """Count the questions of a quiz, chosen ones and those of earlier pages too."""
    given = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    only = given.get("only")
    own = asked(ast.literal_eval(call.args[0])) if only is None else len(only)
    return (1 if isinstance(only, str) else own) + given.get("review", 0)


def minutes(counted: dict, *, at_home: bool = False) -> int:
    """Add up how long a page takes, rounded; or only what is left of it for home."""
    total = counted.get("words", 0) / RULE["words_a_minute"]
    for kind, of in RULE["kinds"].items():
        if of.get("at_home") or not at_home:
            total += of["minutes"] * counted.get(kind, 0)
    step = RULE["round_to"]
    return max(step, step * round(total / step))


def pages(root: Path = ROOT) -> dict[Path, nbformat.NotebookNode]:
    """Read each notebook, by its path."""
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    return {path: nbformat.read(path, as_version=4) for path in paths}


def counts(read: dict[Path, nbformat.NotebookNode]) -> dict[str, Counter]:
    """Count what stands in each notebook, by its number."""
    return {path.stem[:2]: count(notebook.cells) for path, notebook in read.items()}


def written(root: Path = ROOT) -> dict[Path, str]:
    """Write every file that states a time as it should be.

    Parameters
    ----------
    root : pathlib.Path
        Folder of the course.

    Returns
    -------
    dict of pathlib.Path to str
        Text by file.
    """
    read = pages(root)
    counted = counts(read)
    whole = {number: minutes(of) for number, of in counted.items()}
    home = {number: minutes(of, at_home=True) for number, of in counted.items()}
    texts = {}
    for path, notebook in read.items():
        number = path.stem[:2]
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = STATED.sub(rf"\g<1>{whole[number]}\g<2>", cell.source)
                cell.source = _in_table(cell.source, whole)
        texts[path] = nbformat.writes(notebook) + "\n"
    in_class = {}
    for path in sorted((root / "docs/instructors/lessons").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        in_class[path.stem] = int(IN_CLASS.search(text)[1])
        texts[path] = AT_HOME.sub(rf"\g<1>{home[path.stem]}\g<2>", text)
    path = root / "docs/instructors/syllabus.md"
    texts[path] = WEEK.sub(lambda row: _week(row, in_class, home), path.read_text(encoding="utf-8"))
    texts[root / "README.md"] = _readme(root, whole)
    return texts


def _in_table(text, whole):
    """Give the table of the course a last column with the minutes."""
    lines = text.split("\n")
    head = next((n for n, line in enumerate(lines) if line.startswith("| | notebook |")), None)
    if head is None:
        return text
    if not lines[head].endswith("| minutes |"):
        for place in range(head, len(lines)):
            if not lines[place].startswith("|"):
                break
            more = {head: " minutes |", head + 1: "---:|"}.get(place, "  |")
            lines[place] += more
    for place, line in enumerate(lines[head + 2 :], head + 2):
        if row := NOTEBOOK.match(line):
            before = line.rstrip("|").rpartition("|")[0]
            lines[place] = f"{before}| {whole[row[1]]} |"
    return "\n".join(lines)


def _week(row, in_class, home):
    numbers = row[1].split(", ")
    more = RULE["exercise_set"] + RULE["readings"]
    week = row[0].split("|")[1]
    there, at_home = (sum(of[number] for number in numbers) for of in (in_class, home))
    return f"|{week}| {row[1]} | {there} | {at_home + more} |"


def _readme(root, whole):
    rows = [
        page._replace(minutes=str(whole[Path(page.path).stem[:2]]) if page.minutes else "")
        for page in links.pages(root)
    ]
    parts = {"course map": links.course_map(rows, links.home_of(root))}
    return links.rewrite((root / "README.md").read_text(encoding="utf-8"), parts)


def stale(root: Path = ROOT) -> dict[Path, str]:
    """Give those of the `written` files that are out of date, as they should be."""
    texts = written(root)
    return {path: text for path, text in texts.items() if path.read_text("utf-8") != text}


def main() -> int:
    """Write what is out of date, or name it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--show", action="store_true", help="print what was counted")
    given = parser.parse_args()
    if given.show:
        for number, of in counts(pages()).items():
            told = ", ".join(f"{n} {kind}" for kind, n in of.items() if n)
            print(f"{number}: {minutes(of)} minutes, {minutes(of, at_home=True)} at home: {told}")
        return 0
    found = stale()
    for path, text in found.items():
        if not given.check:
            replace(path, text.encode())
        print(f"{path.relative_to(ROOT)}: {'out of date' if given.check else 'written'}")
    if not found:
        print("All times are up to date.")
    return int(given.check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
