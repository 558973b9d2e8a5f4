"""The page's data agree with the study they are made from."""

from __future__ import annotations

import json

import numpy as np
import pytest

from contingent.report.view.build import build_view
from contingent.report.view.conditioned import conditioned_claims, explanations_record
from contingent.report.view.exemplars import chosen, only
from contingent.report.view.fans import fan
from contingent.report.view.levers import label
from contingent.report.view.movers import most_moving, movers
from contingent.report.view.shares import FALSE, OUTSIDE, TRUE, quantised


@pytest.fixture(scope="module")
def view(demo, run):
    return build_view(run, demo.spec, with_fans=True)


def test_shares_are_those_of_the_futures(view, run) -> None:
    holders = np.concatenate([chunk.holders for chunk in run.study.chunks()])
    shares = view.frames["holder_shares"]
    assert shares.shape == (*holders.shape[1:], len(run.study.names.actors))
    expected = (holders == 0).mean(axis=0)
    assert np.abs(shares[:, :, 0] / 255.0 - expected).max() <= 1 / 255
    assert (quantised(np.array([0.0, 1e-6, 1.0])) == [0, 1, 255]).all()


def test_truth_gives_back_each_probability(view) -> None:
    for column, claim in enumerate(view.meta["claims"]):
        rows = view.frames["truth"][:, column]
        if claim["probability"] is None:
            continue
        counted = rows[rows != OUTSIDE]
        assert (counted == TRUE).mean() == pytest.approx(claim["probability"])


def test_exemplars_are_what_they_say(view) -> None:
    kept = view.meta["exemplars"]
    assert kept["typical"]
    for column, claim in enumerate(view.meta["claims"]):
        sides = kept["by_claim"][claim["id"]]
        truth = view.frames["truth"][:, column]
        assert all(truth[future] == TRUE for future in sides["true"])
        assert all(truth[future] == FALSE for future in sides["false"])
        assert bool(sides["true"]) == bool((truth == TRUE).any())
    listed = chosen(kept)
    assert len(listed) == len(set(listed)) and listed[0] == kept["typical"][0]
    assert chosen(only(kept, listed[:3])) and set(chosen(only(kept, listed[:3]))) <= set(listed[:3])


def test_fans_are_quantiles(view, run) -> None:
    offered = [one["expression"] for one in view.meta["observables"]]
    assert {f"fan:{one}" for one in offered} == {n for n in view.frames if n.startswith("fan:")}
    for expression in offered[:3]:
        assert np.allclose(view.frames[f"fan:{expression}"], fan(run.study, expression), rtol=1e-6)
    share = fan(run.study, "holds(south, ford)")
    assert (share == share[0]).all() and share.max() <= 1.0


def test_everything_is_json_without_paths(view, run) -> None:
    text = json.dumps(view.meta, allow_nan=False)
    assert str(run.study.folder.parent) not in text
    assert view.meta["frames"].keys() == view.frames.keys()
    for name, one in view.meta["frames"].items():
        assert one["shape"] == list(view.frames[name].shape)


def test_actors_differ_in_colour_or_pattern(view) -> None:
    pairs = [(one["colour"], one["pattern"]) for one in view.meta["theatre"]["actors"]]
    assert len(pairs) == len(set(pairs))


def test_sliders_can_be_moved(view, demo) -> None:
    assert view.meta["levers"]
    for lever in view.meta["levers"]:
        assert lever["low"] <= lever["value"] <= lever["high"] and lever["step"] > 0.0
        change = f"* {lever['high']}" if lever["kind"] == "factor" else lever["high"]
        demo.replace({lever["name"]: change})
    assert "sorties per day" in label("north.air.sorties_per_day", demo.spec)


def test_an_unknown_that_decides_is_found(run) -> None:
    column = next(i for i in range(run.study.thetas.shape[1]) if np.ptp(run.study.thetas[:, i]) > 0)
    values = run.study.thetas[:, column]
    rng = np.random.default_rng(0)
    truth = np.stack([values > np.median(values), rng.uniform(size=len(values)) < 0.5], axis=1)
    found = movers(run.study, truth.astype(np.uint8), ["decided", "chance"])
    assert found["decided"][0].name == run.study.manifest.columns[column]["name"]
    assert found["decided"][0].matters
    assert not any(one.matters for one in found["chance"][3:])
    assert most_moving({"decided": found["decided"]}, 1) == [found["decided"][0].name]


def test_what_never_varies_has_no_movers(run) -> None:
    assert movers(run.study, np.ones((200, 1), dtype=np.uint8), ["always"]) == {}


RECORD = {
    "explanations": [
        {"name": "a", "says": "A.", "prior": 0.5, "posterior": 0.7, "low": 0.6, "high": 0.8,
         "separated": True, "judgement": "good", "log_evidence": -3.0},
    ],
    "causes": [{"factors": ["a"], "necessity": 0.4,
                "sufficiency": {"value": 0.2, "low": 0.1, "high": 0.3, "worlds": 40}}],
    "diagnosticity": ["r2", "r1"],
    "evidence": [
        {"id": name, "date": "2020-01-02", "on": "2020-01-01", "kind": "state", "says": name,
         "bits": {"a": 1.0}} for name in ("r1", "r2")
    ],
    "says": "a.", "event": None, "hindsight": False, "pairs": [], "same": [],
    "refused_reports": [],
    "over_time": [
        {"date": "2020-01-01", "reports": 1, "weights": None},
        {"date": "2020-01-02", "reports": 2, "weights": {"a": {"value": 0.7}}},
    ],
    "claims": [
        {"id": "c", "prior": {"probability": 0.3}, "by_explanation": {},
         "conditioned": {"probability": 0.6, "low": 0.5, "high": 0.7, "ess": 40.0}},
        {"id": "d", "conditioned": None},
    ],
}  # fmt: skip


def test_reports_are_listed_by_what_they_tell() -> None:
    found = explanations_record(RECORD)
    assert [row["id"] for row in found["matrix"]] == ["r2", "r1"]
    assert found["table"][0]["necessity"] == 0.4
    assert found["table"][0]["sufficiency"] == 0.2
    assert [row["weights"] for row in found["over_time"]] == [{}, {"a": 0.7}]
    claims = conditioned_claims(RECORD)
    assert claims["c"]["prior"] == 0.3 and claims["c"]["ess"] == 40.0 and "d" not in claims


def test_what_the_reports_say_is_shown_beside_the_claims(demo, run) -> None:
    name = run.record["claims"][0]["id"]
    kept = RECORD | {"claims": [RECORD["claims"][0] | {"id": name}]}
    meta = build_view(run, demo.spec, conditioned=kept).meta
    assert meta["explanations"]["table"][0]["posterior"] == 0.7
    after = {claim["id"]: claim["conditioned"] for claim in meta["claims"]}
    assert after.pop(name)["probability"] == 0.6
    assert not any(after.values())
