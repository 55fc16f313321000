"""The course installed as a package, by somebody who has nothing else of it."""

import json
import subprocess

import pytest
from installing import install, megabytes, outside, python_of, run
from serving import answer, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PAGE = "notebooks/02_who_joined_when.ipynb"
ANSWERED = """
import coursekit as ck
card = ck.quiz("00")
one = next(item for item in card.items if item["key"].endswith("-q1"))
from coursekit.quiz import question
asked = question(one["key"])
right = next(option.key for option in asked.options if option.right)
card.act({"item": one["key"], "action": "submit", "values": {"answer": right, "confidence": "80"}})
print([(s["object"]["id"], s["result"]["success"]) for s in ck.record().statements("answered")])
"""


@pytest.fixture(scope="module")
def place(wheel, tmp_path_factory):
    """A folder with an environment that holds the wheel and what opens it."""
    place = tmp_path_factory.mktemp("bare")
    install(place / "env", python_of("3.11"), f"coursekit[app] @ file://{wheel}")
    return place


@pytest.fixture(scope="module")
def ask(place):
    python = place / "env" / "bin" / "python"
    env = {**outside(), "COURSEKIT_RECORD": str(place / "record")}

    def ask(*command, cwd=place, program=(python, "-m", "coursekit")):
        return subprocess.run(
            [*program, *command], cwd=cwd, env=env, capture_output=True, text=True, timeout=300
        )

    return ask


@pytest.fixture(scope="module")
def copy(place, ask):
    done = ask("get")
    assert done.returncode == 0, done.stderr
    return place / "course"


class TestBeforeThereIsACopy:
    @pytest.mark.parametrize("command", ["lab", "notebooks", "slides"])
    def test_what_needs_one_says_how_to_get_it(self, ask, command, tmp_path):
        done = ask(command, cwd=tmp_path)
        assert done.returncode == 1
        assert "Write one with `coursekit get`" in done.stderr
        assert "Traceback" not in done.stderr

    def test_the_doctor_says_so_and_finds_no_problem(self, ask, tmp_path):
        done = ask("doctor", cwd=tmp_path)
        assert done.returncode == 0, done.stdout
        assert "`coursekit get`" in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        *(("links",), ("exercises", "list"), ("exercises", "verify"), ("exercises", "build")),
        *(("students-copy", "there"),),
    ],
)
def test_what_needs_the_sources_says_so(ask, command):
    done = ask(*command)
    assert done.returncode == 1
    assert "clone of the course's repository" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_nothing_in_a_copy(ask, copy):
    done = ask("doctor", cwd=copy)
    assert done.returncode == 0, done.stdout
    assert "problem" not in done.stdout


def test_the_lab_opens_the_copy(place, copy):
    port = free_port()
    command = [place / "env/bin/python", "-m", "coursekit", "lab", "--no-browser"]
    process = subprocess.Popen(
        [*command, f"--port={port}", "--IdentityProvider.token="],
        cwd=place,
        env=outside(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        answer(f"{address}/doc/tree/notebooks/00_start_here.ipynb", process)
        listed = json.loads(answer(f"{address}/api/contents/", process))["content"]
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert {each["name"] for each in listed} == {"docs", "exercises", "notebooks"}


def test_an_update_with_a_collision_loses_neither_cells_nor_answers(place, ask, copy):
    python = place / "env" / "bin" / "python"
    done = ask("-c", ANSWERED, cwd=copy / "notebooks", program=(python,))
    assert "True" in done.stdout, done.stderr
    # She changes two cells and adds one; the course's next version changes two.
    hers = json.loads((copy / PAGE).read_text("utf-8"))
    code = [cell for cell in hers["cells"] if cell["cell_type"] == "code"]
    code[0]["source"], code[1]["source"] = "mine = 1", "mine = 2"
    hers["cells"].append({**code[0], "id": "hers", "source": "mine = 3"})
    (copy / PAGE).write_text(json.dumps(hers), encoding="utf-8")
    shipped = next((place / "env").glob(f"lib/*/site-packages/coursekit/_content/{PAGE}"))
    newer = json.loads(shipped.read_text("utf-8"))
    code = [cell for cell in newer["cells"] if cell["cell_type"] == "code"]
    code[1]["source"], code[2]["source"] = "new = 2", "new = 3"
    # It is a link to the file in the installer's cache.
    shipped.unlink()
    shipped.write_text(json.dumps(newer), encoding="utf-8")
    done = ask("get")
    assert f"{PAGE}: Boxes that you and the course have both changed: 1." in done.stdout
    cells = [c for c in json.loads((copy / PAGE).read_text("utf-8"))["cells"]]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert sources[:2] == ["mine = 1", "mine = 2"]
    assert sources[2].endswith("new = 2")
    assert sources[3] == "new = 3"
    assert sources[-1] == "mine = 3"
    done = ask(
        "-c", "import coursekit as ck; print(len(ck.record().statements()))", program=(python,)
    )
    assert done.stdout.strip() != "0"


def test_without_a_server_it_says_what_to_install(wheel, tmp_path):
    python = install(tmp_path / "env", python_of("3.11"), str(wheel))
    needs = "import jupyter_server, tornado, zmq"
    assert subprocess.run([python, "-c", needs], capture_output=True).returncode == 1
    run([python, "-m", "coursekit", "get"], tmp_path, env=outside())
    for command in ("lab", "notebooks", "slides"):
        done = subprocess.run(
            [python, "-m", "coursekit", command],
            cwd=tmp_path,
            env=outside(),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert 'pip install "coursekit[app]"' in done.stderr
    drawn = "import coursekit as ck; ck.enlargement_explorer(); print(ck.europe().alt)"
    assert "NATO members" in run([python, "-c", drawn], tmp_path, env=outside()).stdout
    assert megabytes(tmp_path / "env") < 450
