"""The README's links come from one address, and are up to date."""

import shutil

import pytest
from typer.testing import CliRunner

from coursekit.authoring import links
from coursekit.cli import app
from coursekit.errors import CourseError


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


def parts(root):
    home = links.repository(root)
    return {
        "badges": links.badges(home),
        "course map": links.course_map(links.pages(root), home),
    }


def test_the_readme_is_up_to_date(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    assert links.rewrite(text, parts(root)) == text, "Run `make links`."


def test_the_citation_names_the_same_address(root):
    line = f'repository-code: "{links.repository(root)}"'
    assert line in (root / "CITATION.cff").read_text(encoding="utf-8").splitlines()


def test_the_map_shows_every_notebook_with_its_question_and_every_set(root):
    rows = links.pages(root)
    assert [row.path.split("/")[1][:2] for row in rows] == [f"{n:02d}" for n in range(11)]
    assert all(row.question.endswith("?") for row in rows)
    assert all(row.minutes and row.claims and row.exercises for row in rows[1:])
    for row in rows:
        assert (root / row.path).is_file()
        assert not row.exercises or (root / row.exercises).is_file()


class TestAnotherAddress:
    def test_changes_every_link_and_nothing_else(self, copy):
        before = (copy / "README.md").read_text(encoding="utf-8")
        said = CliRunner().invoke(app, ["links", "https://github.com/someone/her-copy.git"])
        assert said.output == "README.md: links for https://github.com/someone/her-copy\n"
        after = (copy / "README.md").read_text(encoding="utf-8")
        assert "OWNER" not in after
        assert after.count("gh/someone/her-copy/HEAD") == 1 + 11 + 1
        assert links.repository(copy) == "https://github.com/someone/her-copy"
        assert "someone/her-copy" in (copy / "CITATION.cff").read_text(encoding="utf-8")
        outside = [
            links.rewrite(text, {"badges": "", "course map": ""}) for text in (before, after)
        ]
        assert outside[0] == outside[1]

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
            links.set_address(copy, "https://github.com/someone/her-copy")
        assert (copy / "pyproject.toml").read_bytes() == before


def test_a_readme_without_marks_is_refused():
    with pytest.raises(CourseError, match="<!-- badges --> before it"):
        links.rewrite("# Title", {"badges": ""})
