"""The numbers and the code that the lab on comparisons shows in each of its modes."""

from coursekit.figures.comparison import DRAWS, DRIFT
from coursekit.figures.staggered import staggered, staggered_panel
from coursekit.labs.words import assumptions, lines
from coursekit.nato.figures.comparison_designs import designs
from coursekit.sentences import Sentences

SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the models assume."""
    return assumptions(SAY("assumes", drift=DRIFT))


def bias_code(
    effect: float, anticipation: float, spillover: float, selection: float, seed: int
) -> str:
    """Write the lines that draw a panel and estimate its effect."""
    return SAY(
        "bias_code",
        effect=effect,
        anticipation=anticipation,
        spillover=spillover,
        drift=DRIFT,
        selection=selection,
        seed=seed,
    )


def staggered_code(first, later, late, never) -> str:
    """Write the lines that estimate the three-period example."""
    outcome, treated = staggered_panel(first, later, late, never)
    return SAY("staggered_code", outcome=outcome, treated=treated)


def design_code(design) -> str:
    """Write the lines that repeat one design from its four means."""
    return SAY("design_code", means=", ".join(f"{mean:.4f}" for mean in design.means))


def bias_readout(result) -> list[dict]:
    """Set the estimates beside the truth."""
    return lines(SAY["bias"], result=result, draws=DRAWS)


def staggered_readout(first, later, late, never) -> list[dict]:
    """Set the estimate of the three-period example beside the truth."""
    truth, estimate = staggered(first, later, late, never)
    return lines(
        SAY["staggered"],
        truth=truth,
        estimate=estimate,
        wrong=SAY["wrong"] if estimate < 0 < truth else "",
        gap=round(estimate - truth, 2) + 0.0,
    )


def design_readout(design) -> list[dict]:
    """Say what one design gives and what all give."""
    every = designs()
    return lines(
        SAY["design"],
        design=design,
        first=design.means[1] - design.means[0],
        last=design.means[3] - design.means[2],
        least=every[0],
        most=every[-1],
        above=sum(each.estimate > 0 for each in every),
        count=len(every),
        counts=(len(design.treated), len(design.compared)),
        names=(", ".join(design.treated), ", ".join(design.compared)),
    )
