"""The numbers and the code that the lab on comparisons shows in each of its modes."""

from coursekit.figures.comparison import DRAWS, DRIFT
from coursekit.figures.staggered import staggered, staggered_panel
from coursekit.labs.words import entry
from coursekit.nato.figures.comparison_designs import designs

__all__ = [
    "bias_code",
    "bias_readout",
    "design_code",
    "design_readout",
    "staggered_code",
    "staggered_readout",
]


def bias_code(
    effect: float, anticipation: float, spillover: float, selection: float, seed: int
) -> str:
    """Write the lines that draw a panel and estimate its effect."""
    return (
        "from coursekit.models.comparison import simulate_panel, two_way_fixed_effects\n"
        f"panel = simulate_panel(effect={effect:g}, anticipation={anticipation:g}, "
        f"spillover={spillover:g}, danger_trend={DRIFT:g}, selection={selection:g}, seed={seed})\n"
        "two_way_fixed_effects(panel.outcome, panel.treated)"
    )


def staggered_code(first, later, late, never) -> str:
    """Write the lines that estimate the three-period example."""
    outcome, treated = staggered_panel(first, later, late, never)
    return (
        "from coursekit.models.comparison import two_way_fixed_effects\n"
        f"two_way_fixed_effects({outcome}, {treated})"
    )


def design_code(design) -> str:
    """Write the lines that repeat one design from its four means."""
    means = ", ".join(f"{mean:.4f}" for mean in design.means)
    return (
        "from coursekit.models.comparison import difference_in_differences\n"
        f"difference_in_differences({means})"
    )


def bias_readout(result) -> list[dict]:
    """Set the estimates beside the truth."""
    return [
        entry(
            "True full effect",
            f"{result.full:.2f}",
            f"Difference to a world in which nobody joins. Of this, {result.own:.2f} is the "
            "effect of joining oneself.",
            "full",
        ),
        entry(
            "Two-way fixed effects",
            f"{result.two_way:.2f}",
            "All periods before against all periods after, in this one panel.",
            "two_way",
        ),
        entry(
            "Simple difference-in-differences",
            f"{result.simple:.2f}",
            "Only the last period before and the first after.",
            "simple",
        ),
        entry(
            f"Two-way, mean of {DRAWS} draws",
            f"{result.average:.2f}",
            "Chance averages out over many draws. Bias does not.",
            "average",
        ),
    ]


def staggered_readout(first, later, late, never) -> list[dict]:
    """Set the estimate of the three-period example beside the truth."""
    truth, estimate = staggered(first, later, late, never)
    wrong = "The sign is wrong. " if estimate < 0 < truth else ""
    return [
        entry("True mean effect", f"{truth:.2f}", "Of the three effects that you set.", "truth"),
        entry(
            "Two-way fixed effects",
            f"{estimate:.2f}",
            f"{wrong}The early unit serves as a control for the late one while its own effect "
            "may still grow.",
            "two_way",
        ),
        entry(
            "Estimate minus truth",
            f"{round(estimate - truth, 2) + 0.0:+.2f}",
            "No chance is involved: the numbers are exact.",
            "gap",
        ),
    ]


def design_readout(design) -> list[dict]:
    """Say what one design gives and what all give."""
    every = designs()
    above = sum(each.estimate > 0 for each in every)
    first, last = (design.means[1] - design.means[0], design.means[3] - design.means[2])
    return [
        entry(
            "Chosen design",
            f"{design.estimate:+.2f} points of GDP",
            f"New members changed by {first:+.2f}, controls by {last:+.2f}.",
            "chosen",
        ),
        entry(
            "All designs",
            f"{every[0].estimate:+.2f} to {every[-1].estimate:+.2f}",
            f"{above} of {len(every)} are above zero. Showing only one would hide the others.",
            "all",
        ),
        entry(
            "States",
            f"{len(design.treated)} and {len(design.compared)}",
            f"Treated: {', '.join(design.treated)}. Controls: {', '.join(design.compared)}. "
            "Only states with a figure for every year count.",
            "states",
        ),
        entry(
            "Caution",
            "controls may be touched too",
            "Enlargement may change what other states spend. Then an estimate is a difference of "
            "two effects. Wars, and accession to the EU in 2004, fall into some windows.",
            "caution",
        ),
    ]
