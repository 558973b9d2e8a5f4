"""The sampler: exact answers, its parts by hand, the same bytes again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from validation.conditioning.exact_models import MODELS, Exact, counts, linear_gaussian

from contingent.errors import InferenceError
from contingent.infer.replicates import combine
from contingent.infer.smc import (
    Length,
    adapted,
    effective_size,
    first_state,
    fit,
    log_sum_exp,
    smc,
    systematic,
    temper,
)
from contingent.streams import key_from_seed

SEEDS, PARTICLES = 12, 200


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_evidence_and_posterior_are_the_exact_ones(make: Callable[[], Exact]) -> None:
    model = make()
    logs, means = [], []
    for seed in range(1000, 1000 + SEEDS):
        state = fit(model, key_from_seed(seed), particles=PARTICLES, sweeps=3)
        logs.append(float(state.log_evidence.sum()))
        values = model.quantity(state.particles["unknowns"], state.particles["inputs"])
        means.append(float(np.exp(state.log_weights) @ values))
    evidence = combine(logs)
    assert abs(evidence.value - model.log_evidence) < 4.0 * evidence.error + 0.02
    error = np.std(means, ddof=1) / np.sqrt(SEEDS)
    assert abs(np.mean(means) - model.mean) < 4.0 * error + 0.005


def test_moves_that_ignore_the_prior_ratio_are_noticed() -> None:
    class Wrong(Exact):
        def propose(self, *arguments):  # type: ignore[no-untyped-def]
            return super().propose(*arguments)._replace(log_ratio=0.0)

    model = counts()
    wrong = Wrong(
        **{name: getattr(model, name) for name in model.__dataclass_fields__}
        | {"moves": {"walk": Length(2.38)}}
    )
    means = []
    for seed in range(8):
        state = fit(wrong, key_from_seed(seed), particles=PARTICLES, sweeps=6)
        rates = model.quantity(state.particles["unknowns"], state.particles["inputs"])
        means.append(float(np.exp(state.log_weights) @ rates))
    error = np.std(means, ddof=1) / np.sqrt(len(means))
    assert abs(np.mean(means) - model.mean) > 6.0 * error


def test_the_same_key_gives_the_same_bytes() -> None:
    model = counts()
    one, again = (fit(model, key_from_seed(3), particles=50) for _ in range(2))
    assert one.particles["unknowns"].tobytes() == again.particles["unknowns"].tobytes()
    assert one.log_evidence.tobytes() == again.log_evidence.tobytes()
    other = fit(model, key_from_seed(4), particles=50)
    assert one.log_evidence.tobytes() != other.log_evidence.tobytes()


def test_a_run_goes_on_from_any_state_with_the_bytes_it_would_have_had() -> None:
    model, key = linear_gaussian(), key_from_seed(5)
    states = [state for state, _ in smc(model, key, particles=40)]
    for middle in (states[1], states[-2]):
        *_, (last, _) = smc(model, key, particles=40, state=middle)
        assert last.particles["inputs"].tobytes() == states[-1].particles["inputs"].tobytes()


def test_infos_tell_what_happened() -> None:
    model = linear_gaussian()
    infos = [info for _, info in smc(model, key_from_seed(1), particles=100)]
    moved = [info for info in infos if info.acceptance]
    assert moved and all(set(info.acceptance) == set(model.moves) for info in moved)
    assert all(info.effective >= 0.5 * 100 - 1e-6 for info in infos)
    roots = [info.roots for info in infos]
    assert roots == sorted(roots, reverse=True)
    assert infos[-1].power == 1.0 and infos[-1].step == model.steps - 1


def test_one_particle_is_carried_through() -> None:
    state = fit(counts(), key_from_seed(1), particles=1)
    assert state.log_weights.tolist() == [0.0]
    with pytest.raises(ValueError, match="at least 1"):
        first_state(counts(), key_from_seed(1), 0)


def test_evidence_that_nothing_can_give_is_an_error_with_what_was_reached() -> None:
    model = counts()
    densities = model.log_densities

    def impossible(t, inputs):  # type: ignore[no-untyped-def]
        found = densities(t, inputs)
        found[:, 2] = -np.inf
        return found

    broken = replace(model, log_densities=impossible)
    with pytest.raises(InferenceError, match="vanished") as caught:
        fit(broken, key_from_seed(1), particles=20)
    assert caught.value.partial.step == 2


def test_evidence_that_a_few_particles_can_give_is_let_in() -> None:
    rise, log_weights, increment = temper(
        np.full(10, -np.log(10)), np.array([0.0] + [-np.inf] * 9), 1.0
    )
    assert 0.0 < rise <= 1.0 and effective_size(log_weights) == 1.0
    assert increment == pytest.approx(np.log(0.1))


def test_tempering_stops_where_half_the_particles_are_left() -> None:
    likelihood = -np.arange(100.0)
    rise, log_weights, _ = temper(np.full(100, -np.log(100)), likelihood, 1.0)
    assert 0.0 < rise < 1.0
    assert effective_size(log_weights) == pytest.approx(50.0, abs=1e-3)
    whole, _, increment = temper(np.full(100, -np.log(100)), likelihood * 1e-3, 1.0)
    assert whole == 1.0
    assert increment == pytest.approx(np.log(np.exp(likelihood * 1e-3).mean()))


def test_systematic_resampling_copies_each_particle_about_as_often_as_it_weighs() -> None:
    weights = np.array([0.05, 0.4, 0.0, 0.3, 0.25])
    for uniform in (0.01, 0.5, 0.99):
        counted = np.bincount(systematic(weights, uniform), minlength=5)
        assert counted.sum() == 5
        assert (np.abs(counted - 5 * weights) < 1.0).all() and counted[2] == 0


def test_lengths_are_adapted_within_bounds() -> None:
    assert adapted(1.0, 0.25) == 1.0
    assert adapted(1.0, 0.3) == pytest.approx(1.2)
    assert adapted(1.0, 1.0) == 2.0


def test_sums_of_vanishing_numbers() -> None:
    assert log_sum_exp(np.array([-np.inf, -np.inf])) == -np.inf
    assert log_sum_exp(np.array([-1000.0, -1000.0])) == pytest.approx(-1000.0 + np.log(2))
    assert effective_size(np.array([-np.inf])) == 0.0
