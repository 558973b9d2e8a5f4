"""Combat: who loses how much, how far the attacker gets, and what ends a fight.

Power of a side is sum(fighters · quality · readiness^0.7) over its actors, times 1 - friction ·
(1 - c)(1 - H) for actors that do not act together (c mean pairwise coordination, H the Herfindahl
index of shares), plus air support; the attacker's is capped by frontage and multiplied by surprise,
the defender's multiplied by supply, terrain and entrenchment; allies of the holder on the spot
fight and fall with him. Every side divides its fire among its
enemies in proportion to their power (Kress, Lin & MacKay 2018). A side loses a day

    combat_loss · intensity · (fire on it / its power)^exponent

of its fighters (Helmbold 1964; exponent 1 is Lanchester's square law, 1/2 the linear law), with one
lognormal noise on the ratio. **One thing ends a fight**: progress in km through belt and built-up
area, at the speed of three to one, times clip(ln(ratio/even_odds)/ln(3/even_odds), -0.3, 2).
Breaking, drawn daily past the belt, multiplies the advance by ``break_speed`` and never ends a
fight itself.

Off: no attack does harm or advances, and no holder changes.
"""

from __future__ import annotations

import math

from contingent import arithmetic
from contingent.reference import capture, layout, routes
from contingent.reference.layout import MECHANISM_COMBAT
from contingent.reference.state import (
    Theatre,
    belt_depth,
    bloc_fighters,
    clip,
    depth,
    effectiveness,
    fighters,
    hostile_place,
    share_of,
)
from contingent.reference.surveillance import raise_alarm

WALK_IN = 8.0
HOLD_INTENSITY = 0.05
RATIO_CAP = 50.0
DRAW_NOISE = 0
DRAW_BREAK = 1


def find_contacts(t: Theatre) -> None:
    """Mark who attacks what today and which places are contested, and raise alarms."""
    for p in range(t.sizes["P"]):
        flags = 0
        for b in range(t.sizes["B"]):
            t.attacking[b][p] = 0
            if t.phase[b][p] < layout.PROBE or not hostile_place(t, b, p):
                continue
            if bloc_fighters(t, b, p) <= 0.0:
                continue
            t.attacking[b][p] = 1
            inside = t.progress[b][p] >= belt_depth(t, p)
            flags |= layout.CONTESTED if inside else layout.OUTSKIRTS
            if t.phase[b][p] == layout.ASSAULT:
                flags |= layout.ASSAULTED
        if flags != 0:
            if t.fight_day[p] < 0:
                t.fight_day[p] = t.day
                t.fight_start[p] = defenders(t, t.actor_bloc[t.holder[p]], p)
                t.fight_loss[p] = 0.0
            raise_alarm(t, t.actor_bloc[t.holder[p]], p)
        else:
            t.fight_day[p] = -1
            _fall_back(t, p)
        t.flags[p] = flags


def defends(t: Theatre, actor: int, defender: int) -> bool:
    """Whether the actor belongs to the defending bloc or an ally of it."""
    return bool(t.stance[defender][t.actor_bloc[actor]] == layout.ALLIED)


def defenders(t: Theatre, defender: int, place: int) -> float:
    """Fighters of the defending bloc and its allies at the place."""
    total = 0.0
    for a in t.allies_of[defender]:
        total += fighters(t, a, place)
    return total


def _fall_back(t: Theatre, place: int) -> None:
    for b in range(t.sizes["B"]):
        if t.progress[b][place] > 0.0:
            t.progress[b][place] = max(t.progress[b][place] - 0.2, 0.0)


def advance(t: Theatre) -> None:
    """Fight at every place where somebody attacks."""
    for p in range(t.sizes["P"]):
        if t.flags[p] != 0:
            _fight(t, p)


def _fight(t: Theatre, place: int) -> None:
    defender = t.actor_bloc[t.holder[place]]
    t.power[defender] = defence(t, defender, place)
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1:
            t.power[b] = attack(t, b, place)
        elif b != defender:
            t.power[b] = 0.0
    winner = -1
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 0:
            continue
        noise = 1.0
        if t.choice[layout.CHOICE_COMBAT_NOISE] == 0:
            z = t.normal(MECHANISM_COMBAT, b * t.sizes["P"] + place, DRAW_NOISE)
            noise = arithmetic.exp_(t.combat_noise * z)
        fire_out = t.power[b] * _fire_share(t, b, defender, defender) * noise
        fire_in = t.power[defender] * _fire_share(t, defender, b, defender) / noise
        t.pressure[b][place] = _against(fire_out, t.power[defender])
        t.resistance[b][place] = _against(fire_in, t.power[b])
        t.ratio[b][place] = math.sqrt(t.pressure[b][place] / t.resistance[b][place])
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1:
            _exchange(t, b, defender, place)
            if _advance(t, b, defender, place) and winner < 0:
                winner = b
    if winner >= 0:
        capture.capture(t, winner, place)


