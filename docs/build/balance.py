"""Count how fair the course is: attacks, voices, tables and words, side by side.

Run it with ``make balance``; the tests compare the counts.
"""

import re
from pathlib import Path

import nbformat
import pandas as pd

from coursekit.argument import Argument
from coursekit.data import load, names

ROOT = Path(__file__).resolve().parents[2]
# Whose step it is, by the first letter: friends of the essay's thesis, or its critics.
SIDES = {"essay": "ABCHKMQ", "critics": "NGRLe"}
# Whose case a reading helps; the other stances stand on neither side.
STANCES = {
    "essay": {
        "critical of enlargement",
        "1990 assurances: informal offer",
        "doubts effect on democracy",
        "doubts that alliances deter",
        "official position: Russia",
    },
    "critics": {
        "defends enlargement",
        "1990 assurances: no pledge",
        "finds an effect on democracy",
        "finds that defence pacts deter",
        "points to other causes",
        "Central and Eastern European view",
        "official position: NATO",
        "official position: Ukraine",
        "official position: United States",
    },
}


def attacks() -> dict:
    """Count the attacks on each side of the argument map."""
    essay = Argument.essay()
    hit = [link.target[0] for link in essay.links if link.relation == "attacks"]
    return {side: sum(letter in letters for letter in hit) for side, letters in SIDES.items()}


def voices() -> pd.DataFrame:
    """Count the readings of each claim by side, scholars and officials apart."""
    stance = load("readings").set_index("reading")["stance"]
    rows = {}
    for claim, listed in load("claims").set_index("claim")["readings"].items():
        said = [stance[reading] for reading in listed.split(";") if reading]
        row = {"all": len(said)}
        for side, known in STANCES.items():
            ours = [one for one in said if one in known]
            row[f"officials, {side}"] = sum(one.startswith("official") for one in ours)
            row[f"scholars, {side}"] = len(ours) - row[f"officials, {side}"]
        rows[claim] = row
    return pd.DataFrame.from_dict(rows, orient="index")


def notebooks_per_table() -> dict:
    """List for each table the notebooks that name it, whatever their widgets load besides."""
    texts = {
        path.stem[:2]: "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    }
    return {
        name: [page for page, text in texts.items() if re.search(rf"[`\"]{name}[`\"]", text)]
        for name in names()
    }


def words() -> pd.DataFrame:
    """Count the words per side: tables under *Both sides*, cases at their strongest, findings."""
    rows = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if not re.search(r"^#+ Both sides,? ?", cell.source, re.MULTILINE):
                continue
            lines = re.findall(r"^\|(.*)\|$", cell.source, re.MULTILINE)[2:]
            if lines:
                columns = zip(*(line.split("|") for line in lines), strict=True)
                rows[f"{path.stem[:2]}, table"] = [len(" ".join(c).split()) for c in columns]
            cases = re.findall(r"^\*\*.*?strongest.*?\*\* ?(.*)$", cell.source, re.MULTILINE)
            if cases:
                rows[f"{path.stem[:2]}, strongest"] = [len(case.split()) for case in cases]
    found = load("findings")
    for row in found.itertuples():
        rows[row.finding] = [len(row.supports.split()), len(row.against.split())]
    counts = pd.DataFrame.from_dict(rows, orient="index", columns=["essay", "critics"])
    return counts.assign(ratio=(counts.max(axis=1) / counts.min(axis=1)).round(2))


if __name__ == "__main__":
    print("Attacks on each side of the map:", attacks())
    print("\nReadings of each claim:\n", voices().to_string())
    print("\nWords in the tables of both sides:\n", words().to_string())
    print("\nNotebooks that name a table:")
    for name, pages in notebooks_per_table().items():
        print(f"  {name}: {', '.join(pages) or 'none'}")
