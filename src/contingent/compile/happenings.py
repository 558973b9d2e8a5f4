"""What may happen: plans, shocks, options, diplomacy, deadlines, duties and outside events."""

from __future__ import annotations

from contingent.compile.names import index_of
from contingent.compile.program import OutsideEvent
from contingent.compile.tables import Tables
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.scenario.quantities import middle
from contingent.scenario.types import Theatre
from contingent.scenario.types_relations import (
    Deadline,
    Intervention,
    Need,
    Plan,
    Trigger,
)

NONE = -1
EVER = 1_000_000
"""A window in days that never closes."""


def compile_happenings(tables: Tables, theatre: Theatre) -> None:
    """Fill the tables of all that may happen."""
    for i, plan in enumerate(theatre.plans):
        _plan(tables, i, plan)
    _shocks(tables, theatre)
    _interventions(tables, theatre)
    _diplomacy(tables, theatre)
    need = 0
    for d, deadline in enumerate(theatre.deadlines):
        _deadline(tables, d, deadline)
        for one in deadline.needs:
            _need(tables, need, d, deadline.id, one)
            need += 1
    _duties(tables, theatre)


def outside_events(theatre: Theatre) -> tuple[OutsideEvent, ...]:
    """Events outside the theatre, with what is known of them at the fence."""
    found = []
    for name, event in theatre.events.items():
        known = event.settled is not None and event.on is not None and event.on <= theatre.now
        day = max((event.on - theatre.start).days, 0) if known and event.on else NONE
        chance = None if event.probability is None else middle(event.probability)
        settled = event.settled if known else None
        found.append(OutsideEvent(name, chance, settled, day, event.parents))
    return tuple(found)


def _actor(tables: Tables, name: str, where: str) -> int:
    return index_of(name, tables.names.actors, where, "actors")


def _place(tables: Tables, name: str | None, where: str) -> int:
    return index_of(name, tables.names.places, where, "places")


def _plan(tables: Tables, i: int, plan: Plan) -> None:
    where = f"plans.{plan.id}"
    structure = tables.structure
    at = {
        "attack": plan.target or plan.at,
        "withdraw": plan.at,
        "reinforce": plan.to or plan.at or plan.target,
    }[plan.do]
    structure["plan_kind"][i] = layout.PLAN_KINDS.index(plan.do)
    structure["plan_actor"][i] = _actor(tables, plan.actor, f"{where}.actor")
    structure["plan_at"][i] = _place(tables, at, where)
    leaves = plan.do == "withdraw" and plan.to is not None
    structure["plan_to"][i] = _place(tables, plan.to, f"{where}.to") if leaves else NONE
    tables.set("plan_day", (i,), float(tables.names.day(plan.on)))
    tables.set("plan_spread", (i,), plan.spread)
    tables.set("plan_probability", (i,), plan.probability)
    tables.set("plan_size", (i,), 0.0 if plan.size is None else plan.size)
    tables.set("plan_share", (i,), 1.0 if plan.share is None else plan.share)


def _shocks(tables: Tables, theatre: Theatre) -> None:
    for n, shock in enumerate(theatre.shocks):
        where = f"shocks.{shock.id}"
        tables.structure["shock_on"][n] = _actor(tables, shock.on, f"{where}.on")
        pair = (NONE, NONE)
        if shock.tacit is not None:
            one, other = shock.tacit.pair
            pair = (_actor(tables, one, where), _actor(tables, other, where))
            tables.set("shock_tacit", (n,), shock.tacit.jump)
        tables.structure["shock_pair_first"][n] = pair[0]
        tables.structure["shock_pair_second"][n] = pair[1]
        tables.set("shock_rate", (n,), shock.rate)
        tables.set("shock_branching", (n,), shock.excitation)
        tables.set("shock_decay", (n,), shock.decay)
        tables.set("shock_will", (n,), shock.will)


def _interventions(tables: Tables, theatre: Theatre) -> None:
    triggers = permissions = blockers = 0
    structure = tables.structure
    for x, option in enumerate(theatre.interventions):
        where = f"interventions.{option.id}"
        _option(tables, x, option, where)
        for trigger in option.triggers:
            _trigger(tables, triggers, x, trigger, where)
            triggers += 1
        for name in option.permission:
            structure["permission_option"][permissions] = x
            structure["permission_actor"][permissions] = _actor(tables, name, where)
            permissions += 1
        for blocker in option.blockers:
            structure["blocker_option"][blockers] = x
            structure["blocker_actor"][blockers] = _actor(tables, blocker.actor, where)
            structure["blocker_place"][blockers] = _place(tables, blocker.at, where)
            tables.set("blocker_fighters", (blockers,), blocker.fighters)
            blockers += 1


def _option(tables: Tables, x: int, option: Intervention, where: str) -> None:
    structure = tables.structure
    structure["option_actor"][x] = _actor(tables, option.actor, f"{where}.actor")
    structure["option_target"][x] = _place(tables, option.target, f"{where}.target")
    structure["option_from"][x] = _place(tables, option.origin, f"{where}.from")
    structure["option_aim"][x] = layout.AIMS.index(option.aim)
    earliest = tables.names.start if option.earliest is None else option.earliest
    structure["option_earliest"][x] = max(tables.names.day(earliest), 0)
    tables.set("option_force", (x,), option.force)
    tables.set("option_threshold", (x,), option.threshold)


