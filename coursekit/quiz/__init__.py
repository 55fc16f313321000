"""Question banks: reading them, scoring answers, and which questions return when."""

from coursekit.quiz.bank import bank, banks, question
from coursekit.quiz.questions import Bank, Option, Pair, Question, shuffled
from coursekit.quiz.review import due_in, review
from coursekit.quiz.scoring import RATINGS, Score, normalised_gain, score

__all__ = ["RATINGS", "Bank", "Option", "Pair", "Question", "Score", "bank", "banks", "due_in"]
__all__ += ["normalised_gain", "question", "review", "score", "shuffled"]
