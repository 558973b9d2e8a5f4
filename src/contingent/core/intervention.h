// Intervention: options of third parties, weighed at decision occasions.
// Twin of reference/intervention.py: taken when triggered, permitted, not blocked, and with chance
// logistic(6 * (will - option_threshold)).
#pragma once

#include "operations.h"
#include "state.h"

namespace contingent::intervention {

using operations::open_operation;

inline constexpr int REVIEW_DAYS = 14;
inline constexpr double STEEPNESS = 6.0;
inline constexpr double WANTED = 6.0;

inline bool _trigger_met(const Theatre& t, int trigger) {
    const int kind = t.trigger_kind[trigger];
    const int first = t.trigger_first[trigger];
    const int second = t.trigger_second[trigger];
    if (kind == TRIGGER_SHOCKS) {
        int count = 0;
        for (int k = 0; k < SHOCK_MEMORY; ++k) {
            if (t.day - t.shock_days[first][k] <= t.trigger_days[trigger]) count += 1;
        }
        return count >= second;
    }
    if (kind == TRIGGER_HOLDS) return own_place(t, t.actor_bloc[first], second);
    if (kind == TRIGGER_LOST) {
        const int bloc = t.actor_bloc[first];
        return t.lost_day[bloc][second] >= 0 && !own_place(t, bloc, second);
    }
    if (kind == TRIGGER_AFTER) return t.day >= second;
    return t.satisfied[first] == 1;
}

inline bool _triggered(const Theatre& t, int option) {
    bool listed = false;
    for (int y = 0; y < t.Y; ++y) {
        if (t.trigger_option[y] != option) continue;
        listed = true;
        if (_trigger_met(t, y)) return true;
    }
    return !listed;
}

inline bool _permitted(const Theatre& t, int option) {
    const int actor = t.option_actor[option];
    for (int z = 0; z < t.Z; ++z) {
        if (t.permission_option[z] != option) continue;
        const double draw = t.uniform(MECHANISM_INTERVENTION, t.X + z);
        if (draw >= t.tacit[actor][t.permission_actor[z]]) return false;
    }
    return true;
}

// Whether a blocker stands in the way of the option with enough fighters.
inline bool blocked(const Theatre& t, int option) {
    for (int v = 0; v < t.V; ++v) {
        if (t.blocker_option[v] != option) continue;
        const double standing = fighters(t, t.blocker_actor[v], t.blocker_place[v]);
        if (standing >= t.blocker_fighters[v] && standing > 0.0) return true;
    }
    return false;
}

inline void _intervene(Theatre& t, int option) {
    const int actor = t.option_actor[option];
    const int bloc = t.actor_bloc[actor];
    const int entry = t.option_from[option];
    t.intervened[option] = t.day;
    if (hostile_place(t, bloc, entry)) return;
    join(t, actor, entry, t.option_force[option], typical_traits(t, actor));
    t.arrived[actor] += t.option_force[option];
    const int target = t.option_target[option];
    t.value[bloc][target] = max_(t.value[bloc][target], WANTED);
    t.kept.wanted[bloc].add(target);
    if (hostile_place(t, bloc, target)) open_operation(t, bloc, target, actor, t.option_aim[option]);
}

// Review the options whose turn it is.
inline void advance(Theatre& t) {
    for (int x = 0; x < t.X; ++x) {
        if (t.intervened[x] >= 0 || t.day < t.option_earliest[x]) continue;
        if ((t.day + 3 * x) % REVIEW_DAYS != 0) continue;
        if (_triggered(t, x) && _permitted(t, x) && !blocked(t, x)) {
            const int actor = t.option_actor[x];
            const double odds = STEEPNESS * (t.will[actor] - t.option_threshold[x]);
            if (t.uniform(MECHANISM_INTERVENTION, x) < logistic(odds)) _intervene(t, x);
        }
    }
}

}  // namespace contingent::intervention
