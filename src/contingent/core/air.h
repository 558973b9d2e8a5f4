// Air tasking: a day's sorties are shared among fights and columns, and act only with ground troops.
// Twin of reference/air.py: shares in proportion to (worth * (1 + ln(1 + threat/500)))^response_focus
// times presence G / (G + 200) and what the distance from the base leaves.
#pragma once

#include "columns.h"
#include "commitment.h"
#include "movement.h"
#include "state.h"

namespace contingent::air {

using columns::column_entity;
using commitment::air_level;
using movement::turn_back;

inline constexpr int SURGE_DAYS = 7;
inline constexpr double PRESENCE = 200.0;
inline constexpr double OFF_DESERT = 0.15;
inline constexpr int DRAW_TURN = 1;

inline bool _new_assault(const Theatre& t, int bloc) {
    for (const int p : t.kept.contacts) {
        if ((t.flags[p] & ASSAULTED) == 0 || !friendly_place(t, bloc, p)) continue;
        for (int b = 0; b < t.B; ++b) {
            if (t.attacking[b][p] == 1 && t.phase[b][p] == ASSAULT) {
                if (t.day - t.phase_day[b][p] < SURGE_DAYS) return true;
            }
        }
    }
    return false;
}

inline double _available(const Theatre& t, int actor) {
    double rate = t.sorties[actor];
    if (rate <= 0.0) return 0.0;
    const int base = t.air_base[actor];
    const int bloc = t.actor_bloc[actor];
    if (base >= 0 && hostile_place(t, bloc, base)) return 0.0;
    if (t.surge[actor] > rate && _new_assault(t, bloc)) rate = t.surge[actor];
    double bound = 0.0;
    for (int u = 0; u < t.U; ++u) {
        if (t.duty_actor[u] != actor || t.mechanism_on[MECHANISM_CLOCK] == 0) continue;
        if (t.day < t.duty_first_day[u] || t.day > t.duty_last_day[u]) continue;
        const int place = t.duty_place[u];
        if (place < 0 || t.flags[place] != 0) bound += t.duty_share[u];
    }
    return rate * air_level(t, actor) * clip(1.0 - bound, 0.0, 1.0);
}

// Share of the sortie rate that the distance leaves, 0 beyond range.
inline double range_share(const Theatre& t, int actor, int place) {
    const double distance = t.air_distance[actor][place];
    if (distance > t.air_range[actor] || t.air_range[actor] <= 0.0) return 0.0;
    return 1.0 - 0.5 * distance / t.air_range[actor];
}

// Bloc that the actor supports at the place: its own or an allied one in a fight, -1 if none.
inline int engaged_bloc(const Theatre& t, int actor, int place) {
    const int bloc = t.actor_bloc[actor];
    if (t.flags[place] == 0 || range_share(t, actor, place) <= 0.0) return -1;
    if (friendly_place(t, bloc, place)) return t.holding[place];
    if (!hostile_place(t, bloc, place)) return -1;
    if (at_ceasefire(t, bloc, t.holding[place])) return -1;
    if (t.attacking[bloc][place] == 1) return bloc;
    for (int b = 0; b < t.B; ++b) {
        if (t.attacking[b][place] == 1 && t.stance[bloc][b] == ALLIED) return b;
    }
    return -1;
}

inline double _fight_weight(const Theatre& t, int actor, int side, int place, double ground) {
    const int bloc = t.actor_bloc[actor];
    const double threat = t.belief[bloc][place] + t.inbound[bloc][place];
    double worth = max_(t.value[side][place], 0.5) * (1.0 + log_(1.0 + threat / 500.0));
    if (t.attacking[side][place] == 1) worth *= t.priority[actor];
    if (side != bloc) worth *= t.coordination[actor][t.bloc_leader[side]];
    const double weight = pow_(worth, t.response_focus[actor]);
    return weight * ground / (ground + PRESENCE) * range_share(t, actor, place);
}

inline double _column_weight(const Theatre& t, int actor, int other, int slot) {
    const double size = t.column_size[other][slot];
    const int bloc = t.actor_bloc[actor];
    if (size <= 0.0) return 0.0;
    const int known = t.column_known[other][slot][bloc];
    if (known < 0 || t.day - known < 0.25 * t.delay[actor]) return 0.0;
    const int onward = t.column_next[other][slot];
    const double reach = range_share(t, actor, onward);
    if (reach <= 0.0) return 0.0;
    const int target = t.column_target[other][slot];
    double ground = 1.0;
    if (t.place_desert[onward] == 0 && t.place_desert[t.column_at[other][slot]] == 0) {
        ground = OFF_DESERT;
    }
    const double seen = t.bias[actor] * size;
    double worth = max_(t.value[bloc][target], 0.5) * (1.0 + log_(1.0 + seen / 500.0));
    worth *= t.interdiction_share * ground;
    return pow_(worth, t.response_focus[actor]) * reach;
}

inline void _support(Theatre& t, int actor, int side, int place, double ground, double sorties) {
    const double presence = ground / (ground + PRESENCE);
    t.sorties_flown[actor][place] += sorties;
    t.kept.sorties.add(place);
    t.air_support[side][place] += sorties * t.air_effect[actor] * presence;
    const double enemies = hostile_fighters(t, side, place);
    const double kill = min_(sorties * t.air_lethality[actor] * presence, 0.2 * enemies);
    t.air_kill[side][place] += kill;
}

inline void _strike_column(Theatre& t, int actor, int other, int slot, double sorties) {
    const double size = t.column_size[other][slot];
    const double exposed = size / (size + 100.0);
    const double lost = min_(0.6 * size, sorties * t.column_lethality * exposed);
    t.column_sorties[actor] += sorties;
    t.sorties_flown[actor][t.column_target[other][slot]] += sorties;
    t.kept.sorties.add(t.column_target[other][slot]);
    t.column_size[other][slot] = size - lost;
    t.killed[other] += lost;
    t.struck_today[other] += 1;
    if (lost > 0.05 * size) t.column_hit[other][slot] = 1;
    if (t.column_purpose[other][slot] != OFFENSIVE) return;
    if (t.column_size[other][slot] < 0.65 * t.column_start[other][slot]) {
        const std::int64_t entity = column_entity(t, other, slot);
        if (t.uniform(MECHANISM_AIR, entity, DRAW_TURN + actor) < 0.5) turn_back(t, other, slot);
    }
}

inline void _task(Theatre& t, int actor, double available) {
    double total = 0.0;
    Cell* const side = t.ring;
    double* const ground = t.kept.rows[0];
    for (const int p : t.kept.contacts) {
        side[p] = engaged_bloc(t, actor, p);
        t.weight[p] = 0.0;
        if (side[p] < 0) continue;
        ground[p] = bloc_fighters(t, side[p], p);
        t.weight[p] = _fight_weight(t, actor, side[p], p, ground[p]);
        total += t.weight[p];
    }
    const Grid<double> weight = t.kept.column_weight;
    const Range hostiles = t.hostiles_of[t.actor_bloc[actor]];
    for (const int other : hostiles) {
        for (int w = 0; w < t.columns_used[other]; ++w) {
            weight[other][w] = _column_weight(t, actor, other, w);
            total += weight[other][w];
        }
    }
    if (total <= 0.0) return;
    for (const int p : t.kept.contacts) {
        if (t.weight[p] <= 0.0) continue;
        _support(t, actor, side[p], p, ground[p], available * t.weight[p] / total);
    }
    for (const int other : hostiles) {
        for (int w = 0; w < t.columns_used[other]; ++w) {
            if (weight[other][w] <= 0.0) continue;
            _strike_column(t, actor, other, w, available * weight[other][w] / total);
        }
    }
}

// Task every actor's sorties for today.
inline void advance(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        const double available = _available(t, a);
        if (available > 0.0) _task(t, a, available);
    }
}

}  // namespace contingent::air
