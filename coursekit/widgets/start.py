"""The start of a notebook: the button that runs it, and what its words and identifiers mean."""

import sys
from typing import Any

import traitlets

from coursekit.forms.entries import card, explained
from coursekit.widgets.live_figure import STILLS
from coursekit.widgets.living import Bundle, LivingWidget

# JupyterLab runs the command that such a button names, also before there is a kernel.
STILL = (
    '<button type="button" data-commandlinker-command="notebook:run-cell"'
    ' data-commandlinker-args="{}">Start this page</button>'
    " It runs every box once and stays here."
)
WORDS = "To start this page: Run ▸ Run All Cells"


class Start(LivingWidget):
    """Run the page once it is shown; give it sentences on all terms, and cards of those it met."""

    script = "start.js"
    styles = ("page/custom.css", "start.css", "explain.css")

    fresh = traitlets.Bool(True).tag(sync=True)
    # Whether the kernel has loaded ahead what the page needs (coursekit/jupyterlab/startup.py).
    loaded = traitlets.Bool().tag(sync=True)
    known = traitlets.Dict().tag(sync=True)
    wanted: traitlets.List[str] = traitlets.List().tag(sync=True)
    cards = traitlets.Dict().tag(sync=True)

    @traitlets.default("loaded")
    def _loaded_ahead(self) -> bool:
        return "coursekit.widgets.predict" in sys.modules

    @traitlets.default("known")
    def _explained(self) -> dict[str, dict[str, Any]]:
        return explained()

    @traitlets.observe("fresh")
    def _begin(self, change: object) -> None:
        STILLS.begin()

    def _handle_custom_msg(self, content: dict[str, Any], buffers: Any) -> None:
        if content.get("ask") == "still":
            self.send(STILLS.next())
        else:
            super()._handle_custom_msg(content, buffers)

    @traitlets.observe("wanted")
    def _lay_out(self, change: Any) -> None:
        self.cards = {name: card(name) for name in change["new"]}

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        data, _ = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return {**data, "text/html": STILL, "text/plain": WORDS}, {}


def start() -> Start:
    """Show the button that starts a page.

    The box of this line is the first of each notebook. When it is run by itself, by the button
    that the stored page shows or by Shift+Enter, all boxes below it run too.

    Returns
    -------
    Start
        The button, with what is still to be run.
    """
    return Start()
