"""Scores of author, model and base rate, against scoringrules."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from contingent.claims.scores import (
    ENOUGH,
    FLOOR,
    brier,
    disagreements,
    log_score,
    score,
)
from contingent.claims.verdict import Distance, Kind, Ruling, Statement, Verdict, rule


def verdict(
    name: str,
    settled: bool | None = True,
    *,
    model: float | None = 0.7,
    hedge: tuple[float, float] | None = (0.55, 0.8),
    kind: Kind = "forecast",
    cluster: str = "",
    ruling: Ruling | None = None,
    distance: Distance = "direct",
    note: str = "",
) -> Verdict:
    statement = Statement(name, name, kind, distance, hedge, cluster, note=note)
    status = "not_truth_apt" if kind == "normative" else "evaluated"
    return Verdict(statement, status, model, ruling=ruling or rule(settled))


@given(st.floats(0, 1), st.booleans())
def test_scoringrules_agrees(probability: float, happened: bool) -> None:
    theirs = scoringrules.brier_score(float(happened), probability)
    assert brier(probability, happened) == pytest.approx(float(theirs), abs=1e-12)
    kept = float(np.clip(probability, FLOOR, 1 - FLOOR))
    theirs = scoringrules.log_score(float(happened), kept)
    assert log_score(probability, happened) == pytest.approx(float(theirs), abs=1e-9)


def test_a_certain_error_costs_much_and_not_everything() -> None:
    assert log_score(0.0, True) == pytest.approx(6.907755, abs=1e-6)
    assert log_score(1.0, False) == pytest.approx(6.907755, abs=1e-6)


def test_an_author_is_scored_at_both_ends_of_his_hedge_and_between() -> None:
    card = score([verdict("yes", True), verdict("no", False)], {"yes": 0.5, "no": 0.5})
    yes, no = card.rows
    assert yes.probabilities == {
        "author_best": 0.8,
        "author_middle": pytest.approx(0.675),
        "author_worst": 0.55,
        "model": 0.7,
        "base_rate": 0.5,
    }
    assert (no.probabilities["author_best"], no.probabilities["author_worst"]) == (0.55, 0.8)
    assert yes.scores["model"].brier == pytest.approx(0.09)
    assert card.means["base_rate"].brier == 0.25
    best, worst = card.means["author_best"], card.means["author_worst"]
    assert best.brier < card.means["author_middle"].brier < worst.brier
    assert best.log < worst.log


def test_a_cluster_counts_once() -> None:
    errors = [verdict(f"same-{n}", False, model=0.9, cluster="same") for n in range(9)]
    card = score([*errors, verdict("other", True, model=0.9)])
    assert card.clusters == card.compared == 2
    assert len(card.rows) == 10
    assert card.means["model"].brier == pytest.approx((0.81 + 0.01) / 2)


def test_only_settled_forecasts_are_scored_and_the_rest_is_listed() -> None:
    card = score(
        [
            verdict("scored"),
            verdict("seen", kind="observation"),
            verdict("why", kind="explanation"),
            verdict("ought", kind="normative"),
            verdict("if", ruling=rule(True, given=False)),
            verdict("later", None),
            verdict("nothing-to-settle", ruling=Ruling()),
        ]
    )
    assert [row.id for row in card.rows] == ["scored"]
    assert card.unscored == ("seen", "why")
    assert card.not_truth_apt == ("ought",)
    assert card.void == ("if",)
    assert card.open == ("later", "nothing-to-settle")


def test_parties_are_compared_on_what_all_of_them_speak_to() -> None:
    card = score([verdict("both"), verdict("silent", hedge=None, model=0.0)])
    assert card.clusters == 2 and card.compared == 1
    assert card.means["model"].brier == pytest.approx(0.09)
    assert "author_best" not in card.rows[1].scores
    assert score([verdict("a", hedge=None), verdict("b", model=None)]).means == {}
    assert score([]).means == {}


def test_nobody_is_ranked_on_few_clusters() -> None:
    few = [verdict(f"c{n}", model=0.99) for n in range(ENOUGH - 1)]
    assert score(few).ranking is None
    assert score([*few, verdict("again", cluster="c0")]).ranking is None
    ranking = score([*few, verdict("last", model=0.99)]).ranking
    assert ranking is not None
    assert ranking == ("model", "author_best", "author_middle", "author_worst")


def test_where_predicate_and_coder_differ_both_are_shown_with_the_reason() -> None:
    verdicts = [
        verdict("same", True),
        verdict("differs", True, distance="proxy"),
        verdict("mixed", False, distance="close"),
        verdict("told", True),
        verdict("noted", True, note="the coder read it literally"),
        verdict("open", None),
        verdict("uncoded", True),
    ]
    hand = {"same": "true", "differs": "false", "mixed": "mixed", "told": "false"}
    hand |= {"noted": "false", "open": "false"}
    found = {one.id: one for one in disagreements(verdicts, hand, {"told": "another date"})}
    assert list(found) == ["differs", "mixed", "told", "noted"]
    assert (found["differs"].predicate, found["differs"].hand) == ("true", "false")
    assert "stands in" in found["differs"].reason
    assert "found it mixed" in found["mixed"].reason
    assert found["told"].reason == "another date"
    assert found["noted"].reason == "the coder read it literally"
