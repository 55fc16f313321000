"""Derive what follows from other tables: the table ``status`` and each state's status today.

`make data` runs it before it brings the data package up to date.
"""

from pathlib import Path

import pandas as pd

from coursekit.nato.enlargement import Scenario, status_spells

DATASETS = Path(__file__).resolve().parent.parent


def main():
    """Write both."""
    status_spells().to_csv(
        DATASETS / "status.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n"
    )
    path = DATASETS / "states.csv"
    states = pd.read_csv(path, dtype=str, keep_default_na=False)
    today = Scenario()
    states["status_today"] = [
        today.status(row.iso3) if row.kind == "state" else "" for row in states.itertuples()
    ]
    states.to_csv(path, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
