"""Deaths by front, attack onset and the outside view: what they read, and known answers."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from validation.onset import fit, library, study
from validation.onset import table as onsets
from validation.theatre import compare, figures, fronts, reporting, simulate

from contingent.scenario.loading import load
from contingent.simulate.ensemble import key_of
from contingent.simulate.ensemble import simulate as play_core
from validation import outside_view

FENCE = date(2016, 12, 12)


def test_nothing_after_the_fence_is_read_and_onsets_end_before_day_0() -> None:
    read = fronts.events().events
    assert read["last"].max().date() == FENCE == load(fronts.THEATRE).theatre.now
    assert load(fronts.THEATRE).theatre.start > onsets.LAST
    rules = (onsets.Rule(), onsets.Rule(surge=True))
    for found in map(onsets.table, rules):
        assert found["week"].max() <= onsets.LAST
        assert found["exposure"].between(0.0, 1.0 + 1e-9).all()
        opened = found[found["onset"] == 1]
        assert (opened["day"] >= opened["week"]).all() and len(opened) > 20
        assert found["km"].between(15.0, onsets.BORDER_KM).all()


def test_an_event_belongs_to_one_front_and_civilians_are_not_counted() -> None:
    read = fronts.events().events
    of = np.stack([front.between(read) for front in fronts.fronts()])
    assert of.sum(axis=0).max() == 1
    assert (read["fallen_best"] <= read["best"]).all()
    table = fronts.recorded()
    assert (table["recorded_low"] <= table["recorded_best"] + 1e-9).all()
    assert (table["recorded_best"] <= table["recorded_high"] + 1e-9).all()
    same = next(w for w in fronts.windows(date(2016, 11, 24)) if w.name == compare.SAME)
    assert (same.first, same.last, same.days) == (date(2016, 11, 25), FENCE, 18)


def test_who_falls_is_written_down_by_place_and_the_paths_stay_the_same() -> None:
    cut = simulate.program(fronts.THEATRE)
    fallen = simulate.play(fronts.THEATRE, 0, 2)
    (chunk,) = play_core(cut, 2, simulate.SEED, threads=1)
    with simulate.fallen_written_down(cut.sizes["P"]) as book:
        assert book.sum() == 0.0
    fought = (chunk.flags > 0).any(axis=1)
    assert fallen.shape == (2, simulate.DAYS + 1, cut.sizes["P"])
    assert (fallen.sum(axis=1)[~fought] == 0.0).all()
    assert fallen.sum() > 0.0 and key_of(simulate.SEED) is not None


def test_a_simulation_equal_to_the_record_scores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = fronts.recorded()
    same = table[table["window"] == compare.SAME].set_index("front")["recorded_best"]
    rates = {(front, kind): np.full(50, same[front]) for front in same.index for kind in
             (compare.SAME, "first-30")}  # fmt: skip
    monkeypatch.setattr(compare, "rates", lambda fallen: rates)
    found = compare.compare(np.zeros((50, 1, 1)))
    exact = found.fronts[found.fronts["window"] == compare.SAME]
    assert exact["crps_raw"].max() == pytest.approx(0.0)
    assert exact["inside50_raw"].min() == 1.0
    assert (exact["crps_adjusted"] > 0.0).all()
    assert found.factors["needed"].tolist() == pytest.approx([1.0] * len(exact))
    assert found.differences["verdict"].iloc[0] == "better"


def test_the_reporting_factor_uses_no_operation_of_the_theatre_itself() -> None:
    known = reporting.operations(date(2016, 11, 24))
    assert "SY16-PAL4" not in set(known["id"]) and len(known) >= 10
    factor = reporting.draws(known, 4_000, 1)
    assert factor.max() <= reporting.MOST
    middle = float(np.exp(known["log_ratio"].mean()))
    assert np.median(factor) == pytest.approx(middle, rel=0.1)


def test_a_figure_a_front_is_drawn(tmp_path: Path) -> None:
    table = pd.read_csv(compare.RESULTS / "theatre_fronts.csv")
    table[table["front"] == "mosul"].to_csv(tmp_path / "theatre_fronts.csv", index=False)
    names = figures.draw_all(tmp_path, {"mosul": "Mosul"})
    assert names == ["theatre_mosul.png", "theatre_fronts.png"]
    assert all((tmp_path / name).stat().st_size > 5_000 for name in names)


def _made_up(slope: float, count: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "attacker": rng.choice(onsets.BLOCS, count),
            "exposure": 1.0,
            "km": rng.uniform(20.0, 150.0, count),
            "busy_defender": rng.integers(0, 10, count).astype(float),
            "busy_attacker": rng.integers(0, 10, count).astype(float),
            "aircraft": rng.integers(0, 2, count).astype(float),
            "air_elsewhere": rng.uniform(0.0, 4.0, count),
        }
    )
    busy = (rows["busy_defender"] - 4.5) / rows["busy_defender"].std()
    rows["onset"] = rng.poisson(np.exp(-3.0 + slope * busy))
    return rows


@pytest.mark.parametrize("slope", [-0.6, 0.0, 0.6])
def test_the_pull_of_a_busy_defender_is_found_where_there_is_one(slope: float) -> None:
    inside = 0
    for seed in range(4):
        found = fit.fit(fit.design(_made_up(slope, 1_500, seed)), seed, draws=2_000)
        low, _, high = found.interval("busy_defender")
        inside += low <= slope <= high
        assert found.effective > 0.2
        assert np.abs(found.draws.mean(axis=0) - found.mode).max() < 0.35
    assert inside >= 3


def test_quiet_looks_back_as_many_days_as_it_says() -> None:
    attack = np.zeros((1, 10), dtype=bool)
    attack[0, 2] = True
    assert library._quiet(attack, 3)[0].tolist() == [True] * 3 + [False] * 3 + [True] * 4


def test_rates_of_launches_inform_only_what_decides_launches() -> None:
    played = library.launches(200, threads=2)
    weeks = played.weeks.sum(axis=0) / len(played.weeks)
    often = pd.DataFrame({"attacker": onsets.BLOCS, "onsets": 40, "weeks": weeks.clip(min=1.0)})
    informed = library.inform(played, often)
    moved = dict(zip(informed.names, informed.mean, strict=True))
    assert moved["is.go_threshold"] < 0.0 and moved["is.start_cost"] < 0.0
    assert np.all(informed.deviation <= 1.0 + 1e-9)
    offered = library.offered(played.program, informed).set_index("name")
    before = offered.loc["is.start_cost"]
    assert (before["before_low"], before["before_high"]) == pytest.approx((1.5, 3.5), rel=1e-3)


def test_every_offered_prior_says_where_it_comes_from_and_none_is_shipped() -> None:
    table = pd.read_csv(study.RESULTS / "onset_priors.csv")
    assert (table["last_date"] < "2016-11-24").all() and (table["shipped"] == "no").all()
    assert table[["name", "unit", "basis", "source", "says"]].notna().all().all()
    assert (table["low"] <= table["high"]).all()


def test_the_librarys_outside_view_is_what_the_command_makes() -> None:
    kept = pd.read_csv(outside_view.LIBRARY, keep_default_na=False)
    made = outside_view.rates(outside_view.cases())
    assert kept["n"].tolist() == made["n"].tolist() and kept["k"].tolist() == made["k"].tolist()
    assert (kept["last"] == str(onsets.LAST)).all()
    assert (kept["k"] <= kept["n"]).all()
    assert (kept["low"] < kept["mean"]).all() and (kept["mean"] < kept["high"]).all()
    kinds = {kind for text in kept["kinds"] for kind in text.split()}
    spec = load(fronts.THEATRE).theatre
    used = {force.kind for actor in spec.actors.values() for force in actor.forces}
    assert used <= kinds


def test_no_operation_of_the_flagship_is_in_the_outside_view() -> None:
    found = outside_view.cases()
    assert max(found["began"]) <= onsets.LAST
    jihadist = found[(found["attacker"] == "mobile-jihadist") & found["place"].str.contains("Palm")]
    assert len(jihadist) == 1
