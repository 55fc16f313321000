"""Sentences that students read: each module that says some keeps them in a YAML file beside it."""

from functools import cached_property
from pathlib import Path

from coursekit.documents import read


def measured(number: str, unit: str) -> str:
    """Put the unit behind a number: a per cent sign close to it, all else after a space."""
    return number + " " * (unit not in ("", "%")) + unit


class Sentences:
    """The sentences of one module, read when the first of them is needed.

    In braces stands what is filled in, as in `str.format`.

    Examples
    --------
    >>> from coursekit.content import PACKAGE
    >>> say = Sentences(PACKAGE / "labs" / "words.py")
    >>> say("model", own="Nobody learns.", after="")[:66]
    '<details><summary>What the model assumes</summary><p>Nobody learns'
    """

    def __init__(self, module: str | Path):
        self.file = Path(module).with_suffix(".yaml")

    @cached_property
    def _said(self):
        return read(self.file)

    def __getitem__(self, name: str):
        return self._said[name]

    def __call__(self, name: str, /, **values: object) -> str:
        """Say a sentence with what is filled in."""
        return self._said[name].format(**values)
