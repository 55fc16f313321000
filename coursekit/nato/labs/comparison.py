"""The numbers and the code that the lab on comparisons shows in each of its modes."""

from coursekit.figures.comparison import DRAWS, DRIFT, BiasResult
from coursekit.figures.staggered import staggered, staggered_panel
from coursekit.labs.words import assumptions, lines
from coursekit.nato.figures.comparison_designs import Design, designs
from coursekit.sentences import Sentences

Readout = list[dict[str, str]]
SAY = Sentences(__file__)


def assumes() -> str:
    """Say what the models assume."""
    return assumptions(SAY("assumes", drift=DRIFT))


def bias_code(
    effect: float, anticipation: float, spillover: float, selection: float, seed: int
) -> str:
    """Write the lines that draw a panel and estimate its effect."""
    biases = {"anticipation": anticipation, "spillover": spillover, "selection": selection}
    return SAY("bias_code", effect=effect, drift=DRIFT, seed=seed, **biases)


def staggered_code(first: float, later: float, late: float, never: int) -> str:
    """Write the lines that estimate the three-period example."""
    outcome, treated = staggered_panel(first, later, late, never)
    return SAY("staggered_code", outcome=outcome, treated=treated)


def design_code(design: Design) -> str:
    """Write the lines that repeat one design from its four means."""
    return SAY("design_code", means=", ".join(f"{mean:.4f}" for mean in design.means))


def bias_readout(result: BiasResult) -> Readout:
    """Set the estimates beside the truth."""
    return lines(SAY["bias"], result=result, draws=DRAWS)


def staggered_readout(first: float, later: float, late: float, never: int) -> Readout:
    """Set the estimate of the three-period example beside the truth."""
    truth, estimate = staggered(first, later, late, never)
    wrong, gap = SAY["wrong"] if estimate < 0 < truth else "", round(estimate - truth, 2) + 0.0
    return lines(SAY["staggered"], truth=truth, estimate=estimate, wrong=wrong, gap=gap)


def design_readout(design: Design) -> Readout:
    """Say what one design gives and what all give."""
    every, groups = designs(), (design.treated, design.compared)
    gaps = {"first": design.means[1] - design.means[0], "last": design.means[3] - design.means[2]}
    rank = {"least": every[0], "most": every[-1], "count": len(every)}
    rank["above"] = sum(each.estimate > 0 for each in every)
    who = {"counts": [*map(len, groups)], "names": [*map(", ".join, groups)]}
    return lines(SAY["design"], design=design, **gaps, **rank, **who)