def _trigger(tables: Tables, y: int, option: int, trigger: Trigger, where: str) -> None:
    names = tables.names
    kind, first, second, days = layout.TRIGGER_AFTER, NONE, NONE, 0
    if trigger.shocks is not None:
        kind = layout.TRIGGER_SHOCKS
        first = index_of(trigger.shocks, names.shocks, where, "shocks")
        second = min(1 if trigger.count is None else trigger.count, layout.SHOCK_MEMORY)
        days = EVER if trigger.within is None else trigger.within
    elif trigger.holds is not None or trigger.lost is not None:
        kind = layout.TRIGGER_LOST if trigger.holds is None else layout.TRIGGER_HOLDS
        actor, place = trigger.holds or trigger.lost or ("", "")
        first, second = _actor(tables, actor, where), _place(tables, place, where)
    elif trigger.after is not None:
        second = names.day(trigger.after)
    elif trigger.satisfied is not None:
        kind = layout.TRIGGER_SATISFIED
        first = index_of(trigger.satisfied, names.deadlines, where, "deadlines")
    else:
        raise SettingError(where, "an empty trigger", "shocks, holds, lost, after or satisfied")
    row = {"option": option, "kind": kind, "first": first, "second": second, "days": days}
    for column, value in row.items():
        tables.structure[f"trigger_{column}"][y] = value


def _diplomacy(tables: Tables, theatre: Theatre) -> None:
    structure = tables.structure
    for c, ceasefire in enumerate(theatre.diplomacy.ceasefires):
        where = f"diplomacy.ceasefires.{ceasefire.id}"
        one, other = ceasefire.pair
        structure["ceasefire_first"][c] = _actor(tables, one, where)
        structure["ceasefire_second"][c] = _actor(tables, other, where)
        after = (NONE, NONE)
        if ceasefire.after is not None:
            actor, place = ceasefire.after
            after = (_actor(tables, actor, where), _place(tables, place, where))
        structure["ceasefire_after_actor"][c], structure["ceasefire_after_place"][c] = after
        tables.set("ceasefire_chance", (c,), ceasefire.chance)
        tables.set("ceasefire_break", (c,), ceasefire.breaks)
    for e, pair in enumerate(theatre.diplomacy.evacuations):
        where = f"diplomacy.evacuations.{pair.garrison}-{pair.besieger}"
        structure["evacuation_garrison"][e] = _actor(tables, pair.garrison, where)
        structure["evacuation_besieger"][e] = _actor(tables, pair.besieger, where)
        tables.set("evacuation_chance", (e,), pair.chance)


def _deadline(tables: Tables, d: int, deadline: Deadline) -> None:
    where = f"deadlines.{deadline.id}"
    tables.structure["deadline_day"][d] = tables.names.day(deadline.on)
    for name in deadline.binds:
        tables.structure["deadline_binds"][d, _actor(tables, name, f"{where}.binds")] = 1
    tables.set("deadline_horizon", (d,), deadline.horizon)
    tables.set("deadline_chance", (d,), deadline.chance)


def _need(tables: Tables, q: int, deadline: int, name: str, need: Need) -> None:
    where = f"deadlines.{name}.needs"
    names = tables.names
    kind, first, second = layout.NEED_CEASEFIRE, NONE, NONE
    if need.people_held is not None:
        kind = layout.NEED_PEOPLE
        first = index_of(need.people_held.by, names.blocs, where, "blocs")
        tables.set("need_level", (q,), need.people_held.share)
    elif need.holds is not None:
        kind = layout.NEED_HOLDS
        first = _actor(tables, need.holds[0], where)
        second = _place(tables, need.holds[1], where)
    elif need.ceasefire is not None:
        pairs = [{one, other} for _, one, other in names.ceasefires]
        if set(need.ceasefire) not in pairs:
            found = f"a ceasefire of {' and '.join(need.ceasefire)}"
            raise SettingError(where, found, "one that diplomacy.ceasefires lists")
        first = pairs.index(set(need.ceasefire))
    else:
        raise SettingError(where, "an empty need", "people_held, holds or ceasefire")
    row = {"deadline": deadline, "kind": kind, "first": first, "second": second}
    for column, value in row.items():
        tables.structure[f"need_{column}"][q] = value


def _duties(tables: Tables, theatre: Theatre) -> None:
    for u, duty in enumerate(theatre.duties):
        where = f"duties.{duty.id}"
        tables.structure["duty_actor"][u] = _actor(tables, duty.actor, where)
        tables.structure["duty_first_day"][u] = tables.names.day(duty.begins)
        tables.structure["duty_last_day"][u] = tables.names.day(duty.until)
        place = NONE if duty.at is None else _place(tables, duty.at, where)
        tables.structure["duty_place"][u] = place
        tables.set("duty_share", (u,), duty.share)
