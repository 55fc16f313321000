"""Steps that the course adds to those of nbgrader; ``nbgrader_config.py`` puts them in place."""

from pathlib import Path
from pprint import pformat

from nbformat import from_dict
from nbformat import read as read_notebook
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, OverwriteCells
from nbgrader.utils import is_grade

from coursekit.authoring.classroom.literal import literal_sheet
from coursekit.authoring.classroom.reading import KEY
from coursekit.authoring.classroom.source import worked
from coursekit.checks.result import beside
from coursekit.checks.sheet import FILE, read


class InsertHiddenChecks(NbGraderPreprocessor):
    """Give each grading cell all checks of its task, in a region that the release leaves out."""

    def preprocess(self, nb, resources):
        """Work through the cells of a source notebook."""
        sheet = read(Path(resources["metadata"]["path"]) / FILE)
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if is_grade(cell) and cell.cell_type == "code":
                told = literal_sheet(sheet, only=name, hidden=True)
                checks = pformat(told, width=96, sort_dicts=False)
                cell.source += (
                    "\n### BEGIN HIDDEN TESTS\nfrom coursekit.checks import points\n"
                    f'points("{sheet["set"]}.{name}", {checks})\n### END HIDDEN TESTS'
                )
        return nb, resources


class RestoreCells(NbGraderPreprocessor):
    """Put grading cells back that a student has deleted.

    nbgrader's own way fails when the cell above is missing too; at the end they always work.
    """

    def preprocess(self, nb, resources):
        """Append what is missing to a submitted notebook."""
        nb.metadata.pop(KEY, None)
        about = resources["nbgrader"]
        there = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        with Gradebook(about["db_url"]) as gradebook:
            source = gradebook.find_notebook(about["notebook"], about["assignment"])
            answers = {cell.name for cell in source.solution_cells}
            cells = {cell.name: cell for cell in source.source_cells}
            for graded in source.grade_cells:
                if graded.name not in there:
                    about = cells[graded.name], graded.max_score, graded.name in answers
                    nb.cells.append(from_dict(OverwriteCells().missing_cell_transform(*about)))
        return nb, resources


class AddWorkedSolutions(NbGraderPreprocessor):
    """Show in the feedback, below each task that earned all its points, a worked solution."""

    def preprocess(self, nb, resources):
        """Work through the cells of a marked notebook."""
        place = Path(resources["metadata"]["path"])
        source = place.parents[1].with_name("source") / place.name / f"{place.name}.ipynb"
        solutions = worked(read_notebook(source, as_version=4)) if source.is_file() else {}
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            about = cell.metadata.get("nbgrader", {})
            name = about.get("grade_id")
            if name in solutions and about.get("score") and about["score"] == about["points"]:
                cells.append(new_markdown_cell(beside(solutions[name])))
        nb.cells = cells
        return nb, resources
