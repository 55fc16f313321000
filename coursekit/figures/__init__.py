"""Figures: pure functions from a state to a picture."""

from coursekit.figures.base import CourseFigure

__all__ = ["CourseFigure"]
