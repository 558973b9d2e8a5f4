"""What the recorded launch rate says about parameters of the library, by simulated launches.

Launches are counted in futures of the theatre as they are in the record: a bloc attacks a place
within its border that it has not attacked for 30 days. By bloc, the log of the rate is regressed on
the unknowns that decide launches; the regression, with its own residual, is then held against the
recorded log rate, whose error is that of its count and of what an onset in a table and an opened
operation differ by (``DISCREPANCY``). Everything is normal on the scale of the unknowns' own
standard normals, so the posterior has a closed form.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from contingent.compile import (
    Program,
    Series,
    compile_scenario,
    draw_normals,
    unknowns_from_normals,
)
from contingent.compile.series import with_series
from contingent.language import Observable
from contingent.scenario.loading import load
from contingent.scenario.quantities import Z95
from contingent.simulate.ensemble import key_of, simulate
from contingent.simulate.paths import paths_of
from validation.onset.table import BLOCS, BORDER_KM, Rule, kilometres
from validation.theatre.fronts import THEATRE

DAYS = 120
FUTURES = 1_500
SEED = 20160131
DISCREPANCY = 0.7
SHARED = (
    "model.distance_cost",
    "model.defeat_weight",
    "model.momentum",
    "model.unseen",
    "model.commitment_inertia",
)
"""The last decides no launch: it shows what chance alone makes of a parameter."""
OWN = ("start_cost", "go_threshold", "opportunism", "commit_share", "reach", "probe")
Floats = NDArray[np.float64]


class Launches(NamedTuple):
    """Simulated launches.

    Attributes
    ----------
    program : what was played
    normals : (n, unknowns)
    onsets, weeks : (n, blocs) number, and place-weeks at risk
    """

    program: Program
    normals: Floats
    onsets: Floats
    weeks: Floats


@cache
def _program() -> Program:
    whole = compile_scenario(load(THEATRE), ())
    names = whole.names
    spec = load(THEATRE).theatre
    series = [
        Series("attacks", (actor, place))
        for actor in names.actors
        if spec.actors[actor].forces
        for place in names.places
    ]
    return replace(with_series(whole, series), days=DAYS + 1)


def launches(futures: int = FUTURES, threads: int = 2) -> Launches:
    """Play futures and count launches, as the record's onsets are counted."""
    program = _program()
    names = program.names
    spec = load(THEATRE).theatre
    spots = np.array([spec.places[place].at for place in names.places])
    apart = kilometres(spots, spots)
    hostile = {frozenset(one.pair) for one in spec.relations if one.stance == "hostile"}
    bloc_of = np.array([names.blocs.index(bloc) for bloc in names.bloc_of])
    onsets, weeks = [], []
    for chunk in simulate(program, futures, SEED, threads=threads):
        paths = paths_of(program, chunk, SEED)
        owner = bloc_of[chunk.holders]
        counted = [_count(paths, owner, bloc, apart, hostile) for bloc in BLOCS]
        onsets.append(np.stack([one for one, _ in counted], axis=1))
        weeks.append(np.stack([other for _, other in counted], axis=1))
    normals = draw_normals(program, key_of(SEED), range(futures))
    return Launches(program, normals, np.concatenate(onsets), np.concatenate(weeks))


def _count(
    paths: object, owner: NDArray[np.int64], bloc: str, apart: Floats, hostile: set[frozenset[str]]
) -> tuple[Floats, Floats]:
    """Launches and place-weeks at risk of a bloc in each future."""
    names = paths.names  # type: ignore[attr-defined]
    own = owner == names.blocs.index(bloc)
    foes = [names.blocs.index(b) for b in names.blocs if frozenset((bloc, b)) in hostile]
    foe = np.isin(owner, foes)
    rule = Rule()
    border = (apart > rule.within_km) & (apart <= BORDER_KM)
    onsets, weeks = np.zeros(len(own)), np.zeros(len(own))
    for place in range(own.shape[2]):
        near = own[:, :, border[place]].any(axis=2)
        touching = own[:, :, apart[place] <= rule.within_km].any(axis=2)
        attack = _attacks(paths, bloc, names.places[place])
        quiet = _quiet(attack, rule.quiet_days)
        at_risk = quiet & foe[:, :, place] & near & ~touching
        at_risk[:, 0] = False
        onsets += (at_risk & attack).sum(axis=1)
        weeks += at_risk.sum(axis=1) / 7.0
    return onsets, weeks


def _attacks(paths: object, bloc: str, place: str) -> NDArray[np.bool_]:
    names = paths.names  # type: ignore[attr-defined]
    found = np.zeros((paths.futures, paths.days), dtype=bool)  # type: ignore[attr-defined]
    for actor in names.actors_of(bloc):
        if paths.has(Series("attacks", (actor, place))):  # type: ignore[attr-defined]
            found |= paths.signal(Observable("attacks", (actor, place)))  # type: ignore[attr-defined]
    return found


