// Ways through the theatre: how far a place is, and whether supplies can reach it.
// Twin of reference/routes.py: shortest paths by repeated relaxation in days of march
// (km / march_speed + border_delay); supplies pass places that no hostile bloc holds or has isolated.
#pragma once

#include "state.h"

namespace contingent::routes {

inline constexpr double NEIGHBOUR_SHARE = 0.3;
inline constexpr double NEIGHBOUR_DAYS = 1.5;

inline double leg_days(const Theatre& t, int route) { return t.kept.leg_days[route]; }

// Weight of what stands at the other end of a route: 1 next door, a third at 1.6 days.
inline double nearness(const Theatre& t, int route) { return t.kept.nearness[route]; }

inline void keep_legs(Theatre& t) {
    for (int r = 0; r < t.R; ++r) {
        const double speed = t.march_speed[t.route_class[r]];
        t.kept.leg_days[r] = t.route_km[r] / speed + t.border_delay[r];
        t.kept.nearness[r] = exp_(-t.kept.leg_days[r] / NEIGHBOUR_DAYS);
    }
}

inline void forget_distances(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) t.distance_known[b][p] = 0;
    }
}

// Whether a march may become longer or shorter when the place is closed or opened: whether a neighbour is
// reached by way of it, or would be. No march to the place itself is.
inline bool _on_the_way(const Theatre& t, int bloc, int target, int place) {
    const double* row = t.distance[bloc][target];
    if (place == target || row[place] < 0.0) return false;
    for (const Link link : t.links[place]) {
        const double through = row[place] + leg_days(t, link.route);
        if (row[link.place] < 0.0 || row[link.place] >= through) return true;
    }
    return false;
}

// Let the actor hold the place; distances hang on where a bloc cannot pass.
inline void change_holder(Theatre& t, int place, int actor) {
    const int before = t.holding[place], after = t.actor_bloc[actor];
    for (int b = 0; b < t.B; ++b) {
        if ((t.stance[b][before] == HOSTILE) == (t.stance[b][after] == HOSTILE)) continue;
        for (int p = 0; p < t.P; ++p) {
            if (t.distance_known[b][p] == 1 && _on_the_way(t, b, p, place)) t.distance_known[b][p] = 0;
        }
    }
    set_holder(t, place, actor);
    t.kept.turns += 1;
}

// Days of march from every place to the target for the bloc, -1 where there is no way.
inline const double* distances_to(Theatre& t, int bloc, int target) {
    double* row = t.distance[bloc][target];
    if (t.distance_known[bloc][target] == 1) return row;
    for (int p = 0; p < t.P; ++p) {
        row[p] = -1.0;
        t.waiting[p] = 0;
    }
    row[target] = 0.0;
    t.ring[0] = target;
    Size first = 0, next = 1, left = 1;
    while (left > 0) {
        const int near = t.ring[first];
        first = first + 1 < t.P ? first + 1 : 0;
        left -= 1;
        t.waiting[near] = 0;
        if (near != target && hostile_place(t, bloc, near)) continue;
        for (const Link link : t.links[near]) {
            const double through = row[near] + leg_days(t, link.route);
            if (row[link.place] >= 0.0 && !(through < row[link.place])) continue;
            row[link.place] = through;
            if (t.waiting[link.place] == 1) continue;
            t.waiting[link.place] = 1;
            t.ring[next] = link.place;
            next = next + 1 < t.P ? next + 1 : 0;
            left += 1;
        }
    }
    t.distance_known[bloc][target] = 1;
    return row;
}

// The place at the other end of the route, -1 if the route does not touch the place.
inline int other_end(const Theatre& t, int route, int place) {
    if (t.route_from[route] == place) return t.route_to[route];
    if (t.route_to[route] == place) return t.route_from[route];
    return -1;
}

