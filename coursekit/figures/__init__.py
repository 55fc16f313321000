"""Figures: pure functions from a state to a picture."""

from coursekit.figures.base import CourseFigure
from coursekit.on_demand import on_demand

__all__ = ["CourseFigure"]

__getattr__ = on_demand(__name__)
