"""Who was right: Brier and log scores of author, model (before and after reports) and base rate.

Only forecasts that history has settled are scored. An author's hedge is a range, so he is scored
three times: as if he had meant the end that turned out better, the middle, and the worse end.
Claims of one cluster are one statement: each has its score, the cluster counts once, with the mean
of its claims. What was void, what cannot be true or false and what is open is listed, not scored.
On fewer than `ENOUGH` settled clusters nobody is ranked: differences are then mostly luck.

The Brier score is (p - y)^2, the log score -ln of the probability given to what happened, both
better when lower (Brier 1950; Good 1952). Before the logarithm probabilities are kept within
`FLOOR` and 1 - `FLOOR`, so that one certain error costs 6.9 and not everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from contingent.claims.verdict import Verdict

__all__ = [
    "ENOUGH",
    "FLOOR",
    "Disagreement",
    "Row",
    "Score",
    "Scorecard",
    "brier",
    "disagreements",
    "log_score",
    "score",
]

ENOUGH = 30
"""Settled clusters from which a ranking is given."""

FLOOR = 0.001
"""Least probability that enters a logarithm."""

Party = Literal["author_best", "author_middle", "author_worst", "model", "conditioned", "base_rate"]
PARTIES: tuple[Party, ...] = (
    "author_best", "author_middle", "author_worst", "model", "conditioned", "base_rate",
)  # fmt: skip


def brier(probability: float, happened: bool) -> float:
    """Return (p - y)^2, 0 best to 1 worst."""
    return (probability - happened) ** 2


def log_score(probability: float, happened: bool) -> float:
    """Return -ln of the probability given to what happened, in nats, 0 best."""
    kept = min(max(probability, FLOOR), 1 - FLOOR)
    return -log(kept if happened else 1 - kept)


@dataclass(frozen=True)
class Score:
    """Scores of one party on one claim or on average."""

    brier: float
    log: float


@dataclass(frozen=True)
class Row:
    """One settled forecast.

    Attributes
    ----------
    id, cluster : str
    happened : bool
        Whether it came true.
    probabilities : mapping of party to float
        What each party gave it; parties without a number are absent.
    scores : mapping of party to Score
    """

    id: str
    cluster: str
    happened: bool
    probabilities: Mapping[Party, float]
    scores: Mapping[Party, Score]


@dataclass(frozen=True)
class Scorecard:
    """Scores over all settled forecasts.

    Attributes
    ----------
    rows : tuple of Row
    clusters : int
        Settled clusters.
    means : mapping of party to Score
        Over clusters, each once; only clusters in which every party shown has a number.
    compared : int
        How many clusters those are.
    void, not_truth_apt, open, unscored : tuple of str
        Claims left out: antecedent did not come about; normative; not settled yet; no forecast.
    ranking : tuple of Party or None
        Parties by mean log score, best first; None on fewer than `ENOUGH` settled clusters.
    """

    rows: tuple[Row, ...]
    clusters: int
    means: Mapping[Party, Score]
    compared: int
    void: tuple[str, ...]
    not_truth_apt: tuple[str, ...]
    open: tuple[str, ...]
    unscored: tuple[str, ...]
    ranking: tuple[Party, ...] | None


@dataclass(frozen=True)
class Disagreement:
    """A claim on which the predicate and the person who coded it differ."""

    id: str
    predicate: str
    hand: str
    reason: str


def _row(
    verdict: Verdict, happened: bool, base_rate: float | None, conditioned: float | None
) -> Row:
    given: dict[Party, float] = {}
    hedge = verdict.statement.hedge
    if hedge is not None:
        low, high = hedge
        given["author_best"] = high if happened else low
        given["author_middle"] = (low + high) / 2
        given["author_worst"] = low if happened else high
    if verdict.probability is not None:
        given["model"] = verdict.probability
    if conditioned is not None:
        given["conditioned"] = conditioned
    if base_rate is not None:
        given["base_rate"] = base_rate
    scores = {
        party: Score(brier(value, happened), log_score(value, happened))
        for party, value in given.items()
    }
    return Row(verdict.id, verdict.cluster, happened, given, scores)


def _mean(scores: Sequence[Score]) -> Score:
    number = len(scores)
    return Score(sum(one.brier for one in scores) / number, sum(one.log for one in scores) / number)


def _means(rows: Sequence[Row]) -> tuple[dict[Party, Score], int]:
    """Average first within each cluster, then over clusters on which all parties speak."""
    parties = [party for party in PARTIES if any(party in row.scores for row in rows)]
    clusters: dict[str, list[Row]] = {}
    for row in rows:
        if all(party in row.scores for party in parties):
            clusters.setdefault(row.cluster, []).append(row)
    if not clusters:
        return {}, 0
    means = {
        party: _mean([_mean([row.scores[party] for row in own]) for own in clusters.values()])
        for party in parties
    }
    return means, len(clusters)


def score(
    verdicts: Sequence[Verdict],
    base_rates: Mapping[str, float] | None = None,
    conditioned: Mapping[str, float] | None = None,
) -> Scorecard:
    """Score author, model and base rate on what history has settled.

    Parameters
    ----------
    verdicts : sequence of Verdict
    base_rates : mapping of str to float, optional
        Claim to its base rate, 0 to 1.
    conditioned : mapping of str to float, optional
        Claim to its probability after the reports, 0 to 1.

    Returns
    -------
    Scorecard
    """
    rates, after = base_rates or {}, conditioned or {}
    rows: list[Row] = []
    left_out: dict[str, list[str]] = {"void": [], "apt": [], "open": [], "unscored": []}
    for verdict in verdicts:
        if verdict.status == "not_truth_apt":
            left_out["apt"].append(verdict.id)
        elif verdict.statement.kind != "forecast":
            left_out["unscored"].append(verdict.id)
        elif verdict.ruling.void:
            left_out["void"].append(verdict.id)
        elif verdict.settled is True or verdict.settled is False:
            rows.append(
                _row(verdict, verdict.settled, rates.get(verdict.id), after.get(verdict.id))
            )
        else:
            left_out["open"].append(verdict.id)
    means, compared = _means(rows)
    ranked = sorted(means, key=lambda party: means[party].log)
    return Scorecard(
        tuple(rows),
        len({row.cluster for row in rows}),
        means,
        compared,
        tuple(left_out["void"]),
        tuple(left_out["apt"]),
        tuple(left_out["open"]),
        tuple(left_out["unscored"]),
        tuple(ranked) if compared >= ENOUGH else None,
    )


def disagreements(
    verdicts: Sequence[Verdict], hand: Mapping[str, str], reasons: Mapping[str, str] | None = None
) -> tuple[Disagreement, ...]:
    """Return the claims on which the predicate on history and the verdict by hand differ.

    Parameters
    ----------
    verdicts : sequence of Verdict
    hand : mapping of str to str
        Claim to true, false, mixed or unsettled.
    reasons : mapping of str to str, optional
        Why they differ, as the analyst has it; without one the distance of the predicate from the
        sentence is given.

    Returns
    -------
    tuple of Disagreement
        In the order of the verdicts. A claim that the predicate does not settle is not listed.
    """
    found = []
    for verdict in verdicts:
        coded = hand.get(verdict.id)
        if coded is None or not isinstance(verdict.settled, bool):
            continue
        said = "true" if verdict.settled else "false"
        if coded == said:
            continue
        default = {
            "direct": "the predicate says what the sentence says",
            "close": "the predicate is close to the sentence, not the same",
            "proxy": "the predicate stands in for the sentence",
        }[verdict.statement.distance]
        if coded in ("mixed", "unsettled"):
            default += f"; the coder found it {coded}, which a predicate cannot be"
        reason = (reasons or {}).get(verdict.id) or verdict.statement.note or default
        found.append(Disagreement(verdict.id, said, coded, reason))
    return tuple(found)
