"""The record of a learner: a file that is only ever added to."""

from __future__ import annotations

import errno
import json
import os
import sys
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from platformdirs import user_data_dir

from coursekit.collecting import without_collecting
from coursekit.errors import CourseError, unknown
from coursekit.profile import profile
from coursekit.record.chain import Writer
from coursekit.record.dataframe import from_rows
from coursekit.record.lines import Lines, append, replace, tidy
from coursekit.record.merging import Merged, merge
from coursekit.record.reading import Row, parse
from coursekit.record.trouble import not_kept, not_read, not_saved
from coursekit.record.xapi import BASE, VERBS, Given, Statement, in_short, statement, written

if TYPE_CHECKING:
    import pandas as pd

Done = TypeVar("Done")
Learner = dict[str, str]
# Where a line goes that another with the same id has replaced.
ASIDE = "record-set-aside.jsonl"
# What some network folders answer who asks for a lock.
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
# Where JupyterLite shows Python the files that the browser keeps. All else there is memory.
DRIVE = Path("/drive")


class Record:
    """What a student has done, one xAPI statement a line.

    Nothing here raises when the file cannot be read or written: `problem` then says so, and the
    notebook goes on.

    Parameters
    ----------
    path : str or pathlib.Path, optional
        The file; by default that of `record`.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    problem : str
        One sentence on what went wrong last; empty once something has been saved.
    patience : float
        Seconds to wait for another program that holds the file.
    """

    patience = 10.0

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path).expanduser().absolute() if path else _path()
        self.problem = ""
        self._lines = Lines(self.path, parse)
        self._writer = Writer()
        self._newcomer = str(uuid.uuid4())

    def __repr__(self) -> str:
        return f"Record({str(self.path)!r})"

    @property
    def _learner_file(self) -> Path:
        return self.path.with_name("learner.json")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _in_browser():
            # One student, one thread. A lock would be a file there, which a closed page leaves.
            yield
            return
        with _held(f"{self.path}.lock", self.patience):
            yield

    def _try(self, do: Callable[[], Done]) -> Done | None:
        """Do something to the file; if that fails say why and give None."""
        try:
            with self._alone():
                done = do()
        except OSError as trouble:
            self.problem = not_saved(trouble, self.path.parent, self.patience)
            return None
        lost = _in_browser() and DRIVE not in self.path.parents
        self.problem = not_kept() if lost else ""
        return done

    def _learner(self) -> Learner | None:
        try:
            kept: Learner = json.loads(self._learner_file.read_text(encoding="utf-8"))
            if isinstance(kept["account"], str) and isinstance(kept.get("name", ""), str):
                return kept
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def _known_learner(self) -> Learner:
        """Read who the learner is, and write it down the first time. The lock is held."""
        if kept := self._learner():
            return kept
        before = self._read()
        newest = json.loads(before[-1][1]) if before else None
        account = newest["actor"]["account"]["name"] if newest else self._newcomer
        return self._write_learner({"account": account})

    def _write_learner(self, learner: Learner) -> Learner:
        text = json.dumps(learner, ensure_ascii=False)
        replace(self._learner_file, text.encode("utf-8", "replace"), mode=0o600)
        return learner

    @property
    def name(self) -> str:
        """The name that the student gave, or an empty text; statements carry it from then on."""
        return (self._learner() or {}).get("name", "")

    @name.setter
    def name(self, name: str | None) -> None:
        if not isinstance(name, str | None):
            raise CourseError(f"A name is text, such as 'Kim', not {name!r}.")
        given = {"name": name.strip()} if name and name.strip() else {}
        self._try(
            lambda: self._write_learner({"account": self._known_learner()["account"], **given})
        )

    @property
    def seed(self) -> int:
        """A whole number that stays the same for this learner, for seeded shuffles."""
        learner = self._learner() or self._try(self._known_learner) or {"account": self._newcomer}
        return zlib.crc32(learner["account"].encode("utf-8", "replace"))

    def add(
        self, verb: str, activity: str, *, result: Given = None, context: Given = None
    ) -> Statement | None:
        """Add a statement.

        Parameters
        ----------
        verb : str
            ``answered``, ``predicted``, ``rated``, ``noted``, ``checked`` or ``mapped``.
        activity : str
            A path such as ``"quiz/02/02-q3"`` or ``"credence/C04/start"``.
        result : dict, optional
            As in xAPI: ``success`` (bool), ``score`` (``{"scaled": 0 to 1}``), ``response``
            (str), ``extensions`` (dict with short names, ``confidence`` from 0 to 1). Any other
            key becomes an extension.
        context : dict, optional
            ``objective``, ``notebook`` and other extensions.

        Returns
        -------
        dict or None
            The statement with short names for extensions; None if it could not be saved. See
            then `problem`.

        Raises
        ------
        CourseError
            If the verb, the activity or a value is none that a statement can have.
        """
        made = statement({}, verb, activity, result=result, context=context)

        def save() -> Statement:
            learner = self._known_learner()
            account = {"homePage": BASE, "name": learner["account"]}
            name = {"name": learner["name"]} if learner.get("name") else {}
            made["actor"] = {"objectType": "Agent", "account": account, **name}
            return self._append(made)

        return self._try(save)

    def _append(self, made: Statement) -> Statement:
        """Write a statement at the end of this program's chain. The lock is held."""
        if not self.path.exists():
            self._writer.begin()
        linked = self._writer.linked(made)
        try:
            append(self.path, written(linked))
            self._writer.added(linked)
        except OSError:
            raise
        except BaseException:
            # A student may stop the kernel before it is known whether the line was written.
            self._writer.begin()
            raise
        return linked

    def take_in(self, coming: list[Statement], name: str = "") -> Merged | None:
        """Merge statements of another record into this one, those that are new.

        Either all of them are there afterwards or none, and no line that was there is lost. The
        order in which several records are taken in makes no difference to the statements.

        Parameters
        ----------
        coming : list of dict
            Statements, as `read_export` gives them.
        name : str, optional
            Taken over if the student has given no name here.

        Returns
        -------
        Merged or None
            What came of it; None if it could not be saved. See then `problem`.
        """

        def save() -> Merged:
            tidy(self.path)
            tidy(self._learner_file)
            here = self.path.read_bytes() if self.path.exists() else b""
            made = merge(here, coming)
            if made.aside:
                aside = self.path.with_name(ASIDE)
                known = aside.read_bytes() if aside.exists() else b""
                for line in made.aside:
                    if line not in known.split(b"\n"):
                        append(aside, line + b"\n")
            if made.text != here:
                # A link to a file elsewhere stays one.
                replace(self.path.resolve(), made.text, mode=0o600)
            # Also where nothing is new: the last merge may have ended before it came to this.
            if made.account:
                self._adopt(made.account, name)
            return made

        return self._try(save)

    def _adopt(self, account: str, name: str) -> None:
        """Go on as the learner whose record it is: who answered first, on whichever machine."""
        mine = self._learner() or {}
        name = mine.get("name") or name
        learner = {"account": account, **({"name": name} if name else {})}
        if learner != mine:
            self._write_learner(learner)

    def _read(self) -> list[tuple[Row, str]]:
        try:
            return self._lines.read()
        except OSError as trouble:
            self.problem = not_read(trouble, self.path.parent)
            return []

    def statements(self, verb: str | None = None, prefix: str = "") -> list[Statement]:
        """List statements, oldest first.

        Parameters
        ----------
        verb : str, optional
            Only those with this verb.
        prefix : str, optional
            Only those whose activity begins so, such as ``"quiz/02/"``.

        Returns
        -------
        list of dict
            Statements with short names for extensions.

        Raises
        ------
        CourseError
            If there is no such verb.
        """
        if verb is not None and verb not in VERBS:
            raise unknown("verb", verb, VERBS)
        lines = [
            line
            for row, line in self._read()
            if verb in (None, row.verb) and row.activity.startswith(prefix)
        ]
        with without_collecting():
            # Every line is whole, so one list of them can be read at once, which is faster.
            return [in_short(made) for made in json.loads(f"[{','.join(lines)}]")]

    def latest(self, activity: str) -> Statement | None:
        """Find the newest statement about an activity.

        Parameters
        ----------
        activity : str
            Its path.

        Returns
        -------
        dict or None
            The statement; None if there is none.
        """
        about = (line for row, line in reversed(self._read()) if row.activity == activity)
        newest = next(about, None)
        return in_short(json.loads(newest)) if newest else None

    def frame(self) -> pd.DataFrame:
        """Put the statements into a table.

        Returns
        -------
        pandas.DataFrame
            See `to_frame` (``from coursekit.record import to_frame``).
        """
        return from_rows([row for row, _ in self._read()])

    @property
    def skipped(self) -> int:
        """Lines that were torn or not of this course, in the last read."""
        return self._lines.skipped


def _held(place: str, patience: float) -> AbstractContextManager[Any]:
    """Take the lock, or one that is a file where the folder's file system knows no other."""
    # In a browser, which has no locks, the library tells the student so when it is imported.
    from filelock import FileLock, SoftFileLock

    try:
        return FileLock(place).acquire(patience, poll_interval=0.005)
    except NotImplementedError:
        pass
    except OSError as trouble:
        if trouble.errno not in NO_LOCKS:
            raise
    return SoftFileLock(f"{place}.held").acquire(patience, poll_interval=0.005)


def _in_browser() -> bool:
    return sys.platform == "emscripten"


def _path() -> Path:
    folder: str | Path | None = os.environ.get("COURSEKIT_RECORD")
    if not folder and _in_browser() and DRIVE.is_dir():
        folder = DRIVE / f"{profile().id}-record"
    folder = folder or user_data_dir(profile().id, appauthor=False)
    return Path(folder).expanduser().absolute() / "record.jsonl"


_at = cache(Record)


def record() -> Record:
    """Give the record of the present environment.

    It lies in the folder that the environment variable ``COURSEKIT_RECORD`` names, else in the
    user's data folder.

    Returns
    -------
    Record
        The record; the same object as long as the folder is the same.
    """
    return _at(_path())
