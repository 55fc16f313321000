"""Models of the security dilemma: pure functions on numbers and arrays."""

from coursekit.on_demand import on_demand

__getattr__ = on_demand(__name__)
