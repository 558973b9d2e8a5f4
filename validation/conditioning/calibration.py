"""Simulation-based calibration on two towns (Talts et al. 2018; Modrák et al. 2023).

A world is drawn from the prior and makes up the reports; the sampler conditions on them. If it is
right, the rank of the world's own numbers among draws from the posterior is uniform: for unknowns,
for the party's bias, for numbers of the path and for the likelihood of the reports themselves.
``python -m validation.conditioning.calibration [SETS [PARTICLES [SWEEPS]]]`` rewrites
``results/calibration.md``, ``.png`` and, with every rank, ``calibration_ranks.csv``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from contingent.infer.condition import PARTICLES, REPLICATES, SWEEPS
from contingent.infer.draws import Draws, spawn
from contingent.infer.predictive import Answers, ask, by_report
from contingent.infer.smc import Particles, fit, systematic
from contingent.infer.theatre import TheatreProblem, play
from contingent.simulate.ensemble import key_of, threads_of
from validation.conditioning.two_towns import WATCHED, problem

RESULTS = Path(__file__).parent / "results"
RANKS = RESULTS / "calibration_ranks.csv"
SETS, BINS, KEPT = 200, 10, 39
SEED = 1
TIES, THIN = 7, 8
"""Purposes of random numbers."""


def quantities(made: TheatreProblem, worlds: Particles) -> tuple[list[str], NDArray[np.float64]]:
    """Numbers of some worlds whose ranks are looked at, (n, quantities)."""
    names = [unknown.name for unknown in made.program.unknowns]
    watched = [name for name in WATCHED if name in names]
    columns = [worlds["normals"][:, names.index(name)] for name in watched]
    columns.append(worlds["normals"][:, len(names)])
    paths = play(made.program, worlds, made.days)
    series = made.program.series
    numbers = [one for one in series if one.observable in ("fighters", "progress")]
    columns += [paths.recorded(one)[:, -1].astype(float) for one in numbers]
    columns.append(made.log_likelihoods(worlds, made.steps).sum(axis=1))
    labels = [*watched, f"bias of {made.parties[0]}", *map(str, numbers), "log-likelihood"]
    return labels, np.stack(columns, axis=1)


def ranks(number: int, base: TheatreProblem, particles: int, sweeps: int, seed: int) -> list[float]:
    """Ranks of one made-up world among its posterior, 0 to `KEPT`, ties broken at random."""
    key = spawn(key_of(seed), number)
    truth = base.draw(1, Draws(key, 0))
    paths = play(base.program, truth, base.days)
    biases = truth["normals"][:, len(base.program.unknowns) :]
    answers = Answers(base.evidence, ask(base, paths), by_report(base, biases))
    made = replace(base, evidence=answers.make(0, Draws(spawn(key, 1), 0)))
    state = fit(made, spawn(key, 2), particles=particles, sweeps=sweeps)
    weights = np.exp(state.log_weights)
    draws = Draws(spawn(key, 3), 0)
    even = systematic(weights, float(draws.uniforms(THIN, 1)[0, 0]))
    chosen = even[np.argsort(draws.uniforms(THIN, len(even))[:, 0], kind="stable")[:KEPT]]
    worlds = {name: array[chosen] for name, array in state.particles.items()}
    _, own = quantities(made, truth)
    _, drawn = quantities(made, worlds)
    below = (drawn < own).sum(axis=0).astype(float)
    ties = (drawn == own).sum(axis=0)
    shares = draws.uniforms(TIES, 1, len(ties))[0]
    return list(below + np.floor(shares * (ties + 1)))


def calibrate(
    sets: int, particles: int, sweeps: int, threads: int | None = None
) -> tuple[list[str], NDArray[np.float64]]:
    """Ranks of all sets, (sets, quantities); a set has the same ranks however many there are."""
    base = problem()
    labels, _ = quantities(base, base.draw(1, Draws((1, 0), 0)))
    with ThreadPoolExecutor(threads_of(threads)) as pool:
        found = list(pool.map(lambda one: ranks(one, base, particles, sweeps, SEED), range(sets)))
    return labels, np.array(found)


def still_of_this_model(sets: int = 2) -> bool:
    """Whether the first sets, made and conditioned again at shipped settings, rank as committed."""
    kept = pd.read_csv(RANKS)
    labels, found = calibrate(sets, PARTICLES // REPLICATES, SWEEPS)
    return list(kept.columns) == labels and np.array_equal(kept.iloc[:sets].to_numpy(), found)


def histogram(column: NDArray[np.float64]) -> NDArray[np.int64]:
    """Counts of ranks in equal bins."""
    return np.bincount((column * BINS // (KEPT + 1)).astype(int), minlength=BINS)


def main(sets: int = SETS, particles: int = PARTICLES // REPLICATES, sweeps: int = SWEEPS) -> None:
    labels, found = calibrate(sets, particles, sweeps)
    lines = [
        "# Calibration on two towns\n",
        f"{sets} made-up worlds, {particles} particles, {sweeps} sweeps, ranks among {KEPT} draws,",
        f"{BINS} bins of {sets / BINS:.0f} expected. p is that of the chi-square test; over",
        f"{len(labels)} quantities the smallest is expected near {1 / (len(labels) + 1):.2f}.\n",
        "| quantity | counts | chi-square | p |",
        "|---|---|---|---|",
    ]
    for label, column in zip(labels, found.T, strict=True):
        counts = histogram(column)
        test = stats.chisquare(counts)
        said = " ".join(map(str, counts))
        lines.append(f"| {label} | {said} | {test.statistic:.1f} | {test.pvalue:.3f} |")
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / "calibration.md").write_text(text, encoding="utf-8")
    ranks_table = pd.DataFrame(found.astype(int), columns=labels)
    ranks_table.to_csv(RANKS, index=False, lineterminator="\n")
    print(text)
    draw(labels, found)


def draw(labels: list[str], found: NDArray[np.float64]) -> None:
    """Rank histograms with the band in which nine in ten bins lie."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    rows = -(-len(labels) // 4)
    figure, axes = plt.subplots(rows, 4, figsize=(12, 2.2 * rows), layout="constrained")
    low, high = stats.binom.ppf([0.05, 0.95], len(found), 1.0 / BINS)
    for axis, label, column in zip(axes.flat, labels, found.T, strict=False):
        axis.axhspan(low, high, color="0.9")
        axis.bar(range(BINS), histogram(column), color="0.4", width=0.9)
        axis.set_title(label, fontsize=8)
        axis.set_xticks([])
    for axis in list(axes.flat)[len(labels) :]:
        axis.remove()
    figure.savefig(RESULTS / "calibration.png", dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
