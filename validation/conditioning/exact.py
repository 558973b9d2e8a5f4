"""The sampler against three exact answers, over many seeds; writes ``results/exact.md``.

``python -m validation.conditioning.exact`` (200 seeds, some minutes on one processor).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from contingent.infer.smc import fit
from contingent.streams import key_from_seed
from validation.conditioning.exact_models import MODELS, Exact

RESULTS = Path(__file__).parent / "results"
SEEDS, PARTICLES, SWEEPS = 200, 300, 3
QUICK_SEEDS = 10
HEADER = """# The sampler against exact answers

{seeds} seeds, {particles} particles, {sweeps} sweeps. *Ratio* is the mean of estimated over exact
evidence (1 if unbiased), with its standard error; *mean* is a posterior mean.
`python -m validation.conditioning.exact` rewrites this file.

| model | exact log evidence | mean | sd | ratio | exact mean | mean | sd |
|---|---|---|---|---|---|---|---|
"""


def estimates(model: Exact, seed: int, particles: int, sweeps: int) -> tuple[float, float]:
    """Log evidence and posterior mean of one run."""
    state = fit(model, key_from_seed(seed), particles=particles, sweeps=sweeps)
    values = model.quantity(state.particles["unknowns"], state.particles["inputs"])
    return float(state.log_evidence.sum()), float(np.exp(state.log_weights) @ values)


def row(model: Exact, seeds: int, particles: int, sweeps: int) -> str:
    runs = np.array([estimates(model, seed, particles, sweeps) for seed in range(seeds)])
    ratio = np.exp(runs[:, 0] - model.log_evidence)
    error = 1.0 / np.sqrt(seeds)
    return (
        f"| {model.name} | {model.log_evidence:.3f} | {runs[:, 0].mean():.3f} "
        f"| {runs[:, 0].std(ddof=1):.3f} | {ratio.mean():.3f} ± {ratio.std(ddof=1) * error:.3f} "
        f"| {model.mean:.4f} | {runs[:, 1].mean():.4f} ± {runs[:, 1].std(ddof=1) * error:.4f} "
        f"| {runs[:, 1].std(ddof=1):.4f} |\n"
    )


def table(seeds: int = SEEDS) -> str:
    """The page, of some seeds."""
    text = HEADER.format(seeds=seeds, particles=PARTICLES, sweeps=SWEEPS)
    return text + "".join(row(make(), seeds, PARTICLES, SWEEPS) for make in MODELS)


def main(seeds: int = SEEDS) -> None:
    text = table(seeds)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "exact.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
