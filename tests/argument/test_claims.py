import dataclasses
import xml.etree.ElementTree as ElementTree

import pytest

from coursekit.argument import claim, claims
from coursekit.argument.claim_card import short_reference
from coursekit.data import load
from coursekit.errors import CourseError

IDS = load("claims")["claim"].tolist()
EVIL = "<script>alert(\"x\")</script> & 'y'"


def html(card):
    return card._repr_mimebundle_()["text/html"]


def page(card):
    return ElementTree.fromstring(html(card))


def words(element):
    return " ".join("".join(element.itertext()).split())


class TestTheLedger:
    def test_is_the_table(self):
        assert claims().equals(load("claims"))

    def test_is_a_copy_of_one_s_own(self):
        table = claims()
        table.loc[0, "text"] = "changed"
        assert claims().loc[0, "text"] != "changed"


class TestFinding:
    @pytest.mark.parametrize("asked", ["C30", "c30", " C30 "])
    def test_a_claim_is_found_in_either_case(self, asked):
        assert claim(asked).claim == claim(asked).id == "C30"

    def test_its_fields_are_those_of_the_table(self):
        names = [field.name for field in dataclasses.fields(claim("C05"))]
        assert names == list(load("claims").columns)
        assert claim("C05").paragraph == (1, 5)
        assert claim("C30").readings[0] == "powell2006"

    @pytest.mark.parametrize(
        ("asked", "near"), [("C3", "C03"), (30, "C30"), ("C 30", "C30"), ("C311", "C31")]
    )
    def test_an_unknown_one_is_refused_with_a_near_one(self, asked, near):
        with pytest.raises(CourseError, match=rf"no claim {asked!r}\. Did you mean '{near}'\?"):
            claim(asked)

    @pytest.mark.parametrize("asked", ["", None, "C99", "H3"])
    def test_what_is_no_claim_is_refused_with_all_there_are(self, asked):
        with pytest.raises(CourseError, match=r"no claim .*You can use: C01, .*, C45\."):
            claim(asked)


class TestNeighbours:
    def test_are_read_from_the_links_between_claims(self):
        links = load("claim_links").query("level == 'claim'")
        for id in IDS:
            card = claim(id)
            for relation, there, back in (
                ("supports", card.supports, card.supported_by),
                ("attacks", card.attacks, card.attacked_by),
            ):
                rows = links[links["relation"] == relation]
                assert there == tuple(sorted(rows.loc[rows["source"] == id, "target"]))
                assert back == tuple(sorted(rows.loc[rows["target"] == id, "source"]))


class TestTheCard:
    @pytest.mark.parametrize("id", IDS)
    def test_says_everything_in_both_forms(self, id):
        card = claim(id)
        spoken = " ".join(str(card).split())
        seen = words(page(card))
        for form in (spoken, seen):
            assert form.startswith(f"Claim {id}, paragraph")
            for text in (
                card.text,
                card.evidence_for,
                card.evidence_against,
                card.status.capitalize(),
                card.status_note,
                card.bears,
                card.note,
                f"Kind: {card.kind}",
                f"Role in the argument: {card.role}",
                *(short_reference(work) for work in card.sources),
            ):
                assert text in form

    @pytest.mark.parametrize("id", IDS)
    def test_gives_both_sides_the_same_room(self, id):
        table = page(claim(id)).find(".//table")
        heads, cells = table.findall(".//th"), table.findall(".//td")
        assert [words(cell) for cell in heads] == ["What speaks for it", "What speaks against it"]
        assert [words(c) for c in cells] == [claim(id).evidence_for, claim(id).evidence_against]
        assert heads[0].attrib == heads[1].attrib
        assert cells[0].attrib == cells[1].attrib
        assert all(len(cell) == 0 for cell in cells)
        assert "table-layout:fixed" in table.get("style")

    def test_stays_readable_when_a_page_drops_the_styles(self):
        for element in page(claim("C30")).iter():
            element.attrib.pop("style", None)
            assert element.tag in {
                *("div", "p", "span", "strong", "em", "a"),
                *("table", "thead", "tbody", "tr", "th", "td"),
            }

    def test_sets_no_colour_of_text_or_ground(self):
        styles = " ".join(e.get("style", "") for e in page(claim("C30")).iter())
        rules = [rule.strip() for rule in styles.split(";")]
        coloured = {rule for rule in rules if rule.startswith(("color", "background"))}
        assert coloured == {"color:inherit", "background:transparent"}

    def test_leaves_out_an_empty_note(self):
        card = dataclasses.replace(claim("C30"), note="", status_note="")
        assert "Notice" not in html(card)
        assert "Notice" not in str(card)
        assert "Contested.</p>" in html(card)

    @pytest.mark.parametrize(
        "field",
        [
            *("claim", "text", "kind", "role", "bears", "evidence_for", "evidence_against"),
            *("status", "status_note", "note"),
        ],
    )
    def test_escapes_every_field(self, field):
        card = dataclasses.replace(claim("C30"), **{field: EVIL})
        assert "<script" not in html(card).lower()
        assert words(page(card)).lower().count("<script>") >= 1

    def test_escapes_what_it_takes_from_the_readings(self):
        card = claim("C30")
        work = {
            "authors": EVIL,
            "year": "2000",
            "title": EVIL,
            "doi": "",
            "url": f"https://a/{EVIL}",
        }
        vars(card)["sources"] = (work, work)
        assert "<script" not in html(card)
        assert page(card).find(".//a").get("href") == work["url"]

    def test_links_to_pages_only(self):
        card = claim("C30")
        work = {
            "authors": "A, B.",
            "year": "",
            "title": "T",
            "doi": "",
            "url": "javascript:alert(1)",
        }
        vars(card)["sources"] = (work,)
        assert page(card).find(".//a") is None
        assert "A, no date" in html(card)

    def test_prefers_the_lasting_address(self):
        addresses = [a.get("href") for a in page(claim("C12")).iter("a")]
        dois = [work["doi"] for work in claim("C12").sources if work["doi"]]
        assert dois
        assert all(f"https://doi.org/{doi}" in addresses for doi in dois)

    def test_two_sources_with_one_name_are_told_apart(self):
        names = [words(a) for a in page(claim("C17")).iter("a")]
        assert len(names) == len(set(names)) == 3
        assert sum("Resolution ES-11/" in name for name in names) == 2

    def test_is_short_in_a_list(self):
        assert repr(claim("C17")) == f"<Claim C17: {claim('C17').text}>"

    def test_lines_of_text_fit_a_terminal(self):
        assert max(len(line) for id in IDS for line in str(claim(id)).splitlines()) <= 88


class TestShortReferences:
    @pytest.mark.parametrize(
        ("authors", "year", "short"),
        [
            ("Kydd, Andrew H.", "2005", "Kydd 2005"),
            ("Axelrod, Robert; Hamilton, W. D.", "1981", "Axelrod and Hamilton 1981"),
            ("A, B.; C, D.; E, F.", "2000", "A et al. 2000"),
            ("Kiel Institute (Trebesch, C.; Irto, G.)", "2025", "Kiel Institute 2025"),
            ("NATO", "", "NATO, no date"),
        ],
    )
    def test_name_authors_and_year(self, authors, year, short):
        assert short_reference({"authors": authors, "year": year}) == short
