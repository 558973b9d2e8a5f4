"""Worlds of a conditioned theatre played to the end, once or under several programs.

A world is a particle: its unknowns, and the keys from which every random input of its days is
drawn. Days that no report looks at get fresh keys, which hang on the explanation and the world's
place alone. So the same worlds can be played again with a lever turned or a factor undone, and
differ from the first time by nothing else (common random numbers).
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Gathered, Question
from contingent.claims.companions import as_long_as_asked
from contingent.claims.verdict import Columns
from contingent.compile import Program, unknowns_from_normals
from contingent.infer.condition import Conditioned
from contingent.infer.draws import Draws, Floats, Integers, spawn
from contingent.infer.explanations import Assumed
from contingent.infer.smc import Particles
from contingent.infer.theatre import MECHANISMS, play
from contingent.infer.worlds import even_rows, transfer
from contingent.simulate.engines import Turn
from contingent.simulate.ensemble import key_of, threads_of
from contingent.simulate.outside import event_days
from contingent.simulate.paths import RecordedPaths

PLAYED = 20
"""Worlds played in one call: their series stay in the processor's cache."""
LATER_DAYS = 95
"""Purpose of the keys of the days after those that a world has keys for."""
PRIOR_LABEL = 2**31 + 23


@dataclass(frozen=True, eq=False)
class Worlds:
    """Worlds under one explanation, those of a replicate together; each counts as often.

    Attributes
    ----------
    name : of the explanation
    program : whose unknowns the normals stand for
    particles : normals, and keys of the first days
    replicates : (n,) number of the replicate, ascending
    roots : (n,) first particle of that replicate from which the world descends
    """

    name: str
    program: Program
    particles: Particles
    replicates: Integers
    roots: Integers

    def __len__(self) -> int:
        return len(self.replicates)

    def take(self, rows: NDArray[Any]) -> Worlds:
        """Return some of the worlds."""
        particles = {name: array[rows] for name, array in self.particles.items()}
        return replace(
            self, particles=particles, replicates=self.replicates[rows], roots=self.roots[rows]
        )

    @property
    def clusters(self) -> Integers:
        """Worlds that share an ancestor have one number, (n,)."""
        pairs = np.stack([self.replicates, self.roots], axis=1)
        return np.asarray(np.unique(pairs, axis=0, return_inverse=True)[1]).reshape(-1)


class Step(NamedTuple):
    """A run of worlds.

    Attributes
    ----------
    program : what they are played under
    asked : what is asked of them
    turn : levers moved on the way; None where the program holds from day 0
    """

    program: Program
    asked: Sequence[Question]
    turn: Turn | None = None


