"""The hand on the slider: one question of each asker counts, and one is played at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, RLock
from typing import NamedTuple

from contingent.analysis.what_if import WhatIf
from contingent.jobs.baseline import Baseline
from contingent.jobs.budget import Budget
from contingent.jobs.held import Answer, Held
from contingent.jobs.stopping import Stopped
from contingent.jobs.studies import Studies
from contingent.jobs.study_scenarios import StudyScenarios

__all__ = ["Asked", "Hand"]

MOST_BASELINES = 3
READY = 500
"""Futures of a study that are read before anybody asks."""
GLANCE = 0.05
"""Seconds between two looks at whether anybody still waits."""
SUPERSEDED = "a newer question took its place"


class Asked(NamedTuple):
    """One question.

    Attributes
    ----------
    study : its name
    what_if : the levers
    futures : that are compared
    claim : answered first
    only_claim : whether claims that look further ahead are left to another question
    client : who asks; a newer question of the same takes the place of the older
    """

    study: str
    what_if: WhatIf
    futures: int
    claim: str | None = None
    only_claim: bool = False
    client: str | None = None


class Hand:
    """Answers what-ifs for several askers.

    Parameters
    ----------
    studies : and what was
    played : into them
    threads : as many as processors if left out
    budget : that a question must fit; no limit if left out
    """

    def __init__(
        self,
        studies: Studies,
        played: StudyScenarios,
        threads: int | None = None,
        budget: Budget | None = None,
    ) -> None:
        self._studies, self._played = studies, played
        self._threads, self._budget = threads, budget
        self._held = Held(threads)
        self._playing = Lock()
        self._lock = RLock()  # an abandoned question may end wherever memory is cleared
        self._asking: dict[str, Event] = {}
        self._kept: OrderedDict[tuple[str, int], Baseline] = OrderedDict()

    def close(self) -> None:
        """Stop every question."""
        with self._lock:
            for stop in self._asking.values():
                stop.set()
        self._held.close()

    def ask(self, asked: Asked, stop: Event) -> Iterator[Answer]:
        """Answer a question, again and again until all is known.

        It takes the place of the asker's older one at once, before its first answer is fetched.

        Raises
        ------
        Missing
            If there is no such study.
        Changed
            If its scenario is not at hand any more.
        SettingError
            If a lever or the claim leads nowhere, or the budget is exceeded.
        Stopped
            If a newer question took its place, or `stop` was set.
        """
        if asked.client is not None:
            self._take_place(asked.client, stop)
        return self._answers(asked, stop)

    def _answers(self, asked: Asked, stop: Event) -> Iterator[Answer]:
        try:
            if stop.is_set():
                raise Stopped(SUPERSEDED)
            base = self.baseline(asked.study)
            if self._budget is not None:
                self._budget.allow(asked.futures, base.program, self._threads)
            base.branch(asked.what_if)  # compiled while the older question comes to its end
            with self._turn(stop):
                yield from self._held.ask(
                    base,
                    asked.what_if,
                    asked.futures,
                    claim=asked.claim,
                    only_claim=asked.only_claim,
                    stop=stop,
                )
        finally:
            with self._lock:
                if asked.client is not None and self._asking.get(asked.client) is stop:
                    del self._asking[asked.client]

    def _take_place(self, client: str, stop: Event) -> None:
        """Let a question take the place of the asker's older one."""
        with self._lock:
            older = self._asking.get(client)
            if older is not None:
                older.set()
            waiting = {who: one for who, one in self._asking.items() if not one.is_set()}
            self._asking = {**waiting, client: stop}

    @contextmanager
    def _turn(self, stop: Event) -> Iterator[None]:
        """Wait until nothing else is played."""
        while not self._playing.acquire(timeout=GLANCE):
            if stop.is_set():
                raise Stopped(SUPERSEDED)
        try:
            if stop.is_set():
                raise Stopped(SUPERSEDED)
            yield
        finally:
            self._playing.release()

    def baseline(self, name: str) -> Baseline:
        """Return a study's baseline, made once while the study stays as it is.

        It is made when a page opens the study, and so holds what its first question will want.
        """
        study = self._studies.study(name)
        key = (name, (study.folder / "manifest.json").stat().st_mtime_ns)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = Baseline(self._played.scenario(study), study)
        made.ready(min(READY, study.futures))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_BASELINES:
                self._kept.popitem(last=False)
        return made
