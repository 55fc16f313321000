"""A text that changes with the controls and is announced to those who cannot see it."""

import traitlets

from coursekit.escaping import no_mathematics
from coursekit.widgets.living import LivingWidget

__all__ = ["Panel"]


class Panel(LivingWidget):
    """Show text below controls, in the place where a lab has its figure.

    Parameters
    ----------
    stored : callable
        Returns HTML and plain text for a notebook without a kernel.
    """

    scripts = ("panel.js",)
    # Rows and controls look as they do around a figure.
    styles = ("live_figure.css", "panel.css")

    said = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)

    def __init__(self, stored):
        self.stored = stored
        super().__init__()

    def tell(self, said, html="", code=""):
        """Change the text.

        Parameters
        ----------
        said : str
            A sentence that screen readers announce.
        html : str, optional
            What stands below it. Content in it must have been escaped.
        code : str, optional
            One to three lines of Python that reproduce the state.
        """
        with self.hold_sync():
            self.said, self.html, self.code, self.error = said, html, code, ""

    def still(self):
        """Pack the text for a stored notebook.

        Returns
        -------
        data, metadata : dict
            HTML and plain text by media type; no metadata.
        """
        html, plain = self.stored()
        return {"text/html": no_mathematics(html), "text/plain": plain}, {}
