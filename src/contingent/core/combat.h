// Combat: who loses how much, how far the attacker gets, and what ends a fight.
// Twin of reference/combat.py: daily loss fraction combat_loss * intensity * (fire / power)^exponent
// (Helmbold); advance at the speed of three to one times clip(ln(ratio/even)/ln(3/even), -0.3, 2).
#pragma once

#include "capture.h"
#include "routes.h"
#include "state.h"
#include "surveillance.h"

namespace contingent::combat {

using surveillance::raise_alarm;

inline constexpr double WALK_IN = 8.0;
inline constexpr double HOLD_INTENSITY = 0.05;
inline constexpr double RATIO_CAP = 50.0;
inline constexpr int DRAW_NOISE = 0;
inline constexpr int DRAW_BREAK = 1;

// Fighters of the defending bloc and its allies at the place.
inline double defenders(const Theatre& t, int defender, int place) {
    double total = 0.0;
    for (const int a : t.allies_of[defender]) {
        total += fighters(t, a, place);
    }
    return total;
}

// Let blocs lose ground where nobody attacks.
inline void _fall_back(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        for (const int p : t.kept.gains[b]) {
            if (t.kept.contacts.has(p)) continue;
            if (t.progress[b][p] > 0.0) t.progress[b][p] = max_(t.progress[b][p] - 0.2, 0.0);
            if (t.progress[b][p] <= 0.0) t.kept.gains[b].drop(p);
        }
    }
}

// Mark the places that a bloc attacks today.
inline void _mark_attacks(Theatre& t, int bloc) {
    for (const int p : t.kept.operations[bloc]) {
        if (t.phase[bloc][p] < PROBE || !hostile_place(t, bloc, p)) continue;
        if (bloc_fighters(t, bloc, p) <= 0.0) continue;
        t.attacking[bloc][p] = 1;
        t.kept.contacts.add(p);
        const bool inside = t.progress[bloc][p] >= belt_depth(t, p);
        t.flags[p] |= inside ? CONTESTED : OUTSKIRTS;
        if (t.phase[bloc][p] == ASSAULT) t.flags[p] |= ASSAULTED;
    }
}

// Mark who attacks what today and which places are contested, and raise alarms.
inline void find_contacts(Theatre& t) {
    for (const int p : t.kept.contacts) {
        t.flags[p] = 0;
        for (int b = 0; b < t.B; ++b) t.attacking[b][p] = 0;
    }
    for (int b = 0; b < t.B; ++b) _mark_attacks(t, b);
    for (const int p : t.kept.contacts) {
        if (t.flags[p] == 0) {
            t.fight_day[p] = -1;
            t.kept.contacts.drop(p);
            continue;
        }
        if (t.fight_day[p] < 0) {
            t.fight_day[p] = t.day;
            t.fight_start[p] = defenders(t, t.holding[p], p);
            t.fight_loss[p] = 0.0;
        }
        raise_alarm(t, t.holding[p], p);
    }
    _fall_back(t);
}

// Fire on a side over its power, held between 1/RATIO_CAP and RATIO_CAP.
inline double _against(double fire, double power) {
    if (power <= 0.0) return RATIO_CAP;
    return clip(fire / power, 1.0 / RATIO_CAP, RATIO_CAP);
}

// Share of the bloc's fire that falls on this enemy.
inline double _fire_share(const Theatre& t, Range sides, int bloc, int enemy, int defender) {
    double total = 0.0;
    for (const int b : sides) {
        const bool foe = b == defender || bloc == defender || t.stance[bloc][b] == HOSTILE;
        if (b != bloc && foe) total += t.power[b];
    }
    return share_of(t.power[enemy], total);
}

// Ground power of a bloc at the place, less what uncoordinated actors lose.
inline double side_power(const Theatre& t, int bloc, int place) {
    double total = 0.0;
    int present = 0;
    for (const int a : t.actors_of[bloc]) {
        const double force = fighters(t, a, place);
        if (force <= 0.0) continue;
        total += force * effectiveness(t, a, place);
        present += 1;
    }
    if (present < 2 || total <= 0.0) return total;
    double concentration = 0.0;
    double together = 0.0;
    double pairs = 0.0;
    for (const int a : t.actors_of[bloc]) {
        if (fighters(t, a, place) <= 0.0) continue;
        const double share = fighters(t, a, place) * effectiveness(t, a, place) / total;
        concentration += share * share;
        for (const int other : t.actors_of[bloc]) {
            if (other > a && fighters(t, other, place) > 0.0) {
                together += t.coordination[a][other];
                pairs += 1.0;
            }
        }
    }
    return total * (1.0 - t.friction * (1.0 - together / pairs) * (1.0 - concentration));
}

// Share of an attacking force that finds room at the front, 0..1.
inline double frontage(const Theatre& t, double force, int place) {
    if (t.choice[CHOICE_FRONTAGE] != 0) return 1.0;
    const double room = t.front[place] * t.front_density;
    return force > 0.0 ? min_(1.0, room / force) : 1.0;
}

// Power of an attacking bloc.
inline double attack(const Theatre& t, int bloc, int place) {
    double ground = side_power(t, bloc, place) * frontage(t, bloc_fighters(t, bloc, place), place);
    ground *= (0.4 + 0.6 * t.supply[bloc][place]) * t.surprise_factor[bloc][place];
    return ground + t.air_support[bloc][place];
}

// Power of the defending bloc, allies of the holder included.
inline double defence(const Theatre& t, int bloc, int place) {
    double ground = 0.0;
    double support = 0.0;
    for (int b = 0; b < t.B; ++b) {
        if (b == bloc || (t.stance[bloc][b] == ALLIED && bloc_fighters(t, b, place) > 0.0)) {
            ground += side_power(t, b, place) * (0.4 + 0.6 * t.supply[b][place]);
            support += t.air_support[b][place];
        }
    }
    ground *= t.terrain[place] * (1.0 + 0.5 * t.entrenchment[place]);
    return ground + support;
}

// Intensity of the bloc's attack: 1 in an assault, less while probing or holding a ring.
inline double intensity(const Theatre& t, int bloc, int place) {
    const int phase = t.phase[bloc][place];
    if (phase == PROBE) return t.probe_intensity;
    if (phase == HOLD) return HOLD_INTENSITY;
    return 1.0;
}

inline double _exponent(const Theatre& t) {
    const int law = t.choice[CHOICE_ATTRITION];
    if (law == 1) return 1.0;
    if (law == 2) return 0.5;
    return t.combat_exponent;
}

inline double _air_share(const Theatre& t, Range sides, double force, int place) {
    double attackers = 0.0;
    for (const int b : sides) {
        if (t.attacking[b][place] == 1) attackers += bloc_fighters(t, b, place);
    }
    return share_of(force, attackers);
}

// Share of those present that falls: a fraction and more of them.
inline double _rate(double fraction, double more, double present) {
    return clip(fraction + share_of(more, present), 0.0, 0.9);
}

// Take a share of the bloc's fighters; returns how many fell.
inline double kill(Theatre& t, int bloc, int place, double rate) {
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        const double force = fighters(t, a, place);
        if (force <= 0.0) continue;
        const double fallen = rate * force;
        t.mobile[a][place] -= rate * t.mobile[a][place];
        t.static_[a][place] -= rate * t.static_[a][place];
        t.killed[a] += fallen;
        total += fallen;
    }
    return total;
}

inline void _engage(Theatre& t, Range actors, int place, double heat) {
    for (const int a : actors) t.fighting[a][place] = max_(t.fighting[a][place], heat);
}

inline void _exchange(Theatre& t, Range sides, int bloc, int defender, int place) {
    double heat = intensity(t, bloc, place);
    _engage(t, t.actors_of[bloc], place, heat);
    _engage(t, t.allies_of[defender], place, heat);
    if (t.progress[bloc][place] < belt_depth(t, place)) heat *= t.belt_intensity;
    const double law = _exponent(t);
    const double rate = t.combat_loss * heat;
    double lost = clip(rate * pow_(t.pressure[bloc][place], law), 0.0, 0.5);
    const double air = t.air_kill[bloc][place];
    if (air != 0.0) lost = _rate(lost, air, defenders(t, defender, place));
    for (int b = 0; b < t.B; ++b) {
        if (t.stance[defender][b] == ALLIED) t.fight_loss[place] += kill(t, b, place, lost);
    }
    const double force = bloc_fighters(t, bloc, place);
    const double share = frontage(t, force, place);
    lost = clip(rate * pow_(t.resistance[bloc][place], law) * share, 0.0, 0.5);
    const double answer = t.air_kill[defender][place];
    if (answer != 0.0) lost = _rate(lost, answer * _air_share(t, sides, force, place), force);
    t.operation_lost[bloc][place] += kill(t, bloc, place, lost);
    double rivals = 0.0;
    for (const int b : sides) {
        if (b != bloc && t.attacking[b][place] == 1 && t.stance[bloc][b] == HOSTILE) {
            const double fire = t.power[b] * _fire_share(t, sides, b, bloc, defender);
            const double ratio = clip(share_of(fire, t.power[bloc]), 0.0, RATIO_CAP);
            rivals += pow_(ratio, law);
        }
    }
    if (rivals > 0.0) {
        lost = clip(rate * rivals, 0.0, 0.5);
        t.operation_lost[bloc][place] += kill(t, bloc, place, lost);
    }
    t.surprise_factor[bloc][place] = 1.0 + 0.7 * (t.surprise_factor[bloc][place] - 1.0);
}

// Resolve of the defending bloc's and its allies' fighters, weighted by fighters.
inline double mean_resolve(const Theatre& t, int defender, int place) {
    double total = 0.0;
    double resolve = 0.0;
    for (const int a : t.allies_of[defender]) {
        total += fighters(t, a, place);
        resolve += fighters(t, a, place) * t.resolve[a][place];
    }
    return share_of(resolve, total);
}

inline double _urban_speed(const Theatre& t, int defender, int place) {
    const double resolve = mean_resolve(t, defender, place);
    return t.urban_speed[place] * exp_(t.resolve_speed * (0.8 - resolve));
}

inline void _break(Theatre& t, int bloc, int defender, int place) {
    if (t.choice[CHOICE_BREAKING] != 0 || t.broken[bloc][place] > 0.0) return;
    const double ratio = clip(t.ratio[bloc][place], 0.25, 4.0);
    const double loss = share_of(t.fight_loss[place], t.fight_start[place]);
    double held = clip(1.0 - share_of(t.progress[bloc][place], depth(t, place)), 0.0, 1.0);
    held *= min_(1.0, t.diameter[place] / 4.0);
    double odds = t.break_base + t.break_ratio * log_(ratio) + t.break_loss * loss;
    odds -= t.break_resolve * (mean_resolve(t, defender, place) - 0.5);
    odds -= t.break_depth * held;
    if (routes::nearest_own(t, defender, place) < 0) odds += t.break_no_retreat;
    const double draw = t.uniform(MECHANISM_COMBAT, bloc * t.P + place, DRAW_BREAK);
    if (draw < logistic(odds)) t.broken[bloc][place] = 1.0;
}

// Move the front; true when the bloc has passed the whole place.
inline bool _advance(Theatre& t, int bloc, int defender, int place) {
    t.kept.gains[bloc].add(place);
    const double belt = belt_depth(t, place);
    const double ratio = t.ratio[bloc][place];
    double push = log_(ratio / t.even_odds) / t.kept.log_even;
    push = clip(push, -0.3, 2.0);
    t.below_parity[bloc][place] = max_(t.below_parity[bloc][place] + (0.5 - push), 0.0);
    const int phase = t.phase[bloc][place];
    if (phase == HOLD) return false;
    if (defenders(t, defender, place) < 1.0) {
        t.progress[bloc][place] += WALK_IN;
    } else if (t.progress[bloc][place] < belt) {
        const double step = intensity(t, bloc, place) * push * t.field_speed[place];
        t.progress[bloc][place] = clip(t.progress[bloc][place] + step, 0.0, depth(t, place));
    } else if (phase == ASSAULT) {
        _break(t, bloc, defender, place);
        double step = push * _urban_speed(t, defender, place);
        if (step > 0.0 && t.broken[bloc][place] > 0.0) step *= t.break_speed;
        t.progress[bloc][place] = max_(t.progress[bloc][place] + step, 0.0);
    }
    if (phase == PROBE) {
        t.progress[bloc][place] = min_(t.progress[bloc][place], belt);
        return false;
    }
    return t.progress[bloc][place] >= depth(t, place);
}

// The defender and those who attack, in the order of their numbers.
inline Range _sides(Theatre& t, int place) {
    Cell* last = t.sides;
    for (int b = 0; b < t.B; ++b) {
        if (b == t.holding[place] || t.attacking[b][place] == 1) *last++ = b;
    }
    return {t.sides, last};
}

// Work out how the power of an attacking bloc and the defender's compare today.
inline void _compare(Theatre& t, Range sides, int bloc, int defender, int place) {
    double noise = 1.0;
    if (t.choice[CHOICE_COMBAT_NOISE] == 0) {
        const double z = t.normal(MECHANISM_COMBAT, bloc * t.P + place, DRAW_NOISE);
        noise = exp_(t.combat_noise * z);
    }
    const double fire_out = t.power[bloc] * _fire_share(t, sides, bloc, defender, defender) * noise;
    const double fire_in = t.power[defender] * _fire_share(t, sides, defender, bloc, defender) / noise;
    t.pressure[bloc][place] = _against(fire_out, t.power[defender]);
    t.resistance[bloc][place] = _against(fire_in, t.power[bloc]);
    t.ratio[bloc][place] = sqrt_(t.pressure[bloc][place] / t.resistance[bloc][place]);
}

inline void _fight(Theatre& t, int place) {
    const int defender = t.holding[place];
    const Range sides = _sides(t, place);
    t.power[defender] = defence(t, defender, place);
    for (const int b : sides) {
        if (t.attacking[b][place] == 1) t.power[b] = attack(t, b, place);
    }
    for (const int b : sides) {
        if (t.attacking[b][place] == 1) _compare(t, sides, b, defender, place);
    }
    int winner = -1;
    for (const int b : sides) {
        if (t.attacking[b][place] == 0) continue;
        _exchange(t, sides, b, defender, place);
        if (_advance(t, b, defender, place) && winner < 0) winner = b;
    }
    if (winner >= 0) capture::capture(t, winner, place);
}

// Fight at every place where somebody attacks.
inline void advance(Theatre& t) {
    for (const int p : t.kept.contacts) {
        if (t.flags[p] != 0) _fight(t, p);
    }
}

}  // namespace contingent::combat
