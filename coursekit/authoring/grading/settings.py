"""Where nbgrader's settings are, and what they say."""

import zlib
from pathlib import Path

from coursekit.content import PACKAGE, folder

__all__ = ["course_folder", "label", "settings"]

CONFIG = "nbgrader_config.py"


def _place():
    """Find the settings: in this folder, as nbgrader itself does, or else those of the course."""
    if Path(CONFIG).is_file():
        return Path.cwd()
    own = folder("exercises").parent
    return own if (own / CONFIG).is_file() else PACKAGE.parent


def course_folder() -> Path:
    """Find the folder with ``source`` and ``submitted``."""
    return _place() / "exercises"


def label(course: Path) -> str:
    """Name the grading of a folder, without telling a submission where that is."""
    return f"grading-{zlib.crc32(str(course.resolve()).encode()):08x}"


def settings():
    """Read nbgrader's settings."""
    from traitlets.config import PyFileConfigLoader

    return PyFileConfigLoader(CONFIG, path=str(_place())).load_config()
