"""A verdict on every claim before and after the reports, as JSON has it.

A row is that of ``contingent run`` with the numbers of the worlds that the reports leave, averaged
over the explanations by weight, beside ``prior`` and ``conditioned``: probability, interval and
effective number of futures (``ess``), on average and by explanation. Ranges over structural
variants are those of ``contingent run``: conditioning plays none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contingent.claims.assess import bases_of
from contingent.claims.companions import change_key
from contingent.claims.findings import Finding
from contingent.claims.judging import Because, Shown
from contingent.claims.outside import outside_view
from contingent.claims.reading import ReadClaim, Wording
from contingent.claims.settling import history_of, ruling_of, settling_of
from contingent.claims.untouched import rests_on
from contingent.claims.verdict import Estimate, Ruling, Status, Verdict, wilson
from contingent.infer.afterwards import Chance, Table, chance_of
from contingent.infer.branches import conditioned_worlds, prior_worlds
from contingent.infer.claim_runs import (
    WHOLE,
    Asked,
    Counts,
    asked_of,
    count,
    key_in,
    key_of_reading,
)
from contingent.infer.condition import Conditioned, Settings
from contingent.infer.explanations import Assumed
from contingent.language import unparse
from contingent.scenario.types import Scenario

NOBODY = Chance(None, None, None, 0.0)


@dataclass(frozen=True)
class Side:
    """Counts before or after the reports, and how explanations are weighed there.

    Attributes
    ----------
    counts : of all runs
    weights : of the explanations
    """

    counts: Counts
    weights: Mapping[str, float]

    def chance(self, claim: ReadClaim, wording: Wording, only: str = "") -> Chance:
        """Probability of a reading, averaged over the explanations or under one of them."""
        key = key_of_reading(claim, wording)
        if wording.factor is not None:
            name = wording.factor.name
            return _chance(self.counts.factors, {name: 1.0}, key)
        weights = {only: 1.0} if only else self.weights
        found = _chance(self.counts.tables, weights, key)
        reached = self.reached(claim, wording, only)
        if found.probability is None or reached is None or wording.companion is None:
            return found
        if reached >= wording.companion.level:
            return found
        low, high = wilson(0.0, max(found.effective, 1.0))
        return Chance(0.0, low, high, found.effective)

    def reached(self, claim: ReadClaim, wording: Wording, only: str = "") -> float | None:
        """How often that came about on which the reading hangs besides."""
        if wording.companion is None:
            return None
        key = key_in(change_key(wording.companion.do), f"{claim.id}/{wording.name}/do")
        weights = {only: 1.0} if only else self.weights
        return _chance(self.counts.tables, weights, key).probability

    def at(self, key: str) -> Chance:
        """Probability counted under a key, averaged over the explanations."""
        return _chance(self.counts.tables, self.weights, key)

    def used(self, claim: ReadClaim, wording: Wording) -> tuple[int, int]:
        """Worlds that meet a reading's condition, and worlds in all."""
        key = key_of_reading(claim, wording)
        if wording.factor is None:
            return self.worlds(key)
        name = wording.factor.name
        rows = self.counts.factors[name].get(key, [])
        return sum(one.met for one in rows), self.counts.sizes[name]

    def worlds(self, key: str) -> tuple[int, int]:
        """Worlds counted under a key that meet its condition, and worlds asked."""
        having = [name for name, table in self.counts.tables.items() if key in table]
        met = sum(one.met for name in having for one in self.counts.tables[name][key])
        return met, sum(self.counts.sizes[name] for name in having)

    def estimate(self, chance: Chance, used: tuple[int, int]) -> Estimate:
        """The same as an estimate of a plain run."""
        return Estimate(
            chance.probability, chance.low, chance.high, *used, too_few=chance.probability is None
        )


def _chance(tables: Mapping[str, Table], weights: Mapping[str, float], key: str) -> Chance:
    """Probability of what was counted under a key, from the explanations that have it."""
    known = {
        name: one for name, one in weights.items() if one > 0.0 and key in tables.get(name, {})
    }
    return chance_of(tables, known, key) if known else NOBODY


