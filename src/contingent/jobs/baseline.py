"""The scenario as it stands, ready to be compared with: what every what-if of a study shares.

Futures that the study holds are read, not played; those beyond it are played once and remembered,
and so are all of them where another version of the model played the study. What was played of the
last few positions of the levers is remembered too, for a hand that comes back to one, or lets go
of it and wants to know more exactly.
"""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any, NamedTuple

from contingent.analysis.chunks import chunk_paths
from contingent.analysis.what_if import WhatIf, turn_of
from contingent.claims.columns import Question, headline_questions
from contingent.claims.companions import needed
from contingent.claims.evaluate import last_day, one_of_each
from contingent.claims.reading import ReadClaim, read_argument
from contingent.claims.verdict import Columns
from contingent.compile import Program, compile_scenario
from contingent.compile.series import wanted_series, with_series
from contingent.compile.unknowns import moved_unknowns
from contingent.errors import SettingError, StudyError
from contingent.jobs.branch import Branch
from contingent.jobs.draws import Draws
from contingent.jobs.truths import Read, Truths, read
from contingent.language import Formula
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario
from contingent.simulate.paths import RecordedPaths
from contingent.simulate.store import this_model
from contingent.simulate.study import Study

__all__ = ["Baseline", "Stage"]

SPARES = 0.6
"""A stage of its own is worth it where it ends before this share of the days of the next."""
MOST_BRANCHES = 48
"""Positions of the levers whose answers are kept."""
Grow = Callable[[range], Iterator[tuple[Read, range]]]


class Stage(NamedTuple):
    """What is played and asked at once.

    Attributes
    ----------
    days : number of days
    questions : that look no further
    later : claims that do
    """

    days: int
    questions: tuple[Question, ...]
    later: tuple[str, ...]


