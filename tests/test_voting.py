"""Positions by votes in the General Assembly: a distance that is measured."""

import datetime as dt

import pytest

from coursekit.data import load
from coursekit.nato.enlargement import Scenario
from coursekit.nato.enlargement.scenario import exists
from coursekit.nato.figures.voting import GROUPS, group_of, voting_figure, voting_means


def test_every_position_lies_within_its_interval_and_belongs_to_a_state_of_its_time():
    table = load("voting_positions")
    assert ((table["low"] <= table["position"]) & (table["position"] <= table["high"])).all()
    for row in table.itertuples():
        last = row.iso3 == "SUN" and row.year == 1991
        assert last or exists(row.iso3, dt.date(row.year, 12, 31)), row


def test_the_licence_stands_beside_the_table(root):
    text = (root / "datasets" / "voting_positions.LICENSE").read_text(encoding="utf-8")
    assert "Permission is hereby granted, free of charge" in text


def test_groups_are_those_of_the_scenario():
    for iso3 in ("POL", "GEO", "BLR", "SWE", "RUS"):
        for year in (1998, 2003, 2019):
            status = Scenario(year).status(iso3)
            wanted = {"member": GROUPS[0], "csto": GROUPS[1]}.get(status, GROUPS[2])
            assert group_of(iso3, year) == wanted


def test_means_are_worked_out_from_the_table():
    table = load("voting_positions").query("year == 2008")
    members = table[table["iso3"].isin(Scenario(2008).members())]
    assert voting_means().loc[2008, "members"] == pytest.approx(members["position"].mean())


def test_the_two_sides_parted_after_1993_and_before_the_first_accession():
    means = voting_means()
    apart = means["members of 1998"] - means["Moscow"]
    assert apart[1993] < 0.3 < 0.8 < apart[1998] < apart[1985]


def test_the_figure_has_words_a_table_and_a_line_for_each_group():
    figure = voting_figure()
    assert "2.99 apart in 1985" in figure.alt
    assert len(figure.table) == 35
    for gid in ("votes-members", "votes-neither", "votes-Moscow"):
        assert f'id="{gid}"' in figure.svg()
