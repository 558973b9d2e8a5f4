"""Differences as plain data, as the page is told them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contingent.analysis.what_if import Difference

__all__ = ["difference_rows"]


def difference_rows(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Return one record a claim."""
    return [
        {
            "claim": one.claim,
            "before": one.before,
            "after": one.after,
            "difference": one.difference,
            "low": one.low,
            "high": one.high,
            "clear": one.clear,
            "futures": one.futures,
        }
        for one in found
    ]
