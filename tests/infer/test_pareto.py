"""The shape of a tail of weights, where it is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from contingent.infer.pareto import pareto_k


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.9])
def test_the_shape_of_pareto_weights_is_found(shape: float) -> None:
    found = [
        pareto_k(np.log(stats.genpareto.rvs(shape, size=4_000, random_state=seed)))
        for seed in range(20)
    ]
    # Drawn towards 1/2 by ten made-up weights among some 190.
    expected = (190.0 * shape + 5.0) / 200.0
    error = np.std(found, ddof=1) / np.sqrt(len(found))
    assert np.mean(found) == pytest.approx(expected, abs=4.0 * error + 0.02)


def test_equal_weights_and_too_few() -> None:
    assert pareto_k(np.zeros(500)) == 0.0
    assert pareto_k(np.array([0.0] * 495 + [1.0] * 5)) == pytest.approx(0.0, abs=2.0)
    assert np.isinf(pareto_k(np.zeros(10)))
