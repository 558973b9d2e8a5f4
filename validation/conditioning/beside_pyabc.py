"""Side by side with pyABC (Klinger, Rickert & Hasenauer 2018) on a question with a known answer.

Did a walk that was sighted on three days drift, or not? Both models are jointly normal, so the
probability of *it did* is known exactly. Each program gets the same two models, priors, walk and
noise of sighting:

- pyABC with a kernel: the walk is simulated, the noise of sighting is the acceptance kernel, so
  that it is exact at temperature 1 (Wilkinson 2013); this project's sampler knows as much;
- pyABC with a distance: the sighting is simulated too and compared with what was seen, as if the
  noise had no formula;
- the sampler, four replicates and three sweeps as shipped, with as many particles as take about as
  much processor time, and with as many as play about as many walks;
- plain weighting of as many prior draws, which is enough for so small a question.

One process and one thread each; runs of all take turns, so that another load on the machine falls
on all alike. Populations are 4, after which the kernel's temperature is 1.
``python -m validation.conditioning.beside_pyabc`` rewrites ``results/pyabc.csv`` (minutes).
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from contingent.files import whole
from contingent.infer.draws import Draws, spawn
from contingent.infer.replicates import combine
from contingent.infer.smc import fit, log_sum_exp
from contingent.streams import key_from_seed
from validation.conditioning.exact_models import (
    DRIFT,
    SIGHT_NOISE,
    SIGHTINGS,
    STEP_NOISE,
    Exact,
    linear_gaussian,
)

TABLE = Path(__file__).parent / "results" / "pyabc.csv"
DAYS, POPULATIONS, REPLICATES, SWEEPS = 3, 4, 4, 3
PLANS = ((40, 20), (160, 8))
"""Particles of pyABC's populations, and seeds."""
TRIED = 2_000
INSTALL = "pyABC is not installed: pip install 'pyabc>=0.12' (or uv sync --group validation)"


class Answer(NamedTuple):
    """One run: probability that the walk drifts, processor seconds, walks played."""

    probability: float
    seconds: float
    walks: int


def models() -> tuple[Exact, Exact]:
    """The walk that drifts, and the one that does not."""
    return linear_gaussian(DRIFT, DAYS), linear_gaussian(0.0, DAYS)


def odds_to_probability(one: float, other: float) -> float:
    """Probability of the first of two equally likely models from their log evidences.

    >>> odds_to_probability(-3.0, -3.0)
    0.5
    """
    return float(1.0 / (1.0 + np.exp(other - one)))


def exact_probability() -> float:
    """Return the known answer."""
    drifts, stays = models()
    return odds_to_probability(drifts.log_evidence, stays.log_evidence)


@dataclass
class Counting:
    """A problem of the sampler that counts how many walks are played."""

    problem: Exact
    walks: int = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.problem, name)

    def log_likelihoods(self, particles: Any, steps: int) -> NDArray[np.float64]:
        self.walks += len(particles["unknowns"])
        return self.problem.log_likelihoods(particles, steps)


def by_sampler(particles: int, seed: int) -> Answer:
    """Run the sampler: each model's evidence by itself, `particles` a replicate."""
    counted = [Counting(model) for model in models()]
    begun = time.process_time()
    values = []
    for number, problem in enumerate(counted):
        keys = [spawn(key_from_seed(seed), number, one) for one in range(REPLICATES)]
        runs = [fit(problem, key, particles=particles, sweeps=SWEEPS) for key in keys]
        values.append(combine([float(run.log_evidence.sum()) for run in runs]).value)
    seconds = time.process_time() - begun
    walks = sum(problem.walks for problem in counted)
    return Answer(odds_to_probability(values[0], values[1]), seconds, walks)


