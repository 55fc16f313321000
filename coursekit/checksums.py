"""Checksums of the tables, by which a changed one is known."""

import hashlib
import json
from pathlib import Path


def checksum(path: Path) -> str:
    """Compute the SHA-256 checksum of a file."""
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def checksums(package: Path) -> dict[str, tuple[str, str]]:
    """Compare the files of a data package with what it says of them."""
    listed = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return {
        each["path"]: (each["hash"], checksum(path) if path.is_file() else "no file")
        for each in listed
        for path in [package / each["path"]]
    }
