"""Scores from kept records."""

from __future__ import annotations

from typing import Any

import pytest

from contingent.analysis.scoring import base_rates, score_record, verdict_of


def claim(name: str, settled: Any, **entries: Any) -> dict[str, Any]:
    return {
        "id": name, "says": name, "kind": "forecast", "distance": "direct", "hedge_low": 0.6,
        "hedge_high": 0.8, "cluster": name, "note": "", "settled": settled, "void": False,
        "settled_by": "history", "status": "evaluated", "probability": 0.7, "low": 0.6,
        "high": 0.8, "futures_used": 100, **entries,
    }  # fmt: skip


CLAIMS = [
    claim("a", True),
    claim("b", False, cluster="same"),
    claim("c", False, cluster="same"),
    claim("d", True, settled_by="hand", void=True),
    claim("e", None, void=True),
    claim("f", "open"),
    claim("g", None, kind="normative", status="not_truth_apt", probability=None),
    claim("h", True, kind="explanation"),
]


def test_what_is_scored_and_what_is_listed() -> None:
    record = score_record({"scenario": "x", "study": "y", "claims": CLAIMS})
    assert [row["id"] for row in record["rows"]] == ["a", "b", "c", "d"]
    assert (record["clusters"], record["ranking"]) == (3, None)
    assert record["void"] == ["e"]
    assert record["open"] == ["f"]
    assert record["not_truth_apt"] == ["g"]
    assert record["unscored"] == ["h"]
    assert record["by_hand"] == ["d"]
    assert record["means"]["model"]["brier"] == pytest.approx((0.09 + 0.49 + 0.09) / 3)


def test_a_base_rate_leaves_out_its_own_cluster() -> None:
    rates = base_rates([verdict_of(one) for one in CLAIMS])
    assert rates == {"a": 0.5, "b": 1.0, "c": 1.0, "d": 0.5}


def test_the_model_after_the_reports_is_a_party_of_its_own() -> None:
    after = [
        {"id": "a", "conditioned": {"probability": 0.9}},
        {"id": "b", "conditioned": {"probability": None}},
        {"id": "c", "conditioned": {"probability": 0.2}},
        {"id": "d", "conditioned": {"probability": 0.6}},
        {"id": "g", "conditioned": None},
    ]
    conditioned = {"claims": after, "kept": "k", "fence": "2016-12-13", "hindsight": False}
    record = score_record({"scenario": "x", "study": "y", "claims": CLAIMS}, conditioned)
    assert record["conditioned"] == {"kept": "k", "fence": "2016-12-13", "hindsight": False}
    said = {row["id"]: row["probabilities"].get("conditioned") for row in record["rows"]}
    assert said == {"a": 0.9, "b": None, "c": 0.2, "d": 0.6}
    assert record["means"]["conditioned"]["brier"] == pytest.approx((0.01 + 0.04 + 0.16) / 3)
    alone = score_record({"scenario": "x", "study": "y", "claims": CLAIMS})
    assert alone["conditioned"] is None and "conditioned" not in alone["means"]
