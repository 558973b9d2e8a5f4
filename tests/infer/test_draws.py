from __future__ import annotations

import numpy as np
from scipy import stats

from contingent.infer.draws import Draws, spawn


def test_a_draw_hangs_on_its_place_alone() -> None:
    draws = Draws((7, 9), 4)
    assert np.array_equal(draws.uniforms(3, 5, 4)[:2, :3], draws.uniforms(3, 2, 3))
    assert np.array_equal(draws.normals(3, 5, [8, 2])[:, 0], draws.normals(3, 5, [8])[:, 0])
    assert not np.array_equal(draws.uniforms(3, 5), Draws((7, 9), 5).uniforms(3, 5))
    assert not np.array_equal(draws.uniforms(3, 5), draws.uniforms(4, 5))


def test_draws_are_uniform_normal_and_whole() -> None:
    draws = Draws((1, 2), 0)
    assert stats.kstest(draws.uniforms(3, 500, 4).ravel(), "uniform").pvalue > 1e-3
    assert stats.kstest(draws.normals(4, 500, np.arange(4)).ravel(), "norm").pvalue > 1e-3
    whole = draws.whole(5, 3000, 3)
    assert set(np.unique(whole)) == {0, 1, 2}
    assert stats.chisquare(np.bincount(whole.ravel())).pvalue > 1e-3


def test_words_are_pairs_that_differ() -> None:
    words = Draws((1, 2), 0).words(3, 50, 40)
    assert words.shape == (50, 40, 2) and words.dtype == np.uint32
    assert len(np.unique(words.reshape(-1, 2), axis=0)) == 2000


def test_spawned_keys_differ_by_label_and_order() -> None:
    keys = {spawn((1, 0), a, b) for a in range(20) for b in range(20)}
    assert len(keys) == 400
    assert spawn((1, 0)) == (1, 0)
