// Readiness and replenishment: forces wear out, rest, dig in and are filled up.
// Twin of reference/readiness.py: wear in a fight, rest by a share of the gap to supply, recruits and
// a sponsor's fighters, entrenchment of places left alone.
#pragma once

#include "columns.h"
#include "commitment.h"
#include "state.h"

namespace contingent::readiness {

using columns::on_the_road;
using commitment::advisers_level;
using commitment::supplies_level;

inline constexpr double LOWEST = 0.2;
inline constexpr double DIG = 0.01;

// Let the actor's fighters tire in fights and rest towards what supply allows, by this share of the gap.
// Returns whether it left a place.
inline bool _tire_or_rest(Theatre& t, int actor, double rest) {
    const Places manned = t.kept.manned[actor];
    const double* const supply = t.supply[t.actor_bloc[actor]];
    const double* const fighting = t.fighting[actor];
    const double* const mobile = t.mobile[actor];
    const double* const static_ = t.static_[actor];
    double* const readiness = t.readiness[actor];
    bool left = false;
    for (const int p : manned) {
        if (mobile[p] + static_[p] <= 0.0) {
            manned.drop(p);
            left = true;
            continue;
        }
        double level = readiness[p] - t.wear * fighting[p];
        if (supply[p] > level) {
            const double pace = t.flags[p] != 0 ? 0.5 * rest : rest;
            level += pace * (supply[p] - level);
        }
        readiness[p] = clip(level, LOWEST, 1.0);
    }
    return left;
}

// All fighters of the actor, on the road included.
inline double total_fighters(const Theatre& t, int actor) {
    double total = on_the_road(t, actor);
    for (const int p : t.kept.manned[actor]) total += fighters(t, actor, p);
    return total;
}

inline int _muster(const Theatre& t, int actor) {
    const int bloc = t.actor_bloc[actor];
    const int place = t.recruit_place[actor];
    if (place >= 0 && !hostile_place(t, bloc, place)) return place;
    int best = -1;
    for (const int p : t.kept.manned[actor]) {
        if (!own_place(t, bloc, p) || fighters(t, actor, p) <= 0.0) continue;
        if (best < 0 || fighters(t, actor, p) > fighters(t, actor, best)) best = p;
    }
    return best;
}

inline void _replenish(Theatre& t, int actor) {
    double inflow = 0.0;
    if (t.recruits[actor] > 0.0 && total_fighters(t, actor) < t.recruit_ceiling[actor]) {
        inflow += t.recruits[actor];
    }
    const int sponsor = t.sponsor[actor];
    if (sponsor >= 0 && t.sponsored[actor] > 0.0) {
        const double gap = supplies_level(t, sponsor) - t.sponsor_level[actor];
        t.sponsor_level[actor] += t.sponsor_lag[actor] > 1.0 ? gap / t.sponsor_lag[actor] : gap;
        inflow += t.sponsored[actor] * t.sponsor_level[actor];
    }
    if (inflow <= 0.0) return;
    const int place = _muster(t, actor);
    if (place >= 0) {
        join(t, actor, place, inflow, typical_traits(t, actor));
        t.recruited[actor] += inflow;
    }
}

// Wear, rest, dig in and replenish.
inline void advance(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        const double rest = t.rest * (1.0 + advisers_level(t, b));
        bool left = false;
        for (const int a : t.actors_of[b]) {
            if (_tire_or_rest(t, a, rest)) left = true;
            _replenish(t, a);
        }
        if (!left) continue;
        t.kept.manned_by[b].clear();
        for (const int a : t.actors_of[b]) t.kept.manned_by[b].add(t.kept.manned[a]);
    }
    for (const int p : t.kept.diggings) {
        if (t.entrenchment[p] >= 1.0) {
            t.kept.diggings.drop(p);
        } else if (t.flags[p] == 0) {
            t.entrenchment[p] = min_(t.entrenchment[p] + DIG, 1.0);
        }
    }
}

}  // namespace contingent::readiness
