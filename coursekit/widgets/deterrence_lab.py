"""The deterrence lab: the risk of four statuses by two theories, and a dilemma of commitment."""

import ipywidgets as widgets

from coursekit.figures.deterrence import (
    THEORIES,
    challenge_figure,
    commitment_figure,
    risk,
    words_figure,
)
from coursekit.models.deterrence import (
    DISCOUNT,
    STAKES,
    accession_threshold,
    alliance_loss,
    best_commitment,
    intervention_threshold,
)
from coursekit.widgets.arms_race_lab import LIMITS, OWN, dropdown, entry, matching, slider
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["DeterrenceLab", "deterrence_lab"]

FIRST = "promised"
SETTING = {
    "rho": (0, 1, "Help rho", "Probability that somebody helps the target in a war.", 0, 0.01),
    "pi": (0, 0.5, "Accession pi", "Probability that the target joins in a period.", 0, 0.01),
    "b": (0, 1, "Peace b", "What a period of peace is worth to the challenger.", 0, 0.05),
}
COMMITMENT = {
    "kappa": (
        0,
        1,
        "Commitment",
        "How firmly the ally is bound: 0 is not at all, 1 fully.",
        0.5,
        0.05,
    ),
    "q": (0, 1, "Crisis q", "Probability of a crisis without commitment.", 0.2, 0.05),
    "D_A": (0, 20, "Abandoned", "Loss if the ally is left alone in a crisis (D_A).", 10, 0.5),
    "D_E": (0.5, 20, "Dragged in", "Loss if the ally is dragged into a war (D_E).", 4, 0.5),
    "mu": (
        0.05,
        1,
        "Boldness mu",
        "What full commitment adds to the probability of a crisis.",
        0.25,
        0.05,
    ),
}
VIEWS = [("Challenge", "challenge"), ("Commitment", "commitment")]
TOO_LIKELY = (
    "The probability of a crisis at full commitment is q + mu = {total:.2f}. It cannot be above 1. "
    "Lower q or mu."
)


def accession_words(gain, b):
    """Put the threshold of accession into words.

    Parameters
    ----------
    gain : float
        Expected gain of an attack.
    b : float
        Worth of a period of peace.

    Returns
    -------
    value, detail : str
        pi*, or why there is none, and what it means.

    Examples
    --------
    >>> accession_words(3.8, 0.35)[0]
    '0.0443'
    """
    if gain <= 0:
        return "none", "An attack never pays: its expected gain is not above 0."
    threshold = accession_threshold(gain, b, DISCOUNT)
    if threshold is None:
        return "none", "An attack never pays: a period of peace is worth more than the attack."
    if threshold < 0:
        return "none", "An attack pays whatever the probability of accession."
    return f"{threshold:.4f}", "If accession is likelier than this, an attack now pays."


def challenge_readout(rho, pi, b, theory):
    """Say what a setting comes to by one theory.

    Parameters
    ----------
    rho, pi, b : float
        See `coursekit.figures.deterrence.risk`.
    theory : str
        ``"preventive"`` or ``"opportunist"``.

    Returns
    -------
    readout : list of dict
        Probability of a challenge, gain, value of waiting, thresholds.
    code : str
        What reproduces them.
    """
    result = risk(theory, rho, pi, b)
    limit = intervention_threshold(**STAKES, W=result.W)
    share = f"{limit:.4f}" if limit is not None else "none"
    means = (
        "If help is likelier than this, an attack does not pay."
        if limit is not None
        else "No attack pays, even if nobody helps: peace is worth more."
    )
    pays = "more" if result.E > result.W else "not more"
    readout = [
        entry(
            "Probability of a challenge",
            f"{result.probability:.2%}",
            f"{THEORIES[theory][0]}. The better choice is the likelier, not a sure one.",
        ),
        entry("Gain of an attack, E", f"{result.E:.2f}", "Weighed by the probability of help."),
        entry(
            "Value of waiting, W",
            f"{result.W:.4f}",
            f"An attack is worth {pays} than waiting."
            + (" This theory sets b to 0." if theory == "opportunist" else ""),
        ),
        entry("Threshold of help, rho*", share, means),
        entry("Threshold of accession, pi*", *accession_words(result.E, result.b)),
    ]
    code = (
        "from coursekit.models import deterrence as d\n"
        f"E, W = d.expected_gain({rho:g}, **d.STAKES), "
        f"d.value_of_waiting({result.b:g}, d.DISCOUNT, {pi:g})\n"
        "d.challenge_probability(E, W), d.intervention_threshold(**d.STAKES, W=W), "
        f"d.accession_threshold(E, {result.b:g}, d.DISCOUNT)"
    )
    return readout, code


def commitment_readout(kappa, q, D_A, D_E, mu):  # noqa: N803
    """Say what a commitment costs and which costs least.

    Parameters
    ----------
    kappa, q, D_A, D_E, mu : float
        See `coursekit.models.deterrence.alliance_loss`.

    Returns
    -------
    readout : list of dict
        Loss now, best commitment, loss there; or why the numbers do not fit together.
    code : str
        What reproduces them.
    """
    arguments = f"q={q:g}, D_A={D_A:g}, D_E={D_E:g}, mu={mu:g}"
    code = (
        "from coursekit.models.deterrence import alliance_loss, best_commitment\n"
        f"alliance_loss(kappa={kappa:g}, {arguments}), best_commitment({arguments})"
    )
    if fits(q, mu):
        best = best_commitment(q, D_A, D_E, mu)
        why = "The fear of being left alone and the fear of being dragged in balance here."
        if best == 0:
            why = "No commitment costs least: being left alone is not the greater loss, or rare."
        elif best == 1:
            why = "Full commitment costs least: being left alone is by far the greater loss."
        return [
            entry("Best commitment, kappa*", f"{best:.4f}", why),
            entry("Least loss", f"{alliance_loss(best, q, D_A, D_E, mu):.4f}"),
            entry(
                "Loss at the present setting",
                f"{alliance_loss(kappa, q, D_A, D_E, mu):.4f}",
                f"Commitment {kappa:.2f}.",
            ),
            entry("Teaching construct", "after Snyder 1984", "Made for this course."),
        ], code
    problem = entry("These numbers do not fit", "No result", TOO_LIKELY.format(total=q + mu))
    return [problem], "from coursekit.models.deterrence import alliance_loss, best_commitment"


