import numpy as np
import pytest

from validation import scores


def test_log_loss_is_held_at_the_floor() -> None:
    losses = scores.log_losses(np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    assert losses == pytest.approx([-np.log(scores.FLOOR), -np.log(1 - scores.FLOOR)])


def test_auc_counts_ties_half() -> None:
    happened = np.array([1.0, 0.0, 1.0, 0.0])
    assert scores.auc(np.full(4, 0.3), happened) == 0.5
    assert scores.auc(np.array([0.9, 0.1, 0.8, 0.2]), happened) == 1.0


def test_crps_of_a_point_forecast_is_its_distance() -> None:
    assert scores.crps_losses(np.full((1, 50), 2.0), np.array([5.0])) == pytest.approx([3.0])


def test_central_interval_covers_what_it_says() -> None:
    rng = np.random.default_rng(1)
    samples = rng.standard_normal((2_000, 400))
    inside = scores.inside(samples, rng.standard_normal(2_000), 0.9)
    assert inside.mean() == pytest.approx(0.9, abs=0.02)


def test_bootstrap_takes_groups_whole() -> None:
    loss = np.repeat([0.0, 1.0], 50)
    groups = np.repeat(["a", "b"], 50)
    difference = scores.paired_difference(loss, np.full(100, 0.5), groups)
    assert difference.mean == pytest.approx(0.0)
    assert (difference.low, difference.high) == (-0.5, 0.5)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.2, -0.1, "better"),
        (0.1, 0.2, "worse"),
        (-0.1, 0.01, "no worse"),
        (-0.1, 0.1, "not told apart"),
    ],
)
def test_verdicts_follow_the_protocol(low: float, high: float, verdict: str) -> None:
    assert scores.Difference(0.0, low, high).verdict(0.02) == verdict
