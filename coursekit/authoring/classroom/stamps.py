"""When a submission came in, and what else lies beside its notebook."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from coursekit.authoring.classroom.arrivals import shown
from coursekit.authoring.classroom.reading import LARGEST
from coursekit.sentences import Sentences

__all__ = ["beside", "forgive", "is_plain", "moment", "stamp"]

SAY = Sentences(__file__)
STAMP = "timestamp.txt"
# Nobody hands in as long before today, unless a clock is wrong.
AHEAD = dt.timedelta(days=366)


def is_plain(path: Path) -> bool:
    """Say whether something is a file that can be read whole, and no link to another place."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            return False
        with path.open("rb"):
            return True
    except OSError:
        return False


def stamp(folder: Path) -> bytes:
    """Read what stands in the ``timestamp.txt`` of a submission; nothing if it is no plain file."""
    return (folder / STAMP).read_bytes().strip() if is_plain(folder / STAMP) else b""


def moment(folder: Path) -> dt.datetime | None:
    """Find out when a submission came in; None if there is no date that can be true."""
    try:
        text = stamp(folder).decode("utf-8")
        *written, zone = text.split(" ") if text.count(" ") == 2 else (text, "UTC")
        date = dt.datetime.fromisoformat(" ".join(written))
        date = (date if date.tzinfo else date.replace(tzinfo=ZoneInfo(zone))).astimezone(dt.UTC)
        return date if date < dt.datetime.now(dt.UTC) + AHEAD else None
    except (OSError, KeyError, ValueError, OverflowError):
        return None


def beside(folder: Path) -> list[str]:
    """Name what lies in a submission's folder and is left alone, with what to do."""
    notes = [
        SAY("left", name=shown(str(path.relative_to(folder)), 60))
        for path in sorted(folder.rglob("*"))
        if path.name != STAMP and (path.is_symlink() or not path.is_dir()) and not is_plain(path)
    ]
    if (folder / STAMP).is_symlink() or ((folder / STAMP).exists() and not moment(folder)):
        notes.insert(0, SAY("stamp", name=STAMP))
    return notes[:3]


def forgive() -> None:
    """Let nbgrader read dates as `moment` does: one that is none would end its whole batch."""
    from nbgrader.coursedir import CourseDirectory

    def existing(_, place):
        date = moment(Path(place))
        return date and date.replace(tzinfo=None)

    def submitted(api, name, student):
        path = api.coursedir.format_path(api.coursedir.submitted_directory, student, name)
        return existing(api, path)

    CourseDirectory.get_existing_timestamp = existing
    # To import it would take seconds; Formgrader has done so.
    if api := sys.modules.get("nbgrader.apps.api"):
        api.NbGraderAPI.get_submitted_timestamp = submitted
