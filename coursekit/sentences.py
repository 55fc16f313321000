"""Sentences that students read: each module that says some keeps them in a YAML file beside it."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from coursekit.documents import read


def measured(number: str, unit: str) -> str:
    """Put the unit behind a number: a per cent sign close to it, all else after a space."""
    return number + " " * (unit not in ("", "%")) + unit


def listed(items: Iterable[object], last: str = "and") -> str:
    """Write a list as it is read: "C2, H7 and H8"."""
    *first, end = map(str, items)
    return f"{', '.join(first)} {last} {end}" if first else end


class Sentences:
    """The sentences of one module, read when needed; what is in braces is filled in."""

    def __init__(self, module: str | Path) -> None:
        self.file = Path(module).with_suffix(".yaml")

    @cached_property
    def _said(self) -> Any:
        return read(self.file)

    def __getitem__(self, name: str) -> Any:
        return self._said[name]

    def __call__(self, name: str, /, **values: object) -> str:
        """Say a sentence with what is filled in."""
        return str(self._said[name].format(**values))
