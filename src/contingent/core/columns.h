// Columns on the road: how they set out and who they are.
// Twin of reference/columns.py: a column is named by actor, origin, target, purpose and launch day.
#pragma once

#include "routes.h"
#include "state.h"

namespace contingent::columns {

inline constexpr double SMALLEST = 5.0;

inline int _slot(const Theatre& t, int actor, int origin, int target, int purpose) {
    const int used = t.columns_used[actor];
    int free = -1;
    for (int w = 0; w < used; ++w) {
        if (t.column_size[actor][w] <= 0.0) {
            if (free < 0) free = w;
        } else if (t.column_day[actor][w] == t.day && t.column_origin[actor][w] == origin &&
                   t.column_target[actor][w] == target && t.column_purpose[actor][w] == purpose) {
            return w;
        }
    }
    return free < 0 && used < t.W ? used : free;
}

// Put the column on a route that begins at the place.
inline void set_leg(Theatre& t, int actor, int slot, int place, int route) {
    t.column_at[actor][slot] = place;
    t.column_next[actor][slot] = routes::other_end(t, route, place);
    t.column_days[actor][slot] = routes::leg_days(t, route) / t.column_speed[actor][slot];
}

// Send mobile fighters of the actor from one place to another; false, and nobody moves, if there is
// no way, no room, no free column, or fewer than SMALLEST fighters would go.
inline bool launch(Theatre& t, int actor, int origin, int target, double size, Traits traits,
                   int purpose) {
    const int bloc = t.actor_bloc[actor];
    if (origin == target || t.mechanism_on[MECHANISM_MOVEMENT] == 0) return false;
    size = min_(size, t.mobile[actor][origin]);
    if (size < SMALLEST) return false;
    const int route = routes::next_route(t, bloc, origin, target);
    if (route < 0) return false;
    size = min_(size, t.capacity[route] - t.route_load[route]);
    if (size < SMALLEST) return false;
    const int slot = _slot(t, actor, origin, target, purpose);
    if (slot < 0) return false;
    t.mobile[actor][origin] -= size;
    t.route_load[route] += size;
    if (t.column_size[actor][slot] > 0.0) {
        t.column_size[actor][slot] += size;
        t.column_start[actor][slot] += size;
        return true;
    }
    const double speed = t.march[actor] * (purpose == RELIEF ? t.relief_speed : 1.0);
    t.column_size[actor][slot] = size;
    t.column_start[actor][slot] = size;
    t.column_quality[actor][slot] = traits.quality;
    t.column_resolve[actor][slot] = traits.resolve;
    t.column_readiness[actor][slot] = traits.readiness;
    t.column_speed[actor][slot] = speed;
    t.column_origin[actor][slot] = origin;
    t.column_target[actor][slot] = target;
    t.column_day[actor][slot] = t.day;
    t.column_purpose[actor][slot] = purpose;
    t.column_hit[actor][slot] = 0;
    for (int b = 0; b < t.B; ++b) t.column_known[actor][slot][b] = -1;
    t.launched_today[actor] += 1;
    if (slot + 1 > t.columns_used[actor]) t.columns_used[actor] = slot + 1;
    set_leg(t, actor, slot, origin, route);
    return true;
}

// Number that names the column in the random streams, 0 <= number < 2**32.
inline std::int64_t column_entity(const Theatre& t, int actor, int slot) {
    const std::uint64_t places = static_cast<std::uint64_t>(t.P);
    std::uint64_t name = actor * places + t.column_origin[actor][slot];
    name = name * places + t.column_target[actor][slot];
    name = name * 3 + t.column_purpose[actor][slot];
    return (name * 1024 + t.column_day[actor][slot] % 1024) & 0xFFFFFFFF;
}

// Fighters of the bloc marching to the place for this purpose.
inline double on_the_way(const Theatre& t, int bloc, int place, int purpose) {
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        for (int w = 0; w < t.columns_used[a]; ++w) {
            if (t.column_size[a][w] <= 0.0 || t.column_target[a][w] != place) continue;
            if (t.column_purpose[a][w] == purpose) total += t.column_size[a][w];
        }
    }
    return total;
}

// Power of the bloc's relief marching to the place.
inline double relief_power(const Theatre& t, int bloc, int place) {
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        for (int w = 0; w < t.columns_used[a]; ++w) {
            if (t.column_size[a][w] <= 0.0 || t.column_target[a][w] != place) continue;
            if (t.column_purpose[a][w] == RELIEF) {
                const double each = t.column_quality[a][w] * pow_(t.column_readiness[a][w], READINESS_POWER);
                total += t.column_size[a][w] * each;
            }
        }
    }
    return total;
}

inline double on_the_road(const Theatre& t, int actor) {
    double total = 0.0;
    for (int w = 0; w < t.columns_used[actor]; ++w) total += t.column_size[actor][w];
    return total;
}

}  // namespace contingent::columns
