"""Run the ``coursekit`` command as ``python -m coursekit``."""

from coursekit.cli import app

app(prog_name="coursekit")
