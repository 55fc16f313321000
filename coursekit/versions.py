"""Which versions of packages the course needs, was tested with, and has. Standard library only."""

import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# A package of the course itself, or of what opens notebooks, for all Pythons or from one on.
NEEDED = re.compile(r"([\w.-]+)>=([\d.]+)(?:; (?:extra == .app.|python_version >= .([\d.]+).))?")


def tested(lock: Path) -> tuple[dict[str, list[str]], set[str]]:
    """Read the versions that the course was tested with, and which packages all systems need."""
    pins = re.findall(r"^([\w.-]+)==(\S+) *(;?)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    versions: dict[str, list[str]] = {}
    for name, pinned, _ in pins:
        versions.setdefault(name, []).append(pinned)
    return versions, {name for name, _, marker in pins if not marker}


def installed(name: str) -> str | None:
    """Read the version of a package that is there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def number(text: str) -> list[int]:
    """Turn a version into numbers, to compare it."""
    return [int(part) for part in re.findall(r"\d+", text)]


def oldest(needed: list[str]) -> dict[str, str]:
    """Read the oldest version of each package that this Python can do with."""
    here = list(sys.version_info[:2])
    found = (match.groups() for match in map(NEEDED.fullmatch, needed) if match)
    return {name: least for name, least, since in found if number(since or "") <= here}
