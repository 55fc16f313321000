"""Kinds of step and what a reader can do with each: the table ``step_kinds``."""

from typing import NamedTuple

from coursekit.argument.steps import Node
from coursekit.content import by_course
from coursekit.data import load


class StepKind(NamedTuple):
    """A kind of step: what a reader can do with it, and how it stands out."""

    kind: str
    legend: str = ""
    stance: str = ""  # to reject what is granted, to accept what has no force as yet, or neither
    premise: bool = False  # can bring down what rests on it
    heading: bool = False  # stands out in lists
    rule: str = ""
    unstated: str = ""

    @property
    def switched(self) -> bool:
        """Whether a reader can accept or reject such steps."""
        return self.stance != ""

    @property
    def waits(self) -> bool:
        """Whether such steps have no force until a reader accepts them."""
        return self.stance == "accept"


@by_course
def step_kinds() -> dict[str, StepKind]:
    """Read the kinds of step, by name, in the order of the table."""
    return {row.kind: StepKind(*row) for row in load("step_kinds").itertuples(index=False)}


def step_kind(step: Node) -> StepKind:
    """Look up the kind of a step; one that the table does not know is granted, without a switch."""
    return step_kinds().get(step.kind) or StepKind(step.kind)