def conditioned_worlds(assumed: Assumed, done: Conditioned, futures: int) -> Worlds:
    """Worlds that the reports leave under one explanation, as many from each replicate."""
    each = max(1, futures // len(done.states))
    parts, roots = [], []
    for state in done.states:
        rows = even_rows(state, each)
        parts.append({name: array[rows] for name, array in state.particles.items()})
        roots.append(state.ancestors[rows])
    return _joined(assumed.name, done.problem.program, parts, roots)


def prior_worlds(assumed: Assumed, futures: int, seed: int, replicates: int) -> Worlds:
    """Worlds of one explanation's prior, in as many parts as there are replicates."""
    key = spawn(key_of(seed), PRIOR_LABEL)
    each = max(1, futures // replicates)
    parts = [assumed.problem.draw(each, Draws(key, number)) for number in range(replicates)]
    roots = [np.arange(each)] * replicates
    return _joined(assumed.name, assumed.problem.program, parts, roots)


def shares_of(weights: Mapping[str, float], units: int) -> dict[str, int]:
    """Divide some units by weight, the largest remainders first; no entry for none.

    >>> shares_of({"a": 0.5, "b": 0.3, "c": 0.2}, 4)
    {'a': 2, 'b': 1, 'c': 1}
    >>> shares_of({"a": 0.99, "b": 0.01}, 4)
    {'a': 4}
    """
    total = sum(weights.values())
    wanted = {name: weight / total * units for name, weight in weights.items()}
    found = {name: int(one) for name, one in wanted.items()}
    left = sorted(wanted, key=lambda name: found[name] - wanted[name])
    for name in left[: units - sum(found.values())]:
        found[name] += 1
    return {name: one for name, one in found.items() if one}


def _joined(
    name: str, program: Program, parts: Sequence[Particles], roots: Sequence[NDArray[Any]]
) -> Worlds:
    sizes = [len(part["normals"]) for part in parts]
    particles = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    numbers = np.repeat(np.arange(len(parts)), sizes)
    return Worlds(name, program, particles, numbers, np.concatenate(roots).astype(np.int64))


def ask(worlds: Worlds, step: Step, seed: int, threads: int | None = None) -> dict[str, Columns]:
    """Play worlds and ask them, up to the last day that anything asked looks at.

    Parameters
    ----------
    worlds : as conditioned, or drawn
    step : program, questions and levers
    seed : root seed

    Returns
    -------
    dict
        Key of the question to its columns, in the order of the worlds.
    """
    if not step.asked:
        return {}
    program = as_long_as_asked(step.program, step.asked)
    moved = transfer(worlds.particles, worlds.program, step.program, seed, 0)
    later = None if step.turn is None else _later(worlds, step.turn, seed)
    blocks = _blocks(worlds.replicates)

    def one(rows: slice) -> Gathered:
        paths = _play(worlds, program, moved, rows, seed, later)
        gathered = Gathered(step.asked)
        gathered.read(paths)
        return gathered

    with ThreadPoolExecutor(threads_of(threads), "worlds") as pool:
        parts = list(pool.map(one, blocks))
    found = {}
    for question in step.asked:
        columns = [part.columns(question.key) for part in parts]
        known = [each for each in columns if each is not None]
        given = [each.given for each in known if each.given is not None]
        outcome = np.concatenate([each.outcome for each in known])
        found[question.key] = Columns(outcome, np.concatenate(given) if given else None)
    return found


def _blocks(replicates: Integers) -> list[slice]:
    """Cut worlds into blocks that never span two replicates."""
    found = []
    starts = [0, *(np.flatnonzero(np.diff(replicates)) + 1).tolist(), len(replicates)]
    for first, stop in pairwise(starts):
        found += [slice(one, min(one + PLAYED, stop)) for one in range(first, stop, PLAYED)]
    return found


def _play(
    worlds: Worlds,
    program: Program,
    moved: Particles,
    rows: slice,
    seed: int,
    later: tuple[int, Floats] | None,
) -> RecordedPaths:
    """Play one block of worlds."""
    block = {name: array[rows] for name, array in moved.items()}
    label = zlib.crc32(worlds.name.encode())
    turned = None
    if later is not None and later[0] < program.days:
        turned = (later[0], later[1][rows])
    return play_on(program, block, seed, label, rows.start, turned=turned)


def play_on(
    program: Program,
    block: Particles,
    seed: int,
    label: int,
    first: int,
    *,
    turned: tuple[int, Floats] | None = None,
) -> RecordedPaths:
    """Play a block of worlds to the last day, with fresh inputs after the days of their keys.

    Parameters
    ----------
    program : of those unknowns
    block : normals and keys
    seed : root seed
    label : number of what the worlds are drawn under
    first : place of the block's first world among them
    turned : day on which a lever is turned, and the cells (worlds, cells) of the tables from then
    """
    count = len(block["normals"])
    keys = block["keys"][:, : program.days]
    missing = program.days - keys.shape[1]
    if missing > 0:
        draws = Draws(spawn(key_of(seed), label, first), 0)
        fresh = draws.words(LATER_DAYS, count, missing * MECHANISMS)
        keys = np.concatenate([keys, fresh.reshape(count, missing, MECHANISMS, 2)], axis=1)
    futures = (label % 256) * 2**24 + np.arange(first, first + count)
    events = event_days(program.events, program.names, seed, futures.tolist())
    return play(program, {**block, "keys": keys}, program.days, events, turned=turned)


def _later(worlds: Worlds, turn: Turn, seed: int) -> tuple[int, Floats]:
    """Every cell of the parameter tables after a turn; the same draws lie behind it."""
    program = turn.program
    moved = transfer(worlds.particles, worlds.program, program, seed, 0)
    thetas = unknowns_from_normals(program, moved["normals"][:, : len(program.unknowns)])
    values = np.tile(program.parameters, (len(worlds), 1))
    values[:, program.theta_target] = thetas[:, program.theta_slot] * program.theta_scale
    return turn.day, values


def by_replicate(worlds: Worlds, columns: Columns) -> list[tuple[int, int]]:
    """How many worlds of each replicate meet the condition, and in how many it comes true."""
    found = []
    for number in range(int(worlds.replicates[-1]) + 1):
        own = worlds.replicates == number
        met = own if columns.given is None else own & columns.given
        found.append((int(met.sum()), int((columns.outcome & met).sum())))
    return found
