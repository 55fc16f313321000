"""Where the rows come from: quotations, and marks that rest on memory."""

from coursekit.data import load


def test_every_statement_is_quoted_and_says_where_the_wording_was_seen():
    for row in load("statements").itertuples():
        assert row.quotation and row.verified == "yes", row.statement
        assert row.document and row.address.startswith("http"), row.statement


def test_a_wording_that_was_seen_in_a_quotation_alone_names_who_quotes_it():
    for row in load("statements").query("seen == 'quoted'").itertuples():
        assert "quote" in row.note or "prints" in row.note, row.statement


def test_no_note_rests_a_solid_mark_on_memory():
    events = load("events")
    solid = events[events["verified"] == "yes"]
    assert not solid["note"].str.contains("from memory").any()
