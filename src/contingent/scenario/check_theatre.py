"""Do the entries of a theatre fit together: places, forces, operations, relations, options?"""

from __future__ import annotations

from itertools import combinations

from contingent.scenario.circles import circle
from contingent.scenario.findings import Findings
from contingent.scenario.quantities import UNSET, Quantity, middle
from contingent.scenario.relations import bloc_pair
from contingent.scenario.types_actors import Actor, Force, Operation
from contingent.scenario.types_relations import Need, Plan, Trigger

MOST_SHOCKS = 8
"""Days with shocks that the engine remembers; a trigger cannot count more."""


def check_theatre(findings: Findings) -> None:
    """Note entries that contradict each other."""
    check_places(findings)
    check_forces(findings)
    check_operations(findings)
    check_relations(findings)
    check_options(findings)


def check_places(findings: Findings) -> None:
    """Check routes, parts of places, and that each place has one holder."""
    theatre = findings.theatre
    for route in theatre.routes:
        if route.between[0] == route.between[1]:
            findings.fault(
                f"routes.{route.id}.between", f"a route from {route.between[0]!r} to itself",
                "two different places",
            )  # fmt: skip
    parents = {
        name: [place.part_of] for name, place in theatre.places.items() if place.part_of is not None
    }
    loop = circle(parents)
    if loop:
        findings.fault(
            f"places.{loop[0]}.part_of", f"a circle: {' → '.join(loop)}", "parts of larger places"
        )
    for place in theatre.places:
        _check_holder(findings, place)


def _check_holder(findings: Findings, place: str) -> None:
    """Note hostile troops in one place, or a holder without troops where its enemy has some."""
    theatre = findings.theatre
    present = [
        name
        for name, actor in theatre.actors.items()
        if any(force.at == place for force in actor.forces)
    ]
    fought_over = {
        name
        for name, actor in theatre.actors.items()
        if any(operation.target == place for operation in actor.operations)
    }
    for first, second in combinations(present, 2):
        if findings.stance(first, second) == "hostile" and not fought_over & {first, second}:
            findings.fault(
                f"places.{place}",
                f"two holders: {first} and {second} are hostile and both have troops there",
                "troops of one side, or an operation of one of them against it",
                next_step="divide the place in two, or list the operation that runs on day 0",
            )
            return
    holder = theatre.places[place].held_by
    if holder is None or holder not in theatre.actors:
        return
    own = [name for name in present if findings.stance(name, holder) == "allied"]
    hostile = [name for name in present if findings.stance(name, holder) == "hostile"]
    if hostile and not own and not fought_over & {*hostile, holder}:
        findings.fault(
            f"places.{place}.held_by",
            f"{holder!r}, while only its enemy {hostile[0]} has troops there",
            "the actor that holds the place",
            nearest=hostile[0],
        )


def check_forces(findings: Findings) -> None:
    """Check numbers, duplicates and leaders of forces."""
    theatre = findings.theatre
    leaders: dict[str, str] = {}
    for name, actor in theatre.actors.items():
        seen: set[tuple[str, str]] = set()
        for key, force in _keyed(name, actor):
            if (
                _left_out(force.mobile)
                and _left_out(force.static)
                and not findings.is_doubtful(key)
            ):
                findings.fault(key, "neither mobile nor static fighters", "at least one of them")
            if (force.at, force.kind) in seen:
                findings.fault(
                    key, f"a second {force.kind} at {force.at!r}", "each kind once at a place",
                    next_step="add the numbers together or choose another kind",
                )  # fmt: skip
            seen.add((force.at, force.kind))
        if actor.leads and actor.bloc in leaders:
            findings.fault(
                f"{name}.leads", f"a second leader of the bloc {actor.bloc!r}",
                f"one; {leaders[actor.bloc]} leads it already",
            )  # fmt: skip
        elif actor.leads:
            leaders[actor.bloc] = name


def _left_out(quantity: Quantity) -> bool:
    """Tell whether a number is the zero that stands for what the author left out."""
    return quantity is UNSET or (quantity.certain and quantity.parameters == (0.0,))


def _keyed(name: str, actor: Actor) -> list[tuple[str, Force]]:
    several = [force.at for force in actor.forces]
    return [
        (
            f"{name}.forces.{force.at}" + (f".{force.kind}" if several.count(force.at) > 1 else ""),
            force,
        )
        for force in actor.forces
    ]


def check_operations(findings: Findings) -> None:
    """Check that operations start from own troops against somebody else's place."""
    theatre = findings.theatre
    for name, actor in theatre.actors.items():
        for operation in actor.operations:
            _check_operation(findings, name, actor, operation)
        origins = {operation.origin for operation in actor.operations}
        for origin in origins:
            shares = [o.committed for o in actor.operations if o.origin == origin]
            total = sum(middle(share) for share in shares if share is not UNSET)
            if len(shares) > 1 and total > 1.0:
                findings.fault(
                    f"{name}.operations",
                    f"{total:.2g} of the mobile force at {origin!r} committed",
                    "at most 1 over all operations from one place",
                )


