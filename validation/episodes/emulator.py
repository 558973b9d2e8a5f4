"""A quick stand-in for the engine: what an operation's futures say at given coordinates.

Every row is played once over a wide design of coordinates. On these futures are regressed, with all
squares and products: the ln odds that the attacker takes and keeps the place (ridge logistic), and
ln days and ln killed of both sides given that he does and given that he does not (ridge). No
outcome of a row is used: this emulates the engine.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from contingent.arithmetic import normal_quantile_array
from validation.episodes.coordinates import COORDINATES
from validation.episodes.rows import Known
from validation.episodes.simulate import Futures, simulate

Floats = NDArray[np.float64]
WIDTH = 1.6
PENALTY = 3.0
FEW = 150
STEPS = 30
NUMBERS = 3


class Quadratic(NamedTuple):
    """Outputs o as quadratic forms of coordinates k.

    Attributes
    ----------
    constant : (o,)
    slope : (o, k)
    curve : (o, k, k) symmetric; the term is x' curve x
    """

    constant: Floats
    slope: Floats
    curve: Floats


class Emulator(NamedTuple):
    """Emulator of one row.

    Attributes
    ----------
    odds : ln odds of taking the place, given that the assault is launched, one output
    launch : ln odds that the assault is launched, one output
    failed, taken : means of the three numbers given that the place is not taken, and taken
    spreads : (2, 3) of the numbers around these means, not taken first
    """

    odds: Quadratic
    launch: Quadratic
    failed: Quadratic
    taken: Quadratic
    spreads: Floats


def design(known: Known, points: int) -> Floats:
    """Coordinates (points, k) over which a row is played, WIDTH prior deviations wide."""
    rng = np.random.default_rng(zlib.crc32(known.id.encode()))
    unit = qmc.Sobol(len(COORDINATES), rng=rng).random(points)
    return np.asarray(WIDTH * normal_quantile_array(np.clip(unit, 1e-6, 1.0 - 1e-6)))


def emulate(known: Known, at: Floats) -> Emulator:
    """Play a row at the coordinates and learn its emulator."""
    return learn(simulate(known, at), at)


def learn(futures: Futures, at: Floats) -> Emulator:
    """Emulator of a row from those of its futures at coordinates (f, k) that count."""
    counted = futures.counted
    features, holds = _features(at[counted]), futures.holds[counted]
    outcome = futures.outcome[counted]
    k = at.shape[1]
    parts, spreads = [], np.empty((2, NUMBERS))
    for number in range(2):
        same = holds == float(number)
        if same.sum() < FEW:
            same = np.ones_like(same)
        weights = _ridge(features[same], outcome[same])
        rest = outcome[same] - features[same] @ weights
        spreads[number] = np.sqrt((rest**2).mean(axis=0))
        parts.append(_unpacked(weights, k))
    odds = _unpacked(_logistic(features, holds)[:, None], k)
    everyone = np.where(counted.all(), 1.0, counted.astype(float))
    launch = _unpacked(_logistic(_features(at), everyone)[:, None], k)
    return Emulator(odds, launch, parts[0], parts[1], spreads)


def value(given: Quadratic, at: Floats) -> Floats:
    """Outputs (f, o) at coordinates (f, k)."""
    curved = np.einsum("fk,okj,fj->fo", at, given.curve, at)
    return np.asarray(given.constant + at @ given.slope.T + curved)


def _features(at: Floats) -> Floats:
    """Constant, coordinates, squares and products, in units of the design."""
    z = at / WIDTH
    first, second = np.triu_indices(at.shape[1])
    return np.column_stack([np.ones(len(at)), z, z[:, first] * z[:, second] - (first == second)])


def _unpacked(weights: Floats, k: int) -> Quadratic:
    first, second = np.triu_indices(k)
    square = weights[1 + k :].T
    constant = weights[0] - square[:, first == second].sum(axis=1)
    curve = np.zeros((weights.shape[1], k, k))
    curve[:, first, second] += 0.5 * square / WIDTH**2
    curve[:, second, first] += 0.5 * square / WIDTH**2
    return Quadratic(np.asarray(constant), weights[1 : 1 + k].T / WIDTH, curve)


def _ridge(features: Floats, outcome: Floats) -> Floats:
    penalty = PENALTY * np.eye(features.shape[1])
    penalty[0, 0] = 0.0
    return np.asarray(np.linalg.solve(features.T @ features + penalty, features.T @ outcome))


def _logistic(features: Floats, happened: Floats) -> Floats:
    """Ridge logistic regression by Newton's method."""
    penalty = PENALTY * np.eye(features.shape[1])
    penalty[0, 0] = 0.01
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(features @ weights, -30.0, 30.0)))
        slope = features.T @ (happened - chance) - penalty @ weights
        curve = (features * (chance * (1.0 - chance))[:, None]).T @ features + penalty
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights
