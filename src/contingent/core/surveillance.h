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
inline constexpr double ALARMING = 0.3;
inline constexpr int DRAW_FOUND = 4;

// What draws the bloc's attention to a place, in thousands: worth times believed threat, 0 if nothing.
inline double _alarming(const Theatre& t, int bloc, int place) {
    if (t.value[bloc][place] <= 0.0 && !own_place(t, bloc, place)) return 0.0;
    const double worth = max_(t.value[bloc][place], LEAST_VALUE);
    const double threat = t.belief[bloc][place] + t.inbound[bloc][place] + LEAST_THREAT;
    return worth * threat / 1000.0;
}

// Note the places that draw the bloc's attention (ring), and the logarithms of what draws it (a row);
// returns how many.
inline Size _find_alarming(Theatre& t, int bloc) {
    double* const logarithm = t.kept.rows[0];
    Size count = 0;
    for (const int p : either(t.kept.wanted[bloc], t.kept.held[bloc])) {
        const double alarming = _alarming(t, bloc, p);
        if (alarming <= 0.0) continue;
        t.ring[count] = p;
        logarithm[count++] = alarming;
    }
    log_each(logarithm, count);
    return count;
}

// Spread the hours of the bloc's actors over the places that draw its attention (ring), which are counted.
inline Size _spread_hours(Theatre& t, int bloc) {
    const int leader = t.bloc_leader[bloc];
    const double* const logarithm = t.kept.rows[0];
    double* const attention = t.kept.rows[1];
    double* const watch = t.watch[bloc];
    for (int p = 0; p < t.P; ++p) watch[p] = 0.0;
    const Size count = _find_alarming(t, bloc);
    for (const int a : t.actors_of[bloc]) {
        if (t.hours[a] <= 0.0) continue;
        const double focus = t.attention_focus[a];
        for (Size i = 0; i < count; ++i) attention[i] = focus * logarithm[i];
        exp_each(attention, count);
        double total = 0.0;
        for (Size i = 0; i < count; ++i) total += attention[i];
        if (total <= 0.0) continue;
        const double hours = t.hours[a] * (a == leader ? 1.0 : t.coordination[a][leader]);
        for (Size i = 0; i < count; ++i) watch[t.ring[i]] += hours * attention[i] / total;
    }
    return count;
}

// Hostile fighters of a bloc at every place.
inline const double* _hostile_row(Theatre& t, int bloc) {
    double* const row = t.kept.rows[0];
    for (int p = 0; p < t.P; ++p) row[p] = 0.0;
    for (const int a : t.hostiles_of[bloc]) {
        for (const int p : t.kept.manned[a]) row[p] += fighters(t, a, p);
    }
    return row;
}

// Sweep the sectors of the places (ring) over which the bloc's hours are spread.
inline void _sweep(Theatre& t, int bloc, Size places) {
    const double* const hostiles = _hostile_row(t, bloc);
    const double bias = t.bias[t.bloc_leader[bloc]];
    double* const belief = t.belief[bloc];
    double* const missed = t.kept.rows[1];
    double* const error = t.kept.rows[2];
    Size swept = 0;
    Size manned = 0;
    for (Size i = 0; i < places; ++i) {
        const int p = t.ring[i];
        const double watch = t.watch[bloc][p];
        if (watch <= 0.0 || (hostiles[p] <= 0.0 && belief[p] <= 0.0)) continue;
        missed[swept] = -(watch * SWEEP_DAYS * t.sweep / t.sector[p]);
        t.ring[swept++] = p;
        if (hostiles[p] <= 0.0) continue;
        error[manned++] = t.belief_noise * t.normal(MECHANISM_SURVEILLANCE, bloc * t.P + p);
    }
    exp_each(missed, swept);
    exp_each(error, manned);
    manned = 0;
    for (Size i = 0; i < swept; ++i) {
        const int p = t.ring[i];
        const double found = 1.0 - missed[i];
        const double estimate = hostiles[p] > 0.0 ? bias * hostiles[p] * error[manned++] : 0.0;
        belief[p] += found * (estimate - belief[p]);
    }
}

// See everything as it is.
inline void _see_clearly(Theatre& t, int bloc) {
    const double* const hostiles = _hostile_row(t, bloc);
    for (int p = 0; p < t.P; ++p) t.belief[bloc][p] = hostiles[p];
}

// Note a cause for alarm at one of the bloc's places.
inline void raise_alarm(Theatre& t, int bloc, int place) {
    if (t.alarm[bloc][place] < 0) {
        t.alarm[bloc][place] = t.day;
        t.kept.alarms[bloc].add(place);
        t.garrison[bloc][place] = bloc_fighters(t, bloc, place);
    }
    t.alarm_last[bloc][place] = t.day;
}

inline void _expect(Theatre& t, int bloc, int place, double believed) {
    t.inbound[bloc][place] += believed;
    t.kept.expected[bloc].add(place);
}

inline void _warn_neighbours(Theatre& t, int bloc, int gathering, double believed) {
    for (const auto [r, place] : t.links[gathering]) {
        if (!own_place(t, bloc, place)) continue;
        _expect(t, bloc, place, routes::NEIGHBOUR_SHARE * believed * routes::nearness(t, r));
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
        _expect(t, bloc, target, believed);
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
            const Size places = _spread_hours(t, b);
            if (clear) {
                _see_clearly(t, b);
            } else {
                _sweep(t, b, places);
            }
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
    const int defender = t.holding[place];
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

// Let inbound belief fade, and learn from contact (runs even when off).
inline void remember(Theatre& t) {
    const double memory = t.inbound_memory;
    for (int b = 0; b < t.B; ++b) {
        for (const int p : t.kept.expected[b]) t.inbound[b][p] *= memory;
    }
    for (int p = 0; p < t.P; ++p) {
        if (!t.kept.contacts.has(p)) t.belief[t.holding[p]][p] *= memory;
    }
    for (const int p : t.kept.contacts) {
        const bool quiet = (t.flags[p] & ENGAGED) == 0;
        for (int b = 0; b < t.B; ++b) {
            if (t.attacking[b][p] == 1) {
                _learn_from_contact(t, b, p);
            } else if (quiet && own_place(t, b, p)) {
                t.belief[b][p] *= memory;
            }
        }
    }
}

}  // namespace contingent::surveillance