def fits(q, mu):
    """Say whether q + mu can be a probability.

    Parameters
    ----------
    q, mu : float
        Probability of a crisis, and what full commitment adds.

    Returns
    -------
    bool
        Whether the sum is at most 1, up to rounding.

    Examples
    --------
    >>> fits(0.2, 0.25), fits(0.9, 0.25)
    (True, False)
    """
    return round(q + mu, 9) <= 1


class DeterrenceLab(Lab):
    """Turn the status dial; see how likely a challenge is by two theories.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    """

    def __init__(self, ask=""):
        self.points = settings("deterrence")
        self.view = dropdown(VIEWS, "challenge", "View", "Choose the challenge or the commitment.")
        self.preset = dropdown(
            [*((label, name) for name, (label, *_) in self.points.items()), ("Own numbers", OWN)],
            FIRST,
            "Start from",
            "A status sets help, accession and the worth of peace.",
        )
        self.theory = dropdown(
            [(label, name) for name, (label, *_) in THEORIES.items()],
            "preventive",
            "Theory",
            "Why a challenger would attack: fear of what is to come, or opportunity.",
        )
        self.reset = widgets.Button(
            description="Reset",
            tooltip="Set all numbers and choices of this lab back.",
            layout=widgets.Layout(width="90px"),
        )
        self.sliders = {name: slider(*words) for name, words in (SETTING | COMMITMENT).items()}
        for name, value in self.points[FIRST][1].items():
            self.sliders[name].value = value
        live = LiveFigure(
            lambda: self.shown()[0],
            inputs={
                "view": self.view,
                "preset": self.preset,
                "theory": self.theory,
                **self.sliders,
            },
        )
        rows = [
            [self.view, self.reset],
            [self.preset, self.theory],
            [self.sliders[name] for name in SETTING],
            [self.sliders[name] for name in COMMITMENT],
        ]
        super().__init__(ask, rows, live)
        boxes = self.children[-4:-1]
        self.parts = {"challenge": boxes[:2], "commitment": boxes[2:]}
        self.children = (*self.children, widgets.HTML(LIMITS))
        self.setting = False
        self.preset.observe(self._start, "value")
        self.reset.on_click(self._restore)
        for name, control in live.inputs.items():
            if name != "preset":
                control.observe(self._update, "value")
        self._update()

    def numbers(self, names):
        """Read some sliders.

        Parameters
        ----------
        names : iterable of str
            Which.

        Returns
        -------
        dict of str to float
            Their values.
        """
        return {name: self.sliders[name].value for name in names}

    def shown(self):
        """Draw the present state and put it into words.

        Returns
        -------
        figure : CourseFigure
            The figure.
        readout : list of dict
            Numbers beside it.
        code : str
            What reproduces them.
        """
        if self.view.value == "commitment":
            numbers = self.numbers(COMMITMENT)
            readout, code = commitment_readout(**numbers)
            if fits(numbers["q"], numbers["mu"]):
                return commitment_figure(**numbers), readout, code
            return words_figure(readout[0]["detail"]), readout, code
        numbers, theory = self.numbers(SETTING), self.theory.value
        readout, code = challenge_readout(**numbers, theory=theory)
        if self.preset.value in self.points:
            label, _, note = self.points[self.preset.value]
            readout.append(entry("Status", label, note))
        return challenge_figure(**numbers, theory=theory), readout, code

    def _put(self, values):
        self.setting = True
        try:
            for control, value in values:
                control.value = value
        finally:
            self.setting = False
        self._update()

    @reporting
    def _start(self, change):
        if not self.setting and change["new"] != OWN:
            numbers = self.points[change["new"]][1]
            self._put([(self.sliders[name], value) for name, value in numbers.items()])
        elif not self.setting:
            self._update()

    @reporting
    def _restore(self, button=None):
        values = self.points[FIRST][1] | {name: words[4] for name, words in COMMITMENT.items()}
        self._put(
            [
                *((self.sliders[name], value) for name, value in values.items()),
                (self.preset, FIRST),
                (self.theory, "preventive"),
            ]
        )

    @reporting
    def _update(self, change=None):
        if self.setting:
            return
        self.setting = True
        self.preset.value = matching(self.points, self.numbers(SETTING))
        self.setting = False
        for name, boxes in self.parts.items():
            for box in boxes:
                box.layout.display = "" if name == self.view.value else "none"
        figure, readout, code = self.shown()
        self.live.svg = figure.svg()
        self.live.tell(alt=figure.alt, readout=readout, table=figure.table, code=code)


def deterrence_lab(ask=""):
    """Show the deterrence lab.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.

    Returns
    -------
    DeterrenceLab
        Probability of a challenge by status and theory; abandonment against entrapment (teaching
        construct).
    """
    return DeterrenceLab(ask=ask)
