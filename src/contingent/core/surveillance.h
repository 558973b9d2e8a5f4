// Surveillance: who sees what, and how attention limits it.
// Twin of reference/surveillance.py: hours spread by (value * believed threat)^attention_focus; random
// search finds the share 1 - exp(-hours * sweep / sector) of a sector, and columns likewise.
#pragma once

#include "columns.h"
#include "routes.h"
#include "state.h"

namespace contingent::surveillance {

using columns::column_entity;

inline constexpr int SWEEP_DAYS = 3;
inline constexpr double LEAST_VALUE = 0.5;
inline constexpr double LEAST_THREAT = 200.0;
inline constexpr double FORGETTING = 0.97;
inline constexpr double ALARMING = 0.3;
inline constexpr int DRAW_FOUND = 4;

inline double _attention(const Theatre& t, int actor, int place) {
    const int bloc = t.actor_bloc[actor];
    if (t.value[bloc][place] <= 0.0 && !own_place(t, bloc, place)) return 0.0;
    const double worth = max_(t.value[bloc][place], LEAST_VALUE);
    const double threat = t.belief[bloc][place] + t.inbound[bloc][place] + LEAST_THREAT;
    return t.kept.attention(actor, place, worth * threat / 1000.0, t.attention_focus[actor]);
}

inline void _spread_hours(Theatre& t, int bloc) {
    const int leader = t.bloc_leader[bloc];
    double* watch = t.watch[bloc];
    for (int p = 0; p < t.P; ++p) watch[p] = 0.0;
    for (const int a : t.actors_of[bloc]) {
        if (t.hours[a] <= 0.0) continue;
        double total = 0.0;
        for (int p = 0; p < t.P; ++p) {
            t.weight[p] = _attention(t, a, p);
            total += t.weight[p];
        }
        if (total <= 0.0) continue;
        const double shared = a == leader ? 1.0 : t.coordination[a][leader];
        for (int p = 0; p < t.P; ++p) watch[p] += t.hours[a] * shared * t.weight[p] / total;
    }
}

inline void _sweep(Theatre& t, int bloc, bool clear) {
    const double bias = t.bias[t.bloc_leader[bloc]];
    for (int p = 0; p < t.P; ++p) {
        if (clear) {
            t.belief[bloc][p] = hostile_fighters(t, bloc, p);
            t.confidence[bloc][p] = 1.0;
            continue;
        }
        if (t.watch[bloc][p] <= 0.0) continue;
        const double truth = hostile_fighters(t, bloc, p);
        if (truth <= 0.0 && t.belief[bloc][p] <= 0.0) continue;
        const double searched = t.watch[bloc][p] * SWEEP_DAYS * t.sweep / t.sector[p];
        const double found = 1.0 - exp_(-searched);
        double estimate = 0.0;
        if (truth > 0.0) {
            const double z = t.normal(MECHANISM_SURVEILLANCE, bloc * t.P + p);
            estimate = bias * truth * exp_(t.belief_noise * z);
        }
        t.belief[bloc][p] += found * (estimate - t.belief[bloc][p]);
        t.confidence[bloc][p] += found * (1.0 - t.confidence[bloc][p]);
    }
}

// Note a cause for alarm at one of the bloc's places.
inline void raise_alarm(Theatre& t, int bloc, int place) {
    if (t.alarm[bloc][place] < 0) {
        t.alarm[bloc][place] = t.day;
        t.garrison[bloc][place] = bloc_fighters(t, bloc, place);
    }
    t.alarm_last[bloc][place] = t.day;
}

inline void _warn_neighbours(Theatre& t, int bloc, int gathering, double believed) {
    for (const int r : t.routes_at[gathering]) {
        const int place = routes::other_end(t, r, gathering);
        if (t.route_open[r] == 0 || !own_place(t, bloc, place)) continue;
        t.inbound[bloc][place] += routes::NEIGHBOUR_SHARE * believed * routes::nearness(t, r);
        if (t.inbound[bloc][place] > ALARMING * bloc_fighters(t, bloc, place)) {
            raise_alarm(t, bloc, place);
        }
    }
}

inline void _find(Theatre& t, int bloc, int actor, int slot, double bias) {
    t.column_known[actor][slot][bloc] = t.day;
    t.detected_today[actor] += 1;
    if (t.column_purpose[actor][slot] != OFFENSIVE) return;
    const int target = t.column_target[actor][slot];
    const double believed = bias * t.column_size[actor][slot];
    if (own_place(t, bloc, target)) {
        t.inbound[bloc][target] += believed;
        raise_alarm(t, bloc, target);
    } else if (!friendly_place(t, bloc, target)) {
        _warn_neighbours(t, bloc, target, believed);
    }
}

inline void _look_for(Theatre& t, int actor, int slot, bool clear) {
    const int origin_bloc = t.actor_bloc[actor];
    const double size = t.column_size[actor][slot];
    const int place = t.column_at[actor][slot];
    const int onward = t.column_next[actor][slot];
    for (int b = 0; b < t.B; ++b) {
        if (t.stance[b][origin_bloc] != HOSTILE || t.column_known[actor][slot][b] >= 0) continue;
        if (!clear) {
            const double hours = t.watch[b][place] + t.watch[b][onward];
            if (hours <= 0.0) continue;
            const double area = t.sector[place] + t.sector[onward];
            const double visible = t.signature[actor] * sqrt_(size / 1000.0);
            const double chance = 1.0 - exp_(-hours * t.sweep * visible / area);
            const std::int64_t entity = column_entity(t, actor, slot);
            if (t.uniform(MECHANISM_SURVEILLANCE, entity, DRAW_FOUND + b) >= chance) continue;
        }
        _find(t, b, actor, slot, clear ? 1.0 : t.bias[t.bloc_leader[b]]);
    }
}

// Sweep the sectors whose turn it is and look for columns.
inline void advance(Theatre& t) {
    const bool clear = t.choice[CHOICE_FOG] != 0;
    for (int b = 0; b < t.B; ++b) {
        if (clear || (t.day + b) % SWEEP_DAYS == 0) {
            _spread_hours(t, b);
            _sweep(t, b, clear);
        }
    }
}

// Look for columns, those that set out today included.
inline void look(Theatre& t) {
    const bool clear = t.choice[CHOICE_FOG] != 0;
    for (int a = 0; a < t.A; ++a) {
        for (int w = 0; w < t.columns_used[a]; ++w) {
            if (t.column_size[a][w] > 0.0) _look_for(t, a, w, clear);
        }
    }
}

inline void _learn_from_contact(Theatre& t, int attacker, int place) {
    const int defender = t.actor_bloc[t.holder[place]];
    if (!hostile_place(t, attacker, place)) return;
    double seen = t.seen_in_contact;
    if (t.phase[attacker][place] == ASSAULT && t.phase_day[attacker][place] == t.day) {
        seen = max_(seen, 0.5);
    }
    double shown = bloc_fighters(t, attacker, place);
    if (t.phase[attacker][place] == PROBE) shown *= t.seen_in_probe;
    if (shown > t.belief[defender][place]) {
        t.belief[defender][place] += seen * (shown - t.belief[defender][place]);
    }
    const double truth = hostile_fighters(t, attacker, place);
    t.belief[attacker][place] += seen * (truth - t.belief[attacker][place]);
}

// Let inbound belief and confidence fade, and learn from contact (runs even when off).
inline void remember(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) {
            t.inbound[b][p] *= t.inbound_memory;
            t.confidence[b][p] *= FORGETTING;
            if (t.attacking[b][p] == 1) {
                _learn_from_contact(t, b, p);
            } else if (own_place(t, b, p) && (t.flags[p] & ENGAGED) == 0) {
                t.belief[b][p] *= t.inbound_memory;
            }
        }
    }
}

}  // namespace contingent::surveillance
