from __future__ import annotations

import numpy as np

from contingent.infer.odds import times_likelier


def test_words_for_odds() -> None:
    assert times_likelier(np.log(1.7)) == "about one and a half times likelier"
    assert times_likelier(np.log(1.8)) == "about two times likelier"
    assert times_likelier(-np.log(10.2)) == "about ten times less likely"
    assert times_likelier(np.log(11.0)) == "about 11 times likelier"
    assert times_likelier(-0.1) == "hardly less likely"
