"""Progress: a map of what is done and what comes next, what is due, and how sure and how right."""

import datetime as dt
import os
from collections import defaultdict
from html import escape
from pathlib import Path

import ipywidgets as widgets
from pandas import DataFrame

from coursekit.attainment import calibration, done, milestones, objectives, stations
from coursekit.content import folder
from coursekit.errors import CourseError
from coursekit.escaping import markdown
from coursekit.figures.base import CourseFigure
from coursekit.figures.calibration import calibration_in_words
from coursekit.figures.progress import progress_figure
from coursekit.ids import bank_of
from coursekit.labs.words import Entry, lines
from coursekit.quiz import review
from coursekit.record import Record, record
from coursekit.sentences import Sentences
from coursekit.widgets.carry_on import CarryOn
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.review import Review

SAY = Sentences(__file__)
CODE = "from coursekit.record import record\nrecord().frame()"


def _due(ids: list[str]) -> str:
    if not ids:
        return SAY("none_due")
    numbers = defaultdict(list)
    for id in ids:
        numbers[bank_of(id)].append(int(id.rpartition("-q")[2]))
    parts = (f"{bank}: {', '.join(map(str, sorted(numbers[bank])))}" for bank in sorted(numbers))
    return SAY("due", parts="; ".join(parts))


def _goals(reached: dict[str, bool]) -> str:
    open_ = [goal for goal, met in reached.items() if not met]
    if not reached:
        return SAY("no_goal")
    if not open_:
        return SAY("all_goals")
    more = SAY("more", count=len(open_) - 3) if len(open_) > 3 else ""
    return SAY("goals", goals="; ".join(open_[:3]), more=more)


def _milestones(counts: DataFrame) -> dict[str, object]:
    reached = milestones(counts)
    names = [SAY["milestones"][name] for name, there in reached.items() if there]
    ahead = next((SAY["milestones"][name] for name, there in reached.items() if not there), "")
    said = SAY("reached", names=", ".join(names)) if names else ""
    said += SAY("ahead", name=ahead) if ahead else ""
    return {"reached": len(names), "milestones": len(reached), "milestone_words": said.strip()}


def _way_on(counts: DataFrame) -> tuple[dict[str, object], ...]:
    """Link the page that comes next, as a text of the notebook, which JupyterLab opens in a tab."""
    pages = stations(counts)
    text = SAY["arrived"]
    for page in pages[pages["next"]].to_dict("records"):
        name = f"{page['notebook']} {page['title']}"
        text = SAY("next", page=_linked(page["notebook"], markdown(name)))
    return ({"output_type": "display_data", "data": {"text/markdown": text}, "metadata": {}},)


def _linked(notebook: str, name: str) -> str:
    try:
        (path,) = folder("notebooks").glob(f"{notebook}_*.ipynb")
    except (CourseError, ValueError):
        return name
    # A page of a copy of the notebooks leads to its neighbour there.
    place = path.name if Path(path.name).exists() else Path(os.path.relpath(path)).as_posix()
    return f"[{name}]({place})"


def _readout(
    counts: DataFrame, due: list[str], reached: dict[str, bool], compared: DataFrame
) -> list[Entry]:
    sums = counts.drop(columns=["notebook", "title"]).sum()
    tried = f"{sum(reached.values())} of {len(reached)} tried" if reached else "none tried yet"
    words = {"due_words": _due(due), "goals": _goals(reached), **_milestones(counts)}
    words["compared"] = calibration_in_words(compared)
    return lines(SAY["readout"], sums=sums, due=len(due), objectives=tried, **words)


def _footer(mine: Record) -> str:
    said = SAY("kept", path=escape(str(mine.path)))
    if mine.skipped:
        torn = "1 line was" if mine.skipped == 1 else f"{mine.skipped} lines were"
        said += SAY("skipped", lines=torn)
    if mine.problem:
        said += f" <b>{escape(mine.problem)}</b>"
    return said


class Progress(Lab):
    """Show what the learner's record says, up to date, and ask what is due."""

    def __init__(self) -> None:
        self.way_on, self.footer = widgets.Output(), widgets.HTML()
        self.ask_due = widgets.Button(layout=widgets.Layout(width="auto"))
        self.ask_due.add_class("ck-move")
        self.ask_due.on_click(self._ask)
        self.asked = widgets.VBox()
        super().__init__("", [], LiveFigure(self.draw))
        self._show()
        name = record().name
        heading = widgets.HTML(escape(SAY("of", name=name) if name else SAY["yours"]))
        heading.add_class("ck-ask")
        way = widgets.HBox([self.way_on, self.ask_due])
        way.add_class("ck-row")
        carry_on = CarryOn(self._show)
        self.children = (heading, way, self.asked, self.live, carry_on, self.footer)

    def _ask(self, button: object) -> None:
        # The button stays, so that the focus is never lost.
        self.asked.children = (Review(),)

    @reporting
    def _show(self) -> None:
        mine = record()
        frame = mine.frame()
        counts, compared = done(frame), calibration(frame)
        due = review(frame, dt.datetime.now().astimezone())
        readout = _readout(counts, due, objectives(frame), compared)
        kept = ("due", "objectives")
        said = [f"{row['label']}: {row['value']}." for row in readout if row["key"] in kept]
        self.way_on.outputs = _way_on(counts)
        self.footer.value = _footer(mine)
        count = f"{len(due)} {'question' if len(due) == 1 else 'questions'}"
        self.ask_due.description = SAY("review", count=count)
        self.ask_due.layout.display = None if due else "none"
        self.drawn = progress_figure(counts, compared, said)
        self.live.show(self.drawn, readout=readout, code=CODE)

    def draw(self) -> CourseFigure:
        """Give the map of what is done, and how well calibrated the answers were."""
        return self.drawn


def progress() -> Progress:
    """Show a map of the course: what you have done, what comes next, and how sure you were.

    Returns
    -------
    Progress
        The map, a link to the next page, a button for the questions that are due, milestones,
        objectives met, how often you were as right as you were sure, and the buttons of
        `carry_on`.
    """
    return Progress()
