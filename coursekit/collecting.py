"""When Python looks for objects that nothing uses."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Put the garbage collector off while many objects are made."""
    # Reading 100,000 statements takes about three times as long with it, and a figure starts it in
    # the middle of a drag, where it goes through all that the notebook holds.
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
