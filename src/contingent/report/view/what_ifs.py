"""The file's named what-ifs, worked out beforehand for a page that cannot play futures itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contingent.analysis.what_if import Difference, Listener, WhatIf, named, turn_of, what_if
from contingent.claims.companions import Playing
from contingent.compile import compile_scenario
from contingent.errors import SettingError
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario

__all__ = ["asked_rows", "difference_rows", "named_what_ifs", "refusal", "worked_out"]


def named_what_ifs(scenario: Scenario) -> list[WhatIf]:
    """Return the what-ifs of the argument; none without one."""
    return named(scenario, []) if scenario.argument and scenario.argument.what_if else []


def asked_rows(
    scenario: Scenario, answers: Mapping[str, Sequence[Mapping[str, Any]]], futures: int
) -> list[dict[str, Any]]:
    """Return the named what-ifs with the differences known of them.

    Parameters
    ----------
    scenario
    answers : name to its differences; where there are any, those left out say why
    futures : of each branch
    """
    return [
        {
            "name": one.name, "says": one.says, "do": dict(one.do),
            "from": one.begins.isoformat() if one.begins else None,
            "futures": futures if one.name in answers else 0,
            "differences": list(answers.get(one.name, ())),
            "refused": refusal(scenario, one) if answers and one.name not in answers else "",
        }
        for one in named_what_ifs(scenario)
    ]  # fmt: skip


def worked_out(
    scenario: Scenario, playing: Playing, listen: Listener | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Play every named what-if beside the scenario as it stands, on the same random numbers."""
    asked = [one for one in named_what_ifs(scenario) if not refusal(scenario, one)]
    if not asked:
        return {}
    found = what_if(scenario, asked, playing, listen=listen)
    return {name: difference_rows(rows) for name, rows in found.items()}


def refusal(scenario: Scenario, asked: WhatIf) -> str:
    """Say why a what-if cannot be played; "" if it can."""
    try:
        changed = replace(scenario, asked.do)
        if asked.begins is not None:
            turn_of(asked, compile_scenario(scenario), compile_scenario(changed))
    except SettingError as error:
        return str(error)
    return ""


def difference_rows(rows: Sequence[Difference]) -> list[dict[str, Any]]:
    """Return differences as JSON has them."""
    return [
        {
            "claim": one.claim, "before": one.before, "after": one.after,
            "difference": one.difference, "low": one.low, "high": one.high, "clear": one.clear,
            "futures": one.futures,
        }
        for one in rows
    ]  # fmt: skip
