import numpy as np
import pytest
from validation.baselines import RATIO_EDGES, SAMPLES, Banded, BoostedTrees, Regression


def rows(n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    inputs = rng.standard_normal((n, 3))
    happened = (rng.random(n) < 1 / (1 + np.exp(-2 * inputs[:, 0]))).astype(float)
    return inputs, happened, np.arange(n) // 5


def test_a_band_is_shrunk_to_the_base_rate_by_two_rows() -> None:
    inputs = np.array([[-1.0], [-1.0], [2.0], [2.0]])
    happened = np.array([0.0, 0.0, 1.0, 1.0])
    rule = Banded(0, RATIO_EDGES)
    got = rule.probability(inputs, happened, np.arange(4), np.array([[2.0], [np.nan]]))
    assert got == pytest.approx([(2 + 2 * 0.5) / 4, 0.5])


@pytest.mark.parametrize("baseline", [Regression(), BoostedTrees()])
def test_regressions_find_the_slope(baseline: Regression | BoostedTrees) -> None:
    inputs, happened, groups = rows(200)
    low, high = baseline.probability(inputs, happened, groups, np.array([[-2.0, 0, 0], [2, 0, 0]]))
    assert low < 0.3 < 0.7 < high
    samples = baseline.samples(inputs, inputs[:, 1] * 2, groups, np.array([[0, 1.0, 0]]))
    assert samples.shape == (1, SAMPLES)
    assert samples.mean() == pytest.approx(2.0, abs=0.6)


@pytest.mark.parametrize("baseline", [Regression(), BoostedTrees()])
def test_one_outcome_in_training_gives_its_rate(baseline: Regression | BoostedTrees) -> None:
    inputs, _, groups = rows(30)
    got = baseline.probability(inputs, np.ones(30), groups, inputs[:2])
    assert got == pytest.approx([30.5 / 31] * 2)
