"""What if a lever were turned: the difference it makes to every claim, future by future.

Both branches are played with the same seed. A future's draws hang on its number and on names alone,
so the two branches of one future differ only by what the lever does, and small differences show
with few futures (common random numbers). A what-if *sets* something; it never conditions.

A what-if that begins later shares everything up to that day. What describes day 0 (forces, stocks,
levels of commitment) cannot be turned later.

The interval of a difference of two shares of the same futures is that of Agresti & Min (2005) for
matched pairs. Where a claim has a condition, each branch counts the futures that meet it there, and
the error comes from the influence of each future on both shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contingent.claims.columns import Question, headline_questions
from contingent.claims.companions import Companion, Playing, needed, play
from contingent.claims.judging import headed_by_factor
from contingent.claims.reading import ReadClaim, read_argument
from contingent.claims.verdict import Columns, estimate
from contingent.compile import Program, compile_scenario
from contingent.compile.names import read_names
from contingent.compile.program import offsets
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.reference.state import table_size
from contingent.scenario.changes import replace
from contingent.scenario.faults import nearest
from contingent.scenario.types import Scenario
from contingent.simulate.engines import Turn
from contingent.simulate.ensemble import Progress

__all__ = [
    "Difference",
    "WhatIf",
    "clustered_error",
    "difference_of",
    "largest_first",
    "movable",
    "named",
    "read_lever",
    "turn_of",
    "what_if",
]

NORMAL_95 = 1.959963984540054
Listener = Callable[[int, int, float], None]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class WhatIf:
    """A question: what if this were set?

    Attributes
    ----------
    name, says : its name, and the question in one sentence
    do : dotted names with their changes
    begins : day from which they hold; None for day 0
    """

    name: str
    do: Mapping[str, Any]
    says: str = ""
    begins: date | None = None


@dataclass(frozen=True)
class Difference:
    """What a lever does to one claim.

    Attributes
    ----------
    claim, says, kind : the claim
    before, after : share without and with the lever; None where too few futures count
    difference, error, low, high : after minus before, its standard error and 95 % interval
    futures : that count in both branches
    """

    claim: str
    says: str
    kind: str
    before: float | None
    after: float | None
    difference: float | None
    error: float | None
    low: float | None
    high: float | None
    futures: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out nought."""
        return self.low is not None and self.high is not None and self.low * self.high > 0.0


def read_lever(text: str) -> tuple[str, Any]:
    """Read ``NAME=CHANGE``, such as ``north.air.sorties_per_day=* 2``.

    >>> read_lever("north.delay = 3 to 5")
    ('north.delay', '3 to 5')
    >>> read_lever("north.delay=4")
    ('north.delay', 4.0)
    """
    name, sign, written = (part.strip() for part in text.partition("="))
    if not sign or not name or not written:
        raise SettingError("--do", repr(text), "NAME=CHANGE", 'as in --do "north.delay=* 2"')
    if written.lower() in ("true", "false", "on", "off"):
        return name, written.lower() in ("true", "on")
    try:
        return name, float(written.replace("_", ""))
    except ValueError:
        return name, written


def named(scenario: Scenario, names: Sequence[str]) -> list[WhatIf]:
    """Return what-ifs of the argument by name; all of them without a name.

    Raises
    ------
    SettingError
        If there is none of that name, or none at all.
    """
    known = {} if scenario.argument is None else scenario.argument.what_if
    if not names and not known:
        raise SettingError(
            "what-if", "an argument without what-ifs", "a lever",
            'as in --do "north.delay=* 2"',
        )  # fmt: skip
    for name in names:
        if name not in known:
            close = nearest(name, known)
            raise SettingError(
                "what-if", repr(name), f"one of {', '.join(known) or '(none)'}",
                f"did you mean {close!r}?" if close else "",
            )  # fmt: skip
    return [
        WhatIf(name, dict(entry.do), entry.says or "", entry.begins)
        for name, entry in known.items()
        if not names or name in names
    ]


