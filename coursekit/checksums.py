"""Checksums of the tables, by which a changed one is known."""

import hashlib
import json

__all__ = ["checksum", "checksums"]


def checksum(path):
    """Compute the SHA-256 checksum of a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        ``"sha256:"`` and 64 hexadecimal digits.
    """
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def checksums(package):
    """Compare the files of a data package with what it says of them.

    Parameters
    ----------
    package : pathlib.Path
        Its folder.

    Returns
    -------
    dict of str to tuple of str
        By each file's name the checksum as published and as found; ``"no file"`` if it is lost.
    """
    listed = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return {
        each["path"]: (each["hash"], checksum(path) if path.is_file() else "no file")
        for each in listed
        for path in [package / each["path"]]
    }