def _check_operation(findings: Findings, name: str, actor: Actor, operation: Operation) -> None:
    theatre = findings.theatre
    key = f"{name}.operations.{operation.target}"
    mobile = [
        force.at
        for force in actor.forces
        if not (force.mobile.certain and force.mobile.parameters[0] == 0.0)
    ]
    known = operation.origin in theatre.places
    if known and operation.origin not in mobile and not findings.is_doubtful(f"{name}.forces"):
        where = ", ".join(dict.fromkeys(mobile)) or "nowhere"
        findings.fault(
            f"{key}.from", f"{operation.origin!r}, where {name} has no mobile troops",
            f"a place where it has some: {where}",
            nearest=mobile[0] if len(set(mobile)) == 1 else None,
        )  # fmt: skip
    place = theatre.places.get(operation.target)
    if place is None or place.held_by is None or place.held_by not in theatre.actors:
        return
    if findings.stance(name, place.held_by) == "allied":
        whose = "itself" if place.held_by == name else f"its ally {place.held_by}"
        findings.fault(
            f"{key}.target", f"{operation.target!r}, which is held by {whose}",
            "a place that an opponent holds",
        )  # fmt: skip


def check_relations(findings: Findings) -> None:
    """Check that relations do not contradict each other or the blocs."""
    theatre = findings.theatre
    stances: dict[tuple[str, str], tuple[str, str]] = {}
    pairs: set[frozenset[str]] = set()
    for relation in theatre.relations:
        label = "-".join(relation.pair)
        key = f"relations.{label}"
        if frozenset(relation.pair) in pairs:
            findings.fault(key, f"the pair {label} a second time", "each pair once")
        pairs.add(frozenset(relation.pair))
        blocs = bloc_pair(theatre, relation.pair)
        if relation.pair[0] == relation.pair[1]:
            findings.fault(f"{key}.pair", f"{relation.pair[0]!r} twice", "two actors or two blocs")
            continue
        if blocs is None or relation.stance is None:
            continue
        if blocs[0] == blocs[1] and relation.stance != "allied":
            findings.fault(
                f"{key}.stance", f"{relation.stance} for two actors of the bloc {blocs[0]!r}",
                "allied", next_step="put one of them in another bloc",
            )  # fmt: skip
        elif blocs in stances and stances[blocs][0] != relation.stance:
            before, other = stances[blocs]
            findings.fault(
                f"{key}.stance", f"{relation.stance} for the blocs {blocs[0]} and {blocs[1]}",
                f"{before}, as {other} says: a stance belongs to the two blocs",
            )  # fmt: skip
        stances.setdefault(blocs, (relation.stance, key))


def check_options(findings: Findings) -> None:
    """Check plans, triggers, needs and events."""
    theatre = findings.theatre
    for plan in theatre.plans:
        _check_plan(findings, plan)
    for option in theatre.interventions:
        for position, trigger in enumerate(option.triggers):
            _check_trigger(findings, f"interventions.{option.id}.triggers.{position}", trigger)
    for deadline in theatre.deadlines:
        for position, need in enumerate(deadline.needs):
            given = [key for key in Need.model_fields if getattr(need, key) is not None]
            key = f"deadlines.{deadline.id}.needs.{position}"
            if len(given) != 1 and not findings.is_doubtful(key):
                found = " and ".join(given) or "no condition"
                findings.fault(key, found, f"one of {', '.join(Need.model_fields)}")
    loop = circle({name: list(event.parents) for name, event in theatre.events.items()})
    if loop:
        findings.fault(
            f"events.{loop[0]}.parents", f"a circle: {' → '.join(loop)}", "events without circles"
        )


def _check_plan(findings: Findings, plan: Plan) -> None:
    key = f"plans.{plan.id}"
    needed = {"attack": ["target"], "withdraw": ["at"], "reinforce": ["to", "size"]}[plan.do]
    for field in needed:
        if getattr(plan, field) is None and not findings.is_doubtful(key):
            findings.fault(key, f"no {field!r}", f"{field}: a plan to {plan.do} needs it")


def _check_trigger(findings: Findings, key: str, trigger: Trigger) -> None:
    if findings.is_doubtful(key):
        return
    choices = ("shocks", "holds", "lost", "after", "satisfied")
    given = [choice for choice in choices if getattr(trigger, choice) is not None]
    if len(given) != 1:
        found = " and ".join(given) or "no condition"
        findings.fault(key, found, f"one of {', '.join(choices)}")
    counted = trigger.count is not None and trigger.within is not None
    if trigger.count is not None and trigger.count > MOST_SHOCKS:
        findings.fault(
            f"{key}.count",
            f"{trigger.count} shocks",
            f"at most {MOST_SHOCKS}, which are remembered",
        )
    if given == ["shocks"] and not counted:
        findings.fault(
            key, "shocks without count or within", "{shocks: NAME, count: 2, within: 60}"
        )
