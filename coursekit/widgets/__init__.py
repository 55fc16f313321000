"""Interactive views: thin layers over pure functions."""

from coursekit.widgets.explorer import enlargement_explorer
from coursekit.widgets.live_figure import LiveFigure

__all__ = ["LiveFigure", "enlargement_explorer"]
