"""The trust laboratory: what an act does to trust, and which first gesture can build it."""

import ipywidgets as widgets

from coursekit.errors import unknown
from coursekit.figures.trust import (
    PLAYERS,
    TRUSTWORTHY,
    UNTRUSTWORTHY,
    Belief,
    after,
    belief_figure,
    gesture,
    gesture_figure,
    least_trust,
    odds_in_words,
)
from coursekit.models.trust import enlargement_tolerance
from coursekit.widgets.frame import Lab
from coursekit.widgets.live_figure import LiveFigure, reporting
from coursekit.widgets.settings import settings

__all__ = ["TrustLab", "trust_lab"]

UPDATE, DESIGN = "update", "design"
ASSUMES = (
    "<b>What the model assumes.</b> Each state acts as one actor of one of two types, trustworthy "
    "or not. Both know the payoffs. There is no domestic politics. The numbers are illustrative "
    "and calibrated to no state. It is a simplification after Kydd, whose published model is "
    f"richer. Payoffs: T = {UNTRUSTWORTHY['T']} for an untrustworthy state that arms alone, "
    f"T_t = {TRUSTWORTHY['T_t']} for a trustworthy one, R = {TRUSTWORTHY['R']}, "
    f"P = {TRUSTWORTHY['P']}, S = {TRUSTWORTHY['S']}. "
    "A model shows what follows from assumptions. To explain distrust is not to justify it."
)


def _entry(key, label, value, detail):
    return {"key": key, "label": label, "value": value, "detail": detail}


def _updated(beliefs, players=PLAYERS):
    least, entries, room = least_trust(), [], []
    for k, belief in enumerate(beliefs):
        trust, now = belief.trust, after(belief)
        label = f"{players[k]}'s trust in {players[1 - k]}"
        if now is None:
            words = "By these numbers nobody would do this act. So nothing can be learned from it."
            entries.append(_entry(f"trust-{k}", label, f"{trust:.2f} → no answer", words))
        else:
            gap = round(now - trust, 9)
            moves = "rises" if gap > 0 else "falls" if gap < 0 else "stays as it was"
            enough = "enough" if round(now - least, 9) >= 0 else "not enough"
            words = (
                f"Odds: {odds_in_words(trust)}, then {odds_in_words(now)}. Trust {moves}. "
                f"It is {enough} for cooperation (t* = {least:g})."
            )
            entries.append(_entry(f"trust-{k}", label, f"{trust:.2f} → {now:.2f}", words))
        if 0 < trust < 1:
            value = f"needs e_T / e_U ≥ {enlargement_tolerance(trust, least):.2f}"
            words = "An act with a lower ratio ends cooperation, or does not let it begin."
        else:
            value = "certain" if trust == 1 else "ruled out"
            words = "Trust of 0 or 1 is not changed by any possible act."
        room.append(_entry(f"room-{k}", f"{players[k]}'s cooperation", value, words))
    alike = beliefs[0] == beliefs[1]
    same = _entry(
        "same",
        "Both sides",
        "same numbers" if alike else "different numbers",
        "The same rule holds for both. "
        + ("So they end alike." if alike else "They start, or read the act, differently."),
    )
    return [*entries, *room, same]


def _designed(trust, size):
    found, least = gesture(trust, size), least_trust()
    band = f"{found.low:.3f} to {found.high:.3f}" if found.possible else "none"
    why = (
        "Large enough that the untrustworthy do not imitate it, small enough for the trustworthy."
        if found.possible
        else "What would separate the types is more than a trustworthy state would risk."
    )
    enough = trust >= least
    return [
        _entry("result", "Result", found.result, found.words),
        _entry("band", "Sizes that work", band, why),
        _entry(
            "low", "s_min", f"{found.low:.3f}", "From here on the untrustworthy do not imitate."
        ),
        _entry("high", "s_max", f"{found.high:.3f}", "Up to here the trustworthy would risk it."),
        _entry(
            "one-shot",
            "Without a gesture",
            "cooperation can start" if enough else "no cooperation",
            f"Trust is {'at least' if enough else 'below'} t* = {least:g}, the least for one play.",
        ),
    ]


def _code(mode, beliefs, trust, size):
    if mode == DESIGN:
        return (
            f"from coursekit.figures.trust import gesture\ngesture(trust={trust:g}, size={size:g})"
        )
    if any(after(belief) is None for belief in beliefs):
        first, second = (tuple(round(v, 2) for v in belief) for belief in beliefs)
        return (
            f"from coursekit.figures.trust import belief_figure\nbelief_figure({first}, {second})"
        )
    calls = (f"posterior(t={b[0]:g}, e_T={b[1]:g}, e_U={b[2]:g})" for b in beliefs)
    return "from coursekit.models.trust import posterior\n" + ", ".join(calls)


