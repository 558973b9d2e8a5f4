from __future__ import annotations

import numpy as np
import pytest

from contingent.infer.replicates import combine, judge_roots, judge_spread, worst


def test_evidences_are_averaged_and_not_their_logs() -> None:
    evidence = combine([0.0, np.log(3.0)])
    assert evidence.value == pytest.approx(np.log(2.0))
    assert evidence.spread == pytest.approx(np.log(3.0) / np.sqrt(2.0))


def test_the_error_is_that_of_the_mean() -> None:
    generator = np.random.default_rng(1)
    values = generator.normal(0.0, 0.1, (2000, 4))
    combined = [combine(row) for row in values]
    actual = np.std([one.value for one in combined])
    assert np.mean([one.error for one in combined]) == pytest.approx(actual, rel=0.1)


def test_one_replicate_has_no_error() -> None:
    evidence = combine([-3.0])
    assert evidence.value == -3.0 and np.isnan(evidence.error)
    assert judge_spread(evidence.spread) == "refused"


def test_judgements() -> None:
    assert worst("fine", judge_spread(0.5), judge_roots(100)) == "about"
    assert worst() == "fine"
