"""Set-up: two commands, exact versions, and a sentence for what can go wrong."""

import asyncio
import gc
import importlib.util
import json
import os
import re
import runpy
import socket
import subprocess
import sys
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from programs import script
from serving import answer, free_port

from coursekit.cli import _surroundings


@pytest.fixture
def bootstrap(root):
    return script(root / "bootstrap.py")


# What others have set up on the same machine.
ELSEWHERE = {
    "labconfig/default_setting_overrides.json": {
        "@jupyterlab/apputils-extension:themes": {"theme": "JupyterLab Dark"}
    },
    "kernels/python3/kernel.json": {
        "argv": ["/elsewhere/python"],
        "display_name": "Elsewhere",
        "language": "python",
    },
}


START = "/doc/workspaces/coursekit/tree/notebooks/00_start_here.ipynb"


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
        monkeypatch.setattr(bootstrap.subprocess, "call", lambda c, env: called.append(c) or 0)
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
        monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, cwd, env: 1)
        with pytest.raises(SystemExit, match="it continues where it stopped"):
            bootstrap.install("requirements.lock")

    @pytest.fixture
    def steps(self, bootstrap, monkeypatch, tmp_path):
        """What is done, in an environment that holds two packages."""
        done = []
        monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
        monkeypatch.setattr(bootstrap, "installed", lambda lock: ["coursekit==1", "pandas==2"])
        monkeypatch.setattr(bootstrap, "make_environment", lambda: done.append("made"))
        monkeypatch.setattr(
            bootstrap, "install", lambda lock: done.append(lock) or bootstrap.installed(lock)
        )
        return done

    def test_nothing_is_done_twice(self, bootstrap, steps):
        bootstrap.main("course")
        bootstrap.main("course")
        assert steps == ["made", "requirements.lock"]

    @pytest.mark.parametrize("there", [[], ["coursekit==1"], ["coursekit==1", "pandas==1"]])
    def test_what_was_broken_meanwhile_is_mended(self, bootstrap, steps, monkeypatch, there):
        bootstrap.main("course")
        monkeypatch.setattr(bootstrap, "installed", lambda lock: there)
        bootstrap.main("course")
        assert steps == ["made", "requirements.lock"] * 2

    @pytest.mark.slow
    def test_it_sees_what_is_installed(self, bootstrap, monkeypatch, tmp_path):
        monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
        venv.create(tmp_path, symlinks=os.name != "nt")
        packages = next(tmp_path.glob("[Ll]ib/**/site-packages"))
        for name in ("coursekit-0.1.0", "Jupyter_Client-8.1", "not_ours-1"):
            (packages / f"{name}.dist-info").mkdir()
        lock = "requirements.lock"
        assert bootstrap.installed(lock) == ["coursekit==0.1.0", "jupyter-client==8.1"]
        # The Python from which the environment was made has gone.
        python = Path(bootstrap.inside("python"))
        python.unlink()
        python.symlink_to(tmp_path / "gone")
        assert bootstrap.installed(lock) == []

    def test_settings_that_lead_elsewhere_are_left_out(self, bootstrap, monkeypatch):
        astray = ("PIP_USER", "PIP_TARGET", "PIP_DRY_RUN", "UV_NO_DEPS", "PYTHONPATH", "PYTHONHOME")
        reach = ("PIP_INDEX_URL", "PIP_CERT", "UV_DEFAULT_INDEX", "HTTPS_PROXY", "PATH")
        for name in (*astray, *reach):
            monkeypatch.setenv(name, "1")
        kept = bootstrap.surroundings()
        assert [name for name in astray if name in kept] == ["PIP_USER"]
        assert kept["PIP_USER"] == "0"
        assert all(kept[name] == "1" for name in reach)

    def test_packages_that_went_elsewhere_are_missed(self, bootstrap, monkeypatch):
        monkeypatch.setattr(bootstrap, "installer", lambda: ["true"])
        monkeypatch.setattr(bootstrap, "installed", lambda lock: [])
        monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, cwd, env: 0)
        with pytest.raises(SystemExit, match=r"but not in \.venv.*pip config list"):
            bootstrap.install("requirements.lock")

    def test_an_unknown_group_is_refused(self, bootstrap):
        with pytest.raises(SystemExit, match="Use one of: course, instructor, test"):
            bootstrap.main("tests")


