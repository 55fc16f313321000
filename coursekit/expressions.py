"""Texts of the course that are code: expressions in banks, predictions and sheets.

They say what students would type, so all of them see the package as students do. The package
itself comes last: what is below must not import it, so it is handed in.
"""

import math
import sys
from typing import Any


def namespace() -> dict[str, Any]:
    """Make the names that every expression can use: `ck`, `math`, `np`, `pd`, `nan` and `inf`."""
    import numpy as np
    import pandas as pd

    face = sys.modules["coursekit"]
    return {"ck": face, "math": math, "np": np, "pd": pd, "nan": math.nan, "inf": math.inf}


def compute(expression: str) -> Any:
    """Compute an expression. Banks and sheets are part of the course, so they may run code."""
    return eval(expression, namespace())
