"""The account as JSON has it: explanations, pairs, reports, separability, and one sentence.

A preference between two explanations is stated only where their odds are at least twice their
error, no run is refused, *and* reports made up from either recover it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from contingent.infer.causes import Cause, Range
from contingent.infer.condition import Conditioned, Settings
from contingent.infer.draws import Floats
from contingent.infer.exclusive import exclusive_sets, weights_row
from contingent.infer.explanations import (
    Assumed,
    Pair,
    bits,
    bits_error,
    evidence_after,
    pairs,
    plain_of,
    posterior,
    twins,
)
from contingent.infer.odds import times_likelier
from contingent.infer.predictive import Answers, contradictions, expectations
from contingent.infer.replicates import judge_roots, judge_spread
from contingent.infer.reports import Selection
from contingent.infer.separability import Separability
from contingent.scenario.types import Scenario

HARDLY = 1.5
"""Factor from which a report is said to tell two explanations apart."""
UNKNOWNS_NAMED = 10
"""Unsettled unknowns that are named for each explanation."""


def describe(
    scenario: Scenario,
    selection: Selection,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    ensembles: Mapping[str, Answers],
    tables: Mapping[str, Separability],
    settings: Settings,
) -> dict[str, Any]:
    """Everything but causes and claims, as JSON has it."""
    plain = plain_of(explained)
    odds = pairs(done)
    stated = {(one.one, one.other): is_stated(one, tables) for one in odds}
    columns = {name: bits(one) for name, one in done.items()}
    errors = {name: bits_error(one) for name, one in done.items()}
    trusted = [name for name, one in done.items() if one.judgement != "refused"]
    sets = exclusive_sets(scenario, explained)
    return {
        "scenario": scenario.name,
        "seed": settings.seed,
        "particles": settings.each * settings.replicates,
        "replicates": settings.replicates,
        "sweeps": settings.sweeps,
        "fence": selection.fence,
        "hindsight": selection.hindsight,
        "says": in_a_sentence(explained, odds, stated, done),
        "explanations": explanation_rows(explained, done, odds, stated, settings),
        "pairs": [pair_row(one, stated[one.one, one.other]) for one in odds],
        "evidence": evidence_rows(selection, columns, errors, trusted),
        "diagnosticity": by_diagnosticity(selection, columns),
        "refused_reports": [
            {"id": one.id, "where": one.where, "reason": one.reason, "late": one.late}
            for one in selection.refused
        ],
        "over_time": over_time(explained, done, settings),
        "sets": [
            weights_row(one, explained, done, settings.replicates, settings.seed) for one in sets
        ],
        "expected": [
            row._asdict() | {"surprising": row.surprising}
            for row in expectations(ensembles[plain], settings.seed)
        ],
        "never_together": contradictions(ensembles[plain]),
        "separability": {name: table_row(table) for name, table in tables.items()},
        "same": twins(explained),
    }


def pair_row(pair: Pair, stated: bool) -> dict[str, Any]:
    """Odds of two explanations, with words only where they may be stated."""
    said = f"{pair.one}: {times_likelier(pair.log_odds)} than {pair.other}"
    return {**pair._asdict(), "separated": stated, "says": said if stated else "not separated"}


def evidence_rows(
    selection: Selection,
    columns: Mapping[str, Floats],
    errors: Mapping[str, Floats],
    trusted: list[str],
) -> list[dict[str, Any]]:
    """One row a report, in the order in which they were let in.

    Words are given between explanations whose runs are not refused.
    """
    return [
        {
            "id": one.id, "date": one.published, "on": one.on, "kind": one.kind,
            "trust": round(one.trust, 3), "says": one.says,
            "bits": {name: float(column[i]) for name, column in columns.items()},
            "error": {name: float(column[i]) for name, column in errors.items()},
            "words": telling(
                {name: float(columns[name][i]) for name in trusted},
                {name: float(errors[name][i]) for name in trusted},
            ),
        }
        for i, one in enumerate(selection.evidence)
    ]  # fmt: skip


def telling(bits: Mapping[str, float], errors: Mapping[str, float]) -> str:
    """Say between which two explanations a report tells most.

    >>> telling({"a": -1.0, "b": -3.0}, {"a": 0.1, "b": 0.1})
    'about four times likelier under a than under b'
    >>> telling({"a": -1.0, "b": -3.0}, {"a": 1.0, "b": 1.0})
    'not separated'
    """
    if len(bits) < 2:
        return "not separated"
    most, least = max(bits, key=lambda name: bits[name]), min(bits, key=lambda name: bits[name])
    apart = bits[most] - bits[least]
    error = float(np.hypot(errors[most], errors[least]))
    if not apart >= 2.0 * error or 2.0**apart < HARDLY:
        return "not separated"
    return f"{times_likelier(apart * float(np.log(2.0)))} under {most} than under {least}"


def by_diagnosticity(selection: Selection, columns: Mapping[str, Floats]) -> list[str]:
    """Reports by how far their weight differs between explanations, the most telling first."""
    spread = [
        float(np.ptp([column[i] for column in columns.values()]))
        for i in range(len(selection.evidence))
    ]
    order = sorted(range(len(spread)), key=lambda i: -spread[i])
    return [selection.evidence[i].id for i in order]


def is_stated(pair: Pair, tables: Mapping[str, Separability]) -> bool:
    """Whether a preference may be stated: the odds are clear, and made-up reports recover it."""
    rows = [table.pair(pair.one, pair.other) for table in tables.values()]
    return pair.separated and any(row is not None and row.separable for row in rows)


def explanation_rows(
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    odds: list[Pair],
    stated: Mapping[tuple[str, str], bool],
    settings: Settings,
) -> list[dict[str, Any]]:
    """One row an explanation; no posterior is given where any run is refused."""
    priors = [one.prior for one in explained.values()]
    weights = posterior(
        [done[name].evidence for name in explained], priors, settings.replicates, settings.seed
    )
    refused = any(one.judgement == "refused" for one in done.values())
    rows = []
    for (name, one), weight in zip(explained.items(), weights, strict=True):
        run = done[name]
        rows.append(
            {
                "name": name, "says": one.says, "prior": one.prior,
                "posterior": None if refused else weight.value,
                "low": None if refused else weight.low,
                "high": None if refused else weight.high,
                "log_evidence": run.evidence.value, "log_evidence_sd": run.evidence.spread,
                "log_evidence_error": run.evidence.error, "ess": run.effective,
                "separated": any(stated[pair.one, pair.other] for pair in odds
                                 if name in (pair.one, pair.other)),
                "judgement": run.judgement, "roots": run.roots,
                "spread_judgement": judge_spread(run.evidence.spread),
                "roots_judgement": judge_roots(run.roots),
                "acceptance": run.acceptance, "hard_reports": run.hard_reports,
                "collapses": run.collapses, "mean_spread": run.mean_spread,
                "unsettled": len(run.unsettled), "changes": list(one.moves),
                "unsettled_unknowns": dict(list(run.unsettled.items())[:UNKNOWNS_NAMED]),
            }
        )  # fmt: skip
    return rows


def over_time(
    explained: Mapping[str, Assumed], done: Mapping[str, Conditioned], settings: Settings
) -> list[dict[str, Any]]:
    """Posterior weights after the reports published by each date; none where a run is refused."""
    evidence = next(iter(explained.values())).problem.evidence
    priors = [one.prior for one in explained.values()]
    rows = []
    for day in dict.fromkeys(one.published for one in evidence):
        count = sum(one.published <= day for one in evidence)
        so_far = [evidence_after(done[name], count) for name in explained]
        found = posterior(so_far, priors, settings.replicates, settings.seed)
        refused = any(judge_spread(one.spread) == "refused" for one in so_far)
        weights = {name: one._asdict() for name, one in zip(explained, found, strict=True)}
        rows.append(
            {"date": day, "reports": count, "refused": refused,
             "weights": None if refused else weights}
        )  # fmt: skip
    return rows


def in_a_sentence(
    explained: Mapping[str, Assumed],
    odds: list[Pair],
    stated: Mapping[tuple[str, str], bool],
    done: Mapping[str, Conditioned],
) -> str:
    """What can and what cannot be told apart."""
    if len(explained) < 2:
        return "There is one explanation, so there is nothing to tell apart."
    apart = [one for one in odds if stated[one.one, one.other]]
    said = "; ".join(
        f"{one.one} is {times_likelier(one.log_odds)} than {one.other}"
        if one.log_odds > 0.0
        else f"{one.other} is {times_likelier(-one.log_odds)} than {one.one}"
        for one in apart
    )
    rest = f"{len(odds) - len(apart)} of {len(odds)} pairs are not separated."
    refused = [name for name, one in done.items() if one.judgement == "refused"]
    if refused:
        return " ".join(part for part in (_refusal(refused, done), said and f"{said}.") if part)
    if not apart:
        return (
            f"On these reports none of the {len(explained)} explanations can be told from another: "
            "not separated."
        )
    return f"{said}. {rest}"


def _refusal(refused: list[str], done: Mapping[str, Conditioned]) -> str:
    """Why no weights are given, and what to do."""
    wide = [name for name in refused if judge_spread(done[name].evidence.spread) == "refused"]
    thin = [name for name in refused if judge_roots(done[name].roots) == "refused"]
    why = []
    if wide:
        why.append(f"the runs of {', '.join(wide)} differ by more than a nat")
    if thin:
        why.append(f"those of {', '.join(thin)} rest on too few first particles")
    hard = dict.fromkeys(
        report for name in refused for report in (done[name].collapses, *done[name].hard_reports)
    )
    named = ", ".join(report for report in hard if report)
    particles = sum(len(state.log_weights) for state in done[refused[0]].states)
    return (
        f"No odds are given: {'; '.join(why)}. Run with more particles "
        f"(--particles {4 * particles}), or look at the reports at which the runs part: "
        f"{named or 'none stands out'}."
    )


def cause_row(cause: Cause) -> dict[str, Any]:
    """One factor, or two together, as JSON has it."""
    return {
        "factors": list(cause.factors),
        "event_before_reports": cause.event,
        "still_without": cause.still._asdict() | _of_variants(cause.still_range),
        "necessity": cause.necessity,
        "sufficiency": cause.sufficient._asdict() | _of_variants(cause.sufficient_range),
    }


def _of_variants(found: Range) -> dict[str, Any]:
    return {
        "variants_low": found.low if found.asked else None,
        "variants_high": found.high if found.asked else None,
        "variants_answered": found.answered,
        "variants": found.asked,
    }


def table_row(table: Separability) -> dict[str, Any]:
    """The separability table as JSON has it."""
    return {
        "paths": table.paths,
        "sets": table.sets,
        "recovery": [row._asdict() for row in table.recovery],
        "pairs": [row._asdict() | {"separable": row.separable} for row in table.pairs],
    }
