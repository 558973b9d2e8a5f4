"""Simulated data fed back to the fit: do intervals cover the coefficients that made the data?

    python -m validation.cdb90.recover

Coefficients are drawn from a Gaussian around the posterior, which then is the prior; battles are
simulated once a row under each draw; the surrogate, Laplace's approximation and the correction,
which the fit uses, give intervals. The correction comes from other simulated sets than those that
judge it. This checks the fit where it is used, not over the whole of the library's prior.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from validation.cdb90.correction import Misses, feed_back
from validation.cdb90.crossvalidate import DATA, RESULTS
from validation.cdb90.fit import Located, Plan, locate
from validation.cdb90.parameters import PARAMETERS
from validation.cdb90.rows import Battles, read_battles

SETS = 100
JUDGING = 7
HALF_WIDTHS = {"50": 0.6745, "90": 1.6449}


def recover(battles: Battles, found: Located) -> pd.DataFrame:
    """Share of data sets in which each coefficient lies in its 50 % and 90 % interval.

    Columns ``stated50`` and ``stated90`` are of Laplace's intervals, the others of corrected ones.
    """
    rows = np.arange(len(battles))
    judged = feed_back(
        battles, rows, found.surrogate, found.around,
        with_surprise=False, sets=SETS, seed=JUDGING,
    )  # fmt: skip
    mended = [found.correction.of(one) for one in judged.fitted]
    table = pd.DataFrame({"name": [parameter.name for parameter in PARAMETERS], "sets": SETS})
    for label, fitted in (("stated", judged.fitted), ("coverage", mended)):
        distance = _distance(Misses(judged.truths, fitted))
        for level, half in HALF_WIDTHS.items():
            table[f"{label}{level}"] = (distance < half).mean(axis=0)
    return table


def _distance(misses: Misses) -> np.ndarray:
    means = np.array([one.mean for one in misses.fitted])
    spreads = np.array([np.sqrt(np.diag(one.covariance)) for one in misses.fitted])
    return np.asarray(np.abs(means - misses.truths) / spreads)


def main() -> None:
    """Write and print the table."""
    battles = read_battles(DATA)
    found = locate(battles, np.arange(len(battles)), with_surprise=False, plan=Plan())
    table = recover(battles, found)
    table.to_csv(RESULTS / "cdb90_recovery.csv", index=False, float_format="%.3g")
    print(table.to_string())


if __name__ == "__main__":
    main()
