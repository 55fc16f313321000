"""The files of a report on a class: two pages, a CSV file for each table, and all as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from coursekit.classbook import for_instructor, to_show
from coursekit.classbook.results import Results
from coursekit.errors import CourseError
from coursekit.escaping import csv_cell
from coursekit.record.lines import as_json, replace
from coursekit.sentences import Sentences

SAY = Sentences(__file__)
FORMAT = "coursekit class"


def tables(found: Results) -> dict[str, pd.DataFrame]:
    """Give the tidy tables of a report by name, one fact a row."""
    # Some are called in the files as their readers call them.
    renamed = {"verdicts": "predicted", "outcomes": "checked", "marks": "points"}
    named = {
        renamed.get(name, name): table
        for name, table in found._asdict().items()
        if isinstance(table, pd.DataFrame)
    }
    named["answers"] = found.answers.drop(columns="choices")
    return named | {"reached": found.reached.reset_index(names="student")}


def _csv(table):
    text = table.map(csv_cell).to_csv(index=False, lineterminator="\n", float_format="%.6g")
    return text.encode("utf-8", "replace")


def _json(found, named):
    tables = {
        name: json.loads(table.to_json(orient="records", double_precision=6))
        for name, table in named.items()
    }
    about = {"students": len(found.made.students), "said": list(found.said)}
    return as_json({"format": FORMAT, **about, "tables": tables})


def write(found: Results, folder: Path, step: Callable = lambda: None) -> list[Path]:
    """Write the two pages, the key and the tables; raises CourseError if that cannot be done."""
    named = tables(found)
    files = {"instructor.html": for_instructor.page(found).encode("utf-8", "replace")}
    step()
    files["to_show.html"] = to_show.page(found).encode("utf-8", "replace")
    step()
    files["class.json"] = _json(found, named)
    files["who_is_who.csv"] = _csv(found.made.students.reset_index())
    files |= {f"tables/{name}.csv": _csv(table) for name, table in named.items()}
    try:
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            replace(folder / name, data)
    except OSError as trouble:
        why = trouble.strerror or trouble
        raise CourseError(SAY("not_written", folder=folder, why=why)) from None
    return [folder / name for name in files]
