"""A text is read by somebody wherever it stands; one that was not written is named."""

import pytest
from grading.fabricate import SET, honest, name_of
from nbformat import read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from coursekit.authoring.grading.cleaning import clean

TEXT = "what_the_record_shows"
OWN = "The record shows a date, a speaker and a place, and it does not show a motive. " * 4
BELOW = {"text": new_markdown_cell, "code": new_code_cell, "raw": new_raw_cell}


def cleaned(notebook):
    return clean(notebook, read(SET.notebook, as_version=4))


def text_of(found):
    (cell,) = [cell for cell in found.notebook.cells if name_of(cell) == TEXT]
    assert cell.cell_type == "markdown"
    return cell.source


def at(notebook):
    (place,) = [n for n, cell in enumerate(notebook.cells) if name_of(cell) == TEXT]
    return place


@pytest.fixture
def notebook():
    return honest("02", start="empty")


class TestAnAnswerInAnotherBox:
    @pytest.mark.parametrize("kind", BELOW)
    def test_is_brought_to_whoever_marks(self, notebook, kind):
        notebook.cells.insert(at(notebook) + 1, BELOW[kind](OWN))
        found = cleaned(notebook)
        assert OWN.strip() in text_of(found)
        assert f"{TEXT}: its box is empty" in " ".join(found.notes)
        assert not any(TEXT in reason for reason in found.reasons)

    def test_in_the_box_of_the_question(self, notebook):
        notebook.cells[at(notebook) - 1].source += OWN
        assert OWN.strip() in text_of(cleaned(notebook))

    def test_where_its_own_box_was_deleted(self, notebook):
        notebook.cells[at(notebook)] = new_markdown_cell(OWN)
        assert OWN.strip() in text_of(cleaned(notebook))

    def test_changes_nothing_where_all_texts_stand_in_their_places(self):
        notebook = honest("02", text="My answer.")
        notebook.cells.append(new_markdown_cell(OWN))
        found = cleaned(notebook)
        assert text_of(found) == "My answer."
        assert (found.notes, found.reasons) == ([], [])

    def test_an_empty_copy_below_it_does_not_count(self):
        notebook = honest("02", text="My answer.")
        blank = next(cell for cell in honest("02", start="empty").cells if name_of(cell) == TEXT)
        notebook.cells.append(blank)
        assert text_of(cleaned(notebook)) == "My answer."


class TestNoAnswer:
    @pytest.mark.parametrize("source", [None, "", "  \n"])
    def test_is_named(self, notebook, source):
        cell = notebook.cells[at(notebook)]
        cell.source = cell.source if source is None else source
        notebook.cells.append(new_code_cell("mean.loc[1999:2024]"))
        found = cleaned(notebook)
        assert f"{TEXT}: nothing was written." in found.reasons
        assert OWN not in text_of(found)

    def test_a_deleted_box_comes_back_as_it_was(self, notebook):
        released = notebook.cells.pop(at(notebook)).source
        found = cleaned(notebook)
        assert text_of(found) == released
        assert f"{TEXT}: its cell was deleted." in found.notes
        assert f"{TEXT}: nothing was written." in found.reasons


def test_a_written_set_has_no_reason():
    assert cleaned(honest("02")).reasons == []
