"""Small twins of the runs in ``validation/conditioning``, and what their tables must hold."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from validation.conditioning import beside_pyabc, calibration, prior_draws, reference
from validation.conditioning.calibration import KEPT, calibrate, histogram
from validation.conditioning.interest import Interest, interest

from contingent.infer.condition import Settings
from contingent.infer.smc import log_sum_exp


@pytest.fixture(scope="module")
def asked() -> Interest:
    return interest()


def test_ranks_of_made_up_worlds_are_roughly_uniform() -> None:
    labels, ranks = calibrate(16, 40, 2, threads=2)
    assert ranks.shape == (16, len(labels)) and ranks.min() >= 0 and ranks.max() <= KEPT
    assert histogram(ranks[:, 0]).sum() == 16
    # The mean of all ranks of one world is shared by its unknowns only through the reports.
    assert abs(ranks.mean() / KEPT - 0.5) < 0.1


def test_a_made_up_world_has_its_ranks_however_many_there_are() -> None:
    _, one = calibrate(1, 10, 1, threads=1)
    _, two = calibrate(2, 10, 1, threads=2)
    assert np.array_equal(one[0], two[0])


def test_the_sampler_agrees_with_many_prior_draws(asked: Interest) -> None:
    drawn = pd.DataFrame([prior_draws.batch(asked, number, 500) for number in range(8)])
    known = prior_draws.together(drawn)
    runs = [
        reference.sampled(asked, Settings(particles=160, sweeps=2, seed=seed, threads=1))
        for seed in range(1, 5)
    ]
    table = reference.compare(known, runs)
    assert list(table["quantity"]) == [reference.EVIDENCE, *asked.labels]
    assert known.draws == 4_000 and 100.0 < known.effective < 4_000
    assert abs(table["z"]).max() < 5.0 and abs(table["z"]).median() < 2.0
    page = reference.as_text(table, known, asked, len(runs))
    assert page.count("\n| ") == len(table) + 1


def test_batches_join_to_what_all_draws_say_at_once() -> None:
    random = np.random.default_rng(3)
    logs, values = random.normal(size=(5, 40)), random.normal(size=(5, 40))
    rows = []
    for number, (some, value) in enumerate(zip(logs, values, strict=True)):
        weights = np.exp(some)
        rows.append(
            {
                "batch": number,
                "draws": 40,
                "log_mean_weight": float(np.log(weights.mean())),
                "effective": float(weights.sum() ** 2 / (weights**2).sum()),
                "value": float(weights @ value / weights.sum()),
            }
        )
    found = prior_draws.together(pd.DataFrame(rows))
    weights = np.exp(logs.ravel())
    assert found.log_evidence == pytest.approx(log_sum_exp(logs.ravel()) - np.log(200))
    assert found.means["value"] == pytest.approx(weights @ values.ravel() / weights.sum())
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert 0.0 < found.errors["value"] < 0.5 and 0.0 < found.log_evidence_error < 0.5


def test_a_table_of_another_model_is_told_by_its_first_batch(
    asked: Interest, tmp_path: Path
) -> None:
    table = pd.DataFrame([prior_draws.batch(asked, 0, 60)])
    prior_draws.write(table, tmp_path / "batches.csv")
    kept = prior_draws.read(tmp_path / "batches.csv")
    assert prior_draws.still_of_this_model(kept, asked)
    kept.loc[0, "log_mean_weight"] += 1e-6
    assert not prior_draws.still_of_this_model(kept, asked)
    assert not prior_draws.still_of_this_model(kept.drop(columns=[asked.labels[0]]), asked)


def test_the_committed_reference_has_a_million_draws_and_the_sampler_agrees() -> None:
    known = prior_draws.together(prior_draws.read())
    assert known.draws == 1_000_000 and known.log_evidence_error < 0.005
    table = pd.read_csv(reference.RESULTS / "reference.csv").set_index("quantity")
    row = table.loc[reference.EVIDENCE]
    assert row["prior_draws"] == pytest.approx(known.log_evidence, abs=1e-4)
    assert abs(table["z"]).max() < 4.0


def test_the_committed_calibration_is_that_of_its_ranks() -> None:
    ranks = pd.read_csv(calibration.RANKS)
    assert len(ranks) >= 200 and ranks.to_numpy().max() <= KEPT
    page = (calibration.RESULTS / "calibration.md").read_text(encoding="utf-8")
    for label in ranks.columns:
        assert f"| {label} | {' '.join(map(str, histogram(ranks[label].to_numpy())))} |" in page


def test_the_walk_that_may_drift_has_its_known_answer() -> None:
    exact = beside_pyabc.exact_probability()
    assert beside_pyabc.by_sampler(400, 1).probability == pytest.approx(exact, abs=0.03)
    weighed = beside_pyabc.by_weighting(20_000, 1)
    assert weighed.probability == pytest.approx(exact, abs=0.03) and weighed.walks == 20_000


@pytest.mark.parametrize("kernel", [True, False])
def test_pyabc_runs_beside_it_without_a_word(
    kernel: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sqlalchemy", reason="pyABC is not installed")
    if not beside_pyabc.has_pyabc():
        pytest.skip(beside_pyabc.INSTALL)
    before = np.random.get_state()[1].tolist()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = beside_pyabc.by_pyabc(10, 1, kernel=kernel, populations=2)
    assert 0.0 <= answer.probability <= 1.0 and answer.walks >= 20 and answer.seconds > 0.0
    assert np.random.get_state()[1].tolist() == before
    assert capsys.readouterr().out == ""


def test_without_pyabc_the_committed_table_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_pyabc, "has_pyabc", lambda: False)
    beside_pyabc.main()
    said = capsys.readouterr().out
    assert "pip install" in said
    for method in pd.read_csv(beside_pyabc.TABLE)["method"]:
        assert method in said


def test_a_line_of_the_comparison_is_its_answers() -> None:
    exact = beside_pyabc.exact_probability()
    answers = [
        beside_pyabc.Answer(exact + 0.1, 1.0, 10),
        beside_pyabc.Answer(exact - 0.1, 3.0, 30),
    ]
    line = beside_pyabc.row("some", 5, answers)
    assert line["rms_error"] == pytest.approx(0.1) and abs(line["mean_error"]) < 1e-12
    assert line["seconds"] == 2.0 and line["walks"] == 20.0
