"""Replicates of a conditioned theatre: same bytes, resumed, stopped, refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contingent.compile import Program
from contingent.errors import InferenceError, SettingError
from contingent.infer import condition as module
from contingent.infer.checkpoint import restore, save
from contingent.infer.condition import Progress, Settings, condition, run_digest, run_replicate
from contingent.infer.smc import first_state
from contingent.infer.theatre import TheatreProblem, problem_of

SETTINGS = Settings(particles=24, sweeps=1, replicates=2, seed=3, threads=2)


@pytest.fixture
def problem(program: Program, read: Any) -> TheatreProblem:
    reports = (
        replace(read(4, observe="attacks(north, mill)"), id="A"),
        replace(read(6, observe="fighters(north, mill)", value="600 to 900", by="x"), id="B"),
        replace(read(6, observe="contested(mill)"), id="C"),
        replace(read(9, observe="holds(north, mill)"), id="D"),
    )
    return problem_of(program, reports, ("x",))


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(
    problem: TheatreProblem,
) -> None:
    one = condition({"e": problem}, SETTINGS)["e"]
    again = condition({"e": problem}, replace(SETTINGS, threads=1))["e"]
    for first, second in zip(one.states, again.states, strict=True):
        assert first.particles["keys"].tobytes() == second.particles["keys"].tobytes()
        assert first.log_evidence.tobytes() == second.log_evidence.tobytes()
    assert one.states[0].log_evidence.tobytes() != one.states[1].log_evidence.tobytes()
    other = condition({"f": problem}, SETTINGS)["f"]
    assert one.states[0].log_evidence.tobytes() != other.states[0].log_evidence.tobytes()


def test_a_conditioned_theatre_describes_itself(problem: TheatreProblem) -> None:
    told: list[Progress] = []
    done = condition({"e": problem}, SETTINGS, listen=told.append)["e"]
    assert done.increments.shape == (2, 4)
    assert done.evidence.value < 0.0 and done.evidence.spread >= 0.0
    assert 2.0 <= done.effective <= 24.0 and 2 <= done.roots <= 24
    assert set(done.acceptance) == set(problem.moves)
    assert done.judgement in ("about", "refused") and done.mean_spread > 0.0
    assert {one.report for one in told} == {"A", "B", "C", "D"}
    hard = replace(done, infos=tuple((told[-1].info,) * 9 for _ in done.infos))
    assert done.collapses in {"A", "B", "C", "D"}
    assert all(spread > 0.3 for spread in done.unsettled.values())
    assert list(done.unsettled.values()) == sorted(done.unsettled.values(), reverse=True)
    single = replace(done, states=done.states[:1])
    assert len(single.unsettled) == len(problem.program.unknowns)
    assert single.collapses in {"A", "B", "C", "D"}
    assert hard.hard_reports == [problem.evidence[told[-1].info.step].id]


def test_a_stopped_run_goes_on_from_the_last_finished_date(
    problem: TheatreProblem, tmp_path: Path
) -> None:
    whole = condition({"e": problem}, SETTINGS)["e"]

    def stop(progress: Progress) -> None:
        if progress.report == "D":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        condition({"e": problem}, replace(SETTINGS, threads=1), folder=tmp_path, listen=stop)
    kept = restore(tmp_path / "e-0.npz", run_digest(problem, SETTINGS))
    assert kept is not None and kept[0].step == 3
    told: list[Progress] = []
    done = condition({"e": problem}, SETTINGS, folder=tmp_path, listen=told.append)["e"]
    assert {one.report for one in told if one.replicate == 0} == {"D"}
    assert done.states[0].particles["keys"].tobytes() == whole.states[0].particles["keys"].tobytes()
    assert done.infos[0] == whole.infos[0]
    finished: list[Progress] = []
    condition({"e": problem}, SETTINGS, folder=tmp_path, listen=finished.append)
    assert finished == []
    assert not list(tmp_path.glob("*.partial"))


def test_what_was_kept_for_other_settings_or_is_damaged_is_not_used(
    problem: TheatreProblem, tmp_path: Path
) -> None:
    path = tmp_path / "state.npz"
    state = first_state(problem, (1, 0), 3)
    save(path, state, [], "digest")
    found = restore(path, "digest")
    assert found is not None and np.array_equal(
        found[0].particles["normals"], state.particles["normals"]
    )
    assert restore(path, "another") is None
    path.write_bytes(path.read_bytes()[:100])
    assert restore(path, "digest") is None
    assert restore(tmp_path / "missing.npz", "digest") is None
    assert run_digest(problem, SETTINGS) != run_digest(problem, replace(SETTINGS, seed=4))


def test_one_particle_has_no_odds(problem: TheatreProblem) -> None:
    done = condition({"e": problem}, Settings(1, 1, 1, seed=1))["e"]
    assert done.judgement == "refused" and np.isnan(done.mean_spread)
    assert done.acceptance == {}


def test_no_reports_leave_the_prior(program: Program) -> None:
    done = condition({"e": problem_of(program, (), ())}, SETTINGS)["e"]
    assert done.evidence.value == 0.0 and done.judgement == "fine" and done.roots == 24
    assert done.collapses == ""


def test_settings_that_cannot_be_used(problem: TheatreProblem) -> None:
    for wrong in ({"particles": 0}, {"sweeps": 0}, {"replicates": 0}):
        with pytest.raises(SettingError):
            condition({"e": problem}, replace(SETTINGS, **wrong))


def test_where_no_particle_is_left_the_report_is_named(
    problem: TheatreProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Any:
        raise InferenceError("every weight has vanished", first_state(problem, (1, 0), 2))

    monkeypatch.setattr(module, "smc", fail)
    with pytest.raises(InferenceError, match="no particle is left after the report A"):
        run_replicate(problem, SETTINGS, "e", 0)


def test_the_report_that_contradicts_is_named_with_its_opponent(
    problem: TheatreProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All weights vanish at D; the particles that give D best are those that do not give B."""
    state = first_state(problem, (1, 0), 4)
    table = np.log(np.array([[0.9, 0.9, 0.9, 1e-30], [0.9, 1e-9, 0.9, 0.9],
                             [0.9, 0.9, 0.9, 1e-30], [0.9, 1e-9, 0.9, 0.9]]))  # fmt: skip
    stopped = state._replace(step=3, log_likelihood=table)

    def fail(*_: object, **__: object) -> Any:
        raise InferenceError("every weight has vanished", stopped)

    monkeypatch.setattr(module, "smc", fail)
    with pytest.raises(InferenceError, match="after the report D beside B: they contradict"):
        run_replicate(problem, SETTINGS, "e", 0)
    assert module.opposed(problem, stopped._replace(log_likelihood=table[:, :1])) == ""
    alike = np.zeros((4, 4))
    assert module.opposed(problem, stopped._replace(log_likelihood=alike)) == ""
