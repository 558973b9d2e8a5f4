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
    for (const int p : t.kept.manned[actor]) {
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
        for (const int p : t.kept.manned[a]) {
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
    for (const int p : t.kept.manned_by[bloc]) {
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
    for (const int p : t.kept.sorties) total += t.sorties_flown[actor][p];
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

// Write down today's value of every observable that is asked for.
inline void observe(const Theatre& t, double* series) {
    for (int s = 0; s < t.S; ++s) {
        const int first = t.series_first[s];
        const int second = t.series_second[s];
        double& value = series[s];
        switch (t.series_observable[s]) {
            case OBSERVE_ATTACKS: value = _attacks(t, first, second); break;
            case OBSERVE_ATTEMPTED: value = _attempted(t, first, second); break;
            case OBSERVE_WITHDREW: value = t.withdrew[first][second]; break;
            case OBSERVE_FIGHTERS: value = _fighters(t, first, second); break;
            case OBSERVE_LOSSES: value = t.killed[first] + t.surrendered[first]; break;
            case OBSERVE_READINESS: value = _readiness(t, first); break;
            case OBSERVE_POSTURE: value = _posture(t, first); break;
            case OBSERVE_MAIN_EFFORT: value = _main_effort(t, first); break;
            case OBSERVE_BELIEF: value = t.belief[t.actor_bloc[first]][second]; break;
            case OBSERVE_COMMITMENT: value = t.commitment[first][second]; break;
            case OBSERVE_ANNOUNCED: value = t.announced[first][second]; break;
            case OBSERVE_WILL: value = t.will[first]; break;
            case OBSERVE_TACIT: value = t.tacit[first][second]; break;
            case OBSERVE_CEASEFIRE: value = t.ceasefire[first]; break;
            case OBSERVE_SUPPLIED: value = t.connected[t.actor_bloc[first]][second]; break;
            case OBSERVE_OPEN: value = t.route_open[first]; break;
            case OBSERVE_PROGRESS: value = _progress(t, first); break;
            case OBSERVE_SORTIES: value = _sorties(t, first, second); break;
            case OBSERVE_DETECTED: value = t.detected_today[first]; break;
            case OBSERVE_COLUMNS: value = t.launched_today[first]; break;
            case OBSERVE_INTERVENED: value = t.intervened[first] >= 0; break;
            case OBSERVE_SATISFIED: value = t.satisfied[first] == 1; break;
            case OBSERVE_HELD_PEOPLE: value = people_held(t, first); break;
            case OBSERVE_INBOUND: value = t.inbound[t.actor_bloc[first]][second]; break;
            case OBSERVE_REINFORCED: value = t.reinforced[first]; break;
            case OBSERVE_STRUCK_COLUMNS: value = t.struck_today[first]; break;
            default: value = nan_();
        }
    }
}

}  // namespace contingent::record
