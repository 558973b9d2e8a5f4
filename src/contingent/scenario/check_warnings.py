"""What is not wrong but missing or doubtful."""

from __future__ import annotations

import re

from contingent.scenario.findings import Findings
from contingent.scenario.naming import walk_quantities
from contingent.scenario.quantities import UNSET
from contingent.scenario.relations import unlisted

_KEY = re.compile(r"[A-Z]{1,3}\d+[a-z]?\Z")
UNMODELLED_KINDS = ("normative", "background")
NEUTRAL_FIELDS = ("at_least", "at_most", "value", "weight")


def warn(findings: Findings) -> None:
    """Note everything that deserves a second look."""
    warn_sources(findings)
    warn_late_sources(findings)
    warn_ground(findings)
    warn_reports(findings)
    warn_claims(findings)


def _written_numbers(findings: Findings) -> list[tuple[str, str | None, str | None]]:
    """Name, source and basis of every number that stands in the theatre's files."""
    written = findings.theatre_layout.locations
    return [
        (name, quantity.source, quantity.basis)
        for name, quantity in walk_quantities(findings.theatre)
        if name in written and quantity is not UNSET
        and name.rpartition(".")[2] not in NEUTRAL_FIELDS
    ]  # fmt: skip


def warn_sources(findings: Findings) -> None:
    """Note numbers without source and basis, one warning for each entry that has some."""
    bare: dict[str, list[str]] = {}
    listed = set(findings.written("sources"))
    lost: dict[str, str] = {}
    for name, source, basis in _written_numbers(findings):
        entry, _, field = name.rpartition(".")
        if source is None and basis is None:
            bare.setdefault(entry, []).append(field)
        if source is not None and _KEY.match(source) and source not in listed:
            lost.setdefault(source, name)
    for entry, fields in bare.items():
        count = f"{len(fields)} number{'' if len(fields) == 1 else 's'}"
        findings.warn(
            f"{entry}.{fields[0]}", f"{count} without source or basis: {', '.join(fields)}",
            "source: or basis: beside the numbers",
        )  # fmt: skip
    for source, name in lost.items():
        findings.warn(name, f"the source {source!r}", "an entry under sources")


def warn_late_sources(findings: Findings) -> None:
    """Note sources published or edited after the fence on which numbers rest."""
    fence = findings.theatre.now
    uses: dict[str, int] = {}
    for _, source, _ in _written_numbers(findings):
        for key in re.split(r"[,;\s]+", source or ""):
            uses[key] = uses.get(key, 0) + 1
    for name, entry in findings.theatre.sources.items():
        days = [day for day in (entry.published, entry.edited) if day is not None]
        if name in uses and days and max(days) > fence:
            findings.warn(
                f"sources.{name}", f"a text of {max(days)}, after the fence, under {uses[name]} "
                f"number{'' if uses[name] == 1 else 's'}", f"texts up to {fence}",
                next_step="widen the numbers or find an earlier text",
            )  # fmt: skip


def warn_ground(findings: Findings) -> None:
    """Note unreached places, aimless actors, unlisted relations and odd bases."""
    theatre = findings.theatre
    reached = {end for route in theatre.routes for end in route.between}
    for name in theatre.places:
        if name not in reached and len(theatre.places) > 1:
            findings.warn(f"places.{name}", "a place that no route reaches", "at least one route")
    for name, actor in theatre.actors.items():
        if actor.forces and not actor.aims and not findings.is_doubtful(name):
            findings.warn(name, "an actor with troops but no aims", "aims: {PLACE: 0 to 10}")
        if actor.air is not None and actor.air.base in theatre.places:
            base = theatre.places[actor.air.base]
            if not base.airbase and base.kind != "airbase":
                findings.warn(
                    f"{name}.air.base", f"{actor.air.base!r}, which is no airbase",
                    "a place with airbase: true",
                )  # fmt: skip
    pairs = unlisted(theatre)
    if pairs:
        said = ", ".join("-".join(pair) for pair in pairs[:8]) + (" …" if len(pairs) > 8 else "")
        count = f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'}"
        findings.warn(
            "relations", f"{count} of blocs without a stance: {said}", "a stance for each pair",
            next_step="they are taken as neutral",
        )  # fmt: skip


def warn_reports(findings: Findings) -> None:
    """Note reports that cannot condition anything."""
    for report in findings.theatre.reports:
        if report.published > findings.theatre.now:
            findings.warn(
                f"reports.{report.id}.published", f"{report.published}, after the fence",
                f"a day up to {findings.theatre.now}",
                next_step="it scores claims and conditions nothing",
            )  # fmt: skip


def warn_claims(findings: Findings) -> None:
    """Note claims no mechanism speaks to, and premises that are never evaluated."""
    if findings.argument is None:
        return
    claims = findings.argument.claims
    silent = {
        name
        for name, claim in claims.items()
        if claim.holds is None and claim.form is None and not claim.readings
    }
    for name in silent:
        claim = claims[name]
        if claim.kind not in UNMODELLED_KINDS and claim.unmodelled is None:
            findings.warn(
                f"claims.{name}", "a claim that no mechanism speaks to",
                "holds, form or readings", next_step="or say why under unmodelled",
            )  # fmt: skip
    for name, claim in claims.items():
        for premise in dict.fromkeys((*claim.follows_from, *claim.needs)):
            if premise in silent:
                findings.warn(
                    f"claims.{name}", f"the premise {premise!r}, which has no predicate",
                    "premises that are claims with a predicate",
                    next_step="the conclusion is evaluated without it",
                )  # fmt: skip
