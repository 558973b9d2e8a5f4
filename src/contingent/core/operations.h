// Operations: what a bloc undertakes against a place, and how it ends.
// Twin of reference/operations.py: opening, gathering and closing; shares of troops that are free,
// bound by the main effort, or movable: release + (1 - release) * (1 - bound).
#pragma once

#include "columns.h"
#include "routes.h"
#include "state.h"

namespace contingent::operations {

using columns::launch;
using columns::SMALLEST;

inline constexpr int DRAW_PROBE = 1;
inline constexpr int DRAW_JOIN = 2;
inline constexpr int BROKEN_DAYS = 21;

inline int running(const Theatre& t, int bloc) {
    int count = 0;
    for ([[maybe_unused]] const int p : t.kept.operations[bloc]) count += 1;
    return count;
}

// Mobile fighters at the place that wait for an operation run from there.
inline double held_back(const Theatre& t, int actor, int place) {
    const int bloc = t.actor_bloc[actor];
    double waiting = 0.0;
    for (const int q : t.kept.operations[bloc]) {
        if (t.assigned[actor][q] > 0.0 && t.staging[bloc][q] == place) waiting += t.assigned[actor][q];
    }
    return min_(waiting, t.mobile[actor][place]);
}

// Hostile fighters the bloc believes at, on the way to, or next to one of its places.
inline double believed_threat(const Theatre& t, int bloc, int place) {
    double total = t.belief[bloc][place] + t.inbound[bloc][place];
    for (const auto [r, other] : t.links[place]) {
        if (!hostile_place(t, bloc, other)) continue;
        const double near = routes::nearness(t, r);
        total += routes::NEIGHBOUR_SHARE * t.belief[bloc][other] * near;
    }
    return total;
}

// Hostile fighters the bloc believes in neighbouring places that it lost within three weeks.
inline double broken_front(const Theatre& t, int bloc, int place) {
    double total = 0.0;
    for (const auto [r, other] : t.links[place]) {
        if (!hostile_place(t, bloc, other)) continue;
        if (t.day - t.lost_day[bloc][other] <= BROKEN_DAYS) {
            const double near = routes::nearness(t, r);
            total += t.belief[bloc][other] * near;
        }
    }
    return total;
}

// Power the bloc wants to keep at one of its places.
inline double needed(const Theatre& t, int bloc, int place) {
    const double ratio = t.need_ratio[t.bloc_leader[bloc]];
    return ratio * believed_threat(t, bloc, place) / t.terrain[place];
}

// Share of the bloc's mobile troops at its place that is not needed there, 0..1.
inline double free_share(const Theatre& t, int bloc, int place) {
    if (t.flags[place] & CONTESTED) return 0.0;
    double mobile = 0.0;
    double power = 0.0;
    for (const int a : t.actors_of[bloc]) {
        const double force = fighters(t, a, place);
        if (force <= 0.0) continue;
        const double each = effectiveness(t, a, place);
        mobile += t.mobile[a][place] * each;
        power += force * each;
    }
    if (mobile <= 0.0) return 0.0;
    const double surplus = power - needed(t, bloc, place);
    const double share = clip(surplus / mobile, 0.0, 1.0);
    if (t.flags[place] & OUTSKIRTS) return 0.5 * share;
    return share;
}

inline double _share_of_mobile(const Theatre& t, int bloc, int actor, int place) {
    const double share = t.commit_share[actor] * free_share(t, bloc, place);
    if (share == 0.0) return 0.0;
    return share * max_(t.mobile[actor][place] - held_back(t, actor, place), 0.0);
}

// Send what is still planned for the operation to its staging place, as the roads allow.
inline void dispatch(Theatre& t, int bloc, int target) {
    const int staging = t.staging[bloc][target];
    const double reach = t.reach[t.lead[bloc][target]] / 100.0;
    const double* row = routes::distances_to(t, bloc, target);
    for (const int a : t.actors_of[bloc]) {
        if (t.planned[a][target] < SMALLEST) continue;
        for (const int p : t.kept.manned[a]) {
            if (p == staging || t.mobile[a][p] < SMALLEST || !friendly_place(t, bloc, p)) continue;
            if (row[p] < 0.0 || row[p] > reach) continue;
            const double size = min_(_share_of_mobile(t, bloc, a, p), t.planned[a][target]);
            const double before = t.mobile[a][p];
            launch(t, a, p, staging, size, traits_at(t, a, p), OFFENSIVE);
            t.planned[a][target] -= before - t.mobile[a][p];
        }
    }
}

inline void _gather(Theatre& t, int bloc, int target) {
    const int lead = t.lead[bloc][target];
    const int staging = t.staging[bloc][target];
    const double reach = t.reach[lead] / 100.0;
    const double* row = routes::distances_to(t, bloc, target);
    const std::int64_t entity = bloc * t.P + target;
    for (const int a : t.actors_of[bloc]) {
        if (t.area[a][target] == 0) continue;
        if (a != lead) {
            const double draw = t.uniform(MECHANISM_COMMAND, entity * t.A + a, DRAW_JOIN);
            if (draw >= t.coordination[a][lead]) continue;
        }
        for (const int p : t.kept.manned[a]) {
            if (t.mobile[a][p] <= 0.0 || !friendly_place(t, bloc, p)) continue;
            if (row[p] < 0.0 || row[p] > reach) continue;
            const double size = _share_of_mobile(t, bloc, a, p);
            if (p == staging) {
                t.assigned[a][target] += size;
            } else {
                t.planned[a][target] += size;
            }
        }
    }
    dispatch(t, bloc, target);
}

inline int _last_friendly(Theatre& t, int bloc, int place, int target) {
    int last = place;
    for (int i = 0; i < t.P; ++i) {
        const int route = routes::next_route(t, bloc, place, target);
        if (route < 0) return last;
        place = routes::other_end(t, route, place);
        if (place == target) return last;
        if (friendly_place(t, bloc, place)) last = place;
    }
    return last;
}

// Where most of the bloc's free troops within reach pass last on their way to the target.
inline int choose_staging(Theatre& t, int bloc, int target, int lead) {
    const double* row = routes::distances_to(t, bloc, target);
    const double reach = t.reach[lead] / 100.0;
    for (int p = 0; p < t.P; ++p) t.weight[p] = 0.0;
    for (const int p : t.kept.manned_by[bloc]) {
        if (row[p] < 0.0 || row[p] > reach || !friendly_place(t, bloc, p)) continue;
        double power = 0.0;
        for (const int a : t.actors_of[bloc]) {
            if (t.mobile[a][p] > 0.0) {
                power += (t.mobile[a][p] - held_back(t, a, p)) * effectiveness(t, a, p);
            }
        }
        if (power > 0.0) {
            t.weight[_last_friendly(t, bloc, p, target)] += power * free_share(t, bloc, p);
        }
    }
    int best = -1;
    for (int p = 0; p < t.P; ++p) {
        if (t.weight[p] <= 0.0) continue;
        if (best < 0 || t.weight[p] > t.weight[best]) {
            best = p;
        } else if (t.weight[p] == t.weight[best] && row[p] < row[best]) {
            best = p;
        }
    }
    return best >= 0 ? best : routes::nearest_own(t, bloc, target);
}

// Open an operation and order troops to its staging place.
inline bool open_operation(Theatre& t, int bloc, int target, int lead, int aim) {
    if (t.phase[bloc][target] != NO_OPERATION) return false;
    const int staging = choose_staging(t, bloc, target, lead);
    if (staging < 0) return false;
    const std::int64_t entity = bloc * t.P + target;
    const double length = 0.3 - 0.7 * log_(t.uniform(MECHANISM_COMMAND, entity, DRAW_PROBE));
    t.phase[bloc][target] = BUILD_UP;
    t.kept.operations[bloc].add(target);
    t.lead[bloc][target] = lead;
    t.staging[bloc][target] = staging;
    t.aim[bloc][target] = aim;
    t.opened[bloc][target] = t.day;
    t.phase_day[bloc][target] = t.day;
    t.marched[bloc][target] = 0;
    t.probe_length[bloc][target] = t.probe[lead] * length;
    t.committed[bloc][target] = 0.0;
    t.operation_lost[bloc][target] = 0.0;
    t.below_parity[bloc][target] = 0.0;
    t.broken[bloc][target] = 0.0;
    t.surprise_factor[bloc][target] = 1.0;
    _gather(t, bloc, target);
    return true;
}

// Send the bloc's troops at a place that is no friend's back to its nearest own place.
inline void march_back(Theatre& t, int bloc, int place) {
    if (friendly_place(t, bloc, place)) return;
    const int home = routes::nearest_own(t, bloc, place);
    for (const int a : t.actors_of[bloc]) {
        t.mobile[a][place] += t.static_[a][place];
        t.static_[a][place] = 0.0;
        const double size = t.mobile[a][place];
        if (size <= 0.0) continue;
        if (home < 0 || !launch(t, a, place, home, size, traits_at(t, a, place), RETREAT)) {
            if (home < 0 || size < 5.0) {
                t.surrendered[a] += size;
                t.mobile[a][place] = 0.0;
            }
        }
    }
}

// End an operation; with withdraw its troops at the target march back.
inline void close_operation(Theatre& t, int bloc, int target, bool withdraw) {
    if (t.phase[bloc][target] == HOLD) routes::open_ring(t);
    t.phase[bloc][target] = NO_OPERATION;
    t.kept.operations[bloc].drop(target);
    t.closed[bloc][target] = t.day;
    t.attacking[bloc][target] = 0;
    for (const int a : t.actors_of[bloc]) {
        t.assigned[a][target] = 0.0;
        t.planned[a][target] = 0.0;
    }
    if (withdraw) march_back(t, bloc, target);
}

// How far the bloc's response is bound away from the place by its main effort, 0..1.
inline double bound_share(const Theatre& t, int bloc, int place) {
    const double priority = t.priority[t.bloc_leader[bloc]];
    double effort = 0.0;
    for (const int p : t.kept.contacts) {
        if (p == place) continue;
        bool engaged = t.attacking[bloc][p] == 1;
        if (!engaged && own_place(t, bloc, p)) engaged = (t.flags[p] & ASSAULTED) != 0;
        if (engaged) {
            const double left = clip(1.0 - share_of(t.progress[bloc][p], depth(t, p)), 0.2, 1.0);
            effort = max_(effort, priority * t.value[bloc][p] * left);
        }
    }
    return share_of(effort, effort + max_(t.value[bloc][place], 0.5));
}

}  // namespace contingent::operations