def by_weighting(walks: int, seed: int) -> Answer:
    """Weigh prior draws, half of the walks for each model."""
    begun = time.process_time()
    count = max(1, walks // 2)
    values = []
    for number, model in enumerate(models()):
        drawn = model.draw(count, Draws(spawn(key_from_seed(seed), 10 + number), 0))
        logs = model.log_likelihoods(drawn, model.steps).sum(axis=1)
        values.append(log_sum_exp(logs) - float(np.log(count)))
    seconds = time.process_time() - begun
    return Answer(odds_to_probability(values[0], values[1]), seconds, 2 * count)


def has_pyabc() -> bool:
    """Whether pyABC can be imported."""
    return find_spec("pyabc") is not None


@contextmanager
def quiet() -> Iterator[None]:
    """Keep pyABC's warnings and log to itself, those of its import included."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_module("pyabc")
        level = logging.getLogger("ABC").level
        logging.getLogger("ABC").setLevel(logging.ERROR)
        try:
            yield
        finally:
            logging.getLogger("ABC").setLevel(level)


def walk(drift: float, noise: float) -> Callable[[Any], dict[str, float]]:
    """The walk as pyABC wants it: parameters to a dictionary, noise from numpy's global state."""

    def played(parameters: Any) -> dict[str, float]:
        steps = drift * parameters["t"] + STEP_NOISE * np.random.standard_normal(DAYS)
        places = np.cumsum(steps)
        if noise:
            places = places + noise * np.random.standard_normal(DAYS)
        return dict(zip(map(str, range(DAYS)), places.tolist(), strict=True))

    return played


def by_pyabc(particles: int, seed: int, *, kernel: bool, populations: int = POPULATIONS) -> Answer:
    """PyABC on one core, with what it records kept in memory."""
    with quiet():
        import pyabc

        noise = 0.0 if kernel else SIGHT_NOISE
        variances = [SIGHT_NOISE**2] * DAYS
        how = (
            {
                "distance_function": pyabc.IndependentNormalKernel(var=variances),
                "eps": pyabc.Temperature(),
                "acceptor": pyabc.StochasticAcceptor(),
            }
            if kernel
            else {"distance_function": pyabc.PNormDistance(p=2), "eps": pyabc.MedianEpsilon()}
        )
        before = np.random.get_state()
        np.random.seed(seed)
        try:
            run = pyabc.ABCSMC(
                [walk(DRIFT, noise), walk(0.0, noise)],
                [pyabc.Distribution(t=pyabc.RV("norm", 0.0, 1.0)) for _ in range(2)],
                population_size=particles,
                sampler=pyabc.sampler.SingleCoreSampler(),
                **how,
            )
            run.new("sqlite://", dict(zip(map(str, range(DAYS)), SIGHTINGS, strict=False)))
            begun = time.process_time()
            history = run.run(max_nr_populations=populations)
            seconds = time.process_time() - begun
            shares = history.get_model_probabilities(history.max_t)["p"]
            # A model of which no particle is left has no row.
            return Answer(float(shares.get(0, 0.0)), seconds, int(history.total_nr_simulations))
        finally:
            np.random.set_state(before)


def row(method: str, size: int, answers: list[Answer]) -> dict[str, Any]:
    """One line of the table."""
    exact = exact_probability()
    errors = np.array([one.probability - exact for one in answers])
    count = len(errors)
    return {
        "method": method,
        "particles": size,
        "seeds": count,
        "seconds": float(np.mean([one.seconds for one in answers])),
        "walks": float(np.mean([one.walks for one in answers])),
        "exact": exact,
        "mean_error": float(errors.mean()),
        "mean_error_se": float(errors.std(ddof=1) / np.sqrt(count)) if count > 1 else float("nan"),
        "rms_error": float(np.sqrt((errors**2).mean())),
    }


def compare(particles: int, seeds: int) -> list[dict[str, Any]]:
    """Run all methods in turns, at about the time and about the walks of pyABC with a kernel."""
    first = by_pyabc(particles, 0, kernel=True)
    tried = by_sampler(TRIED, 0)
    by_time = max(2, round(TRIED * first.seconds / tried.seconds))
    by_walks = max(2, round(TRIED * first.walks / tried.walks))
    found: dict[tuple[str, int], list[Answer]] = {}
    for seed in range(1, seeds + 1):
        turns: list[tuple[str, int, Answer]] = [
            ("pyABC, kernel", particles, by_pyabc(particles, seed, kernel=True)),
            ("pyABC, distance", particles, by_pyabc(particles, seed, kernel=False)),
            ("sampler, equal time", by_time, by_sampler(by_time, seed)),
            ("sampler, equal walks", by_walks, by_sampler(by_walks, seed)),
            ("prior draws, equal walks", first.walks, by_weighting(first.walks, seed)),
        ]
        for method, size, answer in turns:
            found.setdefault((method, size), []).append(answer)
        print(f"pyABC with {particles} particles: {seed} of {seeds} seeds", flush=True)
    return [row(method, size, answers) for (method, size), answers in found.items()]


def show(table: pd.DataFrame) -> None:
    """Print the table."""
    print("Probability that the walk drifts: error beside pyABC\n")
    print(table.to_string(index=False, float_format=lambda value: f"{value:.4g}"), "\n")


def main(*, rerun: bool = True) -> None:
    """Rerun and print, or print the committed table where pyABC is missing or not wanted."""
    if rerun and has_pyabc():
        table = pd.DataFrame([line for plan in PLANS for line in compare(*plan)])
        with whole(TABLE) as partial:
            table.to_csv(partial, index=False, float_format="%.4g", lineterminator="\n")
    elif rerun:
        print(f"{INSTALL}; the committed table follows.")
    show(pd.read_csv(TABLE))


if __name__ == "__main__":
    main()
