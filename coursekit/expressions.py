"""Expressions of banks and predictions: what an author wrote so that a number can be computed."""

import re
from importlib import import_module

__all__ = ["evaluate"]

_MODULE = re.compile(r"\bck\.((?:models|figures)\.\w+)")


def evaluate(expression):
    """Compute an expression. The files it comes from are part of the course, so it may run code.

    Parameters
    ----------
    expression : str
        Python that may use ``ck`` (the package), ``math``, ``np`` and ``pd``.

    Returns
    -------
    object
        What it gives.

    Examples
    --------
    >>> evaluate("len(ck.Scenario(1990).members())")
    16
    """
    import math

    import numpy
    import pandas

    # Expressions say what students would type, so they see the package as students do.
    import coursekit

    # Models and figures are loaded when they are first needed. What an expression names must not
    # depend on what happened to be loaded before.
    for name in _MODULE.findall(expression):
        import_module(f"coursekit.{name}")
    return eval(expression, {"ck": coursekit, "math": math, "np": numpy, "pd": pandas})
