"""Predictions: what a student commits to before she looks, and what she is told then."""

from coursekit.predictions.judging import Verdict, explanation, judge, read_response, truth
from coursekit.predictions.loading import Option, Prediction, load, parse

__all__ = ["Option", "Prediction", "Verdict", "explanation", "judge", "load", "parse"]
__all__ += ["read_response", "truth"]
