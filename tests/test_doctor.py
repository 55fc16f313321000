"""What keeps the course from running is named, with what to do."""

import json
import os
import shutil
import socket
import subprocess
import sys
import venv
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from coursekit import doctor, ports
from coursekit.cli import app
from coursekit.doctor import CHECKS, Finding, examine

KERNEL = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


def kernel(share, program):
    """Put a kernel `python3` into a folder of Jupyter's."""
    folder = share / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": program, "display_name": "x", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder


class TestBroken:
    """It needs nothing of what it looks for."""

    @pytest.fixture
    def bare(self, tmp_path):
        """A Python in which nothing is installed, run in a folder with a trap."""
        venv.create(tmp_path / "env", symlinks=True)
        (tmp_path / "random.py").write_text("raise SystemExit('imported')", encoding="utf-8")
        places = [str(tmp_path / "env" / part) for part in ("bin", "Scripts")]
        return shutil.which("python", path=os.pathsep.join(places))

    @pytest.mark.slow
    def test_no_package_at_all(self, bare, root, tmp_path):
        done = subprocess.run(
            [bare, "-m", "coursekit", "doctor"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
        )
        assert done.stderr == ""
        assert done.returncode == 1
        lines = done.stdout.splitlines()
        assert lines[0].startswith("problem  Python: ")
        assert lines[0].endswith("where the course is not installed")
        assert any(line.startswith("problem  Packages: missing: ") for line in lines)
        assert "problem  Kernel: not checked, since jupyter_client is missing" in lines
        assert any(line.startswith("ok       Tables: ") for line in lines)


class TestHere:
    @pytest.mark.slow
    def test_this_environment_can_run_the_course(self):
        findings = list(examine())
        assert len(findings) == len(CHECKS)
        assert [finding for finding in findings if finding.state == "problem"] == []

    def test_the_command_says_what_to_do_next(self, monkeypatch):
        quick = [Finding("Python", "ok", "3.11.7")]
        monkeypatch.setattr(doctor, "examine", lambda: iter(quick))
        said = CliRunner().invoke(app, ["doctor"])
        assert said.exit_code == 0
        assert said.output.splitlines() == [
            "ok       Python: 3.11.7",
            "The course can run. Open it with: python -m coursekit lab",
        ]

    def test_a_problem_is_shown_with_its_advice_and_fails(self, monkeypatch):
        quick = [Finding("Port", "problem", "all in use", "Close another Jupyter.")]
        monkeypatch.setattr(doctor, "examine", lambda: iter(quick))
        said = CliRunner().invoke(app, ["doctor"])
        assert said.exit_code == 1
        assert said.output.splitlines() == [
            "problem  Port: all in use",
            "         Close another Jupyter.",
        ]


class TestProblems:
    def test_an_old_python(self, monkeypatch):
        monkeypatch.setattr(doctor, "OLDEST", (4, 0))
        found = doctor.python()
        assert found.state == "problem"
        assert "Install Python 4.0 or newer" in found.advice

    def test_a_missing_package(self, monkeypatch):
        monkeypatch.setattr(doctor, "installed", lambda name: None if name == "pandas" else "99")
        found = doctor.packages()
        assert (found.state, found.found) == ("problem", "missing: pandas")
        assert found.advice == doctor.again()

    def test_a_package_that_is_too_old(self, monkeypatch):
        monkeypatch.setattr(doctor, "installed", lambda name: "0.1" if name == "pandas" else "99")
        found = doctor.packages()
        assert found.state == "problem"
        assert found.found.startswith("too old; needed: pandas")

    def test_a_package_that_was_not_tested_is_only_noted(self, tmp_path):
        lock = tmp_path / "constraints.txt"
        lock.write_text("numpy==0.0.1\nnone==0.0.1 ; sys_platform == 'none'\n", encoding="utf-8")
        found = doctor.packages(lock)
        assert found.state == "note"
        assert found.found.startswith("1 of 2 not as tested: numpy ")

    def test_any_version_that_was_tested_on_some_machine_will_do(self, tmp_path):
        lock = tmp_path / "constraints.txt"
        pins = ["numpy==0.0.1 ; 'x' == 'y'", f"numpy=={version('numpy')} ; 'x' != 'y'"]
        lock.write_text("\n".join(pins), encoding="utf-8")
        assert doctor.packages(lock).state == "ok"

    def test_a_package_that_another_one_needs(self, tmp_path):
        lock = tmp_path / "constraints.txt"
        lock.write_text("nobody-has-this==1\n", encoding="utf-8")
        assert doctor.packages(lock).found == "missing: nobody-has-this"

    def test_without_a_list_there_is_nothing_to_compare_with(self, tmp_path):
        assert doctor.packages(tmp_path / "none.txt").state == "ok"

    @pytest.mark.slow
    def test_a_kernel_that_does_not_start(self, monkeypatch, tmp_path):
        broken = [sys.executable, "-c", "import sys; sys.exit('broken')"]
        folder = kernel(tmp_path / "share" / "jupyter", broken)
        monkeypatch.setattr(sys, "prefix", str(tmp_path))
        found = doctor.kernel()
        assert found.state == "problem"
        assert found.found.startswith("does not start")
        assert f"`python3` in {folder} starts {sys.executable}" in found.found

    @pytest.mark.slow
    def test_a_kernel_of_another_python(self, monkeypatch, root, tmp_path):
        without = f"import sys; sys.path.remove({str(root)!r}); from ipykernel import kernelapp;"
        folder = kernel(
            tmp_path / "share" / "jupyter",
            [sys.executable, "-c", f"{without} kernelapp.launch_new_instance()", *KERNEL[3:]],
        )
        monkeypatch.setattr(sys, "prefix", str(tmp_path))
        found = doctor.kernel()
        assert found.state == "problem"
        assert found.found.startswith("does not find the course")
        assert str(folder) in found.found
        assert found.advice.endswith(f'"{sys.executable}" -m ipykernel install --sys-prefix')

    @pytest.mark.slow
    def test_a_kernel_that_only_another_jupyter_would_start(self, monkeypatch, tmp_path):
        folder = kernel(tmp_path, ["/elsewhere/bin/python3", *KERNEL[1:]])
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        found = doctor.kernel()
        assert found.state == "note"
        assert f"would start /elsewhere/bin/python3, by `python3` in {folder}" in found.found
        assert "`python -m coursekit lab`" in found.advice
        assert found.advice.endswith("or clear the environment variable JUPYTER_PATH.")

    @pytest.mark.slow
    def test_a_file_beside_the_notebooks_that_is_imported_for_the_course(
        self, monkeypatch, tmp_path
    ):
        (tmp_path / "coursekit.py").write_text("", encoding="utf-8")
        monkeypatch.setattr(doctor, "_work_folder", lambda: tmp_path)
        found = doctor.kernel()
        assert found.state == "problem"
        assert found.found == f"imports another course: {tmp_path / 'coursekit.py'}"
        assert found.advice.startswith("Run `coursekit doctor`")

    @pytest.mark.parametrize("name", ["pandas.py", "coursekit.py", "matplotlib/__init__.py"])
    def test_a_file_that_hides_a_module_of_the_course(self, monkeypatch, tmp_path, name):
        folder = tmp_path / "notebooks"
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("", encoding="utf-8")
        (folder / "mine.py").write_text("", encoding="utf-8")
        monkeypatch.setattr(doctor, "_work_folder", lambda: folder)
        found = doctor.names()
        hides = folder / name.split("/")[0]
        assert found.state == "problem"
        assert found.found == f"{hides} hides {hides.stem}"
        assert found.advice.startswith("Rename it")

    def test_the_package_in_a_whole_copy_of_the_course_hides_nothing(self, monkeypatch, tmp_path):
        """As in a home folder of a hub, where the course is installed besides."""
        (tmp_path / "notebooks").mkdir()
        (tmp_path / "notebooks" / "00_start_here.ipynb").touch()
        (tmp_path / "coursekit").mkdir()
        (tmp_path / "coursekit" / "__init__.py").touch()
        monkeypatch.chdir(tmp_path)
        assert doctor.names().state == "problem"
        (tmp_path / "coursekit" / "doctor.py").touch()
        assert doctor.names().state == "ok"

    def test_a_file_that_hides_a_module_of_python_is_only_noted(self, monkeypatch, tmp_path):
        (tmp_path / "statistics.py").write_text("", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        found = doctor.names()
        assert (found.state, found.found) == (
            "note",
            f"{tmp_path / 'statistics.py'} hides statistics",
        )

    def test_another_library_on_the_pythonpath(self, monkeypatch, tmp_path):
        (tmp_path / "numpy.py").write_text("", encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        found = doctor.names()
        assert found.state == "problem"
        assert found.advice.startswith("Clear the environment variable PYTHONPATH")

    def test_another_jupyterlab_that_comes_first(self, other_jupyterlab):
        found = doctor.jupyterlab()
        assert found.state == "note"
        assert found.found.endswith(f"{sys.prefix}; `jupyter lab` would start {other_jupyterlab}")
        assert "python -m coursekit lab" in found.advice

    def test_widgets_without_their_front_end(self, monkeypatch):
        monkeypatch.setattr(doctor, "FRONT_ENDS", {"@nobody/nothing": "nothing"})
        found = doctor.front_ends()
        assert found.state == "problem"
        assert "--force-reinstall nothing" in found.advice

    def test_a_table_that_was_changed_or_lost(self, monkeypatch, root, tmp_path):
        shutil.copytree(root / "datasets", tmp_path / "datasets")
        monkeypatch.setattr(doctor, "folder", lambda name: tmp_path / name)
        with (tmp_path / "datasets" / "members.csv").open("a", encoding="utf-8") as table:
            table.write("more\n")
        (tmp_path / "datasets" / "events.csv").unlink()
        found = doctor.tables()
        assert found.state == "problem"
        assert found.found.startswith("not as published: ")
        assert {"members.csv", "events.csv"} == set(found.found.split(": ")[1].split(", "))
        assert "git checkout datasets" in found.advice

    def test_a_record_that_cannot_be_written(self, monkeypatch, tmp_path):
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv("COURSEKIT_RECORD", str(tmp_path / "file" / "folder"))
        found = doctor.writing()
        assert found.state == "problem"
        assert "COURSEKIT_RECORD" in found.advice

    def test_a_course_for_reading_only_is_no_problem_for_who_has_a_copy(
        self, monkeypatch, root, tmp_path
    ):
        why = "Read-only file system"
        refused = lambda place: why if root in [place, *place.parents] else ""  # noqa: E731
        monkeypatch.setattr(doctor, "_refusal", refused)
        monkeypatch.chdir(tmp_path)
        found = doctor.writing()
        assert (found.state, found.found) == ("note", f"{root / 'notebooks'}: {why}")
        assert "`coursekit get`" in found.advice
        (tmp_path / "notebooks").mkdir()
        (tmp_path / "notebooks" / "00_start_here.ipynb").touch()
        assert doctor.writing().state == "ok"

    def test_a_copy_that_cannot_be_written_is_one(self, monkeypatch, tmp_path):
        (tmp_path / "00_start_here.ipynb").touch()
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(doctor, "_refusal", lambda place: "no" if place == tmp_path else "")
        assert doctor.writing().state == "problem"

    def test_a_full_disk(self, monkeypatch):
        monkeypatch.setattr(doctor, "DISK", float("inf"))
        assert "Free some space" in doctor.writing().advice

    def test_no_free_port(self, monkeypatch):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            monkeypatch.setattr(ports, "FIRST", port)
            monkeypatch.setattr(ports, "LAST", port)
            found = doctor.port()
        assert found.state == "problem"
        assert "--port=9000" in found.advice

    def test_too_little_memory(self, monkeypatch):
        monkeypatch.setattr(doctor, "MEMORY", float("inf"))
        assert doctor.memory().state == "problem"

    def test_a_check_that_breaks_does_not_hide_the_others(self):
        def no_luck():
            raise RuntimeError("out of order")

        findings = list(examine([no_luck, doctor.python]))
        assert findings[0].found == "RuntimeError: out of order"
        assert findings[1].name == "Python"


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [["doctor", "--help"], ["links", "--help"], ["slides", "--help"]]
)
def test_commands_explain_themselves(command):
    done = subprocess.run(
        [sys.executable, "-m", "coursekit", *command], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "Usage" in done.stdout
