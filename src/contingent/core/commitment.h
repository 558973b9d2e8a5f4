// Commitment: how much an actor puts into the theatre, of four kinds.
// Twin of reference/commitment.py: raise, lower or leave by a logit of will, threat, nearness of a
// deadline and the allies' share; actual levels follow announced ones with time constant lag.
#pragma once

#include "clock.h"
#include "state.h"

namespace contingent::commitment {

using clock::nearness;

inline constexpr int REVIEW_DAYS = 14;
inline constexpr int RECENT_DAYS = 30;
inline constexpr int GROUND = 1;

inline bool _shocked(const Theatre& t, int actor) {
    for (int n = 0; n < t.N; ++n) {
        if (t.shock_on[n] == actor && t.shock_today[n] > 0) return true;
    }
    return false;
}

// Value-weighted share of the actor's places attacked now or lost within a month, 0..1.
inline double threat(const Theatre& t, int actor) {
    const int bloc = t.actor_bloc[actor];
    double threatened = 0.0;
    double total = 0.0;
    for (int p = 0; p < t.P; ++p) {
        const double worth = t.aims[actor][p];
        if (worth <= 0.0) continue;
        if (own_place(t, bloc, p)) {
            total += worth;
            if (under_attack(t, p)) threatened += worth;
        } else if (t.day - t.lost_day[bloc][p] <= RECENT_DAYS) {
            total += worth;
            threatened += worth;
        }
    }
    return share_of(threatened, total);
}

inline double _allies(const Theatre& t, int actor) {
    double level = 0.0;
    double ceiling = 0.0;
    for (int other = 0; other < t.A; ++other) {
        if (other == actor || t.actor_bloc[other] != t.actor_bloc[actor]) continue;
        if (t.ceiling[other] <= 0.0) continue;
        for (int k = 0; k < t.K; ++k) {
            level += t.commitment[other][k];
            ceiling += t.ceiling[other];
        }
    }
    return share_of(level, ceiling);
}

inline void _decide(Theatre& t, int actor) {
    double pull = 2.0 * (2.0 * t.will[actor] - 1.0);
    pull += t.stake[actor] * threat(t, actor);
    pull += t.deadline_weight[actor] * nearness(t, actor);
    pull -= t.free_riding[actor] * _allies(t, actor);
    for (int k = 0; k < t.K; ++k) {
        const double level = t.announced[actor][k];
        if (level <= 0.0 && t.initial_commitment[actor][k] <= 0.0) continue;
        const double lean = pull - t.creep_aversion[actor] * level / t.ceiling[actor];
        const double weight_up = exp_(lean - t.creep_aversion[actor]);
        const double weight_down = exp_(-lean);
        const double weight_stay = exp_(t.commitment_inertia);
        double draw = t.uniform(MECHANISM_COMMITMENT, actor, k);
        draw *= weight_up + weight_down + weight_stay;
        if (draw < weight_up) {
            t.announced[actor][k] = clip(level + t.step[actor], 0.0, t.ceiling[actor]);
        } else if (draw < weight_up + weight_down) {
            t.announced[actor][k] = clip(level - t.step[actor], 0.0, t.ceiling[actor]);
        }
    }
}

inline void _move_ground(Theatre& t, int actor, double change) {
    const int entry = t.entry[actor];
    if (entry < 0 || hostile_place(t, t.actor_bloc[actor], entry)) return;
    if (change > 0.0) {
        join(t, actor, entry, change, typical_traits(t, actor));
        t.arrived[actor] += change;
    } else {
        const double leaving = min_(-change, t.mobile[actor][entry]);
        t.mobile[actor][entry] -= leaving;
        t.departed[actor] += leaving;
    }
}

inline void _follow(Theatre& t, int actor) {
    for (int k = 0; k < t.K; ++k) {
        const double gap = t.announced[actor][k] - t.commitment[actor][k];
        if (gap == 0.0) continue;
        const double change = t.lag[actor] > 1.0 ? gap / t.lag[actor] : gap;
        t.commitment[actor][k] += change;
        if (k == GROUND) _move_ground(t, actor, change * t.ground_force[actor]);
    }
}

// Decide where it is time to, and let actual levels follow announced ones.
inline void advance(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        t.will[a] += t.will_drift * (t.initial_will[a] - t.will[a]);
        if (t.ceiling[a] <= 0.0) continue;
        if ((t.day + 5 * a) % REVIEW_DAYS == 0 || _shocked(t, a)) _decide(t, a);
        _follow(t, a);
    }
}

// Sorties against day 0: actual over initial commitment of aircraft, 1 if not committed.
inline double air_level(const Theatre& t, int actor) {
    const double initial = t.initial_commitment[actor][0];
    return initial > 0.0 ? t.commitment[actor][0] / initial : 1.0;
}

// Supplies against day 0: actual over initial commitment, 1 if not committed.
inline double supplies_level(const Theatre& t, int actor) {
    const double initial = t.initial_commitment[actor][3];
    return initial > 0.0 ? t.commitment[actor][3] / initial : 1.0;
}

// Largest commitment of advisers in the bloc, 0..1.
inline double advisers_level(const Theatre& t, int bloc) {
    double level = 0.0;
    for (const int a : t.actors_of[bloc]) {
        if (t.commitment[a][2] > level) level = t.commitment[a][2];
    }
    return clip(level, 0.0, 1.0);
}

}  // namespace contingent::commitment
