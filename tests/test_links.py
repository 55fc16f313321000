"""The README's links come from addresses that are set once, and are up to date."""

import shutil
import subprocess
import tomllib

import pytest
from typer.testing import CliRunner

from coursekit.authoring import links
from coursekit.authoring.linking import parts
from coursekit.cli import app
from coursekit.errors import CourseError

OURS = "https://github.com/someone/her-copy"


@pytest.fixture
def copy(root, tmp_path, monkeypatch):
    """A checkout to change."""
    for name in ("pyproject.toml", "CITATION.cff", "README.md"):
        shutil.copy(root / name, tmp_path)
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    release = tmp_path / "exercises" / "release" / "05_trust"
    release.mkdir(parents=True)
    shutil.copy(root / "exercises" / "release" / "05_trust" / "05_trust.ipynb", release)
    monkeypatch.setattr("coursekit.cli.checkout", lambda: tmp_path)
    return tmp_path


def git(copy, *words):
    subprocess.run(["git", "-C", str(copy), *words], check=True, capture_output=True)


def link(*words):
    done = CliRunner().invoke(app, ["links", *words])
    assert done.exit_code == 0, done.stderr
    return done.output


def readme(copy):
    return (copy / "README.md").read_text(encoding="utf-8")


def test_the_readme_is_up_to_date(root):
    text = readme(root)
    assert links.rewrite(text, parts(root, links.home_of(root))) == text, "Run `make links`."


def test_the_citation_names_the_same_address(root):
    known = links.home_of(root).repository
    line = f'repository-code: "{known}"'
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert (line if known else f"# {line}") in text.splitlines()


def test_the_map_shows_every_notebook_with_its_question_and_every_set(root):
    rows = links.pages(root)
    assert [row.path.split("/")[1][:2] for row in rows] == [f"{n:02d}" for n in range(11)]
    assert all(row.question.endswith("?") for row in rows)
    assert all(row.minutes and row.claims and row.exercises for row in rows[1:])
    for row in rows:
        assert (root / row.path).is_file()
        assert not row.exercises or (root / row.exercises).is_file()


class TestWhileNoAddressIsKnown:
    def test_there_is_no_badge_and_one_line_says_how_to_get_them(self, copy):
        assert "git knows no address on GitHub" in link()
        text = readme(copy)
        assert "badge_logo" not in text
        assert "mybinder.org" not in text
        assert text.count("`python -m coursekit links https://github.com/you/your-copy`") >= 1

    @pytest.mark.parametrize(
        ("origin", "known"),
        [
            ("https://github.com/someone/her-copy.git", OURS),
            ("git@github.com:someone/her-copy.git", OURS),
            ("ssh://git@github.com/someone/her-copy", OURS),
            ("https://gitlab.com/someone/her-copy", ""),
            ("/srv/git/course", ""),
        ],
    )
    def test_it_is_taken_from_git(self, copy, origin, known):
        git(copy, "init")
        git(copy, "remote", "add", "origin", origin)
        link()
        assert links.home_of(copy).repository == known
        assert ("someone/her-copy/v0.1.0" in readme(copy)) == bool(known)


class TestAnAddress:
    def test_changes_every_link_and_nothing_else(self, copy):
        before = readme(copy)
        said = link(f"{OURS}.git")
        assert f"README.md: links for {OURS}, version v0.1.0\n" in said
        after = readme(copy)
        assert after.count("gh/someone/her-copy/v0.1.0") == 1 + 11 + 1
        assert "HEAD" not in after
        assert links.home_of(copy).repository == OURS
        assert f'repository-code: "{OURS}"' in (copy / "CITATION.cff").read_text("utf-8")
        empty = {"badges": "", "browser": "", "course map": ""}
        assert links.rewrite(before, empty) == links.rewrite(after, empty)

    def test_of_another_copy_takes_its_place(self, copy):
        link(OURS)
        link("https://github.com/other/one")
        assert "her-copy" not in readme(copy)
        urls = tomllib.loads((copy / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
        assert urls == {"Repository": "https://github.com/other/one"}

    def test_of_a_lite_site_is_offered_beside_binder_and_kept(self, copy):
        link(OURS, "--lite", "https://someone.github.io/lite/")
        said = link()
        assert "JupyterLite: https://someone.github.io/lite/lab/index.html?path=" in said
        badges = readme(copy).split("<!-- badges -->")[1].split("<!-- /badges -->")[0]
        assert "mybinder.org" in badges
        assert "someone.github.io/lite/lab" in badges

    def test_says_which_tag_is_still_to_be_made(self, copy):
        git(copy, "init")
        assert "git tag v0.1.0" in link(OURS)
        git(copy, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--allow-empty", "-m", "x")
        git(copy, "tag", "v0.1.0")
        assert "git tag" not in link(OURS)

    def test_of_a_hub_needs_a_copy_without_solutions(self, copy):
        hub = ("--hub", "https://hub.example.org/")
        for words in ((), ("--students", f"{OURS}.git")):
            said = CliRunner().invoke(app, ["links", OURS, *hub, *words])
            assert said.exit_code == 1
            assert "holds the solutions" in said.stderr
        said = link(OURS, *hub, "--students", "https://github.com/someone/students")
        assert (
            "Hub: https://hub.example.org/hub/user-redirect/git-pull?"
            "repo=https%3A%2F%2Fgithub.com%2Fsomeone%2Fstudents&branch=main&targetpath=students&"
            "urlpath=doc%2Ftree%2Fstudents%2Fnotebooks%2F00_start_here.ipynb"
        ) in said

    def test_of_a_hub_needs_no_address_of_the_course_and_leaves_its_files(self, copy):
        before = readme(copy)
        address = "https://git.example.org/pol/students.git"
        said = link("--hub", "https://hub.example.org", "--students", address)
        assert said.startswith("Hub: https://hub.example.org/hub/user-redirect/git-pull?")
        assert len(said.splitlines()) == 1
        assert "students.git&branch=main&targetpath=students&" in said
        assert readme(copy) == before

    @pytest.mark.parametrize(
        "address", ["github.com/a/b", "https://gitlab.com/a/b", "https://github.com/a"]
    )
    def test_is_refused_if_binder_could_not_open_it(self, copy, address):
        before = {path: path.read_bytes() for path in copy.iterdir() if path.is_file()}
        said = CliRunner().invoke(app, ["links", address])
        assert said.exit_code == 1
        assert "https://github.com/owner/course" in said.stderr
        assert {path: path.read_bytes() for path in before} == before

    def test_without_a_line_for_it_nothing_is_written(self, copy):
        citation = (copy / "CITATION.cff").read_text(encoding="utf-8")
        citation = citation.replace("repository-code", "repository")
        (copy / "CITATION.cff").write_text(citation, encoding="utf-8")
        before = (copy / "pyproject.toml").read_bytes()
        with pytest.raises(CourseError, match=r"CITATION\.cff has no line"):
            links.set_home(copy, OURS)
        assert (copy / "pyproject.toml").read_bytes() == before


def test_a_readme_without_marks_is_refused():
    with pytest.raises(CourseError, match="<!-- badges --> before it"):
        links.rewrite("# Title", {"badges": ""})
