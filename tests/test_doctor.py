"""What keeps the course from running is named, with what to do."""

import json
import shutil
import socket
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from coursekit import cli, doctor
from coursekit.cli import app
from coursekit.doctor import CHECKS, Finding, examine, wanted


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
        monkeypatch.setattr(doctor, "_installed", lambda name: None if name == "pandas" else "99")
        found = doctor.packages()
        assert (found.state, found.found) == ("problem", "missing: pandas")

    def test_a_package_that_is_too_old(self, monkeypatch):
        monkeypatch.setattr(doctor, "_installed", lambda name: "0.1" if name == "pandas" else "99")
        found = doctor.packages()
        assert found.state == "problem"
        assert found.found.startswith("too old; needed: pandas")

    def test_a_package_that_was_not_tested_is_only_noted(self, tmp_path):
        lock = tmp_path / "constraints.txt"
        lock.write_text("numpy==0.0.1\npandas==0.0.1 ; sys_platform == 'none'\n", encoding="utf-8")
        assert wanted(lock) == {"numpy": "0.0.1"}
        found = doctor.packages(lock)
        assert found.state == "note"
        assert found.found.startswith("1 of 1 not as tested: numpy ")

    def test_without_a_list_there_is_nothing_to_compare_with(self, tmp_path):
        assert doctor.packages(tmp_path / "none.txt").state == "ok"

    @pytest.mark.slow
    def test_a_kernel_that_does_not_start(self, monkeypatch, tmp_path):
        spec = tmp_path / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True)
        broken = {"argv": [sys.executable, "-c", "import sys; sys.exit('broken')"]}
        spec.write_text(json.dumps({**broken, "display_name": "x", "language": "python"}), "utf-8")
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
        found = doctor.kernel()
        assert found.state == "problem"
        assert found.found.startswith("does not start")

    @pytest.mark.slow
    def test_a_kernel_without_the_course(self, monkeypatch, tmp_path):
        spec = tmp_path / "kernels" / "python3" / "kernel.json"
        spec.parent.mkdir(parents=True)
        (tmp_path / "shadow" / "coursekit").mkdir(parents=True)
        (tmp_path / "shadow" / "coursekit" / "__init__.py").write_text(
            "raise ImportError('No module named coursekit')", encoding="utf-8"
        )
        other = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "env": {"PYTHONPATH": str(tmp_path / "shadow")},
        }
        spec.write_text(json.dumps({**other, "display_name": "x", "language": "python"}), "utf-8")
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
        monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
        found = doctor.kernel()
        assert found.state == "problem"
        assert "belongs to another Python" in found.advice

    def test_another_jupyterlab_that_comes_first(self, monkeypatch, tmp_path):
        assert doctor.jupyterlab().found.endswith(sys.prefix)
        other = tmp_path / "jupyter-lab"
        other.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
        other.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        found = doctor.jupyterlab()
        assert found.state == "note"
        assert f"would start {other}" in found.found
        assert "python -m coursekit lab" in found.advice

    def test_widgets_without_their_front_end(self, monkeypatch):
        monkeypatch.setattr(doctor, "FRONT_ENDS", {"@nobody/nothing": "nothing"})
        found = doctor.front_ends()
        assert found.state == "problem"
        assert "--force-reinstall nothing" in found.advice

    def test_a_table_that_was_changed_or_lost(self, monkeypatch, root, tmp_path):
        shutil.copytree(root / "datasets", tmp_path / "datasets")
        monkeypatch.setattr("coursekit.data.folder", lambda name: tmp_path / name)
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

    def test_a_full_disk(self, monkeypatch):
        monkeypatch.setattr(doctor, "DISK", float("inf"))
        assert "Free some space" in doctor.writing().advice

    def test_no_free_port(self, monkeypatch):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            monkeypatch.setattr(cli, "FIRST_PORT", port)
            monkeypatch.setattr(cli, "LAST_PORT", port)
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
