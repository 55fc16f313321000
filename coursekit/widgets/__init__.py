"""Interactive views: thin layers over pure functions."""

from coursekit.widgets.compare import compare
from coursekit.widgets.explorer import enlargement_explorer
from coursekit.widgets.live_figure import LiveFigure
from coursekit.widgets.rates import rate_calculator
from coursekit.widgets.timeline import timeline

__all__ = ["LiveFigure", "compare", "enlargement_explorer", "rate_calculator", "timeline"]