class TestLoadingAhead:
    """A kernel that `coursekit lab` starts loads libraries before a box asks for them."""

    @pytest.fixture
    def loaded(self, monkeypatch, tmp_path):
        """Let a kernel begin in an empty folder; gives what it loads. One library is broken."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("PYTHONSTARTUP", raising=False)
        monkeypatch.setitem(sys.modules, "ipykernel", ModuleType("ipykernel"))
        names, ended = [], []
        monkeypatch.setattr(gc, "freeze", lambda: ended.append(True))
        load = importlib.import_module

        def loading(name, package=None):
            names.append(name)
            if name == "anywidget":
                raise ImportError(name)
            return load(name, package)

        monkeypatch.setattr(importlib, "import_module", loading)

        async def begin():
            left = runpy.run_path(_surroundings()["PYTHONSTARTUP"])
            assert [name for name in left if not name.startswith("__")] == []
            while not ended:
                await asyncio.sleep(0.01)

        def loaded():
            # A browser that other tests have open keeps a loop of its own in this thread.
            with ThreadPoolExecutor() as another:
                another.submit(lambda: asyncio.run(begin())).result()
            return names

        return loaded

    def test_leaves_no_name_behind_and_goes_on_after_a_library_that_is_broken(self, loaded):
        names = loaded()
        wanted = {"pandas", "matplotlib.backends.backend_svg", "coursekit.nato.widgets.explorer"}
        assert {"anywidget", *wanted} <= set(names)
        assert wanted <= set(sys.modules)

    def test_leaves_alone_what_a_student_has_called_like_a_library(
        self, loaded, tmp_path, monkeypatch
    ):
        # What the course loads asks for pandas too, so nothing is to be loaded later.
        (tmp_path / "pandas.py").touch()
        monkeypatch.setattr("tornado.ioloop.IOLoop.current", None)
        left = runpy.run_path(_surroundings()["PYTHONSTARTUP"])
        assert [name for name in left if not name.startswith("__")] == []

    def test_works_out_what_pages_show_first(self, loaded, monkeypatch):
        asked = []
        for place in (
            *("coursekit.forms.entries.explained", "coursekit.nato.number_rules.number_rules"),
            *("coursekit.nato.story.steps", "coursekit.nato.widgets.explorer.first_picture"),
        ):
            monkeypatch.setattr(place, partial(asked.append, place.rpartition(".")[2]))
        loaded()
        assert asked == ["explained", "number_rules", "steps", "first_picture"]

    def test_does_nothing_in_a_terminal(self, loaded, monkeypatch):
        monkeypatch.delitem(sys.modules, "ipykernel")
        assert "_load_ahead" not in runpy.run_path(_surroundings()["PYTHONSTARTUP"])

    def test_leaves_another_start_of_pythons_as_it_is(self, monkeypatch):
        monkeypatch.setenv("PYTHONSTARTUP", "mine.py")
        assert _surroundings()["PYTHONSTARTUP"] == "mine.py"


@pytest.fixture(scope="module")
def lab(root, tmp_path_factory):
    """The course's JupyterLab, beside settings of others: how to ask it, address, log."""
    place, port = tmp_path_factory.mktemp("lab"), free_port()
    for name, content in ELSEWHERE.items():
        (place / name).parent.mkdir(parents=True)
        (place / name).write_text(json.dumps(content), encoding="utf-8")
    command = [sys.executable, "-m", "coursekit", "lab", "--no-browser", f"--port={port}"]
    command += ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    others = dict.fromkeys(("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"), str(place))
    others["JUPYTER_DATA_DIR"] = str(place / "data")
    others["JUPYTERLAB_WORKSPACES_DIR"] = str(place / "workspaces")
    with (place / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=root, stderr=log, env=os.environ | others)
    address = f"http://127.0.0.1:{port}"
    try:
        answer(f"{address}/api/status", process, seconds=150)
        yield lambda path: answer(address + path, process), address, place / "log"
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


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
    @pytest.mark.usefixtures("other_jupyterlab")
    def test_it_opens_the_jupyterlab_of_its_own_python(self, root):
        done = subprocess.run(
            [sys.executable, "-m", "coursekit", "lab", "--version"],
            capture_output=True,
            text=True,
            cwd=root,
        )
        assert done.stdout.strip() == version("jupyterlab")

    @pytest.mark.slow
    def test_it_begins_with_the_start_page_in_a_layout_of_its_own(self, lab, root):
        ask, address, log = lab
        assert address + START in log.read_text()
        page = ask(START)
        assert b"jupyter-config-data" in page
        assert b"custom/custom.css" in page
        style = root / "coursekit/widgets/page/custom.css"
        assert ask("/custom/custom.css") == style.read_bytes()
        listed = json.loads(ask("/api/contents/notebooks"))
        assert "00_start_here.ipynb" in {each["name"] for each in listed["content"]}

    @pytest.mark.slow
    @pytest.mark.browser
    def test_the_file_browser_is_closed_until_a_student_opens_it(self, lab, browser):
        page = browser.new_context().new_page()
        page.set_default_timeout(120_000)

        def open_course():
            page.goto(lab[1] + START)
            page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
            page.evaluate("() => window.jupyterapp.restored.then(() => null)")

        files = page.locator("#filebrowser")
        open_course()
        assert not files.is_visible()
        with page.expect_response(
            lambda reply: '"left":{"collapsed":false' in (reply.request.post_data or "")
        ):
            page.locator("[data-id=filebrowser]").click()
            files.wait_for()
        open_course()
        assert files.is_visible()
        page.context.close()

    @pytest.mark.slow
    def test_its_pages_are_trusted_so_that_they_start_without_a_question(self, lab, root):
        for path in (root / "notebooks").glob("*.ipynb"):
            cells = json.loads(lab[0](f"/api/contents/notebooks/{path.name}"))["content"]["cells"]
            code = [cell for cell in cells if cell["cell_type"] == "code"]
            assert all(cell["metadata"]["trusted"] for cell in code), path.name

    @pytest.mark.slow
    def test_news_and_update_checks_are_off_and_what_others_have_set_stays(self, lab):
        def preset(plugin, name):
            read = lab[0](f"/lab/api/settings/@jupyterlab/apputils-extension:{plugin}")
            return json.loads(read)["schema"]["properties"][name]["default"]

        assert preset("notification", "fetchNews") == "false"
        assert preset("notification", "checkForUpdates") is False
        assert preset("themes", "theme") == "JupyterLab Dark"

    @pytest.mark.slow
    def test_its_kernel_is_that_of_its_own_python(self, lab):
        kernels = json.loads(lab[0]("/api/kernelspecs"))["kernelspecs"]
        assert kernels["python3"]["spec"]["argv"][0] != "/elsewhere/python"


