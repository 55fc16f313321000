"""The button at the top of a notebook that runs the whole page and stays where the reader is."""

import traitlets

from coursekit.widgets.living import LivingWidget

__all__ = ["start"]

# JupyterLab runs the command that such a button names, also before there is a kernel.
STILL = (
    '<button type="button" data-commandlinker-command="notebook:run-cell"'
    ' data-commandlinker-args="{}">Start this page</button>'
    " It runs every box once and stays here."
)
WORDS = "To start this page: Run ▸ Run All Cells"


class Start(LivingWidget):
    """Run the page as soon as it is shown, unless it is being run already."""

    script = "start.js"
    styles = ("page/custom.css", "start.css")

    fresh = traitlets.Bool(True).tag(sync=True)

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs)
        data = data[0] if isinstance(data, tuple) else data or {}
        return {**data, "text/html": STILL, "text/plain": WORDS}, {}


def start():
    """Show the button that starts a page.

    The box of this line is the first of each notebook. When it is run by itself, by the button
    that the stored page shows or by Shift+Enter, all boxes below it run too.

    Returns
    -------
    Start
        The button, with what is still to be run.
    """
    return Start()
