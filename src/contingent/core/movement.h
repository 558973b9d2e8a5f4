// Movement: columns advance along routes, arrive, go on, divert or turn back.
// Twin of reference/movement.py: a leg takes leg_days over the column's own multiplier of speed.
#pragma once

#include "columns.h"
#include "routes.h"
#include "state.h"

namespace contingent::movement {

using columns::set_leg;

inline void _assign(Theatre& t, int actor, int place, double size) {
    const int bloc = t.actor_bloc[actor];
    for (const int q : t.kept.operations[bloc]) {
        if (t.phase[bloc][q] == BUILD_UP && t.staging[bloc][q] == place) {
            t.assigned[actor][q] += size;
            return;
        }
    }
}

// Who found the column believes it at the place from now on, and no longer on its way.
inline void _note_arrival(Theatre& t, int actor, int slot, int place, double size) {
    const int holder = t.holding[place];
    if (t.column_known[actor][slot][holder] < 0) return;
    const bool clear = t.choice[CHOICE_FOG] != 0;
    double found = clear ? size : t.bias[t.bloc_leader[holder]] * size;
    found = min_(found, t.inbound[holder][place]);
    t.inbound[holder][place] -= found;
    t.belief[holder][place] += found;
}

inline void _arrive(Theatre& t, int actor, int slot, int place) {
    const double size = t.column_size[actor][slot];
    const Traits traits = {t.column_quality[actor][slot], t.column_resolve[actor][slot],
                           t.column_readiness[actor][slot]};
    const int bloc = t.actor_bloc[actor];
    t.column_size[actor][slot] = 0.0;
    join(t, actor, place, size, traits);
    if (t.column_purpose[actor][slot] == OFFENSIVE) {
        if (hostile_place(t, bloc, place)) {
            t.committed[bloc][place] += size;
            _note_arrival(t, actor, slot, place, size);
        } else {
            _assign(t, actor, place, size);
        }
    } else if (t.column_purpose[actor][slot] == RELIEF) {
        t.reinforced[place] += size;
    }
}

inline void _turn_back(Theatre& t, int actor, int slot, int place) {
    const int bloc = t.actor_bloc[actor];
    if (!hostile_place(t, bloc, place)) {
        _arrive(t, actor, slot, place);
        return;
    }
    const int home = routes::nearest_own(t, bloc, place);
    const int route = home >= 0 ? routes::next_route(t, bloc, place, home) : -1;
    if (route < 0) {
        t.surrendered[actor] += t.column_size[actor][slot];
        t.column_size[actor][slot] = 0.0;
        return;
    }
    t.column_target[actor][slot] = home;
    t.column_purpose[actor][slot] = RETREAT;
    set_leg(t, actor, slot, place, route);
}

// Order a column back to where its leg began.
inline void turn_back(Theatre& t, int actor, int slot) {
    _turn_back(t, actor, slot, t.column_at[actor][slot]);
}

inline void _reach(Theatre& t, int actor, int slot) {
    const int place = t.column_next[actor][slot];
    const int bloc = t.actor_bloc[actor];
    const int target = t.column_target[actor][slot];
    bool attack = t.column_purpose[actor][slot] == OFFENSIVE && place == target;
    if (attack && t.phase[bloc][place] == NO_OPERATION) attack = false;
    if (hostile_place(t, bloc, place) && !attack) {
        _turn_back(t, actor, slot, t.column_at[actor][slot]);
        return;
    }
    if (place == target) {
        _arrive(t, actor, slot, place);
        return;
    }
    const int route = routes::next_route(t, bloc, place, target);
    if (route < 0) {
        _arrive(t, actor, slot, place);
        return;
    }
    set_leg(t, actor, slot, place, route);
}

inline void _march(Theatre& t, int actor, int slot) {
    double step = 1.0;
    if (t.column_hit[actor][slot] == 1) {
        step = 0.5;
        t.column_hit[actor][slot] = 0;
    }
    int legs = 0;
    while (step > 0.0 && t.column_size[actor][slot] > 0.0 && legs < t.P) {
        legs += 1;
        const double left = t.column_days[actor][slot];
        if (left > step) {
            t.column_days[actor][slot] = left - step;
            return;
        }
        step -= left;
        _reach(t, actor, slot);
    }
}

// Move every column by a day.
inline void advance(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        for (int w = 0; w < t.columns_used[a]; ++w) {
            if (t.column_size[a][w] > 0.0) _march(t, a, w);
        }
        while (t.columns_used[a] > 0 && t.column_size[a][t.columns_used[a] - 1] <= 0.0) {
            t.columns_used[a] -= 1;
        }
    }
}

}  // namespace contingent::movement
