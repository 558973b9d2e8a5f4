"""Two studies side by side."""

from __future__ import annotations

import pytest

import contingent as ct
from contingent.errors import StudyError


def test_a_study_against_itself(run) -> None:
    found = ct.compare(run, run)
    assert (found.numbers, found.rules, found.only) == ({}, {}, ((), ()))
    assert {claim["difference"] for claim in found.claims} == {0.0, None}


def test_numbers_rules_and_claims_that_differ(demo, run, tmp_path) -> None:
    changed = demo.replace({"south.aims.ford": 0})
    theatre = changed.spec.theatre
    structure = theatre.structure.model_copy(update={"fog": "none"})
    spec = type(changed.spec)(
        theatre.model_copy(update={"structure": structure}), changed.spec.argument
    )
    other = ct.Scenario(spec).run(200, seed=1, variants=False, studies=tmp_path)
    found = ct.compare(run, other)
    assert found.numbers == {"south.aims.ford": ("6", "0")}
    assert found.rules == {"fog": ("limited", "none")}
    attacked = next(one for one in found.claims if one["id"] == "ford-attacked")
    assert attacked["paired"]
    assert attacked["low"] < attacked["difference"] < attacked["high"]


def test_other_seeds_are_compared_as_independent(demo, run, tmp_path) -> None:
    other = demo.run(200, seed=2, variants=False, studies=tmp_path)
    attacked = next(one for one in ct.compare(run, other).claims if one["id"] == "ford-attacked")
    assert not attacked["paired"]
    assert abs(attacked["difference"]) < 5.0 * attacked["error"]


def test_a_folder_that_is_no_study(tmp_path) -> None:
    with pytest.raises(StudyError):
        ct.compare(tmp_path, tmp_path)
