"""Do numbers fit: those the engine divides by, shared unknowns and correlations?"""

from __future__ import annotations

import math

from contingent.scenario.changes import quantities
from contingent.scenario.faults import nearest
from contingent.scenario.findings import Findings
from contingent.scenario.naming import OMITTED, keys_of, walk_quantities
from contingent.scenario.quantities import Quantity

SMALLEST = 1e-9
"""Smallest eigenvalue of a matrix of correlations."""
DIVISORS = frozenset(
    [
        "terrain",
        "diameter",
        "sector",
        "urban_speed",
        "field_speed",
        "front",
        "km",
        "march",
        "go_threshold",
        "decay",
        "horizon",
    ]
)
"""Fields, wherever they stand, by which the engine divides."""
MODEL_DIVISORS = frozenset(
    ("relief_speed", "distance_cost", "supply_days", "front_density", "even_odds", "march_speed")
)
FULL_ADVANCE = 3.0
"""Power ratio at which an attack advances at full speed; even odds lie below it."""


def check_numbers(findings: Findings) -> None:
    """Note divisors of nought, unknowns that are not there, correlations that cannot hold."""
    check_divisors(findings)
    check_unknowns(findings)
    check_correlations(findings)


def check_divisors(findings: Findings) -> None:
    """Check that an exact number by which the engine divides is above nought."""
    for name, quantity in walk_quantities(findings.theatre):
        if not quantity.certain or not _divides(name):
            continue
        value = quantity.times * quantity.parameters[0] + quantity.plus
        if value <= 0.0:
            findings.fault(name, f"{value:g}, by which the engine divides", "a number above 0")
        elif name == "model.even_odds" and value >= FULL_ADVANCE:
            findings.fault(
                name, f"{value:g}", f"a ratio below {FULL_ADVANCE:g}, at which an attack is fastest"
            )


def _divides(name: str) -> bool:
    parts = name.split(".")
    if parts[0] == "model":
        return parts[1] in MODEL_DIVISORS
    return parts[-1] in DIVISORS


def check_unknowns(findings: Findings) -> None:
    """Check the references of shared quantities."""
    theatre = findings.theatre
    known = [f"unknowns.{name}" for name in findings.written("unknowns")]
    known += [f"kinds.{name}" for name in theatre.kinds]
    for name, quantity in walk_quantities(theatre):
        if quantity.distribution != "shared" or quantity.unknown is None:
            continue
        if quantity.unknown not in known:
            short = [item.removeprefix("unknowns.") for item in known]
            findings.missing(name, "an unknown", quantity.unknown.removeprefix("unknowns."), short)
        elif name.startswith("unknowns."):
            findings.fault(name, "an unknown that refers to another", "a distribution")


def check_correlations(findings: Findings) -> None:
    """Check names and joint validity of the rank correlations."""
    known = quantities(findings.theatre)
    used: dict[frozenset[str], float] = {}
    correlations = findings.theatre.correlations
    for label, correlation in zip(keys_of(correlations), correlations, strict=True):
        key = f"correlations.{label}.between"
        names = [name.removeprefix(f"{OMITTED}.") for name in correlation.between]
        for name in names:
            _check_correlated(findings, key, name, known)
        pair = frozenset(names)
        if len(pair) == 1:
            findings.fault(key, f"{names[0]!r} twice", "two different quantities")
        elif pair in used:
            findings.fault(key, f"the pair {' and '.join(names)} a second time", "each pair once")
        else:
            used[pair] = correlation.rank
    smallest = _smallest_eigenvalue(used)
    if smallest < SMALLEST:
        findings.fault(
            "correlations", f"rank correlations that contradict each other (smallest eigenvalue "
            f"{smallest:.2g})", "a positive definite matrix",
            next_step="bring the largest ones nearer to 0",
        )  # fmt: skip


def _check_correlated(findings: Findings, key: str, name: str, known: dict[str, Quantity]) -> None:
    if name not in known:
        findings.fault(
            key, f"{name!r}, which is not there", "the dotted name of an uncertain number",
            nearest=nearest(name, known),
        )  # fmt: skip
    elif known[name].distribution in ("exact", "shared"):
        findings.fault(
            key, f"{name!r}, which is {known[name].distribution}", "a number with its own spread"
        )


def _smallest_eigenvalue(used: dict[frozenset[str], float]) -> float:
    """Smallest eigenvalue of the normal scores' correlations, 2 sin(pi rank / 6)."""
    import numpy as np

    names = sorted(set().union(*used)) if used else []
    if not names:
        return 1.0
    matrix = np.eye(len(names))
    for pair, rank in used.items():
        first, second = (names.index(name) for name in sorted(pair))
        matrix[first, second] = matrix[second, first] = 2.0 * math.sin(math.pi * rank / 6.0)
    return float(np.linalg.eigvalsh(matrix)[0])
