"""What nbgrader's settings say, and what the processes of a grading are called."""

import zlib
from pathlib import Path

from coursekit.authoring.classroom.source import CONFIG, place_of_settings

__all__ = ["label", "settings"]


def label(course: Path) -> str:
    """Name the grading of a folder, without telling a submission where that is."""
    return f"grading-{zlib.crc32(str(course.resolve()).encode()):08x}"


def settings():
    """Read nbgrader's settings."""
    from traitlets.config import PyFileConfigLoader

    return PyFileConfigLoader(CONFIG, path=str(place_of_settings())).load_config()
