"""How likely each kind of report is on a path, and reports made up from the same model.

Every report is a mixture: with probability t (its trust) it follows what happened, else it is
*careless* and would read as it does whatever happened: t·L(report | path) + (1 − t)·L0.

Reports that say something is so or not so (``CHANCES``) are made with one chance if it is so and
with another if it is not:

=========== ======== ========== ======== ==================================================
kind        if so    if not so  careless meaning of *so*
=========== ======== ========== ======== ==================================================
holder      0.99     0.01       0.50     held by them on one of the days
event       0.90     0.05       0.50     it was so on one of the days
inaction    0.95     0.20       0.50     it was not so on any of the days
order       0.90     0.10       0.50     both came about, the first no later
silence     0.98     0.30       0.98     it did not happen: seven in ten would have been reported
knew        0.80     0.30       0.50     the side's belief was so; it speaks about itself
intent      0.80     0.50       0.65     it came about by the fence; cheap talk
costly      0.80     0.15       0.50     the same, announced at a cost
denial      0.90     0.60       0.75     it did not happen; the party would deny it either way
=========== ======== ========== ======== ==================================================

Numbers: the log of a reported count is normal around the log of true value times the party's bias,
with a standard deviation that joins the reporter's noise (0.25; 0.5 where a side speaks of its own
knowledge) and the width of what was reported. A bound is the chance that the reporter's own
estimate lies within it (a censored value). A careless value is any within a factor of ten of the
one reported; a careless bound is a coin. Shares (0 to 1) are normal with 0.1 on their own scale.

The numbers are assumptions, the same for every explanation; no likelihood is ever zero.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from contingent.claims.evaluate import Paths, series
from contingent.infer.draws import Draws, Floats
from contingent.infer.reports import LEAST_COUNT, Evidence, log_bias
from contingent.language import Formula
from contingent.scenario.quantities import Z95


class Chances(NamedTuple):
    """Chance that a report is made: if it is so, if it is not, and carelessly."""

    so: float
    not_so: float
    careless: float


CHANCES = {
    "holder": Chances(0.99, 0.01, 0.5),
    "event": Chances(0.9, 0.05, 0.5),
    "inaction": Chances(0.95, 0.2, 0.5),
    "order": Chances(0.9, 0.1, 0.5),
    "silence": Chances(0.98, 0.3, 0.98),
    "knew": Chances(0.8, 0.3, 0.5),
    "intent": Chances(0.8, 0.5, 0.65),
    "costly": Chances(0.8, 0.15, 0.5),
    "denial": Chances(0.9, 0.6, 0.75),
}
NOISE, OWN_NOISE, SHARE_NOISE = 0.25, 0.5, 0.1
CARELESS_FACTOR = log(10.0)
CARELESS_BOUND = 0.5
FLOOR = 1e-12
HONEST, OUTCOME = 40, 41
"""Purposes of random numbers for reports that are made up."""


def log_likelihood(evidence: Evidence, paths: Paths, bias: Floats) -> Floats:
    """Log-likelihood of one report on each path.

    Parameters
    ----------
    evidence
    paths : n futures that reach the report's last day at least
    bias : (n,) standard normals, the bias of the report's party; ignored where it has none

    Returns
    -------
    (n,) float, never -inf
    """
    return likelihood_of(evidence, answer(evidence, paths), bias)


def answer(evidence: Evidence, paths: Paths) -> Floats:
    """What each path answers to a report, (n,): all that its likelihood hangs on.

    1 where what it says is so and 0 where not; for a number the true one, as a log or a share.
    """
    if not is_number(evidence):
        return is_so(evidence, paths).astype(np.float64)
    true = quantity(evidence, paths)
    return true if evidence.share else np.asarray(np.log(np.maximum(true, LEAST_COUNT)))


def likelihood_of(evidence: Evidence, answers: Floats, bias: Floats) -> Floats:
    """Log-likelihood of a report where paths answer so, (n,)."""
    honest, careless = _honest_and_careless(evidence, answers, bias)
    mixed = evidence.trust * honest + (1.0 - evidence.trust) * careless
    return np.asarray(np.log(np.maximum(mixed, FLOOR)))


def _honest_and_careless(evidence: Evidence, answers: Floats, bias: Floats) -> tuple[Floats, float]:
    """L(report | path), (n,), and L0."""
    if not is_number(evidence):
        chances = chances_of(evidence)
        made = np.where(answers > 0.5, chances.so, chances.not_so)
        return (made, chances.careless) if evidence.said else (1.0 - made, 1.0 - chances.careless)
    centre, deviation = _seen(evidence, answers, bias)
    if is_bound(evidence):
        within = _within(evidence, centre, deviation)
        return (within if evidence.said else 1.0 - within), CARELESS_BOUND
    offset = (_reported(evidence) - centre) / deviation
    density = np.exp(-0.5 * offset**2) / (deviation * sqrt(2.0 * pi))
    return density, _careless_density(evidence)


def _careless_density(evidence: Evidence) -> float:
    """Density of a careless value on the scale of the report."""
    if evidence.share:
        return 1.0 if 0.0 <= _reported(evidence) <= 1.0 else 0.0
    guess = _reported(evidence) if evidence.guess is None else evidence.guess
    inside = abs(_reported(evidence) - guess) <= CARELESS_FACTOR
    return 1.0 / (2.0 * CARELESS_FACTOR) if inside else 0.0


def chances_of(evidence: Evidence) -> Chances:
    """Chances of a report that says something is so or not so."""
    return CHANCES["costly" if evidence.kind == "intent" and evidence.costly else evidence.kind]


def is_number(evidence: Evidence) -> bool:
    """Whether a report gives a number."""
    return evidence.low is not None or evidence.high is not None


def is_so(evidence: Evidence, paths: Paths) -> NDArray[np.bool_]:
    """Whether what a report says is so on each path, (n,)."""
    days = slice(evidence.first, evidence.last + 1)
    if len(evidence.formulas) == 2:
        one, other = (_begins(formula, paths, days) for formula in evidence.formulas)
        return (one <= other) & (other < paths.days)
    values = series(evidence.formulas[0], paths)[:, days].astype(bool)
    so = values.all(axis=1) if evidence.whole else values.any(axis=1)
    return np.asarray(so != evidence.negated)


def _begins(formula: Formula, paths: Paths, days: slice) -> NDArray[np.int64]:
    """First of some days on which a formula is true, the number of days if there is none."""
    values = series(formula, paths)[:, days].astype(bool)
    return np.where(values.any(axis=1), values.argmax(axis=1), paths.days).astype(np.int64)


def quantity(evidence: Evidence, paths: Paths) -> Floats:
    """The true number behind a report on each path: its mean over the days, (n,)."""
    days = slice(evidence.first, evidence.last + 1)
    values = np.asarray(series(evidence.formulas[0], paths)[:, days], dtype=np.float64)
    return np.asarray(values.mean(axis=1))


def _seen(evidence: Evidence, answers: Floats, bias: Floats) -> tuple[Floats, float]:
    """Centre and standard deviation of what a reporter sees, on the scale of the report."""
    if evidence.share:
        return answers, sqrt(SHARE_NOISE**2 + _width(evidence) ** 2)
    mean, deviation = log_bias(evidence)
    noise = OWN_NOISE if evidence.kind == "knew" else NOISE
    return answers + mean + deviation * bias, sqrt(noise**2 + _width(evidence) ** 2)


def is_bound(evidence: Evidence) -> bool:
    """Whether a report gives bounds rather than a value."""
    return evidence.low is None or evidence.high is None or evidence.kind == "bounds"


def _scaled(evidence: Evidence, value: float) -> float:
    return value if evidence.share else log(value)


def _reported(evidence: Evidence) -> float:
    """Middle of a reported value on the scale of the report."""
    assert evidence.low is not None and evidence.high is not None
    return 0.5 * (_scaled(evidence, evidence.low) + _scaled(evidence, evidence.high))


def _width(evidence: Evidence) -> float:
    """Standard deviation that an interval adds; none for a bound."""
    if is_bound(evidence) or evidence.low is None or evidence.high is None:
        return 0.0
    return (_scaled(evidence, evidence.high) - _scaled(evidence, evidence.low)) / (2.0 * Z95)


def _within(evidence: Evidence, centre: Floats, deviation: float) -> Floats:
    """Chance that the reporter's estimate lies within the bounds reported."""
    above = np.zeros_like(centre)
    if evidence.low is not None:
        above = ndtr((_scaled(evidence, evidence.low) - centre) / deviation)
    below = np.ones_like(centre)
    if evidence.high is not None:
        below = ndtr((_scaled(evidence, evidence.high) - centre) / deviation)
    return np.asarray(below - above)