def _quiet(attack: NDArray[np.bool_], quiet_days: int) -> NDArray[np.bool_]:
    """Whether there was no attack on the days before; what lay before day 0 counts as quiet."""
    sums = np.cumsum(attack, axis=1)
    before = np.concatenate([np.zeros((len(attack), 1), dtype=int), sums[:, :-1]], axis=1)
    shifted = np.zeros_like(before)
    shifted[:, quiet_days:] = before[:, :-quiet_days]
    return np.asarray(before - shifted == 0)


class Informed(NamedTuple):
    """Posterior of unknowns on the scale of their standard normals."""

    names: tuple[str, ...]
    mean: Floats
    deviation: Floats
    simulated: pd.DataFrame


def inform(played: Launches, recorded: pd.DataFrame) -> Informed:
    """Hold simulated launches against recorded onsets (``attacker``, ``onsets``, ``weeks``)."""
    spec = load(THEATRE).theatre
    names = [unknown.name for unknown in played.program.unknowns]
    leaders = {actor.bloc: name for name, actor in spec.actors.items() if actor.leads}
    wanted = [*SHARED, *(f"{leaders[bloc]}.{one}" for bloc in BLOCS for one in OWN)]
    wanted = [name for name in wanted if name in names]
    precision, shift = np.eye(len(wanted)), np.zeros(len(wanted))
    rows = []
    for number, bloc in enumerate(BLOCS):
        seen = recorded[recorded["attacker"] == bloc]
        count, weeks = float(seen["onsets"].sum()), float(seen["weeks"].sum())
        used = [name for name in wanted if name in SHARED or name.startswith(f"{leaders[bloc]}.")]
        columns = played.normals[:, [names.index(name) for name in used]]
        slopes, level, rest = _regress(columns, played.onsets[:, number], played.weeks[:, number])
        target = np.log((count + 0.5) / weeks)
        variance = 1.0 / (count + 0.5) + DISCREPANCY**2 + rest**2
        load_on = np.zeros(len(wanted))
        load_on[[wanted.index(name) for name in used]] = slopes
        precision += np.outer(load_on, load_on) / variance
        shift += load_on * (target - level) / variance
        rows.append(
            {
                "attacker": bloc,
                "recorded_onsets": count,
                "recorded_weeks": weeks,
                "recorded_rate": count / weeks,
                "simulated_rate": played.onsets[:, number].sum() / played.weeks[:, number].sum(),
                "simulated_futures_with_none": (played.onsets[:, number] == 0).mean(),
            }
        )
    covariance = np.linalg.inv(precision)
    deviation = np.sqrt(np.diag(covariance))
    return Informed(tuple(wanted), covariance @ shift, deviation, pd.DataFrame(rows))


def _regress(normals: Floats, onsets: Floats, weeks: Floats) -> tuple[Floats, float, float]:
    """Slopes, level at the prior's middle, and residual spread of the log rate.

    A Poisson regression with a little shrinkage; the spread beyond Poisson is the residual's.
    """
    from scipy import optimize

    known = weeks > 0.0
    x = np.column_stack([np.ones(known.sum()), normals[known]])
    y, exposure = onsets[known], weeks[known]
    penalty = np.r_[0.0, np.full(x.shape[1] - 1, 1.0)]

    def loss(beta: Floats) -> tuple[float, Floats]:
        rate = np.exp(np.clip(x @ beta, -30.0, 5.0)) * exposure
        value = (rate - y * (x @ beta)).sum() + 0.5 * (penalty * beta**2).sum()
        return float(value), x.T @ (rate - y) + penalty * beta

    start = np.zeros(x.shape[1])
    start[0] = np.log((y.sum() + 0.5) / exposure.sum())
    beta = optimize.minimize(loss, start, jac=True, method="L-BFGS-B").x
    expected = np.exp(x @ beta) * exposure
    beyond = ((y - expected) ** 2 - expected).sum() / max((expected**2).sum(), 1e-12)
    return beta[1:], float(beta[0]), float(np.sqrt(max(beyond, 0.0)))


def offered(program: Program, informed: Informed) -> pd.DataFrame:
    """Percentiles of the informed unknowns before and after."""
    names = [unknown.name for unknown in program.unknowns]
    rows = []
    for name, mean, deviation in zip(
        informed.names, informed.mean, informed.deviation, strict=True
    ):
        column = names.index(name)
        ends = np.array([-Z95, Z95, mean - Z95 * deviation, mean + Z95 * deviation])
        normals = np.zeros((4, len(names)))
        normals[:, column] = ends
        values = unknowns_from_normals(program, normals)[:, column]
        rows.append(
            {
                "name": name,
                "before_low": values[0],
                "before_high": values[1],
                "low": values[2],
                "high": values[3],
                "moved": mean,
                "narrowed": deviation,
            }
        )
    return pd.DataFrame(rows)
