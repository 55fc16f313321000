"""Figures of this course's own tables: the map, the timeline, differences and rates."""

from coursekit.nato.figures.difference import difference
from coursekit.nato.figures.europe import europe
from coursekit.nato.figures.rates import rate_figure
from coursekit.nato.figures.timeline import timeline_figure
from coursekit.on_demand import on_demand

__all__ = ["difference", "europe", "rate_figure", "timeline_figure"]

__getattr__ = on_demand(__name__)
