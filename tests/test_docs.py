"""The site: complete, without a broken link, with alt texts, and nothing on it that is secret."""

import html
import importlib
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from sections import FOLDED
from site_build import Page, built_site

from coursekit.authoring.classroom.build import public_text
from coursekit.authoring.classroom.leaks import leaks, secrets
from coursekit.authoring.classroom.source import exercise_sets

# The first test builds the site.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ADDRESS = "https://example.org/course"
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="session")
def site(root, tmp_path_factory):
    return built_site(root, tmp_path_factory)


@pytest.fixture(scope="session")
def pages(site):
    return {path.relative_to(site).as_posix(): Page(path) for path in site.rglob("*.html")}


@pytest.fixture(scope="session")
def texts(pages, tmp_path_factory):
    """The pages as plain text: the colouring of code would hide a line from the scan."""
    folder = tmp_path_factory.mktemp("texts")
    for name, page in pages.items():
        copy = folder / f"{name}.txt"
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(page.text, encoding="utf-8")
    return folder


@pytest.fixture
def course_pages(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "docs" / "_ext")
    return importlib.import_module("course_pages")


class TestLinks:
    def test_every_link_inside_the_site_leads_somewhere(self, site, pages):
        broken = []
        for name, page in pages.items():
            for link in page.links:
                address = urlsplit(link)
                if address.scheme in ("http", "https", "mailto"):
                    continue
                goal = (site / name).parent / unquote(address.path) if address.path else site / name
                path = goal.resolve().relative_to(site.resolve()).as_posix()
                place = unquote(address.fragment)
                if not (site / path).is_file() or (
                    place and path in pages and place not in pages[path].places
                ):
                    broken.append(f"{name}: {link}")
        assert not broken

    def test_no_page_loads_anything_from_another_address(self, pages):
        outside = [
            f"{name}: {address}"
            for name, page in pages.items()
            for address in page.loaded
            if urlsplit(address).netloc
        ]
        assert not outside

    def test_no_style_sheet_loads_anything_from_another_address(self, site):
        elsewhere = re.compile(r"(?:url\(|@import\s)\s*['\"]?(?:https?:)?//")
        sheets = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.css")}
        assert not [path for path, text in sheets.items() if elsewhere.search(text)]

    def test_no_file_is_copied_because_a_text_links_to_it(self, site):
        assert not (site / "_downloads").exists()


class TestCourse:
    @pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
    def both(self, request, pages):
        stored = nbformat.read(request.param, as_version=4)
        return stored, pages[f"course/{request.param.stem}.html"]

    def test_shows_every_stored_picture_with_its_alt_text(self, both):
        stored, page = both
        outputs = [output for cell in stored.cells for output in cell.get("outputs", [])]
        alts = [o.metadata["image/png"]["alt"] for o in outputs if "image/png" in o.get("data", {})]
        assert [picture["alt"] for picture in page.pictures] == alts

    def test_folds_the_cells_that_are_folded_in_the_notebook(self, both):
        stored, page = both
        folded = [c for c in stored.cells if c.metadata.get("jupyter", {}).get("source_hidden")]
        # The box that starts the page is left out.
        assert page.folded == len(folded) - 1
        assert "It runs every box once" not in page.text

    def test_folds_what_answers_a_question(self, both):
        stored, page = both
        folded = [c.source for c in stored.cells if c.metadata.get(FOLDED)]
        names = [source.splitlines()[0].lstrip("# ").replace("'", "’") for source in folded]
        assert page.text.count("Open this part") == len(names)
        assert all(name in page.open_text for name in names)
        assert "Predict first." not in page.open_text
        assert "press the button below" not in page.text
        assert page.depth == 0
        last = [c.source for c in stored.cells if c.source.startswith("## ")][-1]
        assert last.splitlines()[0].lstrip("# ") in page.open_text

    def test_says_how_to_run_it(self, both):
        assert "python -m coursekit lab" in both[1].text

    def test_waits_for_no_widget(self, both):
        assert "Loading widget" not in both[1].text
        assert "model_id" not in both[1].text

    def test_is_listed_on_the_home_page_with_its_minutes(self, pages):
        listed = [link for link in pages["index.html"].links if link.startswith("course/")]
        assert {f"course/{path.stem}.html" for path in NOTEBOOKS} <= set(listed)
        text = re.sub(r"\s+", " ", pages["index.html"].text)
        stated = NOTEBOOKS[2].read_text(encoding="utf-8")
        minutes = re.search(r"about (\d+) minutes", stated)[1]
        listed = "02 Who joined when What happened in what order, and what counts as a rate?"
        assert f"{listed} {minutes}" in text


