"""Texts of the course that are code: expressions in banks, predictions and sheets.

They say what students would type, so all of them see the package as students do. The package
itself comes last: what is below must not import it, so it is handed in.
"""

import math
import re
import sys
from importlib import import_module

__all__ = ["compute", "namespace"]


def namespace() -> dict:
    """Make the names that every expression can use: `ck`, `math`, `np`, `pd`, `nan` and `inf`."""
    import numpy as np
    import pandas as pd

    face = sys.modules["coursekit"]
    return {"ck": face, "math": math, "np": np, "pd": pd, "nan": math.nan, "inf": math.inf}


def compute(expression: str) -> object:
    """Compute an expression. Banks and sheets are part of the course, so they may run code."""
    _import_named(expression)
    return eval(expression, namespace())


def _import_named(expression):
    """Import the modules that an expression names: a package does not load its parts by itself."""
    for path in re.findall(r"\bck((?:\.\w+)+)", expression):
        name = "coursekit"
        for part in path.split(".")[1:]:
            name = f"{name}.{part}"
            try:
                import_module(name)
            except ModuleNotFoundError:  # What remains of the path names a part of a module.
                break
