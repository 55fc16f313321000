"""A predicted curve beside what is true."""

from matplotlib.ticker import MaxNLocator

from coursekit.figures import palette
from coursekit.figures.base import CourseFigure, Look, described
from coursekit.figures.chart import BROWN, TEAL, plain, sheet
from coursekit.predictions import Prediction


def prediction_figure(
    prediction: Prediction, response: list[float] | None, answer: list[float]
) -> CourseFigure:
    """Draw a predicted curve and the true one."""
    at = list(prediction.at)
    with sheet(7.6, 3.4) as figure:
        axes = figure.add_axes((0.1, 0.17, 0.86, 0.72))
        plain(axes)
        axes.plot(at, answer, "o-", color=TEAL, markersize=7, label="the answer", gid="answer")
        for number, (place, value) in enumerate(zip(at, answer, strict=True)):
            above = response is None or value >= response[number]
            shift, side = (9, "bottom") if above else (-9, "top")
            look: Look = {"ha": "center", "va": side, "fontsize": 9, "color": palette.INK}
            words = prediction.words(value, unit=False)
            axes.annotate(words, (place, value), (0, shift), textcoords="offset points", **look)
        if response is not None:
            line: Look = {"color": BROWN, "ms": 7, "mfc": "white", "label": "your prediction"}
            axes.plot(at, response, "s--", **line, gid="yours")
        axes.margins(y=0.18)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=prediction.decimals == 0))
        axes.set_xticks(at, [f"{place:g}" for place in at], fontsize=9)
        axes.set_xlabel(prediction.axis, fontsize=9)
        axes.set_ylabel(prediction.unit, fontsize=9)
        axes.legend(loc="upper left", bbox_to_anchor=(0, 1.16), ncols=2, frameon=False, fontsize=9)
    alt = f"The answer is {prediction.words(answer)}"
    columns = {prediction.axis: at, "answer": answer}
    if response is not None:
        alt += f"; the prediction was {prediction.words(response, unit=False, exact=True)}"
        columns["prediction"] = response
    places = ", ".join(f"{place:g}" for place in at)
    return described(figure, f"{alt}, at {places} ({prediction.axis.lower()}).", columns)
