// Clock: plans with uncertain dates, and deadlines with preconditions.
// Twin of reference/clock.py: a plan's day is plan_day + plan_spread * z, rounded; a deadline is met
// when its needs hold on its day and a draw falls below deadline_chance.
#pragma once

#include "columns.h"
#include "operations.h"
#include "routes.h"
#include "state.h"

namespace contingent::clock {

using columns::launch;
using operations::open_operation;

// Draw the day of every plan (day 0; plans before day 1 happen on day 1).
inline void draw_dates(Theatre& t) {
    for (int i = 0; i < t.L; ++i) {
        double day = t.plan_day[i];
        if (t.plan_spread[i] > 0.0) day += t.plan_spread[i] * t.normal(MECHANISM_CLOCK, i, 1);
        t.plan_date[i] = static_cast<Cell>(floor_(clip(day, 1.0, 1.0e6) + 0.5));
    }
}

inline void _withdraw(Theatre& t, int actor, int place, int plan) {
    const int bloc = t.actor_bloc[actor];
    int to = t.plan_to[plan];
    if (to < 0) to = routes::nearest_own(t, bloc, place);
    if (to < 0) return;
    const double share = clip(t.plan_share[plan], 0.0, 1.0);
    const double freed = share * t.static_[actor][place];
    t.static_[actor][place] -= freed;
    t.mobile[actor][place] += freed;
    const double size = share * t.mobile[actor][place];
    if (launch(t, actor, place, to, size, traits_at(t, actor, place), RETREAT)) {
        note_withdrawal(t, actor, place);
    }
}

inline void _carry_out(Theatre& t, int plan) {
    const int actor = t.plan_actor[plan];
    const int place = t.plan_at[plan];
    const int bloc = t.actor_bloc[actor];
    if (t.plan_kind[plan] == PLAN_ATTACK) {
        if (hostile_place(t, bloc, place)) open_operation(t, bloc, place, actor, TAKE);
    } else if (t.plan_kind[plan] == PLAN_WITHDRAW) {
        _withdraw(t, actor, place, plan);
    } else if (!hostile_place(t, bloc, place)) {
        join(t, actor, place, t.plan_size[plan], typical_traits(t, actor));
        t.arrived[actor] += t.plan_size[plan];
    }
}

// Share of the theatre's inhabitants in places held by the bloc.
inline double people_held(const Theatre& t, int bloc) {
    double held = 0.0;
    double total = 0.0;
    for (int p = 0; p < t.P; ++p) {
        total += t.people[p];
        if (t.holding[p] == bloc) held += t.people[p];
    }
    return share_of(held, total);
}

inline bool _needs_hold(const Theatre& t, int deadline) {
    for (int q = 0; q < t.Q; ++q) {
        if (t.need_deadline[q] != deadline) continue;
        const int first = t.need_first[q];
        if (t.need_kind[q] == NEED_PEOPLE) {
            if (people_held(t, first) < t.need_level[q]) return false;
        } else if (t.need_kind[q] == NEED_HOLDS) {
            if (!own_place(t, t.actor_bloc[first], t.need_second[q])) return false;
        } else if (t.ceasefire[first] == 0) {
            return false;
        }
    }
    return true;
}

// Carry out the plans and settle the deadlines of this day.
inline void advance(Theatre& t) {
    for (int i = 0; i < t.L; ++i) {
        if (t.plan_date[i] == t.day) {
            if (t.uniform(MECHANISM_CLOCK, i) < t.plan_probability[i]) _carry_out(t, i);
        }
    }
    for (int d = 0; d < t.D; ++d) {
        if (t.deadline_day[d] == t.day) {
            bool met = _needs_hold(t, d);
            if (met && t.uniform(MECHANISM_CLOCK, t.L + d) >= t.deadline_chance[d]) met = false;
            t.satisfied[d] = met ? 1 : 0;
        }
    }
}

// How near the nearest deadline that binds the actor is, 0..1.
inline double nearness(const Theatre& t, int actor) {
    double nearest = 0.0;
    if (t.mechanism_on[MECHANISM_CLOCK] == 0) return nearest;
    for (int d = 0; d < t.D; ++d) {
        if (t.deadline_binds[d][actor] == 0 || t.day > t.deadline_day[d]) continue;
        const double near = 1.0 - (t.deadline_day[d] - t.day) / t.deadline_horizon[d];
        if (near > nearest) nearest = near;
    }
    return nearest;
}

}  // namespace contingent::clock
