"""The sampler at shipped settings against a million weighted prior draws, on two towns.

The prior draws are those of :mod:`validation.conditioning.prior_draws`, drawn once and committed.
The sampler is run anew from many seeds, each time as ``contingent condition`` runs it: four
replicates, whose spread is the error that it states.
``python -m validation.conditioning.reference [RUNS]`` rewrites ``results/reference.csv`` and
``reference.md``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from contingent.infer.condition import Settings, condition
from validation.conditioning import prior_draws
from validation.conditioning.interest import Interest, interest

RESULTS = Path(__file__).parent / "results"
RUNS = 60
EVIDENCE = "log evidence"
HEADER = """# The sampler against plain weighting of prior draws, on two towns

{draws:,} prior draws (effective size {effective:,.0f}) against {runs} runs of the sampler at
shipped settings ({replicates} replicates of {each} particles, {sweeps} sweeps), {reports} reports.
Unknowns and biases are in prior deviations, claims are probabilities. *z* is the difference of the
two means over its standard error; over {count} independent rows the largest would be near
{expected:.1f}. *One run* is the standard deviation over runs, *stated* the error that a run states
of itself from its replicates, *within* the share of runs that lie within twice that error of the
prior draws ({share:.0%} expected with so few replicates).

| | prior draws | sampler | z | one run | stated | within |
|---|---|---|---|---|---|---|
"""


def sampled(asked: Interest, settings: Settings) -> dict[str, tuple[float, float]]:
    """Estimate and stated error of log evidence and of each number, by one run of the sampler."""
    done = condition({"": asked.problem}, settings)[""]
    means = []
    for state in done.states:
        _, numbers = asked.ask(state.particles)
        means.append(np.exp(state.log_weights) @ numbers)
    table = np.stack(means)
    errors = table.std(axis=0, ddof=1) / np.sqrt(len(table))
    found = {EVIDENCE: (done.evidence.value, done.evidence.error)}
    return found | {
        label: (float(mean), float(error))
        for label, mean, error in zip(asked.labels, table.mean(axis=0), errors, strict=True)
    }


def compare(
    reference: prior_draws.Reference, runs: list[dict[str, tuple[float, float]]]
) -> pd.DataFrame:
    """Put the runs beside the reference, a row for each number."""
    rows = []
    for label in runs[0]:
        known = label == EVIDENCE
        truth = reference.log_evidence if known else float(reference.means[label])
        error = reference.log_evidence_error if known else float(reference.errors[label])
        found = np.array([one[label] for one in runs])
        values, stated = found[:, 0], found[:, 1]
        spread = float(values.std(ddof=1))
        mean_error = spread / np.sqrt(len(runs))
        total = float(np.hypot(mean_error, error))
        rows.append(
            {
                "quantity": label,
                "prior_draws": truth,
                "prior_draws_error": error,
                "sampler": float(values.mean()),
                "sampler_error": mean_error,
                "z": (float(values.mean()) - truth) / total if total > 0.0 else 0.0,
                "one_run": spread,
                "stated": float(np.sqrt((stated**2).mean())),
                "within": float((abs(values - truth) <= 2.0 * stated).mean()),
            }
        )
    return pd.DataFrame(rows)


def as_text(
    table: pd.DataFrame, reference: prior_draws.Reference, asked: Interest, runs: int
) -> str:
    """Write the table as a page."""
    from scipy import stats

    settings = Settings()
    count = len(table)
    text = HEADER.format(
        draws=reference.draws,
        effective=reference.effective,
        runs=runs,
        replicates=settings.replicates,
        each=settings.each,
        sweeps=settings.sweeps,
        reports=asked.problem.steps,
        count=count,
        expected=stats.norm.ppf(0.5 + 0.5 ** (1.0 + 1.0 / count)),
        share=1.0 - 2.0 * stats.t.sf(2.0, settings.replicates - 1),
    )
    for one in table.itertuples():
        shown = [
            f"{one.prior_draws:,.4g} ± {one.prior_draws_error:.2g}",
            f"{one.sampler:,.4g} ± {one.sampler_error:.2g}",
            f"{one.z:+.1f}",
            f"{one.one_run:.2g}",
            f"{one.stated:.2g}",
            f"{one.within:.0%}",
        ]
        text += f"| {one.quantity} | " + " | ".join(shown) + " |\n"
    return text


def write(
    table: pd.DataFrame, reference: prior_draws.Reference, asked: Interest, runs: int
) -> None:
    """Write the table and the page, and print the page."""
    text = as_text(table, reference, asked, runs)
    table.to_csv(RESULTS / "reference.csv", index=False, float_format="%.6g", lineterminator="\n")
    (RESULTS / "reference.md").write_text(text, encoding="utf-8")
    print(text)


def main(runs: int = RUNS) -> None:
    asked = interest()
    reference = prior_draws.together(prior_draws.read())
    found = []
    for seed in range(1, runs + 1):
        found.append(sampled(asked, Settings(seed=seed)))
        print(f"\r{seed} of {runs} runs", end="", flush=True)
    print()
    write(compare(reference, found), reference, asked, runs)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
