"""Progress: what is done, what is due, how well calibrated, which objectives are met."""

import datetime as dt
from html import escape
from itertools import groupby

import ipywidgets as widgets

from coursekit.attainment import calibration, done, objectives
from coursekit.figures.calibration import calibration_in_words
from coursekit.figures.progress import progress_figure
from coursekit.quiz import review
from coursekit.record import record
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure

__all__ = ["Progress", "progress"]

CODE = "from coursekit.record import record\nrecord().frame()"


def _due(ids):
    def home(id):
        return id.rsplit("-q", 1)[0]

    def number(id):
        return int(id.rsplit("-q", 1)[1])

    if not ids:
        return "Answered questions return here after 1 to 21 days."
    by_notebook = groupby(sorted(ids, key=lambda id: (home(id), number(id))), home)
    parts = [
        f"{notebook}: {', '.join(str(number(id)) for id in due)}" for notebook, due in by_notebook
    ]
    return (
        f"By notebook: {'; '.join(parts)}. The quiz of your next notebook asks some of them again."
    )


def _goals(reached):
    open_ = [goal for goal, met in reached.items() if not met]
    if not reached:
        return "An objective is met once your newest answers on it are right."
    if not open_:
        return "Your newest answers on all of them are right."
    more = f"; and {len(open_) - 3} more" if len(open_) > 3 else ""
    return f"Not yet: {'; '.join(open_[:3])}{more}."


def _readout(counts, due, reached, compared):
    sums = counts.drop(columns=["notebook", "title"]).sum()
    value, words = calibration_in_words(compared)
    rows = [
        (
            "answered",
            "Quiz questions answered",
            f"{sums['answered']} of {sums['questions']}",
            f"Predictions made: {sums['predicted']} of {sums['predictions']}. "
            f"Tasks passed: {sums['passed']} of {sums['tasks']}. "
            f"Answers that are marked later: {sums['given']} of {sums['later']}.",
        ),
        ("due", "Due for review", str(len(due)), _due(due)),
        (
            "objectives",
            "Objectives met",
            f"{sum(reached.values())} of {len(reached)} tried" if reached else "none tried yet",
            _goals(reached),
        ),
        ("calibration", "How sure, and how often right", value, words),
    ]
    return [dict(zip(("key", "label", "value", "detail"), row, strict=True)) for row in rows]


def _footer(mine):
    said = f"Your record is kept in <code>{escape(str(mine.path))}</code>. "
    said += "To hand it in, run <code>ck.export_record()</code>."
    if mine.skipped:
        lines = "1 line was" if mine.skipped == 1 else f"{mine.skipped} lines were"
        said += f" {lines} torn or not of this course; nothing else is affected."
    if mine.problem:
        said += f" <b>{escape(mine.problem)}</b>"
    return said


class Progress(Lab):
    """Show what the learner's record says, as it is when the cell is run."""

    def __init__(self):
        mine = record()
        frame = mine.frame()
        self.counts, self.compared = done(frame), calibration(frame)
        due = review(frame, dt.datetime.now().astimezone())
        readout = _readout(self.counts, due, objectives(frame), self.compared)
        self.lines = [f"{row['label']}: {row['value']}." for row in readout[1:3]]
        ask = f"Progress of {mine.name}" if mine.name else "Your progress"
        super().__init__(ask, [], LiveFigure(self.draw))
        self.children = (*self.children, widgets.HTML(_footer(mine)))
        self.live.tell(
            alt=self.draw().alt,
            readout=readout,
            table=self.counts,
            code=CODE,
        )

    def draw(self):
        """Draw what is done and how well calibrated the answers were."""
        return progress_figure(self.counts, self.compared, self.lines)


def progress():
    """Show what you have done, what is due for review, and how sure and how right you were.

    Returns
    -------
    Progress
        Counts by notebook, the questions due, objectives met, and the calibration plot.
    """
    return Progress()
