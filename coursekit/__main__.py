"""Run the ``coursekit`` command as ``python -m coursekit``."""

from coursekit.cli import app

# Programs that help another one to read import this module too.
if __name__ == "__main__":
    app(prog_name="coursekit")