def test_every_released_set_of_exercises_has_a_page(root, pages):
    released = [path.stem for path in root.glob("exercises/release/*/*.ipynb")]
    assert released
    assert {f"exercises/{name}.html" for name in released} <= set(pages)


def test_every_picture_of_the_site_has_an_alt_text(pages):
    pictures = [(name, picture) for name, page in pages.items() for picture in page.pictures]
    assert len(pictures) > 20
    assert not [each for each in pictures if not (each[1].get("alt") or "").strip()]


class TestReference:
    MODULES = (
        "coursekit",
        "coursekit.argument",
        "coursekit.checks",
        "coursekit.authoring.classroom.build",
        "coursekit.authoring.classroom.leaks",
        "coursekit.authoring.classroom.release",
        "coursekit.authoring.classroom.grades",
        "coursekit.authoring.classroom.source",
        "coursekit.data",
        "coursekit.nato.enlargement",
        "coursekit.nato.enlargement.rates",
        "coursekit.doctor",
        "coursekit.errors",
        "coursekit.figures",
        "coursekit.authoring.links",
        "coursekit.models.arms_race",
        "coursekit.models.comparison",
        "coursekit.models.deterrence",
        "coursekit.models.games",
        "coursekit.models.polarisation",
        "coursekit.models.reciprocity",
        "coursekit.models.trust",
        "coursekit.predictions",
        "coursekit.quiz",
        "coursekit.record",
        "coursekit.report",
        "coursekit.authoring.slides",
    )

    @pytest.mark.parametrize("name", MODULES)
    def test_explains_every_public_function_and_class(self, name, pages):
        module, course = importlib.import_module(name), importlib.import_module("coursekit")
        places = set().union(*[page.places for page in pages.values()])
        for public in module.__all__:
            value = getattr(module, public)
            # A name that students type stands on the first page of the reference only.
            at_top = public in course.__all__ and getattr(course, public) is value
            if callable(value):
                assert (f"coursekit.{public}" if at_top else f"{name}.{public}") in places

    def test_writes_the_references_out(self, pages):
        text = pages["api/models.html"].text
        assert "Jervis, Robert (1978). Cooperation Under the Security Dilemma." in text
        assert "jervis1978" not in text

    def test_shows_no_field_of_a_tuple_twice(self, pages):
        assert not [name for name, page in pages.items() if "Alias for field" in page.text]


