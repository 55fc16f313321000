"""How many examples a property is tried with."""

from hypothesis import settings


def few(test):
    """Try half of the usual examples: each takes long."""
    return settings(max_examples=settings().max_examples // 2)(test)
