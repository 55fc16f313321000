"""A button that writes the report, so that no run of all boxes writes it before its time."""

import datetime as dt
from pathlib import Path

from coursekit.forms.fields import Form, item, name_field, told
from coursekit.record import record
from coursekit.report import files, save, still_open
from coursekit.widgets.card import Card


class ReportWriter(Card):
    """Write the report when the student asks for it."""

    def __init__(self, folder: str | Path, name: str) -> None:
        self.folder = folder
        forms = [self._form(name, self._earlier())]
        super().__init__(forms, blank=[self._form("")], name="Report", place="report")

    def _form(self, name: str, done: Form | None = None) -> Form:
        help = "Leave it empty to hand the report in without a name."
        asked = name_field("Name on the report", help, name)
        submit = "Write my report again" if done else "Write my report"
        return item("report", [asked], submit=submit, **({"feedback": done} if done else {}))

    def _earlier(self) -> Form | None:
        paths = [path for path in files(self.folder) if path.is_file()]
        if not paths:
            return None
        day = dt.datetime.fromtimestamp(paths[0].stat().st_mtime)
        return _about_files(f"Written on {day:%d %B %Y at %H:%M}", paths, [])

    def submit(self, key: str, values: Form) -> None:
        """Write the report; raises CourseError if nothing is recorded, or it cannot be written."""
        name = (values["name"] or "").strip()
        paths = save(self.folder, name)
        self.put(
            self._form(name, _about_files("Written", paths, still_open(record().statements())))
        )


def _about_files(title: str, paths: list[Path], missing: list[str]) -> Form:
    found = {"Files": " and ".join(path.name for path in paths), "Folder": str(paths[0].parent)}
    values = [{"label": label, "value": value} for label, value in found.items()]
    lines = [{"head": "Still open", "text": "\n\n".join(missing)}] if missing else []
    return told(title, values=values) | {"lines": lines}


def write_report(folder: str | Path = ".", name: str | None = None) -> ReportWriter:
    """Show a button that writes your predictions, judgements, map and notes into a report.

    Parameters
    ----------
    folder : str or pathlib.Path, optional
        Where the button writes ``my_report.html``, to read, and ``my_report.md``, to go on
        writing. Earlier reports are replaced.
    name : str, optional
        Whose report it is; otherwise the name in the learner's record, if one was given.

    Returns
    -------
    ReportWriter
        The card. It says where the files are and what is still open.

    Examples
    --------
    >>> write_report().name
    'Report'
    """
    return ReportWriter(folder, record().name if name is None else name)
