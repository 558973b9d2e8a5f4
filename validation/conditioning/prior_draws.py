"""A million prior draws of two towns, weighted by their reports: the sampler's reference.

Draws are played to the last day that a report looks at and forgotten at once; of each batch only
the mean weight, the effective size and the weighted means are kept, so that memory stays small.
The error of everything comes from the spread over batches.
``python -m validation.conditioning --million`` rewrites ``results/reference_batches.csv``.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from contingent.files import whole
from contingent.infer.draws import Draws, spawn
from contingent.infer.smc import effective_size, log_sum_exp
from contingent.simulate.ensemble import key_of, threads_of
from validation.conditioning.interest import Interest, interest

Floats = NDArray[np.float64]
BATCHES_FILE = Path(__file__).parent / "results" / "reference_batches.csv"
BATCHES, BATCH, BLOCK = 100, 10_000, 500
SEED = 7
SAME = 1e-9
"""Two answers of one engine differ by less, relatively."""


class Reference(NamedTuple):
    """What all batches say together, with standard errors from their spread.

    Attributes
    ----------
    draws, effective : number of prior draws, and how many equally weighted ones they are worth
    log_evidence, log_evidence_error : of all reports
    means, errors : posterior means by label
    """

    draws: int
    effective: float
    log_evidence: float
    log_evidence_error: float
    means: pd.Series
    errors: pd.Series


def batch(asked: Interest, number: int, count: int = BATCH) -> dict[str, float]:
    """Draw, play and weigh one batch; its mean log weight, effective size and weighted means."""
    logs, values = [], []
    for block, first in enumerate(range(0, count, BLOCK)):
        draws = Draws(spawn(key_of(SEED), 99, number), block)
        found, numbers = asked.ask(asked.problem.draw(min(BLOCK, count - first), draws))
        logs.append(found)
        values.append(numbers)
    log_weights = np.concatenate(logs)
    weights = np.exp(log_weights - log_sum_exp(log_weights))
    row = {
        "batch": float(number),
        "draws": float(count),
        "log_mean_weight": log_sum_exp(log_weights) - float(np.log(count)),
        "effective": effective_size(log_weights),
    }
    return row | dict(zip(asked.labels, (weights @ np.concatenate(values)).tolist(), strict=True))


def draw_all(
    batches: int = BATCHES, count: int = BATCH, threads: int | None = None
) -> pd.DataFrame:
    """Weigh every batch, one row each."""
    asked = interest()
    with ThreadPoolExecutor(threads_of(threads)) as pool:
        rows = []
        for row in pool.map(lambda number: batch(asked, number, count), range(batches)):
            rows.append(row)
            print(f"\r{len(rows)} of {batches} batches", end="", flush=True)
    print()
    return pd.DataFrame(rows).astype({"batch": int, "draws": int})


def together(table: pd.DataFrame) -> Reference:
    """Join batches of equal size.

    A posterior mean is a ratio of sums; its error is that of the batches' shares in it, each by
    the evidence that it found (the delta method).
    """
    logs = table["log_mean_weight"].to_numpy()
    count = len(table)
    log_evidence = log_sum_exp(logs) - float(np.log(count))
    share = np.exp(logs - log_evidence)
    values = table.drop(columns=["batch", "draws", "log_mean_weight", "effective"])
    means = (values.mul(share, axis=0)).mean()
    errors = (values - means).mul(share, axis=0).std(ddof=1) / np.sqrt(count)
    # Sums of squared weights add up; a batch's effective size is its squared sum over them.
    squares = (share**2 / table["effective"].to_numpy()).sum()
    return Reference(
        int(table["draws"].sum()),
        float(count**2 / squares),
        log_evidence,
        float(share.std(ddof=1) / np.sqrt(count)),
        means,
        errors,
    )


def write(table: pd.DataFrame, path: Path = BATCHES_FILE) -> None:
    """Write the batches, under a temporary name first."""
    path.parent.mkdir(exist_ok=True)
    with whole(path) as partial:
        table.to_csv(partial, index=False, float_format="%.12g", lineterminator="\n")


def read(path: Path = BATCHES_FILE) -> pd.DataFrame:
    """Read the committed batches."""
    return pd.read_csv(path)


def still_of_this_model(table: pd.DataFrame, asked: Interest | None = None) -> bool:
    """Whether the first batch, drawn again, is the one in the table."""
    asked = asked or interest()
    kept = table.iloc[0]
    if set(table.columns) != {"batch", "draws", "log_mean_weight", "effective", *asked.labels}:
        return False
    again = batch(asked, int(kept["batch"]), int(kept["draws"]))
    return all(abs(again[one] - kept[one]) <= SAME * max(1.0, abs(again[one])) for one in again)
