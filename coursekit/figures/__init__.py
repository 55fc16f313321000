"""Figures of the course: pure functions from a state to a picture."""

from coursekit.figures.base import CourseFigure
from coursekit.figures.difference import difference
from coursekit.figures.europe import europe
from coursekit.figures.rates import rate_figure
from coursekit.figures.timeline import timeline_figure

__all__ = ["CourseFigure", "difference", "europe", "rate_figure", "timeline_figure"]