def chance_row(chance: Chance) -> dict[str, Any]:
    """Probability, interval and effective number of futures, as JSON has them.

    ``refused`` where the replicates differ by too much for a verdict.
    """
    return {**chance._asdict(), "ess": chance.effective, "refused": chance.refused}


def claims_before_and_after(
    scenario: Scenario,
    explained: Mapping[str, Assumed],
    done: Mapping[str, Conditioned],
    weights: Mapping[str, float],
    futures: int,
    settings: Settings,
) -> list[dict[str, Any]]:
    """Play worlds of every explanation, before the reports and after, and judge every claim.

    Parameters
    ----------
    scenario, explained, done : the theatre under each explanation, conditioned
    weights : of the explanations after the reports
    futures : worlds of each explanation, before and after
    settings : of the sampler
    """
    asked = asked_of(scenario)
    if not asked.claims:
        return []
    seed, threads = settings.seed, settings.threads
    drawn = {
        name: prior_worlds(one, futures, seed, settings.replicates)
        for name, one in explained.items()
    }
    left = {name: conditioned_worlds(one, done[name], futures) for name, one in explained.items()}
    priors = {name: one.prior for name, one in explained.items()}
    before = Side(count(asked, explained, drawn, seed, threads), priors)
    after = Side(count(asked, explained, left, seed, threads), weights)
    return verdict_rows(scenario, asked, before, after)


def verdict_rows(
    scenario: Scenario, asked: Asked, before: Side, after: Side
) -> list[dict[str, Any]]:
    """One row a claim, in the order of the article."""
    theatre, bases = scenario.theatre, bases_of(scenario)
    history = history_of(theatre, asked.pipeline.vocabulary)
    rows = []
    for claim in asked.claims:
        ruling = ruling_of(claim, history, asked.pipeline.since[claim.id])
        row = _row(claim, before, after, ruling)
        judged = row["status"] in ("evaluated", "too_few")
        decisions = rests_on(claim, theatre) if judged else ()
        rows.append(
            row
            | {
                "bases": bases,
                "decision_half_unvalidated": bool(decisions),
                "decision_half": list(decisions),
                "outside_view": outside_view(claim, theatre),
            }
        )
    return rows


def _row(claim: ReadClaim, before: Side, after: Side, ruling: Ruling) -> dict[str, Any]:
    verdict, reason = _verdict(claim, after, ruling)
    first = claim.wordings[0] if claim.wordings else None
    finding = Finding(
        claim.claim, verdict, reason, settling_of(claim, verdict),
        unparse(first.formula) if first is not None else "",
        _shown(claim, after), _because(claim, after),
    )  # fmt: skip
    row = finding.record() | {"prior": None, "conditioned": None, "by_explanation": {}}
    if first is None or verdict.status in ("unmodelled", "not_truth_apt"):
        return row
    return row | _numbers(claim, first, before, after)


def _numbers(claim: ReadClaim, first: Wording, before: Side, after: Side) -> dict[str, Any]:
    """Prior and conditioned, averaged and by explanation, for the headline and every reading."""
    names = [first.factor.name] if first.factor is not None else list(after.counts.tables)
    return {
        "prior": chance_row(before.chance(claim, first)),
        "conditioned": chance_row(after.chance(claim, first)),
        "by_explanation": {
            name: {
                "prior": chance_row(before.chance(claim, first, name)),
                "conditioned": chance_row(after.chance(claim, first, name)),
            }
            for name in names
        },
        "readings_before_and_after": {
            one.name: {
                "prior": chance_row(before.chance(claim, one)),
                "conditioned": chance_row(after.chance(claim, one)),
            }
            for one in claim.wordings
        },
        "do_before_and_after": _set(claim, first, before, after),
    }


