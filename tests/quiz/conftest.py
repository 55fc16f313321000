"""A small bank with a question of each type."""

import copy

import pytest
import yaml

from coursekit.quiz.bank import build

SAMPLE = """
notebook: "99"
title: Sample
questions:
  - id: 99-q1
    objective: Choose one
    claims: [C01]
    type: single
    difficulty: 1
    stem: Which of these follows from the table?
    options:
      a: {text: Seven states joined in that year, right: true, why: The table lists seven of them.}
      b:
        text: Seven states became more secure
        why: Security is not a column of the table.
        misconception: Membership and security are the same.
      c:
        text: Seven states were afraid of war
        why: The table does not say why they joined.
        misconception: Who joins is afraid.
    sources: [members, jervis1978, S01, E01]
  - id: 99-q2
    objective: Choose several
    claims: []
    type: multiple
    difficulty: 2
    stem: Which of these numbers are even?
    options:
      a: {text: two, right: true, why: It is two times one exactly.}
      b: {text: three, why: It leaves one over too., misconception: All can be halved.}
      c: {text: four, right: true, why: It is two times two exactly.}
      d: {text: five, why: It leaves one over too., misconception: All can be halved.}
      e: {text: seven, why: It leaves one over again., misconception: Every number can be halved.}
  - id: 99-q3
    objective: Compute
    claims: [C01]
    type: numeric
    difficulty: 1
    stem: How many members were there in 1990?
    answer: 16
    unit: members
    tolerance: 0.5
    expression: len(ck.Scenario(1990).members())
    explanation: Count the rows of the table.
  - id: 99-q4
    objective: Order
    claims: []
    type: order
    difficulty: 1
    stem: Put the numbers in order, the smallest first.
    options:
      a: {text: nine, why: It is larger than all the others.}
      b: {text: one, why: It is smaller than all the others.}
      c: {text: five, why: It lies between two and nine.}
      d: {text: two, why: It lies between one and five.}
    order: [b, d, c, a]
  - id: 99-q5
    objective: Match
    claims: []
    type: match
    difficulty: 1
    stem: Which of these is odd, and which is even?
    options:
      a: {text: odd}
      b: {text: even}
      c: {text: neither}
    pairs:
      p1: {text: eleven, match: a, why: It leaves one over after halving.}
      p2: {text: twelve, match: b, why: It is two times six exactly.}
      p3: {text: thirteen, match: a, why: It leaves one over as well.}
  - id: 99-q6
    objective: Explain
    claims: [C17]
    type: short
    difficulty: 3
    stem: Why is a cause no excuse?
    model_answer: Because to say what led to an act is not to say that it was right.
"""


@pytest.fixture
def document():
    """The data of the sample, to be changed at will."""
    return copy.deepcopy(yaml.safe_load(SAMPLE))


@pytest.fixture(scope="session")
def sample():
    return build(yaml.safe_load(SAMPLE))


@pytest.fixture(scope="session")
def asked(sample):
    """Questions of the sample by type."""
    return {question.type: question for question in sample.questions}
