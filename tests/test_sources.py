"""Where the rows come from: quotations, and marks that rest on memory."""

import json

from coursekit.data import load


def test_every_statement_is_quoted_and_says_where_the_wording_was_seen():
    for row in load("statements").itertuples():
        assert row.quotation and row.verified == "yes", row.statement
        assert row.document and row.address.startswith("http"), row.statement


def test_every_wording_was_read_in_the_text_itself_or_in_a_copy_of_it(root):
    # Whoever quotes a sentence has chosen it, and may have translated it: no row rests on that.
    assert set(load("statements")["seen"]) == {"document", "copy"}
    about = json.loads((root / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    (table,) = (one for one in about["resources"] if one["name"] == "statements")
    (seen,) = (field for field in table["schema"]["fields"] if field["name"] == "seen")
    assert seen["constraints"]["enum"] == ["document", "copy"]


def test_no_note_rests_a_solid_mark_on_memory():
    events = load("events")
    solid = events[events["verified"] == "yes"]
    assert not solid["note"].str.contains("from memory").any()