class TestLeaks:
    @pytest.fixture(params=exercise_sets(), ids=lambda each: each.name)
    def each(self, request):
        return request.param

    def found(self, each, places):
        """What the scan finds; pages for authors may show how a solution is marked."""
        course = re.compile(r"(^|/)(course|exercises)/")
        return {
            leak
            for leak in leaks(each, places, public_text())
            if leak.kind != "mark" or course.search(leak.place)
        }

    def test_there_is_none(self, each, site, texts):
        made = [path for path in site.iterdir() if path.name != "_static"]
        assert not self.found(each, [*made, texts])

    @pytest.mark.parametrize("kind", ["solution line", "hidden check", "rubric"])
    def test_one_that_was_planted_is_found(self, kind, tmp_path):
        each = exercise_sets()[0]
        secret = next(text for text, sort in secrets(each).items() if sort == kind)
        middle = len(secret) // 2
        coloured = f"<b>{html.escape(secret[:middle])}</b>{html.escape(secret[middle:])}"
        (tmp_path / "page.html").write_text(f"<pre>{coloured}</pre>", encoding="utf-8")
        (tmp_path / "page.txt").write_text(Page(tmp_path / "page.html").text, encoding="utf-8")
        assert kind in {leak.kind for leak in self.found(each, [tmp_path])}

    def test_a_mark_on_a_page_of_the_course_is_found(self, tmp_path):
        for name in ("course/x.html", "x.html"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("<pre>### BEGIN SOLUTION</pre>", encoding="utf-8")
        places = [tmp_path / "course", tmp_path / "x.html"]
        found = self.found(exercise_sets()[0], places)
        assert [(leak.place, leak.kind) for leak in found] == [("course/x.html", "mark")]


class TestRepositoryLinks:
    """A small checkout with a site of one page, whose text links to files."""

    @pytest.fixture
    def build(self, root, tmp_path):
        def building(text, repository=ADDRESS):
            docs = tmp_path / "docs"
            docs.mkdir()
            for name in ("exercises/source/05/05.ipynb", "datasets/README.md", "LICENSE"):
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text("# Secret", encoding="utf-8")
            (docs / "conf.py").write_text(
                f"import sys\nsys.path.insert(0, {str(root / 'docs' / '_ext')!r})\n"
                f"extensions = ['myst_parser', 'repository_links']\nrepository = {repository!r}\n"
                "source_suffix = {'.md': 'markdown', '.ipynb': 'markdown'}\n"
                "myst_heading_anchors = 2\n",
                encoding="utf-8",
            )
            (docs / "index.md").write_text(
                f"# Home\n\n{text}\n\n```{{toctree}}\ncodebook\n```\n", encoding="utf-8"
            )
            (docs / "codebook.md").write_text("# Codebook\n\n## members\n", encoding="utf-8")
            command = [sys.executable, "-m", "sphinx", "-W", "-q", docs, tmp_path / "html"]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                return done.stderr
            assert not (tmp_path / "html" / "_downloads").exists()
            return (tmp_path / "html" / "index.html").read_text(encoding="utf-8")

        return building

    def test_a_link_to_a_file_becomes_a_link_to_its_page(self, build):
        page = build("[See](../datasets/README.md#members)")
        assert 'href="codebook.html#members"' in page

    @pytest.mark.parametrize(
        ("link", "address"),
        [
            ("../LICENSE", "blob/HEAD/LICENSE"),
            ("../exercises/source/05/05.ipynb", "blob/HEAD/exercises/source/05/05.ipynb"),
            ("../exercises/source", "tree/HEAD/exercises/source"),
        ],
    )
    def test_a_file_without_a_page_is_linked_in_the_repository(self, build, link, address):
        assert f'href="{ADDRESS}/{address}"' in build(f"[See]({link})")

    def test_without_an_address_the_name_stays_as_text(self, build):
        page = build("[the licence](../LICENSE)", repository="")
        assert "the licence" in page
        assert "LICENSE" not in page

    def test_a_link_to_nothing_fails_the_build(self, build):
        assert "gone.md" in build("[See](../docs/gone.md)")

    def test_a_link_to_a_missing_place_on_a_page_fails_the_build(self, build):
        assert "nobody" in build("[See](codebook.md#nobody)")


class TestHowToRun:
    PATH = Path("notebooks/05_trust.ipynb")

    def test_names_binder_where_the_repository_has_an_address(self, course_pages):
        box = course_pages.how_to_run("https://github.com/someone/course", self.PATH)
        assert (
            "https://mybinder.org/v2/gh/someone/course/v0.1.0"
            "?urlpath=doc%2Ftree%2Fnotebooks%2F05_trust.ipynb" in box
        )

    def test_names_only_the_own_computer_without_one(self, course_pages):
        box = course_pages.how_to_run("", self.PATH)
        assert "Binder" not in box
        assert "make lab" in box

    def test_the_home_page_offers_binder_only_where_there_is_an_address(self, course_pages):
        offer = course_pages.begin("https://github.com/someone/course")
        assert "someone/course/v0.1.0?urlpath=doc%2Ftree%2Fnotebooks%2F00_start_here.ipynb" in offer
        assert course_pages.begin("") == ""
