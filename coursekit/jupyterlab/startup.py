"""What a kernel loads while its student still reads the top of a page.

Python's own variable PYTHONSTARTUP names this file; `coursekit lab` sets it. Libraries take most of
the time before a page's first widget. Each has a turn of its own, so a box that is run in the
meantime waits for one of them at most.
"""


def _load_ahead() -> None:
    import gc
    import sys
    from contextlib import suppress
    from importlib import import_module
    from pathlib import Path

    if "ipykernel" not in sys.modules:
        return  # A terminal runs this file too.
    from tornado.ioloop import IOLoop

    # Some name a function that remembers what it has worked out.
    names = [
        *("anywidget", "pandas"),
        *("matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
        *("coursekit.widgets.start", "coursekit.forms.entries:explained"),
        *("coursekit.nato.widgets.explorer", "coursekit.nato.number_rules:number_rules"),
        *("coursekit.nato.story:steps", "coursekit.nato.widgets.explorer:first_picture"),
        *("coursekit.widgets.quiz", "coursekit.widgets.predict", "scipy.special"),
    ]
    # What a student calls like a library runs when she asks for it, and not before.
    if any(Path(f"{name.partition('.')[0]}.py").exists() for name in names):
        return

    def turn() -> None:
        if not names:
            gc.freeze()
            return
        module, _, made = names.pop(0).partition(":")
        # Whoever needs it says what is wrong with it.
        with suppress(Exception):
            loaded = import_module(module)
            if made:
                getattr(loaded, made)()
        IOLoop.current().call_later(0.01, turn)

    IOLoop.current().call_later(0.05, turn)


_load_ahead()
del _load_ahead
