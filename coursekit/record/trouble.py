"""What is wrong with the record's file, in one sentence each."""

import errno
from pathlib import Path

# The sentences stand here and in no file: the disk with the package may be the one that is gone.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def not_saved(trouble: OSError, folder: Path, patience: float) -> str:
    """Say why something was not saved, that work can go on, and what to do."""
    # A lock that was waited for in vain has no number; a network folder's own time-out has one.
    if isinstance(trouble, TimeoutError) and not trouble.errno:
        return (
            "Your record was not saved because another program has kept it busy for "
            f"{patience:g} seconds; you can go on, and to save this too, close the course's "
            "other notebooks and do the last step again."
        )
    if trouble.errno in FULL:
        return (
            f"Your record was not saved because the disk that holds {folder} is full; you can go "
            "on, and to save this too, free some space and do the last step again."
        )
    return (
        f"Your record was not saved because {folder} cannot be written to "
        f"({trouble.strerror or trouble}); you can go on, and to keep a record, set the "
        "environment variable COURSEKIT_RECORD to a folder of your own and do the last step again."
    )


def not_kept() -> str:
    """Say that a browser which keeps no files will not keep the record either."""
    return (
        "Your record is gone when this page is closed, because this browser keeps no files for "
        "the site; to keep it, save it (`ck.carry_on()`), or open the page in a window that is "
        "not private and begin again."
    )


def not_read(trouble: OSError, folder: Path) -> str:
    """Say why the record cannot be read, and that work can go on."""
    return (
        f"Your record in {folder} could not be read ({trouble.strerror or trouble}); you can go "
        "on, but earlier answers are not shown until it can be read again."
    )
