"""What the course found and what was proposed: both sides, in like space, on sources that exist."""

import re

import pytest

from coursekit.data import load
from coursekit.models.reciprocity import cooperation_rate, payoffs
from coursekit.nato.enlargement import Scenario
from coursekit.nato.figures.polarisation import bloc_sizes, indices

FINDINGS, PROPOSALS = load("findings"), load("proposals")


def words(texts):
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("finding", FINDINGS["finding"])
def test_each_row_gives_both_sides_like_space(finding):
    row = FINDINGS.set_index("finding").loc[finding]
    shorter, longer = sorted((words([row["supports"]]), words([row["against"]])))
    assert longer <= 1.2 * shorter


def test_claims_exist_and_every_notebook_has_a_row():
    claims = set(load("claims")["claim"])
    assert set(";".join(FINDINGS["claims"]).split(";")) <= claims
    met = set(";".join(FINDINGS["notebooks"]).split(";"))
    assert met == {f"{number:02}" for number in range(1, 11)}


def test_every_proposal_rests_on_something_in_the_tables():
    known = {*load("events")["event"], *load("readings")["reading"]}
    for source in PROPOSALS["rests_on"]:
        assert set(source.split(";")) <= known, source
        assert re.search(r"E\d+", source)


def test_proposals_stand_in_order_of_time_and_come_from_more_than_one_side():
    assert list(PROPOSALS["date"]) == sorted(PROPOSALS["date"])
    tabled = " ".join(PROPOSALS["by"])
    for side in ("Russia", "NATO", "Ukraine"):
        assert side in tabled
    assert "Support without a commitment to defend" in set(PROPOSALS["proposal"])


def test_the_row_on_blocs_says_what_the_indices_do():
    then, start, now = (indices(*bloc_sizes(Scenario(year))) for year in (1985, 1998, 2025))
    assert all(b > a for a, b in zip(start, now, strict=True))
    assert all(b < a for a, b in zip(then, now, strict=True))


def test_the_row_on_other_tools_counts_as_the_treaties_do():
    row = FINDINGS.set_index("finding").loc["W13"]
    treaties = load("treaties")
    left = treaties[treaties["event"].isin(["left", "suspended"]) & (treaties["kind"] != "forum")]
    number = left.drop_duplicates(["by", "treaty"])["by"].value_counts()
    assert number["United States"] == 4
    assert "left or suspended four treaties" in row["supports"]
    assert number["Russia"] == 5
    assert "left or suspended five treaties" in row["against"]


def test_the_row_on_restraint_says_what_the_model_does():
    row = FINDINGS.set_index("finding").loc["W15"]
    kept = cooperation_rate("Generous Tit for Tat", "Generous Tit for Tat", 0.01)
    assert f"{100 * kept:.0f} per cent" in row["supports"]
    for rule in ("Generous Tit for Tat", "Tit for Tat"):
        assert f"{payoffs(rule, 'Always Defect', 0.01)[0]:.2f}" in row["against"]


def test_the_row_on_natos_account_gives_the_vote():
    row = FINDINGS.set_index("finding").loc["W14"]
    assert "141 states" in load("claims").set_index("claim").loc["C37", "evidence_for"]
    assert "141 states" in row["against"]
