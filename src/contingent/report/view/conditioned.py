"""What the reports say: explanations, evidence and claims after them, from a conditioned study."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["conditioned_claims", "explanations_record"]


def explanations_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return explanations and reports as the page shows them.

    Parameters
    ----------
    record : what ``contingent condition --json`` prints
    """
    causes = {one["factors"][0]: one for one in record["causes"] if len(one["factors"]) == 1}
    table = [
        {
            **{key: row[key] for key in ("name", "says", "prior", "posterior", "low", "high",
                                         "separated", "judgement", "log_evidence")},
            "necessity": causes.get(row["name"], {}).get("necessity"),
            "sufficiency": _probability(causes.get(row["name"], {}).get("sufficiency")),
        }
        for row in record["explanations"]
    ]  # fmt: skip
    order = {name: place for place, name in enumerate(record["diagnosticity"])}
    matrix = sorted(record["evidence"], key=lambda row: order.get(row["id"], len(order)))
    return {
        "table": table,
        "sentence": record["says"],
        "event": record.get("event"),
        "hindsight": record["hindsight"],
        "pairs": record["pairs"],
        "same": record["same"],
        "over_time": [
            {
                "date": row["date"],
                "reports": row["reports"],
                "weights": {name: one["value"] for name, one in (row["weights"] or {}).items()},
            }
            for row in record["over_time"]
        ],
        "matrix": [
            {key: row[key] for key in ("id", "date", "on", "kind", "says", "bits")}
            for row in matrix
        ],
        "refused_reports": record["refused_reports"],
    }


def _probability(chance: Any) -> float | None:
    value = chance["value"] if isinstance(chance, Mapping) else chance
    return None if value is None else float(value)


def conditioned_claims(record: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each claim's share after the reports, on average and by explanation."""
    found = {}
    for row in record["claims"]:
        after = row.get("conditioned")
        if not isinstance(after, Mapping) or after.get("probability") is None:
            continue
        found[row["id"]] = {
            **{key: after.get(key) for key in ("probability", "low", "high", "ess")},
            "prior": (row.get("prior") or {}).get("probability"),
            "by_explanation": {
                name: {key: one["conditioned"].get(key) for key in ("probability", "low", "high")}
                for name, one in row["by_explanation"].items()
            },
        }
    return found
