// Diplomacy: tacit coordination drifts, ceasefires begin and end, garrisons negotiate their way out.
// Twin of reference/diplomacy.py: chance a day of an evacuation by agreement
// evacuation_chance * min(1, 2 * progress / depth) * min(1, ratio).
#pragma once

#include "capture.h"
#include "operations.h"
#include "state.h"

namespace contingent::diplomacy {

using operations::close_operation;

inline constexpr int REVIEW_DAYS = 14;
inline constexpr double WELL_SUPPLIED = 0.85;

inline void _stand_down(Theatre& t, int bloc, int other) {
    for (int p = 0; p < t.P; ++p) {
        if (t.phase[bloc][p] != NO_OPERATION && own_place(t, other, p)) {
            close_operation(t, bloc, p, true);
        }
    }
}

inline void _review(Theatre& t, int pair) {
    const int after = t.ceasefire_after_actor[pair];
    const double draw = t.uniform(MECHANISM_DIPLOMACY, pair);
    if (t.ceasefire[pair] == 1) {
        if (draw < t.ceasefire_break[pair]) t.ceasefire[pair] = 0;
        return;
    }
    if (after >= 0 && !own_place(t, t.actor_bloc[after], t.ceasefire_after_place[pair])) return;
    if (draw < t.ceasefire_chance[pair]) {
        t.ceasefire[pair] = 1;
        const int first = t.actor_bloc[t.ceasefire_first[pair]];
        const int second = t.actor_bloc[t.ceasefire_second[pair]];
        _stand_down(t, first, second);
        _stand_down(t, second, first);
    }
}

inline int _refuge(const Theatre& t, int bloc, int place) {
    int best = -1;
    for (int p = 0; p < t.P; ++p) {
        if (p == place || !own_place(t, bloc, p) || t.besieged[p] == 1) continue;
        if (best < 0 || bloc_fighters(t, bloc, p) > bloc_fighters(t, bloc, best)) best = p;
    }
    return best;
}

inline void _evacuate(Theatre& t, int garrison, int besieger, int place) {
    const int refuge = _refuge(t, garrison, place);
    for (const int a : t.actors_of[garrison]) {
        const double size = fighters(t, a, place);
        if (size <= 0.0) continue;
        const Traits traits = traits_at(t, a, place);
        t.mobile[a][place] = 0.0;
        t.static_[a][place] = 0.0;
        note_withdrawal(t, a, place);
        if (refuge >= 0) {
            join(t, a, refuge, size, traits);
        } else {
            t.departed[a] += size;
        }
    }
    if (bloc_fighters(t, besieger, place) > 0.0) capture::hand_over(t, besieger, place);
}

inline void _negotiate(Theatre& t, int pair, int place) {
    const int besieger = t.actor_bloc[t.evacuation_besieger[pair]];
    const int garrison = t.holding[place];
    if (t.choice[CHOICE_EVACUATION] != 0 || t.phase[besieger][place] != ASSAULT) return;
    if (!hostile_place(t, besieger, place) || t.attacking[besieger][place] == 0) return;
    if (t.besieged[place] == 0 || t.supply[garrison][place] >= WELL_SUPPLIED) return;
    const double gained =
        clip(2.0 * share_of(t.progress[besieger][place], depth(t, place)), 0.0, 1.0);
    const double pressure = clip(t.ratio[besieger][place], 0.0, 1.0);
    const double chance = t.evacuation_chance[pair] * gained * pressure;
    const std::int64_t entity = pair * t.P + place;
    if (t.uniform(MECHANISM_DIPLOMACY, entity, 1) < chance) _evacuate(t, garrison, besieger, place);
}

// Let the actor's tacit coordination drift back to what is usual.
inline void _drift(Theatre& t, int actor) {
    double* const tacit = t.tacit[actor];
    const double* const usual = t.usual_tacit[actor];
    bool drifting = false;
    for (int other = 0; other < t.A; ++other) {
        const double gap = usual[other] - tacit[other];
        if (gap == 0.0) continue;
        tacit[other] += t.tacit_drift * gap;
        drifting = true;
    }
    t.drifting[actor] = drifting ? 1 : 0;
}

// Let relations drift, review ceasefires and negotiate evacuations.
inline void advance(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        if (t.drifting[a] == 1) _drift(t, a);
    }
    for (int c = 0; c < t.C; ++c) {
        if ((t.day + 5 * c) % REVIEW_DAYS == 0) _review(t, c);
    }
    for (int e = 0; e < t.E; ++e) {
        const int garrison = t.evacuation_garrison[e];
        for (const int p : t.kept.operations[t.actor_bloc[t.evacuation_besieger[e]]]) {
            if (t.holder[p] == garrison) _negotiate(t, e, p);
        }
    }
}

}  // namespace contingent::diplomacy
