"""Futures of an operation, by the engine, under draws of the parameters that operations share.

An unknown that could matter to a fight has a shared part, which goes through all operations, and an
operation's own: quality and resolve are shared by kind of force, ground and tempo by kind of
terrain, patience, aircraft and the parameters of combat, supply and relief by all. Both parts weigh
alike, and the own part is ``HETEROGENEITY`` times as wide as the prior says, because operations
differ by more than a prior for the middle of a kind. All else (strengths, roads, surveillance) is
each operation's own.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent import streams
from contingent.compile import (
    Program,
    Series,
    compile_scenario,
    draw_normals,
    unknowns_from_normals,
)
from contingent.core.engine import Log, run_futures
from contingent.scenario.loading import load
from validation.episodes.rows import Known
from validation.episodes.theatre import theatre_text

Floats = NDArray[np.float64]
KEPT_DAYS = 7
LATER_DAYS = 30
BATCH = 1_000
HETEROGENEITY = 1.7
FIGHTING = (
    "combat_",
    "front_density",
    "belt_intensity",
    "even_odds",
    "resolve_speed",
    "break_",
    "surprise",
    "supply_days",
    "wear",
    "response_factor",
)
SHARED_HABITS = {
    "attacker.patience": "patience",
    "attacker.abort_losses": "abort_losses",
    "attacker.air.effect": "air.effect",
    "defender.air.effect": "air.effect",
    "attacker.air.lethality": "air.lethality",
    "defender.air.lethality": "air.lethality",
}
RECORDED = (
    Series("attacks", ("attacker", "target")),
    Series("losses", ("attacker",)),
    Series("losses", ("defender",)),
)


class Futures(NamedTuple):
    """How simulated operations went, draws d by futures f.

    Attributes
    ----------
    holds, holds_later : (d, f) 1 if the attacker took and kept the place; and 30 days later
    outcome : (d, f, 3) ln days, ln killed of attacker, of defender
    """

    holds: Floats
    holds_later: Floats
    outcome: Floats


def program_of(known: Known) -> Program:
    """Compile the small theatre of a row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "episode.yaml"
        path.write_text(theatre_text(known), encoding="utf-8")
        return compile_scenario(load(path), RECORDED)


def shared_name(name: str, known: Known) -> str:
    """Name under which operations share an unknown; empty if they do not."""
    if name.startswith("model."):
        return name if name.removeprefix("model.").startswith(FIGHTING) else ""
    if name.endswith((".quality", ".resolve")) and ".forces." in name:
        side = known.attacker if name.startswith("attacker") else known.defender
        return f"{name.rsplit('.', 1)[1]} of {side}"
    if name.startswith("places.target.") and ".stocks." not in name:
        return f"{name} {known.terrain}"
    return SHARED_HABITS.get(name, "")


class Shared(NamedTuple):
    """Draws of what operations share: names (k,) and standard normals (d, k)."""

    names: tuple[str, ...]
    values: Floats


def draw_shared(names: tuple[str, ...], draws: int, seed: int) -> Shared:
    """Draw from the prior."""
    return Shared(names, np.random.default_rng(seed).standard_normal((draws, len(names))))


def names_of(known: Known) -> set[str]:
    """Names of what a row shares with others."""
    program = program_of(known)
    return {shared_name(unknown.name, known) for unknown in program.unknowns} - {""}


def normals(program: Program, known: Known, shared: Shared, each: int) -> Floats:
    """Whitened unknowns (d * each, unknowns): a draw's futures stand together."""
    own = draw_normals(program, _key(known), np.arange(len(shared.values) * each))
    out = own.copy()
    column = {name: i for i, name in enumerate(shared.names)}
    for i, unknown in enumerate(program.unknowns):
        name = shared_name(unknown.name, known)
        if name:
            common = np.repeat(shared.values[:, column[name]], each)
            out[:, i] = np.sqrt(0.5) * (common + HETEROGENEITY * own[:, i])
    return out


def _key(known: Known) -> streams.Key:
    return streams.key_from_seed(zlib.crc32(known.id.encode()))


def simulate(known: Known, shared: Shared, each: int) -> Futures:
    """Play ``each`` futures under every draw of what is shared."""
    program = program_of(known)
    theta = unknowns_from_normals(program, normals(program, known, shared, each))
    places = program.names.places.index("target"), program.names.actors.index("attacker")
    columns = [[str(s) for s in program.series].index(str(series)) for series in RECORDED]
    parts = []
    tables: Any = program
    for start in range(0, len(theta), BATCH):
        some = slice(start, min(start + BATCH, len(theta)))
        log = run_futures(tables, theta[some], _key(known), np.arange(some.start, some.stop))
        parts.append(_read(log, places, columns))
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    shape = (len(shared.values), each)
    return Futures(joined[0].reshape(shape), joined[1].reshape(shape), joined[2].reshape(*shape, 3))


def _read(log: Log, where: tuple[int, int], columns: list[int]) -> tuple[Floats, Floats, Floats]:
    place, actor = where
    held = log.holders[:, :, place] == actor
    days = held.shape[1]
    attacks, lost_attacker, lost_defender = (log.series[:, :, column] for column in columns)
    kept = _first(_lasting(held), days)
    over = _first(~held & (attacks == 0.0) & (np.arange(days) > 0), days)
    taken = kept < over
    end = np.clip(np.where(taken, kept, over), 1, days - 1)
    n = np.arange(len(held))
    later = held[n, np.minimum(kept + LATER_DAYS, days - 1)] & taken
    killed = [lost_attacker[n, end], lost_defender[n, np.maximum(end - 1, 1)]]
    numbers = np.maximum(np.column_stack([end, *killed]), 1.0)
    return taken.astype(float), later.astype(float), np.log(numbers)


def _lasting(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True on days from which the place is held for KEPT_DAYS days or to the end."""
    lasting = held.copy()
    for ahead in range(1, KEPT_DAYS):
        lasting[:, :-ahead] &= held[:, ahead:]
    return lasting


def _first(marks: NDArray[np.bool_], none: int) -> NDArray[np.int64]:
    return np.where(marks.any(axis=1), marks.argmax(axis=1), none).astype(np.int64)


def simulate_all(
    known: Sequence[Known], shared: Sequence[Shared], each: int, processes: int
) -> list[Futures]:
    """Simulate every row under its own draws of what is shared."""
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(simulate, *pair, each) for pair in zip(known, shared, strict=True)]
        return [job.result() for job in jobs]


def all_names(known: Sequence[Known], processes: int) -> tuple[str, ...]:
    """Names of what the rows share, in order."""
    with ProcessPoolExecutor(processes) as pool:
        return tuple(sorted(set().union(*pool.map(names_of, known))))
