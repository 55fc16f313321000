"""What an administrator copies is well formed, and says what the guide says."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from coursekit.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*(ROOT / "deploy").glob("*.md"), ROOT / "docs/instructors/hub.md"]
ADDRESS = "https://github.com/you/students"


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((ROOT / "deploy/z2jh/values.yaml").read_text(encoding="utf-8"))


def boxes(page, kind):
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_values_are_those_of_the_guide(values):
    single, hub = values["singleuser"], values["hub"]
    assert single["memory"] == {"guarantee": "384M", "limit": "1G"}
    assert (single["startTimeout"], hub["config"]["KubeSpawner"]["http_timeout"]) == (300, 120)
    assert hub["concurrentSpawnLimit"] == 20
    assert single["defaultUrl"] == "/lab"
    guide = (ROOT / "docs/instructors/hub.md").read_text(encoding="utf-8")
    for told in ("384M, 1G", "300 s, 120 s", "| 20 |", "`/lab`", "60 and 30 minutes"):
        assert told in guide
    assert values["cull"]["timeout"] == 3600
    kernels = single["extraFiles"]["kernels"]["data"]["MappingKernelManager"]
    assert kernels["cull_idle_timeout"] == 1800


def test_the_image_is_one_version_that_every_node_has(values):
    image = values["singleuser"]["image"]
    assert re.fullmatch(r"v\d+\.\d+\.\d+", image["tag"])
    assert values["prePuller"]["hook"]["enabled"]
    assert values["prePuller"]["continuous"]["enabled"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_to_be_copied_is_well_formed(page):
    for text in boxes(page, "sh"):
        subprocess.run(["bash", "-n"], input=text, text=True, check=True)
    for text in boxes(page, "yaml"):
        yaml.safe_load(text)
    for text in boxes(page, "python"):
        compile(text, page.name, "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_the_course_are_there_with_their_options(page):
    from typer.main import get_command

    known = get_command(app).commands
    used = re.findall(r"-m coursekit ([\w-]+)(.*)", "\n".join(boxes(page, "sh")))
    for name, rest in used:
        options = {option for each in known[name].params for option in each.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= options, name
    if page.name in ("hub.md", "tljh.md"):
        assert used


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_into_a_page_leads_to_one_of_its_headings(page):
    for path, place in re.findall(r"\]\(([^):#]*)#([\w-]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / path if path else page).read_text(encoding="utf-8")
        heads = re.findall(r"(?m)^#+ (?:\d+\. )?(.+)$", text)
        assert place in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


def test_whoever_has_never_logged_in_is_made_known_before_her_server_starts():
    (loop,) = [text for text in boxes(PAGES[-1], "sh") if "while read" in text]
    made, started = loop.index('users/$name"'), loop.index("users/$name/server")
    assert made < started


@pytest.mark.slow
class TestImage:
    @pytest.fixture
    def build(self, tmp_path):
        """Run the script with a repo2docker that builds nothing."""
        program = tmp_path / "repo2docker"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m repo2docker "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IEXEC)

        def build(*words):
            return subprocess.run(
                [ROOT / "deploy/image/build.sh", *words],
                env={**os.environ, "REPO2DOCKER": str(program)},
                capture_output=True,
                text=True,
                timeout=300,
            )

        return build

    def test_has_the_course_outside_the_home_folder_for_reading_only(self, build, tmp_path):
        course = tmp_path / "students"
        course.mkdir()
        for name in ("environment.yml", "constraints.txt", "pyproject.toml", "postBuild"):
            shutil.copy(ROOT / name, course)
        done = build("registry/coursekit", str(course), "v0.1.0", "--no-build", "--debug")
        recipe = done.stdout + done.stderr
        assert done.returncode == 0, recipe[-2000:]
        # The folder is given to Docker beside the recipe.
        script = (ROOT / "deploy/image/build.sh").read_text(encoding="utf-8")
        assert "--target-repo-dir /srv/course" in script
        assert "src/ ${REPO_DIR}/" in recipe
        assert "chmod -R a+rX,go-w ${REPO_DIR}" in recipe
        assert "nbgitpuller" in recipe
        assert recipe.index("RUN ./postBuild") < recipe.index("chmod -R a+rX")

    def test_says_how_it_is_called(self, build):
        done = build()
        assert done.returncode == 1
        assert "never the instructor's" in done.stdout
