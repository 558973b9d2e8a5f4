"""The sampler against plain weighting of very many prior draws, on two towns.

``python -m validation.conditioning.reference [DRAWS [RUNS]]`` rewrites ``results/reference.md``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from contingent.infer.condition import PARTICLES, REPLICATES, SWEEPS
from contingent.infer.draws import Draws, spawn
from contingent.infer.replicates import combine
from contingent.infer.smc import effective_size, fit, log_sum_exp
from contingent.infer.theatre import TheatreProblem
from contingent.simulate.ensemble import key_of, threads_of
from validation.conditioning.two_towns import WATCHED, problem

RESULTS = Path(__file__).parent / "results"
DRAWS, RUNS, BLOCK = 1_000_000, 200, 500


def weighted(made: TheatreProblem, count: int) -> tuple[float, float, float, list[float]]:
    """Log evidence, its error, effective size and posterior means by prior draws."""
    names = [unknown.name for unknown in made.program.unknowns]
    columns = [names.index(name) for name in WATCHED if name in names]

    def block(number: int) -> tuple[np.ndarray, np.ndarray]:
        worlds = made.draw(BLOCK, Draws(spawn(key_of(7), 99), number))
        total = made.log_likelihoods(worlds, made.steps).sum(axis=1)
        return total, worlds["normals"][:, columns]

    with ThreadPoolExecutor(threads_of(None)) as pool:
        parts = list(pool.map(block, range(count // BLOCK)))
    logs = np.concatenate([part[0] for part in parts])
    values = np.concatenate([part[1] for part in parts])
    weights = np.exp(logs - logs.max())
    error = float(weights.std() / weights.mean() / np.sqrt(len(weights)))
    means = (weights @ values / weights.sum()).tolist()
    return log_sum_exp(logs) - float(np.log(len(logs))), error, effective_size(logs), means


def main(draws: int = DRAWS, runs: int = RUNS, particles: int = PARTICLES // REPLICATES) -> None:
    made = problem()
    log_evidence, error, effective, means = weighted(made, draws)
    names = [unknown.name for unknown in made.program.unknowns]
    columns = [names.index(name) for name in WATCHED if name in names]

    def run(seed: int) -> tuple[float, list[float]]:
        state = fit(made, spawn(key_of(seed), 5), particles=particles, sweeps=SWEEPS)
        values = np.exp(state.log_weights) @ state.particles["normals"][:, columns]
        return float(state.log_evidence.sum()), values.tolist()

    with ThreadPoolExecutor(threads_of(None)) as pool:
        found = list(pool.map(run, range(runs)))
    logs = np.array([one[0] for one in found])
    posterior = np.array([one[1] for one in found])
    ratio = np.exp(logs - log_evidence)
    joined = combine(logs)
    lines = [
        "# The sampler against plain weighting of prior draws, on two towns\n",
        f"{draws:,} prior draws (effective size {effective:,.0f}) against {runs} runs of",
        f"{particles} particles and {SWEEPS} sweeps, {made.steps} reports.\n",
        "| | prior draws | sampler |",
        "|---|---|---|",
        f"| log evidence | {log_evidence:.3f} ± {error:.3f} | {joined.value:.3f} ± "
        f"{joined.error:.3f}, spread of one run {joined.spread:.3f} |",
        f"| ratio of evidences | 1 | {ratio.mean():.3f} ± {ratio.std(ddof=1) / runs**0.5:.3f} |",
    ]
    for i, column in enumerate(columns):
        spread = posterior[:, i].std(ddof=1)
        lines.append(
            f"| mean of {names[column]} (prior deviations) | {means[i]:.3f} | "
            f"{posterior[:, i].mean():.3f} ± {spread / runs**0.5:.3f}, one run {spread:.3f} |"
        )
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / "reference.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