def what_if(
    scenario: Scenario,
    asked: Iterable[WhatIf],
    playing: Playing,
    *,
    listen: Listener | None = None,
) -> dict[str, list[Difference]]:
    """Play every branch and compare it with the scenario as it stands.

    Returns
    -------
    dict
        What-if to the differences it makes, the largest clear one first.

    Raises
    ------
    SettingError
        If a lever's name leads nowhere, or nothing is claimed.
    """
    asked = list(asked)
    claims, questions = movable(scenario)
    changed = {one.name: replace(scenario, one.do) for one in asked}
    runs = _Runs(playing, len(asked) + 1, listen)
    program = compile_scenario(scenario, needed(questions))
    base = runs.play(lambda tell: play(program, playing, questions, progress=tell))
    found = {}
    for one in asked:
        branch = compile_scenario(changed[one.name], needed(questions))
        turn = turn_of(one, program, branch)
        start = branch if turn is None else program
        run = runs.play(
            lambda tell, s=start, t=turn: play(s, playing, questions, progress=tell, turn=t)
        )
        found[one.name] = _compared(claims, base, run)
    return found


def movable(scenario: Scenario) -> tuple[list[ReadClaim], list[Question]]:
    """Return the claims whose share of futures a lever can move, and the reading that heads each.

    Raises
    ------
    SettingError
        If nothing is claimed.
    """
    if scenario.argument is None:
        raise SettingError("what-if", "a theatre without an argument", "claims to compare")
    names = read_names(scenario.theatre)
    read = read_argument(scenario.argument, names.vocabulary())
    claims = [one for one in read if one.wordings and not headed_by_factor(one)]
    since = {one.id: names.day(one.since) for one in claims}
    return claims, headline_questions(claims, since)


def turn_of(asked: WhatIf, program: Program, branch: Program) -> Turn | None:
    """Return the day on which levers are moved; None if they hold from day 0 on.

    Raises
    ------
    SettingError
        If the day lies outside the theatre, or a lever describes day 0 alone.
    """
    if asked.begins is None or asked.begins <= program.names.start:
        return None
    day = program.names.day(asked.begins)
    if day >= program.days:
        raise SettingError(
            f"what-if {asked.name}", f"from {asked.begins}",
            f"a day of the theatre, {program.names.start} to {program.names.end}",
        )  # fmt: skip
    moved = _moved_tables(program, branch)
    late = [name for name in moved if not name.startswith(_OF_DAY_0)]
    if moved and not late:
        raise SettingError(
            f"what-if {asked.name}", f"{', '.join(asked.do)}, which describes day 0",
            "a lever that can be turned later", "leave out from:, or change what follows from it",
        )  # fmt: skip
    return Turn(day, branch)


_OF_DAY_0 = (
    "initial_", "committed_share", "recruit_ceiling", "plan_day", "plan_spread", "mechanism_on",
    "choice",
)  # fmt: skip


def _moved_tables(program: Program, branch: Program) -> list[str]:
    """Tables in which two programs over the same theatre differ."""
    found = [
        table.name
        for table in layout.STRUCTURE_TABLES
        if not table.name.startswith("series_")
        and not np.array_equal(program.table(table.name), branch.table(table.name))
    ]
    cells = _moved_cells(program, branch)
    for name, (start, dimensions) in offsets(program.sizes).items():
        stop = start + table_size(dimensions, program.sizes)
        if ((cells >= start) & (cells < stop)).any():
            found.append(name)
    return found


def _moved_cells(program: Program, branch: Program) -> Integers:
    """Cells of the parameter tables that differ between two programs, in order."""
    if program.parameters.shape != branch.parameters.shape:
        return np.arange(len(program.parameters))
    moved = set(np.flatnonzero(program.parameters != branch.parameters).tolist())
    before, after = _drawn(program), _drawn(branch)
    moved |= {cell for cell in before | after if before.get(cell) != after.get(cell)}
    return np.array(sorted(moved), dtype=np.int64)


def _drawn(program: Program) -> dict[int, Any]:
    """What stands behind the unknown cells, whatever the numbering of the unknowns."""
    behind = (*program.unknowns, *program.derived)
    columns = (program.theta_target, program.theta_slot, program.theta_scale)
    rows = zip(*(one.tolist() for one in columns), strict=True)
    return {cell: (behind[column], scale) for cell, column, scale in rows}


