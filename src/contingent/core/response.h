// Response: how alarms draw relief, and what holds it back.
// Twin of reference/response.py: gap = response_factor * believed / terrain - power there - coming; the
// nearest surplus first, as far as the main effort and coordination let it go.
#pragma once

#include "columns.h"
#include "operations.h"
#include "routes.h"
#include "state.h"

namespace contingent::response {

using columns::launch;
using columns::on_the_way;
using columns::relief_power;
using operations::bound_share;
using operations::broken_front;
using operations::free_share;
using operations::held_back;
using operations::needed;

inline constexpr int ALARM_DAYS = 21;
inline constexpr int ORDER_DAYS = 2;
inline constexpr int OLD_ORDER_DAYS = 7;
inline constexpr int SOURCES = 4;
inline constexpr int DRAW_TAKE_PART = 8;
inline constexpr int DRAW_LEAVE = 9;
inline constexpr double LOST_RATIO = 1.5;

inline double _gap(const Theatre& t, int bloc, int place) {
    if (t.choice[CHOICE_RESPONSE] != 0) {
        const double coming = on_the_way(t, bloc, place, RELIEF);
        const double wanted = (1.0 + t.quota_share) * t.garrison[bloc][place];
        return wanted - bloc_fighters(t, bloc, place) - coming;
    }
    const double believed =
        t.belief[bloc][place] + t.inbound[bloc][place] + broken_front(t, bloc, place);
    const double wanted = t.response_factor * believed / t.terrain[place];
    return wanted - bloc_power(t, bloc, place) - relief_power(t, bloc, place);
}

inline double _send(Theatre& t, int bloc, int source, int place, double share, double gap) {
    double sent = 0.0;
    const int holder = t.holder[place];
    for (const int a : t.actors_of[bloc]) {
        if (t.mobile[a][source] <= 0.0 || t.area[a][place] == 0) continue;
        if (a != holder) {
            const std::int64_t entity = (a * t.P + source) * t.P + place;
            const double draw = t.uniform(MECHANISM_COMMAND, entity, DRAW_TAKE_PART);
            if (draw >= 0.3 + 0.7 * t.coordination[a][holder]) continue;
        }
        const double power = effectiveness(t, a, source);
        if (power <= 0.0 || sent >= gap) continue;
        const double free = share * (t.mobile[a][source] - held_back(t, a, source));
        const double size = min_(free, (gap - sent) / power);
        if (launch(t, a, source, place, size, traits_at(t, a, source), RELIEF)) sent += size * power;
    }
    return sent;
}

// Order up to gap power to the place, from the nearest sources within reach.
inline void order_relief(Theatre& t, int bloc, int place, double gap) {
    if (gap <= 0.0) return;
    const double* row = routes::distances_to(t, bloc, place);
    const double reach = t.reach[t.bloc_leader[bloc]] / 100.0;
    const double release = t.release[t.bloc_leader[bloc]];
    const double unbound = 1.0 - bound_share(t, bloc, place);
    const double movable = release + (1.0 - release) * unbound;
    const double pulled = release * unbound;
    for (int p = 0; p < t.P; ++p) t.reached[p] = 0;
    t.reached[place] = 1;
    for (int i = 0; i < SOURCES; ++i) {
        int source = -1;
        for (const int p : t.kept.manned_by[bloc]) {
            if (t.reached[p] == 1 || row[p] < 0.0 || row[p] > reach) continue;
            if (source >= 0 && row[p] >= row[source]) continue;
            if (bloc_fighters(t, bloc, p) > 0.0) source = p;
        }
        if (source < 0) return;
        t.reached[source] = 1;
        double share = pulled;
        if (friendly_place(t, bloc, source)) share = movable * free_share(t, bloc, source);
        gap -= _send(t, bloc, source, place, share, gap);
        if (gap <= 0.0) return;
    }
}

// Send surplus, without alarm, to places that hold less than they need.
inline void level_out(Theatre& t, int bloc) {
    for (const int p : t.kept.held[bloc]) {
        if (t.alarm[bloc][p] >= 0) continue;
        const double wanted = needed(t, bloc, p);
        if (wanted <= 0.0) continue;
        const double gap = wanted - bloc_power(t, bloc, p);
        if (gap > 0.0) order_relief(t, bloc, p, gap - relief_power(t, bloc, p));
    }
}

inline void _leave(Theatre& t, int bloc, int place) {
    const int holder = t.holder[place];
    double worst = 0.0;
    for (int b = 0; b < t.B; ++b) {
        if (t.attacking[b][place] == 1) worst = max_(worst, t.ratio[b][place]);
    }
    if (worst < LOST_RATIO) return;
    for (const int a : t.actors_of[bloc]) {
        if (a == holder || t.mobile[a][place] <= 0.0) continue;
        const double attached = clip(t.aims[a][place] / 10.0, 0.0, 1.0);
        const double chance = t.leave_chance * (1.0 - t.coordination[a][holder]) * (1.0 - attached);
        const std::int64_t entity = a * t.P + place;
        if (t.uniform(MECHANISM_COMMAND, entity, DRAW_LEAVE) >= chance) continue;
        const int home = routes::nearest_own(t, bloc, place);
        if (home < 0) continue;
        const Traits traits = traits_at(t, a, place);
        if (launch(t, a, place, home, t.mobile[a][place], traits, RETREAT)) note_withdrawal(t, a, place);
    }
}

// Answer the bloc's alarms and let uncommitted contingents leave.
inline void advance(Theatre& t, int bloc) {
    const int leader = t.bloc_leader[bloc];
    for (const int p : t.kept.alarms[bloc]) {
        if (!own_place(t, bloc, p) || t.day - t.alarm_last[bloc][p] > ALARM_DAYS) {
            t.alarm[bloc][p] = -1;
            t.kept.alarms[bloc].drop(p);
            continue;
        }
        const int age = t.day - t.alarm[bloc][p];
        const int pause = age <= ALARM_DAYS ? ORDER_DAYS : OLD_ORDER_DAYS;
        if (age >= t.delay[leader] && t.day - t.relief_day[bloc][p] >= pause) {
            t.relief_day[bloc][p] = t.day;
            order_relief(t, bloc, p, _gap(t, bloc, p));
        }
        if (t.flags[p] & ASSAULTED) _leave(t, bloc, p);
    }
}

}  // namespace contingent::response
