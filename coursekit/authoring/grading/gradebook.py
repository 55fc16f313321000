"""Hand the results to nbgrader: its own steps read them in place of running the notebook.

All that nbgrader writes for a submission is one transaction, and its files are put in place in one
step, so a program that is killed leaves the old grade or the new one.
"""

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from nbconvert.writers import FilesWriter
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import preprocessors as steps
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import find_all_files, is_grade
from sqlalchemy.exc import DatabaseError, OperationalError, SAWarning

from coursekit.authoring.classroom.feedback import TOLD
from coursekit.authoring.classroom.source import ExerciseSet, settings, worth
from coursekit.authoring.classroom.stamps import is_plain
from coursekit.authoring.grading.batch import Batch, UnwritableError
from coursekit.authoring.grading.marking import Mark
from coursekit.errors import CourseError
from coursekit.sentences import Sentences

__all__ = ["AFTER", "STAGE", "Book", "Enter", "RunShutIn", "WriteResults", "opened"]

SAY = Sentences(__file__)
STAGE = ".grading"
MODULES = (
    "nbgrader.converters.autograde",
    *(f"nbgrader.preprocessors.{name}" for name in ("overwritecells", "overwritekernelspec")),
    *(f"nbgrader.preprocessors.{name}" for name in ("saveautogrades", "latesubmissions")),
)


class Book(Gradebook):
    """A gradebook that stays open and writes when it is told to."""

    def __init__(self, *args):
        super().__init__(*args)
        self._commit = self.db.commit
        self.db.commit = self.db.flush

    def close(self):
        """Do nothing: each of nbgrader's steps would close it."""

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Write all that is done meanwhile at once, or nothing of it."""
        with ExitStack() as replaced:
            for module in MODULES:
                replaced.enter_context(patch(f"{module}.Gradebook", lambda *_, **__: self))
            # nbgrader makes a submission known before it is complete; that is no trouble.
            replaced.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore", SAWarning)
            try:
                yield
                self._commit()
            except BaseException:
                self.db.rollback()
                raise

    def end(self) -> None:
        """Close it for good."""
        super().close()


class RunShutIn(NbGraderPreprocessor):
    """Let ``nbgrader autograde`` run and judge a notebook as `coursekit grade` does."""

    def preprocess(self, nb, resources):
        """Give the notebook that was run, and its marks to the steps that follow."""
        about = resources["nbgrader"]
        course = Path(resources["metadata"]["path"]).parents[2]
        batch = Batch(course, about["assignment"], [about["student"]], force=True)
        entered = []
        with closing(batch.workshop()) as workshop:
            if open_to := workshop.wait():
                self.log.warning(open_to)
            (done,) = batch.grade(workshop, 1, lambda *graded: entered.append(graded))
        if not entered:
            raise CourseError(done.reasons[0])
        ((_, notebook, resources["coursekit"]),) = entered
        return notebook, resources


class WriteResults(NbGraderPreprocessor):
    """Write the points of the grader's own record, and nothing else, below each check."""

    def preprocess(self, nb, resources):
        """Work through the checks."""
        marks: dict[str, Mark] = resources["coursekit"]
        for cell in nb.cells:
            if not is_grade(cell) or cell.cell_type != "code":
                continue
            mark = marks.get(cell.metadata["nbgrader"]["grade_id"])
            cell.outputs = [_nothing()] if mark is None else _shown(mark)
        return nb, resources


def _nothing():
    return new_output("error", ename="NotGraded", evalue="no result", traceback=["no result"])


def _shown(mark):
    data = {"text/plain": repr(mark.result), "text/html": mark.result._repr_html_()}
    data[TOLD] = mark.told._repr_html_()
    points = {"text/plain": repr(mark.points)}
    return [
        new_output("display_data", data=data),
        new_output("execute_result", data=points, execution_count=None),
    ]


class SaveGrades(SaveAutoGrades):
    """Save grades; what was marked by hand stays marked as long as its text is the same."""

    def _add_score(self, cell, resources):
        name = cell.metadata["nbgrader"]["grade_id"]
        find = (name, self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*find)
        marked = grade.manual_score is not None and not grade.needs_manual_grade
        super()._add_score(cell, resources)
        if marked and resources.get("before", {}).get(name) == cell.source:
            grade.needs_manual_grade = False
            self.gradebook.db.commit()


