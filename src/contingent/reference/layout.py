"""What both engines are laid out by: the tables (:mod:`tables`) and the numbers behind their names.

The plain-Python reference takes the tables as nested lists; the C++ core takes the same tables as
flat arrays, through a header that :mod:`contingent.core.generate_layout` writes from these two
files when the package is built. Nothing about sizes or order is therefore said twice.
"""

from __future__ import annotations

from contingent.reference.tables import PARAMETER_TABLES as PARAMETER_TABLES
from contingent.reference.tables import STATE_FLOATS as STATE_FLOATS
from contingent.reference.tables import STATE_INTS as STATE_INTS
from contingent.reference.tables import STRUCTURE_TABLES as STRUCTURE_TABLES
from contingent.reference.tables import Table as Table

COLUMNS_PER_ACTOR = 16
COMMITMENT_KINDS = ("air", "ground", "advisers", "supplies")
ROAD_CLASSES = ("motorway", "paved", "track", "desert-track")
SHOCK_MEMORY = 8

MECHANISMS = (
    "shocks",
    "clock",
    "commitment",
    "intervention",
    "surveillance",
    "command",
    "movement",
    "air",
    "combat",
    "supply",
    "readiness",
    "diplomacy",
    "record",
)

STRUCTURE = {
    "attrition": ("helmbold", "square", "linear"),
    "decision": ("logit", "threshold"),
    "fog": ("limited", "none"),
    "response": ("believed", "quota"),
    "breaking": ("on", "off"),
    "belt": ("on", "off"),
    "frontage": ("on", "off"),
    "opportunity": ("on", "off"),
    "evacuation": ("on", "off"),
    "combat_noise": ("lognormal", "none"),
    "exploitation": ("on", "off"),
}

(
    MECHANISM_SHOCKS,
    MECHANISM_CLOCK,
    MECHANISM_COMMITMENT,
    MECHANISM_INTERVENTION,
    MECHANISM_SURVEILLANCE,
    MECHANISM_COMMAND,
    MECHANISM_MOVEMENT,
    MECHANISM_AIR,
    MECHANISM_COMBAT,
    MECHANISM_SUPPLY,
    MECHANISM_READINESS,
    MECHANISM_DIPLOMACY,
    MECHANISM_RECORD,
) = range(len(MECHANISMS))
(
    CHOICE_ATTRITION,
    CHOICE_DECISION,
    CHOICE_FOG,
    CHOICE_RESPONSE,
    CHOICE_BREAKING,
    CHOICE_BELT,
    CHOICE_FRONTAGE,
    CHOICE_OPPORTUNITY,
    CHOICE_EVACUATION,
    CHOICE_COMBAT_NOISE,
    CHOICE_EXPLOITATION,
) = range(len(STRUCTURE))

HOSTILE, NEUTRAL, ALLIED = -1, 0, 1
NO_OPERATION, BUILD_UP, PROBE, ASSAULT, HOLD = 0, 1, 2, 3, 4
PHASES = ("none", "build-up", "probe", "assault", "hold")
TAKE, ISOLATE, RAID = 0, 1, 2
AIMS = ("take", "isolate", "raid")
PLAN_ATTACK, PLAN_WITHDRAW, PLAN_REINFORCE = 0, 1, 2
PLAN_KINDS = ("attack", "withdraw", "reinforce")
TRIGGER_SHOCKS, TRIGGER_HOLDS, TRIGGER_LOST, TRIGGER_AFTER, TRIGGER_SATISFIED = 0, 1, 2, 3, 4
NEED_PEOPLE, NEED_HOLDS, NEED_CEASEFIRE = 0, 1, 2
RELIEF, OFFENSIVE, RETREAT = 0, 1, 2
CONTESTED, OUTSKIRTS, ASSAULTED = 1, 2, 4
ENGAGED = CONTESTED + OUTSKIRTS

OBSERVABLES = (
    "attacks",
    "attempted",
    "withdrew",
    "fighters",
    "losses",
    "readiness",
    "posture",
    "main_effort",
    "belief",
    "commitment",
    "announced",
    "will",
    "tacit",
    "ceasefire",
    "supplied",
    "open",
    "progress",
    "sorties",
    "detected",
    "columns",
    "intervened",
    "satisfied",
    "held_people",
    "inbound",
    "reinforced",
    "struck_columns",
)
