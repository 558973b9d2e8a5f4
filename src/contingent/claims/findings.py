"""What a run found out about an argument: plain results, ready to be printed or kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from contingent.claims.judging import Because, Shown
from contingent.claims.settling import Settling
from contingent.claims.verdict import Verdict
from contingent.scenario.types_argument import Claim

__all__ = ["Assessment", "Finding", "GivenKnown"]

LABEL = "unconditioned"


@dataclass(frozen=True)
class GivenKnown:
    """What was taken as known, and how many futures agree with it."""

    reports: Mapping[str, str]
    left: int
    futures: int


@dataclass(frozen=True)
class Finding:
    """One claim with its verdict.

    Attributes
    ----------
    claim : as written
    verdict : what it is worth
    reason : why it could not be evaluated; empty where it was
    settling : what history and the coder say
    predicate : the reading that heads the verdict, in the predicate language
    shown : what the run showed on which that reading hangs besides
    because : answers to the readings of *because*
    outside_view : base rates beside the model's number, as `outside.outside_view` gives them
    """

    claim: Claim
    verdict: Verdict
    reason: str
    settling: Settling
    predicate: str = ""
    shown: Shown | None = None
    because: tuple[Because, ...] = ()
    outside_view: Mapping[str, Any] | None = None

    def record(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        settling = self.settling
        record = self.verdict.to_json()
        record |= {
            "settled": settling.settled,
            "settled_by": settling.by,
            "hedge": self.claim.hedge,
            "by": self.claim.by,
            "unless": self.claim.unless,
            "follows_from": list(self.claim.follows_from),
            "needs": list(self.claim.needs),
            "rejects": list(self.claim.rejects),
            "names": list(self.claim.names),
            "predicate": self.predicate or None,
            "disagreement": settling.disagreement or None,
            "hand": None,
            "companion": None,
            "because": [one.record() for one in self.because],
            "outside_view": self.outside_view,
        }
        if self.shown is not None:
            record["companion"] = asdict(self.shown)
        record["reason"] = self.reason or record["reason"]
        if settling.hand:
            record["hand"] = {
                "verdict": settling.hand,
                "by": settling.hand_by,
                "on": settling.hand_on,
                "source": settling.hand_source,
                "confidence": settling.hand_confidence,
            }
        return record


@dataclass(frozen=True)
class Assessment:
    """All verdicts of one run.

    Attributes
    ----------
    scenario : its name
    futures, seed : of the main run
    findings : one for each claim, in the order of the article
    bases : numbers of the theatre by the footing they stand on
    variants : structural variants that were run
    companion_futures : futures of each companion run
    given_known : what was taken as known; None for an unconditioned run
    unset : things that some claim wants set and that cannot be, with the reason
    """

    scenario: str
    futures: int
    seed: int
    findings: tuple[Finding, ...]
    bases: Mapping[str, int]
    variants: tuple[str, ...]
    companion_futures: int
    given_known: GivenKnown | None = None
    unset: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Number of claims by status."""
        found: Counter[str] = Counter(finding.verdict.status for finding in self.findings)
        order = ("evaluated", "too_few", "unmodelled", "not_truth_apt")
        return {status: found[status] for status in order}

    def record(self, **run: Any) -> dict[str, Any]:
        """Return everything as plain data, with what is to be said of the run itself."""
        known = self.given_known
        return {
            "scenario": self.scenario,
            "futures": self.futures,
            "seed": self.seed,
            **run,
            "label": LABEL if known is None else "given what is known",
            "given_known": None
            if known is None
            else {"reports": dict(known.reports), "left": known.left, "futures": known.futures},
            "counts": self.counts,
            "bases": dict(self.bases),
            "variants": list(self.variants),
            "companion_futures": self.companion_futures,
            "unset": dict(self.unset),
            "claims": [finding.record() for finding in self.findings],
        }
