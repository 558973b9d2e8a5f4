"""What would not fit is refused, and the limit is said."""

from __future__ import annotations

import pytest

from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.jobs.budget import Budget, megabytes
from contingent.jobs.requests import ConditionRequest, ReportRequest, RunRequest
from contingent.scenario.loading import load

PROGRAM = compile_scenario(load("two-towns"))


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(futures=100), "futures: found 2,000, expected at most 100"),
        (Budget(days=100), "days: found a theatre of 184 days, expected at most 100"),
        (Budget(megabytes=5), "memory: found about .* MB for 2,000 futures, expected at most 5 MB"),
    ],
)
def test_what_would_not_fit_is_refused(budget: Budget, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        budget.check(RunRequest(scenario="two-towns"), PROGRAM)


def test_conditioning_counts_the_particles_that_it_would_take() -> None:
    shipped = ConditionRequest(scenario="two-towns", quick=False)
    quick = ConditionRequest(scenario="two-towns")
    for budget, asked in ((Budget(futures=1_000), shipped), (Budget(futures=100), quick)):
        with pytest.raises(SettingError, match=r"futures: found .*, expected at most"):
            budget.check(asked, PROGRAM)
    Budget(futures=1_000).check(quick, PROGRAM)


def test_what_fits_is_let_in() -> None:
    Budget().check(RunRequest(scenario="two-towns"), PROGRAM)
    Budget().check(ReportRequest(study="a"), PROGRAM)
    Budget().check(ConditionRequest(scenario="two-towns", particles=100), PROGRAM, 2)


def test_memory_grows_with_futures_and_threads() -> None:
    assert megabytes(PROGRAM, 100_000) > megabytes(PROGRAM, 10_000) > 0
    assert megabytes(PROGRAM, 10_000, 8) > megabytes(PROGRAM, 10_000, 1)