# What nbgrader does with a notebook that has been run. The grades are there before the file.
AFTER = (
    *(steps.OverwriteKernelspec, steps.OverwriteCells, steps.CheckCellMetadata),
    *(WriteResults, steps.LimitOutput, SaveGrades, steps.AssignLatePenalties),
    steps.CheckCellMetadata,
)


class Enter(Autograde):
    """nbgrader's autograding, with results in place of running the notebook."""

    def _init_preprocessors(self):
        self.exporter._preprocessors = []
        for step in AFTER:
            self.exporter.register_preprocessor(step, enabled=True)

    @property
    def _output_directory(self):
        return STAGE

    def init_assignment(self, assignment_id, student_id):
        """Copy what lies beside the notebook, but for what is no plain file."""

        def plain(*where):
            return [path for path in find_all_files(*where) if is_plain(Path(path))]

        with patch("nbgrader.converters.base.find_all_files", plain):
            super().init_assignment(assignment_id, student_id)

    def prepare(self) -> None:
        """Make what all submissions share."""
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self._init_preprocessors()

    def enter(
        self, book: Book, student: str, notebook: NotebookNode, marks: dict[str, Mark]
    ) -> None:
        """Put a submission and its results into the gradebook and the autograded folder."""
        name = self.coursedir.assignment_id
        submitted = Path(self._format_source(name, student)) / f"{name}.ipynb"
        stage = Path(self._format_dest(name, student))
        final = Path(self.coursedir.format_path(self.coursedir.autograded_directory, student, name))
        shutil.rmtree(stage, ignore_errors=True)
        self.notebooks = [str(submitted)]
        with book.whole():
            self.init_assignment(name, student)
            resources = self.init_single_notebook_resources(str(submitted))
            resources |= {"coursekit": marks, "before": _sources(final / submitted.name)}
            output, resources = self.exporter.from_notebook_node(notebook, resources)
            self.write_single_notebook(output, resources)
            self.set_permissions(name, student)
        old = stage.with_name(f"{name}.old")
        shutil.rmtree(old, ignore_errors=True)
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists():
            final.rename(old)
        stage.rename(final)
        shutil.rmtree(old, ignore_errors=True)


def _sources(path):
    """Read the texts of a notebook that was autograded before, by their names."""
    from nbformat import read

    try:
        cells = read(path, as_version=4).cells
    except Exception:  # There is none.
        return {}
    return {c.metadata.get("nbgrader", {}).get("grade_id"): c.source for c in cells}


@contextmanager
def opened(course: Path, name: str) -> Iterator[Callable]:
    """Open the gradebook to enter submissions; raises CourseError if it does not fit or is busy."""
    config = settings()
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.assignment_id = name
    coursedir = CourseDirectory(config=config)
    try:
        book = Book(coursedir.db_url, coursedir.course_id)
    except DatabaseError as problem:
        raise _unwritable(problem) from None
    step = Enter(coursedir=coursedir, config=config)
    step.log.setLevel("ERROR")

    def enter(student, notebook, marks):
        try:
            step.enter(book, student, notebook, marks)
        except DatabaseError as problem:
            raise _unwritable(problem) from None

    try:
        _fits(book, name, course)
        step.prepare()
        yield enter
    finally:
        book.end()
        shutil.rmtree(course / STAGE, ignore_errors=True)


def _unwritable(problem):
    kind = "locked" if isinstance(problem, OperationalError) else "damaged"
    return UnwritableError(SAY(kind, words=str(problem.orig)[:80]))


def _fits(book, name, course):
    """Compare the points of the gradebook with those of the sheet."""
    try:
        cells = book.find_notebook(name, name).grade_cells
    except MissingEntry:
        raise CourseError(SAY("no_set", name=name)) from None
    entries = ExerciseSet(course / "source" / name).sheet["tasks"].items()
    wanted = {task: worth(entry) for task, entry in entries if entry["kind"] != "further"}
    if {cell.name: cell.max_score for cell in cells} != wanted:
        raise CourseError(SAY("other_set", name=name))
