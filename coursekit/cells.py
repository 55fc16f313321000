"""Which names a failed cell has left behind: nothing yet, or what they were before."""

import ast
import keyword
import math
import re
import sys
import traceback
from typing import Any

from coursekit.errors import show_own_lines

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# A line that Python cannot read; it may still show what it was to write: x = 1, def f(x).
WRITES = re.compile(r"^(?:(\w+)[ \t]+)?([^\W\d]\w*)[ \t]*(?:\(|:|=(?!=))", re.MULTILINE)

_failures: dict[str, tuple[type, str]] = {}


def watch() -> None:
    """Look at each cell of the notebook from now on. Outside IPython nothing is done."""
    if shell := _shell():
        shell.events.register("post_run_cell", _look)
        shell.set_custom_exc((Exception,), show_own_lines)


def failure(name: str) -> tuple[type, str] | None:
    """Tell why the newest cell that was to write a name did not get as far as that."""
    return _failures.get(name)


def _shell() -> Any:
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _look(result: Any) -> None:
    """Note after a cell which names it wrote, and which it did not reach."""
    problem = result.error_before_exec or result.error_in_exec
    code, shell = result.info.raw_cell, _shell()
    # The error itself would keep all that its functions held.
    error = type(problem), str(getattr(problem, "msg", problem))
    try:
        statements = ast.parse(shell.transform_cell(code)).body
    except SyntaxError:
        for before, name in WRITES.findall(code):
            if not keyword.iskeyword(before) or before in ("def", "class"):
                _failures[name] = error
        return
    reached = _line_of_stop(problem, shell.user_global_ns) if problem else math.inf
    for statement in statements:
        for name in _names_written(statement):
            if statement.end_lineno < reached:
                _failures.pop(name, None)
            else:
                _failures[name] = error


def _line_of_stop(problem: BaseException, own: dict[str, Any]) -> int:
    """Find the line of the cell at which an error stopped it; 0 if it did not begin."""
    lines = (line for f, line in traceback.walk_tb(problem.__traceback__) if f.f_globals is own)
    return next(lines, 0)


def _names_written(statement: ast.stmt) -> set[str]:
    """Name what a statement of a cell defines, assigns or imports."""
    if isinstance(statement, DEFINITIONS):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        if isinstance(node, DEFINITIONS):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names
