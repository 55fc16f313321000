"""Run a notebook's code cells without a kernel in the Python that runs this file, and print values.

A WebAssembly Python has no threads and no sockets, which a kernel needs. The shell is the same. All
that is printed, shown or returned goes into the values, and with it the state of every widget: what
its controls say and what its figures are drawn from. Nothing of the tests is imported.
"""

import io
import json
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

# What is another each time, or drawn by another library of fonts.
PASSING = {r"data:image/png;base64,[\w+/=]*": "picture", r"\b[0-9a-f]{32}\b": "own"}


def lasting(text):
    """Leave out of a text what no two runs share."""
    for pattern, name in PASSING.items():
        text = re.sub(pattern, name, text)
    return text


def like_pyodide():
    """Let a Python without a browser say what Pyodide says of itself.

    The course and IPython ask for the platform's name; what is compiled would look for a build of
    that name, so it is imported before.
    """
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401

    os.getuid = lambda: 0
    sys.platform = "emscripten"


class Said(io.TextIOBase):
    """Puts what is printed among the values."""

    def __init__(self, found):
        self.found = found

    def write(self, text):
        """Add to the text before, as a notebook does."""
        if self.found and isinstance(self.found[-1], str):
            self.found[-1] += text
        else:
            self.found.append(text)
        return len(text)


def shell(found):
    """Make a notebook's shell which puts all that it shows into a list."""
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets import Type
    from traitlets.config import Config

    def keep(data):
        texts = {kind: text for kind, text in data.items() if kind.startswith("text/")}
        found.append({kind: lasting(text) for kind, text in texts.items()})

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            keep(format_dict)

        def finish_displayhook(self):
            pass

    class Publisher(DisplayPublisher):
        def publish(self, data, *, update=False, **more):
            if not update:
                keep(data)

    # Pandas knows a notebook by these letters.
    class ZMQShell(InteractiveShell):
        displayhook_class = Type(Hook)
        display_pub_class = Type(Publisher)

        def showtraceback(self, *given, **more):
            problem = sys.exc_info()[1]
            found.append(f"{type(problem).__name__}: {problem}")

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    return ZMQShell.instance(config=settings)


def states():
    """List the states of all widgets, in the order in which they were made."""
    from ipywidgets.widgets.widget import _instances

    from coursekit.record import record

    places = {f"IPY_MODEL_{model}": f"widget {n}" for n, model in enumerate(_instances)}
    place = str(record().path)

    def plain(value):
        if isinstance(value, dict):
            return {str(key): plain(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [plain(one) for one in value]
        if isinstance(value, bytes | memoryview):
            return "bytes"
        if isinstance(value, str):
            return lasting(places.get(value, value).replace(place, "the record"))
        return value

    # What begins with a line is code and style.
    return [
        {name: plain(value) for name, value in made.get_state().items() if name[0] != "_"}
        for made in _instances.values()
    ]


def main():
    """Print the values of each code cell by its number, and the states at the end."""
    path = Path(sys.argv[1]).absolute()
    sys.path += sys.argv[2:]
    # What is read once need not be read again.
    sys.dont_write_bytecode = False
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    if sys.platform == "wasi":
        like_pyodide()
    found, values = [], {}
    cells = shell(found)
    import pandas

    pandas.set_option("display.max_columns", 20)
    os.chdir(path.parent)
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            with redirect_stdout(Said(found)), redirect_stderr(sys.stdout):
                cells.run_cell("".join(cell["source"]), store_history=True)
            values[number] = found.copy()
            found.clear()
    print(json.dumps({"values": values, "states": states()}))


if __name__ == "__main__":
    main()
