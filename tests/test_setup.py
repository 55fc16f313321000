"""Set-up: two commands, exact versions, and a sentence for what can go wrong."""

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from jupyter_core.paths import jupyter_config_path
from serving import answer, free_port


@pytest.fixture
def bootstrap(root):
    spec = importlib.util.spec_from_file_location("bootstrap", root / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(path):
    return set(re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(), re.MULTILINE))


class TestBootstrap:
    def test_too_old_a_python_gets_one_sentence(self, bootstrap, monkeypatch):
        monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
        monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
        with pytest.raises(SystemExit, match=r"^This course needs Python 4.0 or newer, and this"):
            bootstrap.main("course")

    def test_an_old_python_hands_over_to_a_newer_one(self, bootstrap, monkeypatch):
        called = []
        monkeypatch.setattr(bootstrap, "OLDEST", (4, 0))
        monkeypatch.setattr(bootstrap, "newer_python", lambda: "python4.0")
        monkeypatch.setattr(bootstrap.subprocess, "call", lambda c: called.append(c) or 0)
        with pytest.raises(SystemExit) as stopped:
            bootstrap.main("test")
        assert stopped.value.code == 0
        assert called == [["python4.0", bootstrap.__file__, "test"]]

    def test_a_missing_venv_module_gets_one_sentence(self, bootstrap, monkeypatch):
        monkeypatch.setattr(bootstrap, "works", lambda command: False)
        with pytest.raises(SystemExit, match="its venv module is missing"):
            bootstrap.make_environment()

    def test_without_uv_pip_installs(self, bootstrap, monkeypatch):
        monkeypatch.setattr(bootstrap, "works", lambda command: False)
        assert bootstrap.installer()[1:4] == ["-m", "pip", "install"]

    def test_a_failed_installation_says_what_to_try(self, bootstrap, monkeypatch):
        monkeypatch.setattr(bootstrap, "installer", lambda: ["false"])
        monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, cwd: 1)
        with pytest.raises(SystemExit, match="it continues where it stopped"):
            bootstrap.install("requirements.lock")

    def test_nothing_is_done_twice(self, bootstrap, monkeypatch, tmp_path):
        done = []
        monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
        monkeypatch.setattr(bootstrap, "make_environment", lambda: done.append("made"))
        monkeypatch.setattr(bootstrap, "install", done.append)
        bootstrap.main("course")
        bootstrap.main("course")
        assert done == ["made", "requirements.lock"]

    def test_an_unknown_group_is_refused(self, bootstrap):
        with pytest.raises(SystemExit, match="Use one of: course, test"):
            bootstrap.main("tests")


class TestLab:
    @pytest.mark.slow
    def test_a_port_in_use_gets_one_sentence(self, root):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run(
                [sys.executable, "-m", "coursekit", "lab", "--no-browser", f"--port={port}"],
                capture_output=True,
                text=True,
                cwd=root,
            )
        assert done.returncode == 1
        assert done.stderr.startswith(f"Port {port} is in use by another program.")
        assert "Traceback" not in done.stderr

    @pytest.mark.slow
    def test_it_opens_the_jupyterlab_of_its_own_python(self, root, tmp_path):
        other = tmp_path / "jupyter-lab"
        other.write_text("#!/bin/sh\necho another one\n", encoding="utf-8")
        other.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-m", "coursekit", "lab", "--version"],
            env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            cwd=root,
        )
        assert done.stdout.strip() == version("jupyterlab")

    @pytest.mark.slow
    def test_it_serves_the_start_page(self, root, tmp_path):
        port = free_port()
        command = [sys.executable, "-m", "coursekit", "lab", "--no-browser", f"--port={port}"]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(
                [*command, "--IdentityProvider.token="], cwd=root, stderr=log
            )
        try:
            start = f"http://127.0.0.1:{port}/lab/tree/notebooks/00_start_here.ipynb"
            assert b"jupyter-config-data" in answer(start, process)
            assert start in (tmp_path / "log").read_text()
            listed = answer(f"http://127.0.0.1:{port}/api/contents/notebooks", process)
            assert "00_start_here.ipynb" in {i["name"] for i in json.loads(listed)["content"]}
            assert b"custom/custom.css" in answer(start, process)
            style = answer(f"http://127.0.0.1:{port}/custom/custom.css", process)
            assert style == (root / "coursekit/widgets/page/custom.css").read_bytes()
        finally:
            process.terminate()
            process.wait(timeout=30)

    def test_news_and_update_checks_are_off(self):
        settings = {}
        for place in reversed(jupyter_config_path()):
            path = Path(place) / "labconfig" / "default_setting_overrides.json"
            if path.is_file():
                settings |= json.loads(path.read_text(encoding="utf-8"))
        notification = settings["@jupyterlab/apputils-extension:notification"]
        assert notification["fetchNews"] == "false"
        assert notification["checkForUpdates"] is False


class TestVersions:
    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
    def test_locks_hold_hashes_and_no_addresses(self, root, name):
        text = (root / name).read_text()
        assert "://" not in text
        assert "--index" not in text
        assert "--extra-index" not in text
        blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in block for block in blocks)

    def test_conda_and_binder_get_the_same_versions(self, root):
        assert pins(root / "constraints.txt") == pins(root / "requirements.lock")
        environment = yaml.safe_load((root / "environment.yml").read_text())
        assert "python=3.11" in environment["dependencies"]
        assert environment["dependencies"][-1]["pip"] == ["-c constraints.txt", "-e ."]

    def test_the_test_lock_adds_to_the_course_lock(self, root):
        assert pins(root / "requirements.lock") <= pins(root / "requirements-test.lock")

    def test_every_dependency_is_a_range_and_is_locked(self, root):
        project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
        locked = {name for name, _ in pins(root / "requirements.lock")}
        for requirement in project["dependencies"]:
            assert ">=" in requirement
            assert re.match(r"[\w-]+", requirement)[0] in locked

    def test_one_version_number(self, root):
        import coursekit

        project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
        assert project["version"] == coursekit.__version__
        assert f"version: {coursekit.__version__}" in (root / "CITATION.cff").read_text()


def test_make_help_lists_the_targets(root):
    text = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True).stdout
    for target in ("lab", "test", "notebooks", "bench", "data", "lock", "lint"):
        assert f"make {target} " in text
