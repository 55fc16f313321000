"""Figures of the course: pure functions from a state to a picture."""

from coursekit.figures.base import CourseFigure
from coursekit.figures.europe import europe

__all__ = ["CourseFigure", "europe"]
