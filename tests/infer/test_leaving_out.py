"""Leaving one report out: by stored likelihoods, and by a run of its own."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from scipy.special import gammaln
from validation.conditioning.exact_models import COUNTS, RATE, SHAPE, counts

from contingent.compile import compile_scenario
from contingent.errors import InferenceError
from contingent.infer.condition import Settings, condition
from contingent.infer.explanations import assumed
from contingent.infer.leaving_out import left_out, let_out, let_out_again
from contingent.infer.reports import select
from contingent.infer.smc import fit
from contingent.scenario.types import Scenario
from contingent.streams import key_from_seed

SETTINGS = Settings(particles=24, sweeps=1, replicates=2, seed=3, threads=2)


@pytest.fixture(scope="module")
def done(argued: Scenario) -> Any:
    selection = select(argued.theatre, compile_scenario(argued).names)
    explained = assumed(argued, selection)
    return condition({"many": explained["many"].problem}, SETTINGS)["many"]


def exact(numbers: list[int]) -> float:
    """Log evidence of Poisson counts with a gamma rate."""
    total, days = sum(numbers), len(numbers)
    return float(
        SHAPE * np.log(RATE) - gammaln(SHAPE) - gammaln(np.array(numbers) + 1.0).sum()
        + gammaln(SHAPE + total) - (SHAPE + total) * np.log(RATE + days)
    )  # fmt: skip


@pytest.mark.parametrize("which", [1, 3])
def test_evidence_let_out_is_that_of_the_others(which: int) -> None:
    model, rest = counts(), [one for i, one in enumerate(COUNTS) if i != which]
    found = []
    for seed in range(20):
        state = fit(model, key_from_seed(seed), particles=300)
        gained = let_out(model, key_from_seed(seed + 1_000), state, which, 3)
        found.append(float(state.log_evidence.sum()) + gained)
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert abs(np.mean(found) - exact(rest)) < 4.0 * error + 0.01
    assert error < 0.05


def test_stored_likelihoods_undo_a_report(done: Any) -> None:
    rows = left_out(done)
    assert [row.report for row in rows] == ["seen", "attacked", "fell"]
    first = done.states[0]
    weights = np.exp(first.log_weights)
    by_hand = first.log_evidence.sum() + np.log(
        (weights * np.exp(-first.log_likelihood[:, 0])).sum()
    )
    single = dataclasses.replace(done, states=done.states[:1])
    assert left_out(single)[0].log_evidence == pytest.approx(by_hand)
    assert np.isnan(rows[0].otherwise) and rows[1].otherwise >= 0.0


def test_a_telling_report_that_no_world_contradicts_is_not_sound(done: Any) -> None:
    sharp = [state.log_likelihood.copy() for state in done.states]
    for table in sharp:
        table[:, 2] = table[:, 2].max()
    states = tuple(
        state._replace(log_likelihood=table)
        for state, table in zip(done.states, sharp, strict=True)
    )
    row = left_out(dataclasses.replace(done, states=states))[2]
    assert row.effective > 0.4 and row.otherwise == 0.0
    assert not row.sound and row.judgement == "refused"


def test_a_report_is_let_out_by_a_run_of_its_own(done: Any) -> None:
    found = let_out_again(done, ["fell"], SETTINGS)
    row = found["fell"]
    assert row.again and row.spread >= 0.0 and np.isfinite(row.log_evidence)
    assert row.judgement in ("fine", "about", "refused")
    assert let_out_again(done, ["fell"], SETTINGS)["fell"] == row


def test_weights_that_vanish_are_an_error() -> None:
    model = counts()
    state = fit(model, key_from_seed(1), particles=10)
    broken = state._replace(log_likelihood=np.full_like(state.log_likelihood, np.inf))
    with pytest.raises(InferenceError, match="vanished"):
        let_out(model, key_from_seed(2), broken, 0, 1)
