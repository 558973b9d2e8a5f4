"""Simulated data fed back to the fit: do intervals cover the coefficients that made the data?

    python -m validation.cdb90.recover

Coefficients are drawn from a Gaussian around the posterior, which then is the prior; battles are
simulated once a row under each draw; the surrogate and Laplace's approximation, which the fit uses,
give intervals. This checks the fit where it is used, not over the whole of the library's prior.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from validation.cdb90.crossvalidate import DATA, RESULTS
from validation.cdb90.fit import Located, Plan, locate
from validation.cdb90.parameters import PARAMETERS
from validation.cdb90.rows import Battles, read_battles
from validation.cdb90.simulate import draw_randomness, simulate
from validation.cdb90.surrogate import Gaussian, laplace

SETS = 100
WIDTH = 2.0
HALF_WIDTHS = {"coverage50": 0.6745, "coverage90": 1.6449}


def simulated(battles: Battles, whitened: np.ndarray, seed: int) -> Battles:
    """Battles with the same inputs and simulated outcomes."""
    random = draw_randomness(len(battles), 1, seed)
    made = simulate(battles, whitened, random, with_surprise=False)
    known = np.isfinite(battles.outcome)
    outcome = np.where(known, made.outcome[:, 0], np.nan)
    return replace(battles, won=made.won[:, 0], outcome=outcome)


def recover(battles: Battles, found: Located, sets: int = SETS) -> pd.DataFrame:
    """Share of data sets in which each coefficient lies in its 50 % and 90 % interval."""
    prior = Gaussian(found.around.mean, WIDTH * found.around.covariance)
    truths = prior.draw(sets, np.random.default_rng(7))
    rows = np.arange(len(battles))
    distance = []
    for seed, truth in enumerate(truths):
        data = simulated(battles, truth, seed + 1_000)
        given = laplace(found.surrogate, data, rows, prior.mean, prior)
        distance.append(np.abs(given.mean - truth) / np.sqrt(np.diag(given.covariance)))
    table = pd.DataFrame({"name": [parameter.name for parameter in PARAMETERS], "sets": sets})
    for name, half in HALF_WIDTHS.items():
        table[name] = (np.array(distance) < half).mean(axis=0)
    return table


def main() -> None:
    """Write and print the table."""
    battles = read_battles(DATA)
    found = locate(battles, np.arange(len(battles)), with_surprise=False, plan=Plan())
    table = recover(battles, found)
    table.to_csv(RESULTS / "cdb90_recovery.csv", index=False, float_format="%.3g")
    print(table.to_string())


if __name__ == "__main__":
    main()