// Route that a column at the place takes towards the target, -1 if there is none.
inline int next_route(Theatre& t, int bloc, int place, int target) {
    const double* row = distances_to(t, bloc, target);
    int best = -1;
    double best_days = 0.0;
    for (const auto [r, other] : t.links[place]) {
        if (row[other] < 0.0) continue;
        if (other != target && hostile_place(t, bloc, other)) continue;
        const double days = row[other] + leg_days(t, r);
        if (best < 0 || days < best_days) {
            best = r;
            best_days = days;
        }
    }
    return best;
}

inline int route_between(const Theatre& t, int place, int other) {
    for (const int r : t.routes_at[place]) {
        if (other_end(t, r, place) == other) return r;
    }
    return -1;
}

// Nearest other place held by the bloc that can be reached from the place, -1 if none.
inline int nearest_own(Theatre& t, int bloc, int place) {
    int best = -1;
    bool best_own = false;
    double best_days = 0.0;
    const double* row = distances_to(t, bloc, place);
    for (int p = 0; p < t.P; ++p) {
        if (p == place || row[p] < 0.0 || !friendly_place(t, bloc, p)) continue;
        const bool own = own_place(t, bloc, p);
        if (best < 0 || (own && !best_own) || (own == best_own && row[p] < best_days)) {
            best = p;
            best_own = own;
            best_days = row[p];
        }
    }
    return best;
}

// Note that a bloc holds a ring around the place from now on.
inline void close_ring(Theatre& t, int place) {
    t.kept.rings.add(place);
    t.kept.turns += 1;
}

// Note that a bloc holds one ring less.
inline void open_ring(Theatre& t) { t.kept.turns += 1; }

// Whether a hostile operation that aims to isolate has closed the bloc's place.
inline bool isolated(const Theatre& t, int bloc, int place) {
    if (hostile_place(t, bloc, place)) return false;
    if (!t.kept.rings.has(place)) return false;
    for (int b = 0; b < t.B; ++b) {
        if (t.stance[bloc][b] != HOSTILE) continue;
        if (t.aim[b][place] == ISOLATE && t.phase[b][place] == HOLD) return true;
    }
    return false;
}

// Whether supplies come in from a neighbour that has them.
inline bool _supplied(const Theatre& t, int bloc, int place) {
    if (hostile_place(t, bloc, place)) return bloc_fighters(t, bloc, place) > 0.0;
    return !isolated(t, bloc, place);
}

// Whether what find_connected goes by is as it was: holders, rings, and where the bloc stands in hostile
// places. Notes how it is now.
inline bool _as_it_was(Theatre& t, int bloc) {
    const Places now = t.kept.intruders[t.B], before = t.kept.intruders[bloc];
    now.clear();
    for (const int p : both(t.kept.manned_by[bloc], t.kept.barred[bloc])) {
        if (bloc_fighters(t, bloc, p) > 0.0) now.add(p);
    }
    bool same = t.traced[bloc] == t.kept.turns;
    for (Size i = 0; i < now.words; ++i) {
        if (now.bits[i] != before.bits[i]) same = false;
        before.bits[i] = now.bits[i];
    }
    t.traced[bloc] = t.kept.turns;
    return same;
}

// Mark the places that the bloc's sources can supply.
inline void find_connected(Theatre& t, int bloc) {
    if (_as_it_was(t, bloc)) return;
    Cell* reached = t.connected[bloc];
    int waiting = 0;
    for (int p = 0; p < t.P; ++p) {
        const bool source = t.supply_source[bloc][p] == 1 && !hostile_place(t, bloc, p);
        reached[p] = source ? 1 : 0;
        if (source) t.queue[waiting++] = p;
    }
    while (waiting > 0) {
        const int near = t.queue[--waiting];
        if (hostile_place(t, bloc, near) || isolated(t, bloc, near)) continue;
        for (const auto [r, far] : t.links[near]) {
            if (reached[far] == 0 && _supplied(t, bloc, far)) {
                reached[far] = 1;
                t.queue[waiting++] = far;
            }
        }
    }
}

}  // namespace contingent::routes
