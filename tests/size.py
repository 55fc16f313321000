"""How large the package is: lines of code and of docstrings, and words that belong in data.

``make lint`` runs it and fails above a ceiling. The goals stand beside the ceilings; whoever comes
below one lowers it. ``python tests/size.py --all`` lists every module.

Lines of code are those that are left without docstrings, comments and blank lines. Words count in
string literals of four words or more. Course content is what is left of them without
docstrings, the arguments of errors (``raise``, `CourseError`, `unknown`), and the modules in
`FOR_OTHERS`, which speak to authors, instructors and whoever installs the course, or say which
numbers a model takes.
"""

import argparse
import ast
import io
import sys
import tokenize
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coursekit"
WING = "nato"
FEW = 4
FOR_OTHERS = (
    *("authoring", "classbook", "cli.py", "delivery/cli.py", "doctor.py", "documents.py"),
    *("models", "ranges.py"),
    *("predictions/rules.py", "quiz/rules.py", "record/trouble.py"),
)
ERRORS = ("CourseError", "MisfitError", "unknown")
LAYOUT = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}
# What is measured: its ceiling, and its goal.
CEILINGS = {
    "lines of code": (19_850, 11_500),
    "lines of code of the kit": (15_900, 7_500),
    "lines of docstrings": (7_500, 7_500),
    "lines of code of the largest module": (250, 250),
    "words of course content": (1_140, 1_500),
}


class Size(NamedTuple):
    """What one module comes to."""

    code: int
    docstrings: int
    content: int
    words: int


def measure(path: Path) -> Size:
    """Measure a module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    docs = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    doc_lines = {n for doc in docs for n in range(doc.lineno, doc.end_lineno + 1)}
    lines = {
        n
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in LAYOUT
        for n in range(token.start[0], token.end[0] + 1)
    }
    errors = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in ERRORS)
        for part in ast.walk(node)
    }
    words = content = 0
    known = set(map(id, docs))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            count = len(node.value.split())
            if count >= FEW:
                words += count
                content += 0 if id(node) in errors else count
    if path.relative_to(PACKAGE).as_posix().startswith(FOR_OTHERS):
        content = 0
    return Size(len(lines - doc_lines), len(doc_lines), content, words)


def main() -> None:
    """Print the sums; end with an error if one is above its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="list every module, largest first")
    sizes = {path.relative_to(PACKAGE): measure(path) for path in PACKAGE.rglob("*.py")}
    if parser.parse_args().all:
        print(" ".join(Size._fields))
        for path, size in sorted(sizes.items(), key=lambda item: -item[1].code):
            print(*size, path.as_posix())
    largest = max(sizes, key=lambda path: sizes[path].code)
    found = {
        "lines of code": sum(size.code for size in sizes.values()),
        "lines of code of the kit": sum(s.code for p, s in sizes.items() if p.parts[0] != WING),
        "lines of docstrings": sum(size.docstrings for size in sizes.values()),
        "lines of code of the largest module": sizes[largest].code,
        "words of course content": sum(size.content for size in sizes.values()),
    }
    for name, (ceiling, goal) in CEILINGS.items():
        print(f"{found[name]:7,} {name} (at most {ceiling:,}, goal {goal:,})")
    print(f"{sum(size.words for size in sizes.values()):7,} words in all longer string literals")
    print(f"The largest module is {largest.as_posix()}.")
    above = [name for name, (ceiling, _) in CEILINGS.items() if found[name] > ceiling]
    if above:
        sys.exit(f"Above the ceiling: {', '.join(above)}. Take something out.")


if __name__ == "__main__":
    main()
