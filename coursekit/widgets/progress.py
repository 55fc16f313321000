"""Progress: what is done, what is due, how well calibrated, which objectives are met."""

import datetime as dt
from html import escape
from itertools import groupby

import ipywidgets as widgets

from coursekit.attainment import calibration, done, objectives
from coursekit.figures.calibration import calibration_in_words
from coursekit.figures.progress import progress_figure
from coursekit.labs.words import lines
from coursekit.quiz import review
from coursekit.record import record
from coursekit.sentences import Sentences
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure

__all__ = ["Progress", "progress"]

SAY = Sentences(__file__)
CODE = "from coursekit.record import record\nrecord().frame()"


def _due(ids):
    def home(id):
        return id.rsplit("-q", 1)[0]

    def number(id):
        return int(id.rsplit("-q", 1)[1])

    if not ids:
        return SAY["none_due"]
    by_notebook = groupby(sorted(ids, key=lambda id: (home(id), number(id))), home)
    parts = [
        f"{notebook}: {', '.join(str(number(id)) for id in due)}" for notebook, due in by_notebook
    ]
    return SAY("due", parts="; ".join(parts))


def _goals(reached):
    open_ = [goal for goal, met in reached.items() if not met]
    if not reached:
        return SAY["no_goal"]
    if not open_:
        return SAY["all_goals"]
    more = SAY("more", count=len(open_) - 3) if len(open_) > 3 else ""
    return SAY("goals", goals="; ".join(open_[:3]), more=more)


def _readout(counts, due, reached, compared):
    sums = counts.drop(columns=["notebook", "title"]).sum()
    tried = f"{sum(reached.values())} of {len(reached)} tried" if reached else "none tried yet"
    return lines(
        SAY["readout"],
        sums=sums,
        due=len(due),
        due_words=_due(due),
        objectives=tried,
        goals=_goals(reached),
        compared=calibration_in_words(compared),
    )


def _footer(mine):
    said = SAY("kept", path=escape(str(mine.path)))
    if mine.skipped:
        torn = "1 line was" if mine.skipped == 1 else f"{mine.skipped} lines were"
        said += SAY("skipped", lines=torn)
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
