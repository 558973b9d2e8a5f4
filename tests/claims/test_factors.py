"""*Because* in a plain run: the same futures with the factor and without."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from contingent.claims.assess import Pipeline
from contingent.claims.columns import headline_questions
from contingent.claims.companions import Playing, companion_futures, runs
from contingent.claims.evaluate import evaluate
from contingent.claims.factors import because, with_factor
from contingent.claims.verdict import Columns, estimate
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.language import observables, parse
from contingent.report.tables import row
from contingent.scenario.types import Scenario
from contingent.scenario.types_argument import Argument

FUTURES = 400
FALLS = "eventually(holds(north, mill), by=2020-03-01)"
CLAIM = {"form": {"because": "storm", "of": FALLS}}
EXPLANATIONS = {
    "storm": {"says": "x", "assume": {"north.forces.hill.mobile": "12_000 to 15_000"}},
    "same": {"says": "x", "assume": {"far.aims.mill": "2"}},
    "blind": {"says": "x", "switch": {"surveillance": "off"}},
}


@pytest.fixture(scope="module")
def arguing(small: Scenario) -> Any:
    def build(**claims: dict[str, Any]) -> Scenario:
        written = {name: {"says": name, "kind": "explanation", **one}
                   for name, one in claims.items()}  # fmt: skip
        argument = {"argument": "piece", "about": "small", "claims": written,
                    "source": {"title": "x", "written": "2020-01-20"},
                    "explanations": EXPLANATIONS}  # fmt: skip
        return Scenario(small.theatre, Argument.model_validate(argument))

    return build


def assessed(scenario: Scenario, *, variants: bool = False, futures: int = FUTURES) -> Any:
    pipeline = Pipeline(scenario, Playing(futures, seed=5))
    for paths in runs(pipeline.program, pipeline.playing):
        pipeline.read(paths)
    return {one.verdict.id: one for one in pipeline.finish(with_variants=variants).findings}


def fell(scenario: Scenario, futures: int = FUTURES) -> np.ndarray:
    """Whether the mill falls, future by future."""
    formula = parse(FALLS, compile_scenario(scenario).names.vocabulary())
    program = compile_scenario(scenario, sorted(observables(formula), key=str))
    paths = runs(program, Playing(futures, seed=5))
    return np.concatenate([evaluate(formula, one, 19) for one in paths])


def test_necessity_and_sufficiency_by_hand(arguing: Any) -> None:
    scenario = arguing(why=CLAIM)
    plain, storm = fell(scenario), fell(with_factor(scenario, "storm"))
    finding = assessed(scenario)["why"]
    necessary, sufficient = finding.because
    assert storm.sum() > plain.sum() and storm.sum() >= 50
    assert necessary.share == estimate(~plain, storm)
    assert sufficient.share == estimate(storm, ~plain)
    assert finding.verdict.probability == necessary.share.probability
    assert finding.verdict.readings == {
        "necessary": necessary.share.probability, "sufficient": sufficient.share.probability,
    }  # fmt: skip
    assert finding.verdict.plain is None
    assert finding.record()["because"][0]["asks"] == "necessity"


def test_a_factor_that_changes_nothing_has_nothing_to_do_with_it(arguing: Any) -> None:
    form = {"because": "same", "of": FALLS}
    for share in (one.share for one in assessed(arguing(why={"form": form}))["why"].because):
        assert share.probability in (0.0, None)


def test_a_reading_of_because_stands_beside_a_predicate(arguing: Any) -> None:
    finding = assessed(arguing(why={"holds": FALLS, **CLAIM}))["why"]
    assert list(finding.verdict.readings) == ["as-written", "necessary", "sufficient"]
    assert finding.verdict.plain is not None
    notes = " ".join(row(finding.record()).notes)
    assert "because storm: undone where it held" in notes and "sufficiency" in notes


def test_too_few_futures_are_said_to_be(arguing: Any) -> None:
    form = {"because": "blind", "of": "eventually(holds(far, hill), by=2020-01-21)"}
    finding = assessed(arguing(why={"form": form}), futures=60)["why"]
    assert finding.verdict.status == "too_few"
    assert any("too few futures" in note for note in row(finding.record()).notes)


def test_the_range_over_variants_is_that_of_the_answer(arguing: Any) -> None:
    verdict = assessed(arguing(why=CLAIM), variants=True)["why"].verdict
    assert verdict.variants >= 8
    assert 0.0 <= verdict.variants_low <= verdict.variants_high <= 1.0


def test_conditions_and_kept_futures_limit_who_counts() -> None:
    with_it = Columns(np.array([1, 1, 1, 0], bool), np.array([1, 1, 0, 1], bool))
    without = Columns(np.array([0, 1, 0, 0], bool), np.array([1, 1, 1, 0], bool))
    kept = (np.array([0, 1, 1, 1], bool), np.array([1, 1, 1, 1], bool))
    necessity = because("necessity", with_it, without, kept)
    assert necessity.given is not None and necessity.given.tolist() == [False, True, False, False]
    sufficiency = because("sufficiency", with_it, without, kept)
    assert sufficiency.given is not None
    assert sufficiency.given.tolist() == [True, False, True, False]


def test_an_assumption_that_leads_nowhere_names_its_explanation(arguing: Any) -> None:
    scenario = arguing(why=CLAIM)
    wrong = {"lost": {"says": "x", "assume": {"north.nowhere": 1}}}
    argument = scenario.argument.model_copy(
        update={"explanations": Argument.model_validate(
            scenario.argument.model_dump(by_alias=True, exclude_unset=True)
            | {"explanations": wrong}).explanations}
    )  # fmt: skip
    with pytest.raises(SettingError, match=r"explanations\.lost"):
        with_factor(dataclasses.replace(scenario, argument=argument), "lost")


def test_a_short_run_with_a_factor_has_more_futures(arguing: Any) -> None:
    early = "eventually(holds(north, mill), by=2020-01-25)"
    scenario = arguing(why={"form": {"because": "storm", "of": early}})
    futures = 1_000
    assert companion_futures(futures) == 400
    finding = assessed(scenario, futures=futures)["why"]
    assert finding.because[0].share.futures > 400
    known = Pipeline(scenario, Playing(60, seed=5), given_known=True)
    for paths in runs(known.program, known.playing):
        known.read(paths)
    (finding,) = known.finish(with_variants=False).findings
    assert finding.because[0].share.futures == 60
    assert finding.because[1].share.futures_used <= int(known.kept.sum())


def test_no_claim_is_taken_to_be_true_where_its_event_is(arguing: Any) -> None:
    pipeline = Pipeline(arguing(why=CLAIM), Playing(20, seed=5))
    for paths in runs(pipeline.program, pipeline.playing):
        pipeline.read(paths)
    assert set(pipeline.gathered.table()) == {"because why/necessary", "because why/sufficient"}
    assert headline_questions(pipeline.claims, pipeline.since) == []