def make_reports(evidence: Evidence, answers: Floats, bias: Floats, draws: Draws) -> list[Evidence]:
    """Make up the report that each path would have led to, from the same model.

    Parameters
    ----------
    evidence : what the report is about and how it is graded; what it says is drawn anew
    answers : (n,) what paths answer to it
    bias : (n,) standard normals
    draws : one stream for each report

    Returns
    -------
    list of n Evidence
    """
    count = len(answers)
    honest = draws.uniforms(HONEST, count)[:, 0] < evidence.trust
    if is_number(evidence) and not is_bound(evidence):
        return _make_values(evidence, answers, bias, honest, draws)
    made, careless = _honest_and_careless(replace(evidence, said=True), answers, bias)
    chance = np.where(honest, made, careless)
    said = draws.uniforms(OUTCOME, count)[:, 0] < chance
    return [replace(evidence, said=bool(one)) for one in said]


def _make_values(
    evidence: Evidence,
    answers: Floats,
    bias: Floats,
    honest: NDArray[np.bool_],
    draws: Draws,
) -> list[Evidence]:
    centre, deviation = _seen(evidence, answers, bias)
    seen = centre + deviation * draws.normals(OUTCOME, len(centre), [0])[:, 0]
    uniform = draws.uniforms(OUTCOME, len(centre), 2)[:, 1]
    middle = _reported(evidence)
    if evidence.share:
        guessed = uniform
    else:
        guessed = middle + CARELESS_FACTOR * (2.0 * uniform - 1.0)
    reported = np.where(honest, seen, guessed)
    return [_moved(evidence, float(value) - middle) for value in reported]


def _moved(evidence: Evidence, by: float) -> Evidence:
    """Return a value shifted on its scale, as wide as it was."""
    assert evidence.low is not None and evidence.high is not None
    if evidence.share:
        return replace(evidence, low=evidence.low + by, high=evidence.high + by)
    low, high = evidence.low * exp(by), evidence.high * exp(by)
    return replace(evidence, low=low, high=high, guess=_reported(evidence))
