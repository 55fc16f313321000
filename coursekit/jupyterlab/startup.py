"""What a kernel loads while its student still reads the top of a page.

Python's own variable PYTHONSTARTUP names this file; `coursekit lab` sets it. Libraries take most of
the time before a page's first widget. Each has a turn of its own, so a box that is run in the
meantime waits for one of them at most.
"""


def _load_ahead():
    import gc
    import sys
    from contextlib import suppress
    from importlib import import_module
    from pathlib import Path

    if "ipykernel" not in sys.modules:
        return  # A terminal runs this file too.
    from tornado.ioloop import IOLoop

    libraries = iter(
        (
            *("anywidget", "pandas", "scipy.special"),
            *("matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
            "coursekit.nato.widgets.explorer",
        )
    )

    def turn():
        for name in libraries:
            # What a student calls like a library runs when she asks for it, and not before.
            if not Path(f"{name.partition('.')[0]}.py").exists():
                # Whoever needs it says what is wrong with it.
                with suppress(Exception):
                    import_module(name)
                break
        else:
            gc.freeze()
            return
        IOLoop.current().call_later(0.05, turn)

    IOLoop.current().call_later(0.05, turn)


_load_ahead()
del _load_ahead
