"""What one job or what-if may cost at most: futures, days, memory; more is refused."""

from __future__ import annotations

from dataclasses import dataclass

from contingent.compile.program import Program
from contingent.errors import SettingError
from contingent.jobs.requests import ConditionRequest, Request
from contingent.simulate.ensemble import CHUNK, IN_FLIGHT, threads_of

__all__ = ["Budget", "megabytes"]

PARTICLE_FACTOR = 3
"""A particle's state is kept, proposed and written: three times the numbers of its world."""


@dataclass(frozen=True)
class Budget:
    """Limits of one job, and of one question of the held slider.

    Attributes
    ----------
    futures : that are played
    days : of the theatre
    megabytes : of memory, as estimated from the theatre's size
    """

    futures: int = 50_000
    days: int = 4_000
    megabytes: int = 4_000

    def check(self, request: Request, program: Program, threads: int | None = None) -> None:
        """Refuse a request that would not fit.

        Raises
        ------
        SettingError
            Names the limit.
        """
        self.allow(asked_futures(request), program, threads)

    def allow(self, futures: int, program: Program, threads: int | None = None) -> None:
        """Refuse futures of a program that would not fit.

        Raises
        ------
        SettingError
            Names the limit.
        """
        if futures > self.futures:
            raise SettingError(
                "futures", f"{futures:,}", f"at most {self.futures:,}", "ask for fewer"
            )
        if program.days > self.days:
            raise SettingError(
                "days", f"a theatre of {program.days:,} days", f"at most {self.days:,}",
                "shorten the theatre",
            )  # fmt: skip
        needed = megabytes(program, futures, threads)
        if needed > self.megabytes:
            raise SettingError(
                "memory", f"about {needed:,} MB for {futures:,} futures",
                f"at most {self.megabytes:,} MB", "ask for fewer futures",
            )  # fmt: skip


def asked_futures(request: Request) -> int:
    """Futures, or particles where there are more of them, that a request plays; 0 for a report."""
    if isinstance(request, ConditionRequest):
        from contingent.infer.account import budget_of

        return budget_of(request.particles, request.seed, quick=request.quick).settings.particles
    wanted = [getattr(request, name, None) for name in ("futures", "particles")]
    return max([int(number) for number in wanted if number is not None], default=0)


def megabytes(program: Program, futures: int, threads: int | None = None) -> int:
    """Memory that futures of a program take at once, in MB, rounded up.

    Holders and flags of all futures lie in memory when a study is looked at; recorded series only
    of the chunks in flight.
    """
    places, series = program.sizes["P"], program.sizes["S"]
    ways = program.days * places * 3
    flying = (IN_FLIGHT * threads_of(threads) + 1) * CHUNK
    whole = futures * (ways + 8 * program.columns * PARTICLE_FACTOR)
    return -(-(whole + min(flying, futures) * (ways + 12 * program.days * series)) // 10**6)
