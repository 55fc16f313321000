"""What ``nbgrader autograde`` needs so that one odd notebook spoils neither its grade nor others'.

`MendCells` comes before nbgrader looks at the cells, `Execute` runs them, and `KeepToRecord` leaves
in each check cell what the checks themselves reported.
"""

import sys
from functools import cache
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from nbformat import from_dict
from nbformat.v4 import new_output
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

from coursekit.authoring.bubblewrap import HOME, bubblewrap, environment
from coursekit.checks import POINTS
from coursekit.content import folder

NO_REPORT = "the checks of this task reported nothing, so it earned no points"


class MendCells(NbGraderPreprocessor):
    """Put nbgrader's metadata back as they were released; of copies keep those of one."""

    def preprocess(self, nb, resources):
        """Work through a submitted notebook."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            source = gradebook.find_notebook(about["notebook"], about["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            solutions = {cell.name for cell in source.solution_cells}
            released = {cell.name: cell for cell in source.source_cells}
            texts = {name: cell.source for name, cell in released.items()}
            known = {}
            for name, cell in released.items():
                own = {part: getattr(cell, part) for part in ("cell_type", "checksum", "locked")}
                role = {"grade": name in points, "solution": name in solutions, "task": False}
                worth = {"points": points[name]} if name in points else {}
                known[name] = {**own, **role, "grade_id": name, "schema_version": 3, **worth}
        found: dict[str, list] = {}
        for cell in nb.cells:
            # One of these tags keeps a cell from being run.
            cell.metadata.pop("tags", None)
            # What is no name, such as a list, is none of ours either.
            name = str((cell.metadata.pop("nbgrader", None) or {}).get("grade_id"))
            found.setdefault(name, []).append(cell)
        for name, cells in found.items():
            if name in known:
                answered = [cell for cell in cells if cell.source.strip() != texts[name].strip()]
                (answered or cells)[-1].metadata["nbgrader"] = from_dict(known[name])
        return nb, resources


class KeepToRecord(NbGraderPreprocessor):
    """Let points come from what the checks report, whatever else was displayed or printed.

    Without a report there are no points, and the cell says why.
    """

    def preprocess_cell(self, cell, resources, index):
        """Look at a cell that has been run."""
        if not is_grade(cell) or cell.cell_type != "code":
            return cell, resources
        reports = [output for output in cell.outputs if POINTS in output.get("data", {})]
        failed = [output for output in cell.outputs if output.output_type == "error"]
        if reports and not failed:
            earned = float(reports[-1].data.pop(POINTS))
            earned = min(max(earned, 0.0), float(cell.metadata.nbgrader["points"]))
            result = new_output("execute_result", {"text/plain": repr(earned)})
            cell.outputs = [reports[-1], result]
        else:
            error = new_output("error", ename="NoReport", evalue=NO_REPORT, traceback=[NO_REPORT])
            cell.outputs = failed or [error]
        return cell, resources


class Confined(AsyncKernelManager):
    """A kernel that can write nothing but its own folder, where bubblewrap is here.

    What it starts ends with it. Sources, gradebook and other submissions are out of its sight.
    """

    def format_kernel_cmd(self, extra_arguments=None):
        """Put bubblewrap before the command that starts a kernel of this Python."""
        file, place = Path(self.connection_file).resolve(), Path(self._launch_args["cwd"]).resolve()
        own = ["--ro-bind", str(file), str(file), "--bind", str(place), str(place)]
        release = str(folder("exercises") / "release")
        walls = bubblewrap(
            [place.parents[2]], [*own, "--ro-bind-try", release, release], str(place), network=True
        )
        if not walls:
            return super().format_kernel_cmd(extra_arguments)
        # A signal would reach bubblewrap, which ends then; a message reaches the kernel alone.
        self.kernel_spec.interrupt_mode = "message"
        around = [
            f"{name}={value}" for name, value in environment(HOME).items() if name != "MPLBACKEND"
        ]
        # Without a parent that it can see, it tells how to end it by hand.
        quiet = ["env", "-i", *around, "sh", "-c", 'exec "$@" > /dev/null', "sh"]
        kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", str(file)]
        return [*walls, *quiet, *kernel, *(extra_arguments or [])]


@cache
def confines() -> bool:
    """Say whether bubblewrap is here and may do its work."""
    return bool(bubblewrap())


class Execute(preprocessors.Execute):
    """Run a notebook, confined where that can be done.

    The cells of the checks leave no trace in the history that a notebook can print.
    """

    def __init__(self, **kwargs):
        super().__init__(**{"kernel_manager_class": Confined, **kwargs})
        if not confines():
            self.log.warning(
                "bubblewrap is not here, or may not work: code of students runs with your rights, "
                "and can read and change your files."
            )

    def preprocess_cell(self, cell, resources, index):
        """Run one cell."""
        self._check_assign_resources(resources)
        return self.execute_cell(cell, index, store_history=not is_grade(cell)), self.resources
