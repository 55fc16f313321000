"""What became of states outside when a neighbour joined."""

import pytest

from coursekit.data import load
from coursekit.errors import CourseError
from coursekit.nato.enlargement import lookups
from coursekit.nato.outsiders import beside, force_beside, spending_beside


def test_outsiders_are_split_by_whether_a_new_member_is_beside_them():
    new = set(load("members").set_index("iso3").query("round == 2004").index)
    near, others = beside(2004)
    for state in near:
        assert new & set(lookups.neighbours()[state])
    for state in others:
        assert not new & set(lookups.neighbours().get(state, ()))
    assert not {"RUS", *new} & {*near, *others}


def test_a_year_without_a_round_is_refused():
    with pytest.raises(CourseError, match="2004"):
        beside(2005)


class TestSpending:
    def test_nobody_counts_who_joins_within_the_window(self):
        joined = load("members").set_index("iso3")["accession"].dt.year
        found = spending_beside(2004, 5)
        assert all(joined.get(i, 9999) > 2009 for i in (*found["beside"], *found["others"]))

    def test_the_estimate_is_worked_out_from_the_table(self):
        burden = load("military_burden").set_index(["iso3", "year"])["share_of_gdp"]
        found = spending_beside(2004, 3)
        changes = []
        for group in ("beside", "others"):
            means = [
                sum(burden[i, y] for i in found[group] for y in years) / len(found[group]) / 3
                for years in (range(2001, 2004), range(2005, 2008))
            ]
            changes.append(means[1] - means[0])
        assert found["estimate"] == pytest.approx(changes[0] - changes[1])

    def test_the_sign_rests_on_states_that_had_wars_of_their_own(self):
        caucasus = ("ARM", "AZE", "GEO")
        assert spending_beside(2004)["estimate"] == pytest.approx(-0.76, abs=0.005)
        assert spending_beside(2004, without=caucasus)["estimate"] == pytest.approx(0.01, abs=0.005)


class TestForce:
    def test_each_case_counts_once_in_the_group_that_its_state_was_in(self):
        table = force_beside()
        cases = table.loc["a new member beside it", "cases"].split(", ")
        assert cases == ["UKR 2014", "UKR 2014", "UKR 2022"]
        assert "GEO 2008" in table.loc["no new member beside it", "cases"]
        assert "SRB 1999" in table.loc["no new member beside it", "cases"]

    def test_no_member_and_not_russia_is_counted(self):
        cases = ", ".join(force_beside()["cases"])
        assert "TUR" not in cases
        assert "RUS" not in cases

    def test_rates_are_cases_by_state_years(self):
        for row in force_beside(2000).itertuples():
            assert row.in_100 == round(100 * row.begun / row.state_years, 1)

    def test_years_out_of_range_are_refused(self):
        with pytest.raises(CourseError, match="1992"):
            force_beside(1949)
