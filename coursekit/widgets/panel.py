"""A text that changes with the controls and is announced to those who cannot see it."""

from collections.abc import Callable

import traitlets

from coursekit.escaping import no_mathematics
from coursekit.widgets.living import Bundle, LivingWidget


class Panel(LivingWidget):
    """Show text below controls, in the place where a lab has its figure."""

    script = "panel.js"
    # Rows and controls look as they do around a figure.
    styles = ("live_figure.css", "panel.css")

    said = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)

    def __init__(self, stored: Callable[[], tuple[str, str]]) -> None:
        self.stored = stored
        super().__init__()

    def tell(self, said: str, html: str = "", code: str = "") -> None:
        """Change the text."""
        with self.hold_sync():
            self.said, self.html, self.code, self.error = said, html, code, ""

    def still(self) -> Bundle:
        """Pack the text for a stored notebook."""
        html, plain = self.stored()
        return {"text/html": no_mathematics(html), "text/plain": plain}, {}