def _against(fire: float, power: float) -> float:
    """Fire on a side over its power, held between 1/RATIO_CAP and RATIO_CAP."""
    if power <= 0.0:
        return RATIO_CAP
    return clip(fire / power, 1.0 / RATIO_CAP, RATIO_CAP)


def _fire_share(t: Theatre, bloc: int, enemy: int, defender: int) -> float:
    """Share of the bloc's fire that falls on this enemy."""
    total = 0.0
    for b in range(t.sizes["B"]):
        foe = b == defender or bloc == defender or t.stance[bloc][b] == layout.HOSTILE
        if b != bloc and foe:
            total += t.power[b]
    return share_of(t.power[enemy], total)


def side_power(t: Theatre, bloc: int, place: int) -> float:
    """Ground power of a bloc at the place, less what uncoordinated actors lose."""
    total = 0.0
    for a in t.actors_of[bloc]:
        total += fighters(t, a, place) * effectiveness(t, a, place)
    if total <= 0.0:
        return 0.0
    concentration = 0.0
    together = 0.0
    pairs = 0.0
    for a in t.actors_of[bloc]:
        if fighters(t, a, place) <= 0.0:
            continue
        share = fighters(t, a, place) * effectiveness(t, a, place) / total
        concentration += share * share
        for other in range(a + 1, t.sizes["A"]):
            if t.actor_bloc[other] == bloc and fighters(t, other, place) > 0.0:
                together += t.coordination[a][other]
                pairs += 1.0
    if pairs <= 0.0:
        return total
    return float(total * (1.0 - t.friction * (1.0 - together / pairs) * (1.0 - concentration)))


def frontage(t: Theatre, bloc: int, place: int) -> float:
    """Share of the attackers that find room at the front, 0..1."""
    if t.choice[layout.CHOICE_FRONTAGE] != 0:
        return 1.0
    room = t.front[place] * t.front_density
    force = bloc_fighters(t, bloc, place)
    return float(min(1.0, room / force)) if force > 0.0 else 1.0


def attack(t: Theatre, bloc: int, place: int) -> float:
    """Power of an attacking bloc."""
    ground = side_power(t, bloc, place) * frontage(t, bloc, place)
    ground *= (0.4 + 0.6 * t.supply[bloc][place]) * t.surprise_factor[bloc][place]
    return float(ground + t.air_support[bloc][place])


def defence(t: Theatre, bloc: int, place: int) -> float:
    """Power of the defending bloc, allies of the holder included."""
    ground = 0.0
    support = 0.0
    for b in range(t.sizes["B"]):
        if b == bloc or (t.stance[bloc][b] == layout.ALLIED and bloc_fighters(t, b, place) > 0.0):
            ground += side_power(t, b, place) * (0.4 + 0.6 * t.supply[b][place])
            support += t.air_support[b][place]
    ground *= t.terrain[place] * (1.0 + 0.5 * t.entrenchment[place])
    return float(ground + support)


def intensity(t: Theatre, bloc: int, place: int) -> float:
    """Intensity of the bloc's attack: 1 in an assault, less while probing or holding a ring."""
    phase = t.phase[bloc][place]
    if phase == layout.PROBE:
        return float(t.probe_intensity)
    if phase == layout.HOLD:
        return HOLD_INTENSITY
    return 1.0


def _exponent(t: Theatre) -> float:
    law = t.choice[layout.CHOICE_ATTRITION]
    if law == 1:
        return 1.0
    if law == 2:
        return 0.5
    return float(t.combat_exponent)


def _exchange(t: Theatre, bloc: int, defender: int, place: int) -> None:
    heat = intensity(t, bloc, place)
    for a in range(t.sizes["A"]):
        if t.actor_bloc[a] == bloc or defends(t, a, defender):
            t.fighting[a][place] = max(t.fighting[a][place], heat)
    if t.progress[bloc][place] < belt_depth(t, place):
        heat *= t.belt_intensity
    law = _exponent(t)
    rate = t.combat_loss * heat
    lost = clip(rate * arithmetic.pow_(t.pressure[bloc][place], law), 0.0, 0.5)
    lost = _rate(lost, t.air_kill[bloc][place], defenders(t, defender, place))
    for b in range(t.sizes["B"]):
        if t.stance[defender][b] == layout.ALLIED:
            t.fight_loss[place] += kill(t, b, place, lost)
    share = frontage(t, bloc, place)
    lost = clip(rate * arithmetic.pow_(t.resistance[bloc][place], law) * share, 0.0, 0.5)
    air = t.air_kill[defender][place] * _air_share(t, bloc, place)
    lost = _rate(lost, air, bloc_fighters(t, bloc, place))
    t.operation_lost[bloc][place] += kill(t, bloc, place, lost)
    rivals = 0.0
    for b in range(t.sizes["B"]):
        if b != bloc and t.attacking[b][place] == 1 and t.stance[bloc][b] == layout.HOSTILE:
            fire = t.power[b] * _fire_share(t, b, bloc, defender)
            ratio = clip(share_of(fire, t.power[bloc]), 0.0, RATIO_CAP)
            rivals += arithmetic.pow_(ratio, law)
    if rivals > 0.0:
        lost = clip(rate * rivals, 0.0, 0.5)
        t.operation_lost[bloc][place] += kill(t, bloc, place, lost)
    t.surprise_factor[bloc][place] = 1.0 + 0.7 * (t.surprise_factor[bloc][place] - 1.0)


