"""Does everything that is named exist?

One row for each field that names something: the entry, the field, what it names. A pair of kinds
means that the first item names the one and the second the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contingent.scenario import types_actors as actors
from contingent.scenario import types_argument as argument
from contingent.scenario import types_places as places
from contingent.scenario import types_relations as relations
from contingent.scenario import types_reports as reports
from contingent.scenario.fields import Spec
from contingent.scenario.findings import Findings
from contingent.scenario.naming import join, keys_of, walk_specs, written_key
from contingent.scenario.types import MECHANISMS, Theatre

ALWAYS_ON = "record"
SECTIONS = {
    "place": ("places",),
    "actor": ("actors",),
    "bloc": ("blocs",),
    "actor or bloc": ("actors", "blocs"),
    "actor or option": ("actors", "blocs", "interventions"),
    "shock": ("shocks",),
    "deadline": ("deadlines",),
    "event": ("events",),
    "report": ("reports",),
    "claim": ("claims",),
}
ROWS: tuple[tuple[type[Spec], str, str | tuple[str, str]], ...] = (
    (places.Place, "held_by", "actor"),
    (places.Place, "part_of", "place"),
    (places.Place, "supply_source_for", "bloc"),
    (places.Place, "stocks", "bloc"),
    (places.Route, "between", "place"),
    (actors.Actor, "bloc", "bloc"),
    (actors.Actor, "area", "place"),
    (actors.Actor, "aims", "place"),
    (actors.Force, "at", "place"),
    (actors.Air, "base", "place"),
    (actors.Commitment, "entry", "place"),
    (actors.Recruitment, "at", "place"),
    (actors.Sponsor, "by", "actor"),
    (actors.Sponsor, "at", "place"),
    (actors.Operation, "target", "place"),
    (actors.Operation, "origin", "place"),
    (relations.Relation, "pair", "actor or bloc"),
    (relations.Plan, "actor", "actor"),
    (relations.Plan, "target", "place"),
    (relations.Plan, "at", "place"),
    (relations.Plan, "to", "place"),
    (relations.TacitJump, "pair", "actor"),
    (relations.Shock, "on", "actor"),
    (relations.Shock, "by", "actor"),
    (relations.Trigger, "shocks", "shock"),
    (relations.Trigger, "holds", ("actor or bloc", "place")),
    (relations.Trigger, "lost", ("actor or bloc", "place")),
    (relations.Trigger, "satisfied", "deadline"),
    (relations.Blocker, "actor", "actor"),
    (relations.Blocker, "at", "place"),
    (relations.Intervention, "actor", "actor"),
    (relations.Intervention, "target", "place"),
    (relations.Intervention, "origin", "place"),
    (relations.Intervention, "permission", "actor"),
    (relations.Ceasefire, "pair", "actor or bloc"),
    (relations.Ceasefire, "after", ("actor or bloc", "place")),
    (relations.Evacuation, "garrison", "actor"),
    (relations.Evacuation, "besieger", "actor"),
    (relations.PeopleHeld, "by", "actor or bloc"),
    (relations.Need, "holds", ("actor or bloc", "place")),
    (relations.Need, "ceasefire", "actor or bloc"),
    (relations.Deadline, "binds", "actor"),
    (relations.Duty, "actor", "actor"),
    (relations.Duty, "at", "place"),
    (relations.Event, "parents", "event"),
    (reports.Report, "denies", "report"),
    (reports.Report, "supersedes", "report"),
    (reports.History, "complete_until", "place"),
    (argument.Claim, "follows_from", "claim"),
    (argument.Claim, "needs", "claim"),
    (argument.Claim, "rejects", "claim"),
    (argument.Claim, "names", "actor or option"),
)


def check_references(findings: Findings) -> None:
    """Note every name that leads nowhere, and every name that is given twice."""
    by_model: dict[type[Spec], list[tuple[str, str | tuple[str, str]]]] = {}
    for model, field, kind in ROWS:
        by_model.setdefault(model, []).append((field, kind))
    for part in (findings.theatre, findings.argument):
        for name, entry in walk_specs(part):
            for field, kind in by_model.get(type(entry), []):
                key = join(name, written_key(type(entry), field))
                _check_field(findings, key, getattr(entry, field), kind)
    check_names(findings)
    check_switches(findings)


def _check_field(findings: Findings, key: str, value: Any, kind: str | tuple[str, str]) -> None:
    if value is None:
        return
    items = list(value) if isinstance(value, tuple | Mapping) else [value]
    kinds = kind if isinstance(kind, tuple) else (kind,) * len(items)
    for position, (item, one) in enumerate(zip(items, kinds, strict=False)):
        if any(item in findings.written(section) for section in SECTIONS[one]):
            continue
        known = [name for section in SECTIONS[one] for name in findings.written(section)]
        where = key
        if isinstance(value, Mapping):
            where = f"{key}.{item}"
        elif isinstance(value, tuple):
            where = f"{key}.{position}"
        article = "an" if one[0] in "aeo" else "a"
        findings.missing(where, f"{article} {one}", str(item), known)


def check_names(findings: Findings) -> None:
    """Note names that are given twice or that stand for something else."""
    theatre = findings.theatre
    for section in ("plans", "shocks", "interventions", "deadlines", "duties", "reports"):
        _check_twice(findings, section, [entry.id for entry in getattr(theatre, section)])
    _check_twice(findings, "diplomacy.ceasefires", [c.id for c in theatre.diplomacy.ceasefires])
    _check_twice(findings, "routes", [route.id for route in theatre.routes])
    reserved = {written_key(Theatre, name) for name in Theatre.model_fields}
    reserved |= {"claims", "explanations", "what_if", "argument", "about"}
    for actor in theatre.actors:
        if actor in reserved:
            findings.fault(
                actor, f"an actor called {actor!r}", "a name that no section of the file has"
            )
        if actor in theatre.blocs and theatre.actors[actor].bloc != actor:
            findings.fault(
                actor, f"an actor called {actor!r} like a bloc that is not its own",
                "different names for an actor and a bloc",
            )  # fmt: skip


def _check_twice(findings: Findings, section: str, ids: list[str]) -> None:
    entries = getattr(findings.theatre, section, None)
    names = keys_of(entries) if entries is not None else ids
    seen: set[str] = set()
    for position, entry in enumerate(ids):
        if entry in seen:
            findings.fault(
                f"{section}.{names[position]}", f"the name {entry!r} a second time",
                "each name once", next_step="give it another `id`",
            )  # fmt: skip
        seen.add(entry)


def check_switches(findings: Findings) -> None:
    """Note mechanisms that do not exist or cannot be switched off."""
    written = findings.theatre_layout.data.get("mechanisms")
    switches = [("mechanisms", written if isinstance(written, Mapping) else {})]
    if findings.argument is not None:
        switches += [
            (f"explanations.{name}.switch", explanation.switch)
            for name, explanation in findings.argument.explanations.items()
        ]
    for name, switch in switches:
        for mechanism, state in switch.items():
            if mechanism == ALWAYS_ON and state in (False, "off"):
                findings.fault(
                    f"{name}.{mechanism}", "the record switched off",
                    "mechanisms other than the record", next_step="without it nothing is seen",
                )  # fmt: skip
            elif mechanism not in (*MECHANISMS, ALWAYS_ON):
                findings.missing(f"{name}.{mechanism}", "a mechanism", str(mechanism), MECHANISMS)
