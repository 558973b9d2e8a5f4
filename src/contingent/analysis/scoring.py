"""Score a study's verdicts, and give every forecast a base rate.

The base rate of a forecast is the share of the argument's *other* settled clusters that came true:
what one would have said of this author's forecasts without looking at the world. With few clusters
it is a rough number, and it is shown as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contingent.claims.scores import ENOUGH, Scorecard, score
from contingent.claims.verdict import Ruling, Statement, Verdict

__all__ = ["base_rates", "conditioned_of", "score_record", "verdict_of"]


def verdict_of(claim: Mapping[str, Any]) -> Verdict:
    """Return the verdict behind a kept record, settled by history or, failing that, by hand."""
    hedged = claim["hedge_low"] is not None
    statement = Statement(
        claim["id"],
        claim["says"],
        claim["kind"],
        claim["distance"],
        (claim["hedge_low"], claim["hedge_high"]) if hedged else None,
        claim["cluster"],
        note=claim["note"],
    )
    ruling = Ruling(claim["settled"], claim["void"] and claim["settled_by"] != "hand")
    return Verdict(
        statement,
        claim["status"],
        claim["probability"],
        claim["low"],
        claim["high"],
        claim["futures_used"],
        ruling=ruling,
    )


def conditioned_of(record: Mapping[str, Any]) -> dict[str, float]:
    """Return the probability of each claim after the reports, where there is one."""
    return {
        claim["id"]: claim["conditioned"]["probability"]
        for claim in record["claims"]
        if claim["conditioned"] is not None and claim["conditioned"]["probability"] is not None
    }


def base_rates(verdicts: list[Verdict]) -> dict[str, float]:
    """Return, for each settled forecast, the share of the other clusters that came true."""
    settled = [
        verdict
        for verdict in verdicts
        if verdict.statement.kind == "forecast"
        and isinstance(verdict.settled, bool)
        and not verdict.ruling.void
    ]
    clusters: dict[str, list[bool]] = {}
    for verdict in settled:
        clusters.setdefault(verdict.cluster, []).append(bool(verdict.settled))
    shares = {name: sum(came) / len(came) for name, came in clusters.items()}
    rates = {}
    for verdict in settled:
        others = [share for name, share in shares.items() if name != verdict.cluster]
        if others:
            rates[verdict.id] = sum(others) / len(others)
    return rates


def score_record(
    record: Mapping[str, Any], conditioned: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the scores of a study's verdicts as plain data.

    Parameters
    ----------
    record : of a run
    conditioned : record of a conditioned study of the same scenario, if there is one
    """
    verdicts = [verdict_of(claim) for claim in record["claims"]]
    after = {} if conditioned is None else conditioned_of(conditioned)
    card = score(verdicts, base_rates(verdicts), after)
    return {
        "scenario": record["scenario"],
        "study": record["study"],
        "conditioned": None
        if conditioned is None
        else {key: conditioned[key] for key in ("kept", "fence", "hindsight")},
        "rows": [_row(card, index) for index in range(len(card.rows))],
        "clusters": card.clusters,
        "compared": card.compared,
        "means": {party: asdict(mean) for party, mean in card.means.items()},
        "ranking": None if card.ranking is None else list(card.ranking),
        "enough": ENOUGH,
        "void": list(card.void),
        "not_truth_apt": list(card.not_truth_apt),
        "open": list(card.open),
        "unscored": list(card.unscored),
        "by_hand": [
            claim["id"]
            for claim in record["claims"]
            if claim["settled_by"] == "hand" and claim["id"] in {row.id for row in card.rows}
        ],
    }


def _row(card: Scorecard, index: int) -> dict[str, Any]:
    row = card.rows[index]
    return {
        "id": row.id,
        "cluster": row.cluster,
        "happened": row.happened,
        "probabilities": dict(row.probabilities),
        "scores": {party: asdict(one) for party, one in row.scores.items()},
    }