class TestVersions:
    @pytest.mark.parametrize(
        "name", ["requirements.lock", "requirements-instructor.lock", "requirements-test.lock"]
    )
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
        notebook = dict(pins(root / "requirements-instructor.lock"))["notebook"]
        wanted = ["-c constraints.txt", "-e .[app]", f"notebook=={notebook}"]
        assert environment["dependencies"][-1]["pip"] == wanted

    def test_each_lock_adds_to_the_one_before(self, root):
        course, instructor, test = (
            pins(root / f"requirements{part}.lock") for part in ("", "-instructor", "-test")
        )
        assert course <= instructor <= test

    def test_no_lock_holds_grammars_of_addresses_that_take_seconds_to_load(self, root):
        names = {name for name, _ in pins(root / "requirements-test.lock")}
        assert not names & {"rfc3987-syntax", "lark"}

    def test_no_lock_holds_a_library_for_graphics_cards(self, root):
        names = {name for name, _ in pins(root / "requirements-test.lock")}
        assert not {name for name in names if name.startswith(("torch", "nvidia", "cuda"))}

    def test_every_dependency_is_a_range_and_is_locked(self, root):
        project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
        locked = {name for name, _ in pins(root / "requirements.lock")}
        for requirement in [*project["dependencies"], *project["optional-dependencies"]["app"]]:
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
