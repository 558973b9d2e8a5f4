"""Two questions kept apart: how likely an explanation makes the event, and how well its traces fit.

An explanation may make the event likely and leave traces unlike those reported, or the reverse.
The probability of all reports is split into the chance of the event under the explanation's priors
and the probability of the other reports where the event came about::

    P(traces | event, explanation) = Z · P(event | reports) / (L(its report) · P(event))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from contingent.claims.verdict import wilson
from contingent.infer.condition import Conditioned
from contingent.infer.events import came_about
from contingent.infer.likelihoods import likelihood_of
from contingent.infer.predictive import Answers
from contingent.infer.replicates import combine
from contingent.infer.reports import Evidence

FEWEST = 5
"""Paths of the prior with the event from which its chance is given."""


class Traces(NamedTuple):
    """What an explanation says of the event, and of the reports that go with it.

    Attributes
    ----------
    name : of the explanation
    event, low, high : chance of the event under its priors, before any report
    log_traces, error : log probability of the other reports given the event, and its standard
        error; nan where hardly a path of the prior has the event
    """

    name: str
    event: float
    low: float
    high: float
    log_traces: float
    error: float


def traces(
    done: Mapping[str, Conditioned], ensembles: Mapping[str, Answers], event: Evidence
) -> list[Traces]:
    """Split the evidence of each explanation into event and traces."""
    return [_traces(name, one, ensembles[name], event) for name, one in done.items()]


def _traces(name: str, done: Conditioned, prior: Answers, event: Evidence) -> Traces:
    column = [one.id for one in done.problem.evidence].index(event.id)
    came = int((prior.values[:, column] > 0.5).sum())
    chance = came / len(prior.values)
    low, high = wilson(came, len(prior.values))
    reported = float(likelihood_of(event, np.ones(1), np.zeros(1))[0])
    logs = []
    for state in done.states:
        happened = came_about(event, state.log_likelihood[:, column])
        share = float(np.exp(state.log_weights)[happened].sum())
        logs.append(float(state.log_evidence.sum()) + np.log(max(share, 1e-300)) - reported)
    if came < FEWEST:
        return Traces(name, chance, low, high, float("nan"), float("nan"))
    joint = combine(logs)
    error = float(np.hypot(joint.error, np.sqrt((1.0 - chance) / came)))
    return Traces(name, chance, low, high, joint.value - float(np.log(chance)), error)