class _Runs:
    """Counts futures over several runs, for the listener."""

    def __init__(self, playing: Playing, runs: int, listen: Listener | None) -> None:
        self._each = playing.futures
        self._total = runs * playing.futures
        self._done, self._seconds = 0, 0.0
        self._listen = listen

    def play(self, run: Callable[..., Companion]) -> Companion:
        """Play one run, telling how far all of them are."""
        last = [0.0]

        def tell(progress: Progress) -> None:
            last[0] = progress.seconds
            if self._listen is not None:
                seconds = self._seconds + progress.seconds
                self._listen(self._done + progress.done, self._total, seconds)

        played = run(tell)
        self._done += self._each
        self._seconds += last[0]
        return played


def _compared(claims: Iterable[ReadClaim], base: Companion, branch: Companion) -> list[Difference]:
    found = []
    for claim in claims:
        key = f"{claim.id}/{claim.wordings[0].name}"
        before, after = base.columns(key), branch.columns(key)
        assert before is not None and after is not None
        found.append(difference_of(claim, before, after))
    return largest_first(found)


def largest_first(found: Iterable[Difference]) -> list[Difference]:
    """Return differences in the order in which they are read: the largest clear one first."""
    return sorted(
        found,
        key=lambda one: (
            one.difference is None,
            not one.clear,
            -abs(one.difference or 0.0),
        ),
    )


def difference_of(
    claim: ReadClaim, before: Columns, after: Columns, clusters: Integers | None = None
) -> Difference:
    """Return what a lever does to one claim, from its columns without and with the lever.

    Parameters
    ----------
    claim : the claim
    before, after : without and with the lever, future by future
    clusters : (futures,) number of the ancestor that a future shares with others; futures of their
        own if left out
    """
    statement = claim.statement
    one, other = estimate(before.outcome, before.given), estimate(after.outcome, after.given)
    used = min(one.futures_used, other.futures_used)
    facts = (statement.id, statement.says, statement.kind, one.probability, other.probability)
    if one.probability is None or other.probability is None:
        return Difference(*facts, None, None, None, None, used)
    if before.given is None:
        gained = int(np.count_nonzero(after.outcome & ~before.outcome))
        lost = int(np.count_nonzero(before.outcome & ~after.outcome))
        middle, error = matched_pairs(gained, lost, len(before.outcome))
    else:
        middle = other.probability - one.probability
        error = max(_influence_error(before, after), matched_pairs(0, 0, used)[1])
    if clusters is not None:
        error = max(error, clustered_error(before, after, clusters))
    return Difference(
        *facts,
        other.probability - one.probability,
        error,
        max(middle - NORMAL_95 * error, -1.0),
        min(middle + NORMAL_95 * error, 1.0),
        used,
    )


def matched_pairs(gained: int, lost: int, pairs: int) -> tuple[float, float]:
    """Middle and standard error of a difference of shares of the same futures.

    Half a future is added to each of the four outcomes (Agresti & Min 2005, Statistics in
    Medicine 24, 729-740), so that no difference at all still has an error.

    >>> middle, error = matched_pairs(0, 0, 998)
    >>> middle, round(error, 4)
    (0.0, 0.001)
    """
    total = pairs + 2.0
    more, fewer = gained + 0.5, lost + 0.5
    variance = (more + fewer) - (more - fewer) ** 2 / total
    return (more - fewer) / total, sqrt(variance) / total


def _influence_error(before: Columns, after: Columns) -> float:
    """Standard error of a difference of two conditional shares of the same futures."""
    influence = _influence(after) - _influence(before)
    return float(influence.std() / sqrt(len(influence)))


def clustered_error(before: Columns, after: Columns, clusters: Integers) -> float:
    """Standard error of a difference of shares of futures that share ancestors.

    Influences are summed within a cluster and squared (Liang & Zeger 1986), so that the
    descendants of one particle count as what they are.
    """
    influence = _influence(after) - _influence(before)
    sums = np.bincount(clusters, weights=influence)
    groups = np.count_nonzero(np.bincount(clusters))
    if groups < 2:
        return 1.0
    return float(sqrt((sums**2).sum() * groups / (groups - 1)) / len(influence))


def _influence(columns: Columns) -> Any:
    if columns.given is None:
        return columns.outcome - columns.outcome.mean()
    met = columns.given.mean()
    share = (columns.outcome & columns.given).mean() / met
    return columns.given * (columns.outcome - share) / met
