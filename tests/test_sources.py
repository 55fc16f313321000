"""Where the rows come from: quotations, and marks that rest on memory."""

from coursekit.data import load


def test_a_verified_quotation_names_where_it_was_seen():
    table = load("statements")
    for row in table[table["quotation"] != ""].itertuples():
        assert row.verified in ("yes", "partly"), row.statement
        assert row.address or row.note, row.statement


def test_no_note_rests_a_solid_mark_on_memory():
    events = load("events")
    solid = events[events["verified"] == "yes"]
    assert not solid["note"].str.contains("from memory").any()
