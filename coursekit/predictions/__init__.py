"""Predictions: what a student commits to before she looks, and what she is told then."""

from coursekit.predictions.judging import Verdict, explanation, judge, read_response, truth
from coursekit.predictions.loading import Option, Prediction, every, load, parse, paths

__all__ = ["Option", "Prediction", "Verdict", "every", "explanation", "judge", "load", "parse"]
__all__ += ["paths", "read_response", "truth"]