def _air_share(t: Theatre, bloc: int, place: int) -> float:
    attackers = 0.0
    for b in range(t.sizes["B"]):
        if t.attacking[b][place] == 1:
            attackers += bloc_fighters(t, b, place)
    return share_of(bloc_fighters(t, bloc, place), attackers)


def _rate(fraction: float, more: float, present: float) -> float:
    """Share of those present that falls: a fraction and ``more`` of them."""
    return clip(fraction + share_of(more, present), 0.0, 0.9)


def kill(t: Theatre, bloc: int, place: int, rate: float) -> float:
    """Take a share of the bloc's fighters; returns how many fell."""
    total = 0.0
    for a in t.actors_of[bloc]:
        if fighters(t, a, place) <= 0.0:
            continue
        fallen = rate * fighters(t, a, place)
        t.mobile[a][place] -= rate * t.mobile[a][place]
        t.static[a][place] -= rate * t.static[a][place]
        t.killed[a] += fallen
        total += fallen
    return total


def _advance(t: Theatre, bloc: int, defender: int, place: int) -> bool:
    """Move the front; True when the bloc has passed the whole place."""
    belt = belt_depth(t, place)
    ratio = t.ratio[bloc][place]
    even = t.even_odds
    push = arithmetic.log_(ratio / even) / arithmetic.log_(3.0 / even)
    push = clip(push, -0.3, 2.0)
    t.below_parity[bloc][place] = max(t.below_parity[bloc][place] + (0.5 - push), 0.0)
    phase = t.phase[bloc][place]
    if phase == layout.HOLD:
        return False
    if defenders(t, defender, place) < 1.0:
        t.progress[bloc][place] += WALK_IN
    elif t.progress[bloc][place] < belt:
        step = intensity(t, bloc, place) * push * t.field_speed[place]
        t.progress[bloc][place] = clip(t.progress[bloc][place] + step, 0.0, depth(t, place))
    elif phase == layout.ASSAULT:
        _break(t, bloc, defender, place)
        step = push * _urban_speed(t, defender, place)
        if step > 0.0 and t.broken[bloc][place] > 0.0:
            step *= t.break_speed
        t.progress[bloc][place] = max(t.progress[bloc][place] + step, 0.0)
    if phase == layout.PROBE:
        t.progress[bloc][place] = min(t.progress[bloc][place], belt)
        return False
    return bool(t.progress[bloc][place] >= depth(t, place))


def _urban_speed(t: Theatre, defender: int, place: int) -> float:
    resolve = mean_resolve(t, defender, place)
    return float(t.urban_speed[place] * arithmetic.exp_(t.resolve_speed * (0.8 - resolve)))


def mean_resolve(t: Theatre, defender: int, place: int) -> float:
    """Resolve of the defending bloc's and its allies' fighters, weighted by fighters."""
    total = 0.0
    resolve = 0.0
    for a in t.allies_of[defender]:
        total += fighters(t, a, place)
        resolve += fighters(t, a, place) * t.resolve[a][place]
    return share_of(resolve, total)


def _break(t: Theatre, bloc: int, defender: int, place: int) -> None:
    if t.choice[layout.CHOICE_BREAKING] != 0 or t.broken[bloc][place] > 0.0:
        return
    ratio = clip(t.ratio[bloc][place], 0.25, 4.0)
    loss = share_of(t.fight_loss[place], t.fight_start[place])
    held = clip(1.0 - share_of(t.progress[bloc][place], depth(t, place)), 0.0, 1.0)
    held *= min(1.0, t.diameter[place] / 4.0)
    odds = t.break_base + t.break_ratio * arithmetic.log_(ratio) + t.break_loss * loss
    odds -= t.break_resolve * (mean_resolve(t, defender, place) - 0.5)
    odds -= t.break_depth * held
    if routes.nearest_own(t, defender, place) < 0:
        odds += t.break_no_retreat
    draw = t.uniform(MECHANISM_COMBAT, bloc * t.sizes["P"] + place, DRAW_BREAK)
    if draw < arithmetic.logistic(odds):
        t.broken[bloc][place] = 1.0
