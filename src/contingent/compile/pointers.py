"""Which structure tables hold numbers of something that has a name."""

from __future__ import annotations

from contingent.reference import layout

POINTERS: dict[str, str] = {
    "actor_bloc": "B",
    "bloc_leader": "A",
    "initial_holder": "A",
    "route_from": "P",
    "route_to": "P",
    "route_class": "G",
    "air_base": "P",
    "entry": "P",
    "recruit_place": "P",
    "sponsor": "A",
    "initial_lead": "A",
    "initial_staging": "P",
    "shock_on": "A",
    "shock_pair_first": "A",
    "shock_pair_second": "A",
    "plan_actor": "A",
    "plan_at": "P",
    "plan_to": "P",
    "need_deadline": "D",
    "option_actor": "A",
    "option_target": "P",
    "option_from": "P",
    "trigger_option": "X",
    "permission_option": "X",
    "permission_actor": "A",
    "blocker_option": "X",
    "blocker_actor": "A",
    "blocker_place": "P",
    "ceasefire_first": "A",
    "ceasefire_second": "A",
    "ceasefire_after_actor": "A",
    "ceasefire_after_place": "P",
    "evacuation_garrison": "A",
    "evacuation_besieger": "A",
    "duty_actor": "A",
    "duty_place": "P",
}
"""Table to the letter of the dimension its numbers point into; -1 stands for none."""

WORDS: dict[str, tuple[str, ...]] = {
    "mechanism_on": ("off", "on"),
    "initial_open": ("closed", "open"),
    "initial_phase": layout.PHASES,
    "initial_aim": layout.AIMS,
    "plan_kind": layout.PLAN_KINDS,
    "option_aim": layout.AIMS,
    "trigger_kind": ("shocks", "holds", "lost", "after", "satisfied"),
    "need_kind": ("people held", "holds", "ceasefire"),
}
"""Table to the words behind its numbers."""
