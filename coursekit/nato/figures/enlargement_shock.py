"""The enlargement shock: who arms how much before and after an outsider joins."""

from typing import Any

import numpy as np
import pandas as pd

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure
from coursekit.figures.chart import plain, sheet
from coursekit.models.arms_race import SHOCKS, enlargement_shock

ACTORS = {
    "members": ("Members M", "#00695c", ""),
    "rival": ("Rival R", "#a67bb0", "\\\\\\\\"),
    "outsider": ("Outsider O", "#f2b233", "////"),
    "total": ("Sum", "#adada9", ""),
}


def shock_figure(case: str = "before") -> CourseFigure:
    """Draw who arms how much before and after an outsider joins (teaching construct)."""
    enlargement_shock(case)
    results = [enlargement_shock(name) for name in SHOCKS]
    with sheet(7.4, 4.2) as figure:
        axes = figure.add_axes((0.08, 0.19, 0.9, 0.7))
        for place, (name, (label, face, hatch)) in enumerate(ACTORS.items()):
            at = np.arange(len(results)) + 0.21 * (place - 1.5)
            look: dict[str, Any] = {"color": face, "hatch": hatch, "ec": palette.INK}
            look["lw"] = [1.8 if result.case == case else 0.5 for result in results]
            heights = [getattr(result, name) for result in results]
            bars = axes.bar(at, heights, 0.19, label=label, **look)
            for bar, result in zip(bars, results, strict=True):
                bar.set_gid(f"bar-{name}-{result.case.split()[0]}")
            axes.bar_label(bars, fmt="%.2f", fontsize=9, padding=2)
        named = [f"{r.case.capitalize()}\nrho = {r.spectral_radius:.3f}" for r in results]
        axes.set_xticks(range(len(results)), named)
        for tick, result in zip(axes.get_xticklabels(), results, strict=True):
            tick.set_fontweight("bold" if result.case == case else "normal")
        axes.set_ylim(0, 4.2)
        axes.set_ylabel("Arms at rest", color=palette.INK)
        plain(axes, "y")
        axes.tick_params(axis="x", length=0, pad=6)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4, frameon=False, fontsize=9)
    sums = ", ".join(f"{result.case} {result.total:.2f}" for result in results)
    figure.alt = (
        f"Teaching construct. Sum of arms at rest: {sums}. Joining can raise or lower the sum: it "
        "depends on provocation against relief."
    )
    fields = [*ACTORS, "spectral_radius"]
    rows = [(r.case, *(round(getattr(r, name), 4) for name in fields)) for r in results]
    figure.table = pd.DataFrame(rows, columns=["case", "M", "R", "O", "sum", "rho"])
    return figure