class TrustLab(Lab):
    """Update the beliefs of both sides, or choose the size of a first gesture.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``trust``.
    players : tuple of str, optional
        Names of the two sides.

    Raises
    ------
    CourseError
        If there is no such preset.
    """

    def __init__(self, ask="", preset="doubtful", players=PLAYERS):
        self.settings = settings("trust")
        if preset not in self.settings:
            raise unknown("preset", preset, self.settings)
        self.players, self.busy = tuple(players), False
        self.mode = self._dropdown(
            "Lab",
            [("Update beliefs", UPDATE), ("Design a gesture", DESIGN)],
            "What you work on: beliefs after an act, or the size of a first gesture.",
        )
        self.start = self._dropdown(
            "Start from",
            [("your own numbers", "")] + [(s[0], name) for name, s in self.settings.items()],
            "Sets the numbers to those of a known case.",
        )
        self.side = self._dropdown(
            "Whose belief",
            [("both sides", "both"), (f"{players[0]} only", "0"), (f"{players[1]} only", "1")],
            "The side whose numbers the sliders set. Try the same act on both.",
        )
        self.reset = widgets.Button(
            description="Reset", tooltip="Goes back to the numbers shown at the start."
        )
        # Sliders that share a layout come and go together.
        self.shapes = {
            mode: widgets.Layout(width="360px", max_width="100%") for mode in (UPDATE, DESIGN)
        }
        self.sliders = {
            (mode, name): widgets.FloatSlider(
                value=0.5,
                min=low,
                max=1 - low,
                step=0.01,
                description=words,
                tooltip=tip,
                layout=self.shapes[mode],
                style={"description_width": "150px"},
            )
            for mode, name, words, low, tip in (
                (UPDATE, "t", "Trust before (t)", 0, "How likely the other is trustworthy."),
                (UPDATE, "e_T", "If trustworthy (e_T)", 0,
                 "How likely a trustworthy actor would do this act."),
                (UPDATE, "e_U", "If untrustworthy (e_U)", 0,
                 "How likely an untrustworthy actor would do this act."),
                (DESIGN, "t", "Trust before (t)", 0, "How likely the other is trustworthy."),
                (DESIGN, "s", "Size of gesture (s)", 0.01,
                 "Share of the stakes that the first round puts at risk."),
            )
        }  # fmt: skip
        for name in ("doubtful", "gesture", preset):
            self._take(name)
        self.beliefs = [self.belief, self.belief]
        inputs = {"mode": self.mode, "start": self.start, "side": self.side}
        inputs |= {f"{mode}-{name}": slider for (mode, name), slider in self.sliders.items()}
        self.begun = {name: control.value for name, control in inputs.items()}
        rows = [
            [self.mode, self.start, self.side, self.reset],
            [slider for (mode, _), slider in self.sliders.items() if mode == UPDATE],
            [slider for (mode, _), slider in self.sliders.items() if mode == DESIGN],
        ]
        super().__init__(ask, rows, LiveFigure(self.draw, inputs=inputs))
        self.children = (*self.children, widgets.HTML(ASSUMES))
        self.start.observe(self._start, "value")
        self.side.observe(self._side, "value")
        self.reset.on_click(self._reset)
        for control in (self.mode, *self.sliders.values()):
            control.observe(self._update, "value")
        self._update()

    @property
    def belief(self):
        """The belief that the sliders show."""
        return Belief(*(self.sliders[UPDATE, name].value for name in ("t", "e_T", "e_U")))

    @property
    def chosen(self):
        """Trust before the gesture, and its size."""
        return tuple(self.sliders[DESIGN, name].value for name in ("t", "s"))

    def draw(self):
        """Draw the figure of the present state.

        Returns
        -------
        CourseFigure
            Beliefs, or sizes of a gesture.
        """
        if self.mode.value == DESIGN:
            return gesture_figure(*self.chosen)
        return belief_figure(*self.beliefs, players=self.players)

    def _dropdown(self, words, options, tip):
        return widgets.Dropdown(
            options=options,
            description=words,
            tooltip=tip,
            layout=widgets.Layout(width="330px", max_width="100%"),
            style={"description_width": "90px"},
        )

    def _take(self, preset):
        numbers = self.settings[preset][1]
        self.start.value = preset
        self.mode.value = DESIGN if "s" in numbers else UPDATE
        for name, value in numbers.items():
            self.sliders[self.mode.value, name].value = value

    @reporting
    def _start(self, change):
        if self.busy:
            return
        if change["new"]:
            self.busy = True
            self._take(change["new"])
            self.busy = False
        self._update()

    @reporting
    def _side(self, change):
        if self.busy:
            return
        self.busy = True
        if change["new"] != "both":
            for name, value in zip(
                ("t", "e_T", "e_U"), self.beliefs[int(change["new"])], strict=True
            ):
                self.sliders[UPDATE, name].value = value
        self.busy = False
        self._update()

    @reporting
    def _reset(self, button):
        self.busy = True
        for name, value in self.begun.items():
            self.live.inputs[name].value = value
        self.busy = False
        self._update()

    @reporting
    def _update(self, change=None):
        if self.busy:
            return
        mode, side = self.mode.value, self.side.value
        numbers = self.settings.get(self.start.value, ("", {}))[1]
        if numbers and (
            ("s" in numbers) != (mode == DESIGN)
            or any(self.sliders[mode, name].value != value for name, value in numbers.items())
        ):
            self.busy = True
            self.start.value = ""
            self.busy = False
        self.beliefs = [
            self.belief if side in ("both", str(k)) else self.beliefs[k] for k in (0, 1)
        ]
        for name, shape in self.shapes.items():
            shape.display = "" if name == mode else "none"
        self.side.layout.display = "" if mode == UPDATE else "none"
        figure = self.draw()
        self.live.svg = figure.svg()
        self.live.tell(
            alt=figure.alt,
            readout=_designed(*self.chosen)
            if mode == DESIGN
            else _updated(self.beliefs, self.players),
            table=figure.table,
            code=_code(mode, self.beliefs, *self.chosen),
        )


def trust_lab(ask="", preset="doubtful", players=PLAYERS):
    """Show the trust laboratory.

    Parameters
    ----------
    ask : str, optional
        A question that stands above the controls.
    preset : str, optional
        The setting shown first; see the table ``model_presets``, lab ``trust``.
    players : tuple of str, optional
        Names of the two sides.

    Returns
    -------
    TrustLab
        Beliefs of both sides before and after an act, or the sizes of a first gesture.

    Raises
    ------
    CourseError
        If there is no such preset.
    """
    return TrustLab(ask=ask, preset=preset, players=players)
