"""A theatre as a problem: its moves keep the prior, its particles are worlds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from contingent.compile import Program
from contingent.infer.draws import Draws
from contingent.infer.reports import Evidence, select
from contingent.infer.smc import fit
from contingent.infer.theatre import MECHANISMS, TheatreProblem, play, problem_of
from contingent.language import parse_state
from contingent.scenario.types import Scenario
from contingent.scenario.types_reports import Report

PARTICLES = 60


def evidence_of(program: Program, text: str, day: int, **more: object) -> Evidence:
    formula = parse_state(text, program.names.vocabulary())
    when = program.names.date(day)
    base = Evidence("R", "event", when, when, text, (formula,), day, day, trust=0.9)
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def problem(program: Program) -> TheatreProblem:
    reports = [
        evidence_of(program, "attacks(north, mill)", 5, id="A"),
        evidence_of(
            program, "fighters(north, hill)", 8, id="B", kind="value", low=900.0, high=1100.0,
            party="x",
        ),
        evidence_of(program, "holds(south, mill)", 12, id="C", kind="holder"),
    ]  # fmt: skip
    return problem_of(program, reports, ("x",))


def test_shape_and_horizons(problem: TheatreProblem) -> None:
    particles = problem.draw(PARTICLES, Draws((1, 0), 0))
    assert problem.horizons == [5, 8, 12] and problem.days == 13
    assert particles["normals"].shape == (PARTICLES, problem.width)
    assert particles["keys"].shape == (PARTICLES, 13, MECHANISMS, 2)
    found = problem.log_likelihoods(particles, 3)
    assert found.shape == (PARTICLES, 3) and np.isfinite(found).all()


def test_copies_of_a_world_have_one_path_and_others_do_not(problem: TheatreProblem) -> None:
    particles = problem.draw(3, Draws((1, 0), 0))
    rows = np.array([0, 1, 0, 2])
    paths = play(problem.program, {n: a[rows] for n, a in particles.items()}, 13)
    series = paths.signal(next(iter(problem.evidence[1].observables)))
    assert np.array_equal(series[0], series[2])
    assert not np.array_equal(series[0], series[1])


def test_a_shorter_path_is_the_beginning_of_a_longer_one(problem: TheatreProblem) -> None:
    particles = problem.draw(4, Draws((1, 0), 0))
    long, short = problem.log_likelihoods(particles, 3), problem.log_likelihoods(particles, 1)
    assert np.array_equal(long[:, :1], short)


def test_extending_renews_only_what_lies_ahead(problem: TheatreProblem) -> None:
    particles = problem.draw(4, Draws((1, 0), 0))
    assert problem.extend(particles, 0, Draws((1, 0), 1)) is particles
    later = problem.extend(particles, 1, Draws((1, 0), 1))
    assert np.array_equal(later["keys"][:, :6], particles["keys"][:, :6])
    assert not np.array_equal(later["keys"][:, 6:], particles["keys"][:, 6:])


@pytest.mark.parametrize("move", ["walk", "joint", "redraw", "days", "windows"])
def test_moves_change_what_they_say_and_keep_the_prior(problem: TheatreProblem, move: str) -> None:
    draws = Draws((3, 0), 0)
    particles = problem.draw(400, draws)
    learnt = problem.learn(particles, np.full(400, 1 / 400))
    before = {name: array.copy() for name, array in particles.items()}
    length = 0.4 if move in ("joint", "redraw", "walk") else 2.0
    proposal = problem.propose(move, particles, 3, length, learnt, Draws((3, 0), 1))
    assert all(np.array_equal(before[name], particles[name]) for name in particles)
    keys = (proposal.particles["keys"] != before["keys"]).any(axis=-1)
    normals = proposal.particles["normals"] != before["normals"]
    assert keys.any() == (move in ("joint", "days", "windows"))
    assert normals.any() == (move in ("walk", "joint", "redraw"))
    if move == "days":
        assert (keys.all(axis=2).sum(axis=1) == 2).all()
    if move in ("joint", "redraw"):
        test = stats.kstest(proposal.particles["normals"][:, :20].ravel(), "norm")
        assert test.pvalue > 1e-4
    if move == "walk":
        expected = 0.5 * (before["normals"] ** 2 - proposal.particles["normals"] ** 2).sum(axis=1)
        assert proposal.log_ratio == pytest.approx(expected)


def test_conditioning_agrees_with_weighting_many_prior_draws(problem: TheatreProblem) -> None:
    many = problem.draw(6000, Draws((9, 0), 0))
    total = problem.log_likelihoods(many, 3).sum(axis=1)
    reference = float(np.log(np.exp(total).mean()))
    weights = np.exp(total - total.max())
    error = float(np.std(weights) / weights.mean() / np.sqrt(len(weights)))
    runs = [
        fit(problem, (seed, 5), particles=PARTICLES, sweeps=2).log_evidence.sum()
        for seed in range(6)
    ]
    spread = float(np.std(runs, ddof=1)) / np.sqrt(len(runs))
    assert np.log(np.exp(runs).mean()) == pytest.approx(reference, abs=4 * (spread + error) + 0.05)


def test_the_library_theatres_make_problems(scenario: Scenario, program: Program) -> None:
    report = Report.model_validate(
        {"id": "R", "on": date(2020, 1, 9), "published": date(2020, 1, 9),
         "observe": "fighters(north, hill)", "at_least": 100, "by": "x"}
    )  # fmt: skip
    theatre = scenario.theatre.model_copy(update={"reports": (report,)})
    selection = select(theatre, program.names)
    made = problem_of(program, selection.evidence, selection.parties)
    assert made.width == len(program.unknowns) + 1
    assert [str(one) for one in made.program.series] == ["fighters(north, hill)"]
