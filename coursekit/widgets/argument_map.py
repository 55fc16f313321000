"""The argument map: explore the essay's, or build your own."""

import ipywidgets as widgets

from coursekit.argument import Argument
from coursekit.errors import unknown
from coursekit.widgets.argument_builder import ArgumentBuilder
from coursekit.widgets.argument_explorer import ArgumentExplorer
from coursekit.widgets.controls import radio
from coursekit.widgets.living import Bundle, with_still

MODES = {"explore": ArgumentExplorer, "build": ArgumentBuilder}


class ArgumentMap(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no hints
    """Explore the map of the essay's argument, or build one; `own` shows what was decided last."""

    def __init__(self, ask: str = "", mode: str = "explore", own: bool = False):
        if mode not in MODES:
            raise unknown("mode", mode, MODES)
        self.asks, self.own = {mode: ask}, own
        self.labs: dict[str, ArgumentExplorer | ArgumentBuilder] = {}
        modes = [("Explore the essay's map", "explore"), ("Build your own", "build")]
        help = "Take the essay's argument apart, or put it together yourself."
        self.mode = radio(modes, mode, "Mode", help)
        self.mode.observe(self._turn, "value")
        super().__init__()
        self.add_class("ck-modes")
        self._turn()

    @property
    def lab(self) -> ArgumentExplorer | ArgumentBuilder:
        """The laboratory that is shown: an `ArgumentExplorer` or an `ArgumentBuilder`."""
        return self.labs[self.mode.value]

    @property
    def argument(self) -> Argument:
        """The argument that is shown: the essay's, or the student's."""
        return self.lab.argument

    def _turn(self, change: object = None) -> None:
        mode = self.mode.value
        if mode not in self.labs:
            own = {"own": True} if self.own and mode == "explore" else {}
            self.labs[mode] = MODES[mode](self.asks.get(mode, ""), **own)
        self.children = (self.mode, self.lab)

    def _repr_mimebundle_(self, **kwargs: object) -> Bundle:
        return with_still(super()._repr_mimebundle_(**kwargs), self.lab.live.still())


def argument_map(ask: str = "", mode: str = "explore", own: bool = False) -> ArgumentMap:
    """Show the argument map.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls of the mode that is shown first.
    mode : {"explore", "build"}, optional
        Whether to explore the essay's map first, or to build one.
    own : bool, optional
        Begin with the steps that you accepted and rejected last, if any are kept.

    Returns
    -------
    ArgumentMap
        The map; both modes can be chosen in it.

    Raises
    ------
    CourseError
        If there is no such mode.
    """
    return ArgumentMap(ask=ask, mode=mode, own=own)
