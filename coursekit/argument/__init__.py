"""The essay's argument: its claims, and what stands when you accept or reject its steps."""

from coursekit.argument.aif import to_aif
from coursekit.argument.argdown import to_argdown
from coursekit.argument.graph import Argument
from coursekit.argument.ledger import Claim, claim, claims
from coursekit.argument.standing import Standing
from coursekit.argument.steps import RELATIONS, Link, Node

__all__ = ["RELATIONS", "Argument", "Claim", "Link", "Node", "Standing", "claim", "claims"]
__all__ += ["to_aif", "to_argdown"]
