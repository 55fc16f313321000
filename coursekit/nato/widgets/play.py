"""The toys of this course, by name."""

from importlib import import_module

from coursekit.errors import unknown
from coursekit.toys.base import Toy
from coursekit.widgets.frame import Lab
from coursekit.widgets.toy import Play

# Module and class; a page loads its own toy only.
TOYS = {
    "01-branch": ("coursekit.nato.toys.branch", "Branch"),
    "03-rival": ("coursekit.toys.rival", "Rival"),
    "04-race": ("coursekit.widgets.race", "Race"),
    "05-trust": ("coursekit.toys.trust", "Trust"),
    "06-challenger": ("coursekit.toys.challenger", "Challenger"),
    "07-feed": ("coursekit.nato.toys.feed", "Feed"),
    "08-network": ("coursekit.nato.toys.network", "Network"),
    "09-shuffle": ("coursekit.nato.toys.shuffle", "Shuffle"),
    "10-feud": ("coursekit.toys.feud", "Feud"),
}


def play(name: str) -> Lab:
    """Show a toy: a small game that raises the question of a page.

    Moves are kept in the record, and the game stands where it stood when the page was left. Nothing
    is timed.

    Parameters
    ----------
    name : str
        Of the toy, such as ``"03-rival"``.

    Returns
    -------
    Play or Race
        Controls for the moves, a picture, and in words what happened.

    Raises
    ------
    CourseError
        If there is no such toy.

    Examples
    --------
    >>> play("03-rival").state.open()
    ('hold', 'arm')
    """
    if name not in TOYS:
        raise unknown("toy", name, TOYS)
    module, toy = TOYS[name]
    found = getattr(import_module(module), toy)
    # What is no game of moves is a widget of its own.
    shown: Lab = Play(found) if issubclass(found, Toy) else found()
    return shown