def _set(
    claim: ReadClaim, first: Wording, before: Side, after: Side
) -> dict[str, dict[str, Any]] | None:
    """The claim with what it supposes set."""
    if not claim.do or first.factor is not None:
        return None
    key = key_in(change_key(claim.do), f"{claim.id}/{first.name}")
    return {"prior": chance_row(before.at(key)), "conditioned": chance_row(after.at(key))}


def _verdict(claim: ReadClaim, side: Side, ruling: Ruling) -> tuple[Verdict, str]:
    """The verdict on the worlds that the reports leave, and why there is none."""
    statement = claim.statement
    if statement.kind == "normative":
        return Verdict(statement, "not_truth_apt"), claim.reason
    if not claim.wordings:
        return Verdict(statement, "unmodelled", ruling=ruling), claim.reason
    first = claim.wordings[0]
    chance, used = side.chance(claim, first), side.used(claim, first)
    if used[1] == 0:
        reason = side.counts.unset.get(change_key(first.do or claim.do), "it cannot be set")
        return Verdict(statement, "unmodelled", ruling=ruling), reason
    status: Status = "evaluated" if chance.probability is not None else "too_few"
    headline = side.estimate(chance, used)
    readings = {one.name: side.chance(claim, one).probability for one in claim.wordings}
    shares = [share for share in readings.values() if share is not None]
    several = len(readings) > 1
    verdict = Verdict(
        statement, status, chance.probability, chance.low, chance.high, used[0],
        wording_low=min(shares) if several and shares else None,
        wording_high=max(shares) if several and shares else None,
        readings=readings if several else {},
        ruling=ruling,
    )  # fmt: skip
    return (
        replace(
            verdict,
            plain=_plain(claim, first, side),
            given=headline if first.given is not None or first.factor is not None else None,
            do=_with_do(claim, first, side),
        ),
        "" if status == "evaluated" else unmet(first, used),
    )


def _plain(claim: ReadClaim, first: Wording, side: Side) -> Estimate | None:
    """The claim in all worlds, whatever its condition and with nothing set."""
    if first.factor is not None or first.do:
        return None
    key = f"{claim.id}/{first.name}{WHOLE if first.given is not None else ''}"
    return side.estimate(side.at(key), side.worlds(key))


def _with_do(claim: ReadClaim, first: Wording, side: Side) -> Estimate | None:
    """The claim with what it supposes set."""
    if first.factor is not None or not claim.do:
        return None
    key = key_in(change_key(claim.do), f"{claim.id}/{first.name}")
    return side.estimate(side.at(key), side.worlds(key))


def unmet(wording: Wording, used: tuple[int, int]) -> str:
    """Say that no particle meets a condition, or hardly one.

    >>> from contingent.language.formulas import Constant
    >>> unmet(Wording("as-written", "", Constant(True), given_text="x"), (0, 200))
    'no particle meets its condition (x): 0 of 200'
    """
    how = "no particle meets" if used[0] == 0 else "too few particles meet"
    if wording.factor is not None:
        event = "with the event" if wording.factor.asks == "necessity" else "without the event"
        left = "no particle is left" if used[0] == 0 else "too few particles are left"
        return f"{left} {event}: {used[0]} of {used[1]}"
    text = f" ({wording.given_text})" if wording.given_text else ""
    return f"{how} its condition{text}: {used[0]} of {used[1]}"


def _shown(claim: ReadClaim, side: Side) -> Shown | None:
    companion = claim.wordings[0].companion if claim.wordings else None
    if companion is None:
        return None
    text = ", ".join(f"{name} {written}" for name, written in companion.do.items())
    return Shown(text, side.reached(claim, claim.wordings[0]), companion.level)


def _because(claim: ReadClaim, side: Side) -> tuple[Because, ...]:
    return tuple(
        Because(
            one.name, one.factor.name, one.factor.asks,
            side.estimate(side.chance(claim, one), side.used(claim, one)),
        )
        for one in claim.wordings
        if one.factor is not None
    )  # fmt: skip
