// Record: what is written down at the end of a day.
// Twin of reference/record.py: an observable with up to two arguments, -1 where there is none.
#pragma once

#include "clock.h"
#include "columns.h"
#include "readiness.h"
#include "state.h"

namespace contingent::record {

using clock::people_held;
using columns::on_the_road;
using readiness::total_fighters;

inline double _attacks(const Theatre& t, int actor, int place) {
    const int bloc = t.actor_bloc[actor];
    return t.attacking[bloc][place] == 1 && fighters(t, actor, place) > 0.0;
}

inline double _attempted(const Theatre& t, int actor, int place) {
    const bool assault = t.phase[t.actor_bloc[actor]][place] == ASSAULT;
    return assault && _attacks(t, actor, place) > 0.0;
}

inline double _fighters(const Theatre& t, int actor, int place) {
    return place < 0 ? total_fighters(t, actor) : fighters(t, actor, place);
}

inline double _readiness(const Theatre& t, int actor) {
    double total = 0.0;
    double ready = 0.0;
    for (int p = 0; p < t.P; ++p) {
        total += fighters(t, actor, p);
        ready += fighters(t, actor, p) * t.readiness[actor][p];
    }
    return share_of(ready, total);
}

// Share of the bloc's fighters that stand at hostile places or march to attack.
inline double _posture(const Theatre& t, int actor) {
    double attacking = 0.0;
    double total = 0.0;
    const int bloc = t.actor_bloc[actor];
    for (const int a : t.actors_of[bloc]) {
        total += on_the_road(t, a);
        for (int p = 0; p < t.P; ++p) {
            total += t.mobile[a][p];
            if (t.attacking[bloc][p] == 1) attacking += t.mobile[a][p];
        }
        for (int w = 0; w < t.columns_used[a]; ++w) {
            if (t.column_purpose[a][w] == OFFENSIVE) attacking += t.column_size[a][w];
        }
    }
    return share_of(attacking, total);
}

// The place where most of the bloc's fighters are engaged, -1 if nowhere.
inline double _main_effort(const Theatre& t, int actor) {
    const int bloc = t.actor_bloc[actor];
    int best = -1;
    double most = 0.0;
    for (int p = 0; p < t.P; ++p) {
        const bool own_fight = t.flags[p] != 0 && t.holding[p] == bloc;
        if (t.attacking[bloc][p] == 0 && !own_fight) continue;
        double force = 0.0;
        for (const int a : t.actors_of[bloc]) {
            force += fighters(t, a, p);
        }
        if (force > most) {
            best = p;
            most = force;
        }
    }
    return best;
}

// Largest share of the place's depth that an attacker has passed, 0..1.
inline double _progress(const Theatre& t, int place) {
    double most = 0.0;
    for (int b = 0; b < t.B; ++b) most = max_(most, share_of(t.progress[b][place], depth(t, place)));
    return most;
}

inline double _sorties(const Theatre& t, int actor, int place) {
    if (place >= 0) return t.sorties_flown[actor][place];
    double total = 0.0;
    for (int p = 0; p < t.P; ++p) total += t.sorties_flown[actor][p];
    return total;
}

inline constexpr int COLUMN_FIELDS = 6;

// Every column on the road today, (A, W, COLUMN_FIELDS): place left, place ahead, days left on the
// leg, multiplier of march speed, fighters, 1 if struck today. All 0 where there is none.
inline void columns(const Theatre& t, double* out) {
    for (int a = 0; a < t.A; ++a) {
        for (int w = 0; w < t.W; ++w, out += COLUMN_FIELDS) {
            const bool there = w < t.columns_used[a] && t.column_size[a][w] > 0.0;
            out[0] = there ? t.column_at[a][w] : 0.0;
            out[1] = there ? t.column_next[a][w] : 0.0;
            out[2] = there ? t.column_days[a][w] : 0.0;
            out[3] = there ? t.column_speed[a][w] : 0.0;
            out[4] = there ? t.column_size[a][w] : 0.0;
            out[5] = there ? t.column_hit[a][w] : 0.0;
        }
    }
}

// Value of one observable today.
inline double observe(const Theatre& t, int observable, int first, int second) {
    switch (observable) {
        case OBSERVE_ATTACKS: return _attacks(t, first, second);
        case OBSERVE_ATTEMPTED: return _attempted(t, first, second);
        case OBSERVE_WITHDREW: return t.withdrew[first][second];
        case OBSERVE_FIGHTERS: return _fighters(t, first, second);
        case OBSERVE_LOSSES: return t.killed[first] + t.surrendered[first];
        case OBSERVE_READINESS: return _readiness(t, first);
        case OBSERVE_POSTURE: return _posture(t, first);
        case OBSERVE_MAIN_EFFORT: return _main_effort(t, first);
        case OBSERVE_BELIEF: return t.belief[t.actor_bloc[first]][second];
        case OBSERVE_COMMITMENT: return t.commitment[first][second];
        case OBSERVE_ANNOUNCED: return t.announced[first][second];
        case OBSERVE_WILL: return t.will[first];
        case OBSERVE_TACIT: return t.tacit[first][second];
        case OBSERVE_CEASEFIRE: return t.ceasefire[first];
        case OBSERVE_SUPPLIED: return t.connected[t.actor_bloc[first]][second];
        case OBSERVE_OPEN: return t.route_open[first];
        case OBSERVE_PROGRESS: return _progress(t, first);
        case OBSERVE_SORTIES: return _sorties(t, first, second);
        case OBSERVE_DETECTED: return t.detected_today[first];
        case OBSERVE_COLUMNS: return t.launched_today[first];
        case OBSERVE_INTERVENED: return t.intervened[first] >= 0;
        case OBSERVE_SATISFIED: return t.satisfied[first] == 1;
        case OBSERVE_HELD_PEOPLE: return people_held(t, first);
        case OBSERVE_INBOUND: return t.inbound[t.actor_bloc[first]][second];
        case OBSERVE_REINFORCED: return t.reinforced[first];
        case OBSERVE_STRUCK_COLUMNS: return t.struck_today[first];
        default: return nan_();
    }
}

}  // namespace contingent::record