class Baseline:
    """A study's scenario without any lever moved.

    Parameters
    ----------
    scenario : with an argument
    study : its futures

    Raises
    ------
    SettingError
        If nothing is claimed.
    """

    def __init__(self, scenario: Scenario, study: Study) -> None:
        if scenario.argument is None:
            raise SettingError("what-if", "a theatre without an argument", "claims to compare")
        self.scenario, self.study, self.seed = scenario, study, study.manifest.seed
        plain = compile_scenario(scenario)
        claims = read_argument(scenario.argument, plain.names.vocabulary())
        since = {claim.id: plain.names.day(claim.since) for claim in claims}
        seen: dict[Formula, Formula] = {}
        self.questions = tuple(
            dataclasses.replace(
                one,
                formula=one_of_each(one.formula, seen),
                given=one.given and one_of_each(one.given, seen),
            )
            for one in headline_questions(claims, since)
        )
        self._claims = {claim.id: claim for claim in claims}
        self._series = [
            series for one in needed(self.questions) for series in wanted_series(one, plain.names)
        ]
        self._events = any(one.name == "event" for one in needed(self.questions))
        self.program = self._recording(plain)
        self.days = {question.key: self._days(question) for question in self.questions}
        self.draws = Draws(self.program, self.seed)
        self.unmoved = Branch(self.program, None, self.draws, self.seed, self.days)
        self._branches: OrderedDict[Any, Branch] = OrderedDict()
        self._truths = Truths()
        self._lock, self._choosing = Lock(), Lock()
        fits = this_model(study.manifest)
        self._kept: Iterator[RecordedPaths] | None = chunk_paths(study) if fits else None

    def branch(self, asked: WhatIf) -> Branch:
        """Return the scenario with levers moved, and with what was played of it before.

        Raises
        ------
        SettingError
            If a lever leads nowhere, or cannot be moved on that day.
        """
        key = (asked.begins, tuple((name, repr(written)) for name, written in asked.do.items()))
        with self._choosing:
            found = self._branches.get(key)
        if found is None:
            moved = self.moved(asked.do)
            turn = turn_of(asked, self.program, moved)
            start = moved if turn is None else self.program
            found = Branch(start, turn, self.draws, self.seed, self.days)
        with self._choosing:
            found = self._branches.setdefault(key, found)
            self._branches.move_to_end(key)
            while len(self._branches) > MOST_BRANCHES:
                self._branches.popitem(last=False)
        return found

    def moved(self, do: Mapping[str, Any]) -> Program:
        """Compile the scenario with levers moved; what it shares is held in memory once.

        Raises
        ------
        SettingError
            If a lever leads nowhere.
        """
        program = self._recording(compile_scenario(replace(self.scenario, do)))
        moved = moved_unknowns(program, self.program)
        if moved is None:
            return program
        unknowns = list(self.program.unknowns)
        for column in moved:
            unknowns[column] = program.unknowns[column]
        return dataclasses.replace(program, unknowns=tuple(unknowns))

    def _recording(self, program: Program) -> Program:
        """Return a program that leaves what the claims read, and nothing else."""
        kept = program if self._events else dataclasses.replace(program, events=())
        return with_series(kept, self._series)

    def claim_of(self, key: str) -> ReadClaim:
        """Return the claim of a question."""
        return self._claims[key.partition("/")[0]]

    def stages(self, claim: str | None, *, only: bool = False) -> list[Stage]:
        """Return what is played first, and what then.

        Parameters
        ----------
        claim : to be answered first; None if all are wanted at once
        only : whether to stop there

        Raises
        ------
        SettingError
            If no future answers that claim.
        """
        last = max(self.days.values(), default=1)
        if claim is None:
            return [self._stage(last)]
        found = [n for key, n in self.days.items() if key.partition("/")[0] == claim]
        if not found:
            known = ", ".join(question.key.partition("/")[0] for question in self.questions)
            raise SettingError("claim", repr(claim), f"a claim that a future answers: {known}")
        if only:
            return [self._stage(found[0])]
        ends = [last]
        for days in sorted(set(self.days.values()), reverse=True):
            if days > found[0] and _spares(days, ends[0]):
                ends.insert(0, days)
        while len(ends) > 1 and not _spares(found[0], ends[0]):
            ends.pop(0)
        if _spares(found[0], ends[0]):
            ends.insert(0, found[0])
        return [self._stage(days) for days in ends]

    def _stage(self, days: int) -> Stage:
        within = tuple(one for one in self.questions if self.days[one.key] <= days)
        keys = {one.key for one in within}
        later = [one.key.partition("/")[0] for one in self.questions if one.key not in keys]
        return Stage(days, within, tuple(later))

    def _days(self, question: Question) -> int:
        """Number of days that must be played to answer a question, its cut-off among them."""
        start, days = self.program.names.start, self.program.days
        formulas = [one for one in (question.formula, question.given) if one is not None]
        last = max(last_day(one, start, question.since_day, days) for one in formulas)
        return min(max(last, question.since_day) + 1, days)

    def columns(self, key: str, futures: int) -> Columns:
        """Return a question's columns in the first futures; `reach` them before."""
        return self._truths.first(key, futures)

    def reach(self, futures: int, grow: Grow) -> None:
        """Have the first futures at hand: read from the study, or else played by `grow`."""
        with self._lock:
            self._read(futures)
            known = self._known()
            if known < futures:
                for part, span in grow(range(known, futures)):
                    self._truths.extend(part, span)

    def ready(self, futures: int) -> None:
        """Have at hand what the first question will want, as far as nothing is played for it."""
        with self._lock:
            self._read(futures)
        self.draws.ready(futures)

    def _known(self) -> int:
        return self._truths.futures(self.days)

    def _read(self, futures: int) -> None:
        while (known := self._known()) < futures and self._kept is not None:
            try:
                paths = next(self._kept, None)
                if paths is not None:
                    part = read(self.questions, paths, self.days)
                    self._truths.extend(part, range(known, known + paths.futures))
                    continue
            except StudyError:
                self._truths = Truths()
            self._kept = None


def _spares(days: int, more: int) -> bool:
    """Whether a stage of so many days is worth it before one of more."""
    return days < more and days <= SPARES * more
