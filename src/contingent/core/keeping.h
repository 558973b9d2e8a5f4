// Keeping: fill what is kept (kept.h) for a new future, and again when the parameters change on the way.
#pragma once

#include "choosing.h"
#include "routes.h"
#include "shocks.h"
#include "state.h"
#include "supply.h"

namespace contingent::keeping {

// Traits of fighters that come from outside: the actor's day-0 mean, or 1, 0.5.
inline void _keep_traits(Theatre& t, int actor) {
    double weight = 0.0;
    double quality = 0.0;
    double resolve = 0.0;
    for (int p = 0; p < t.P; ++p) {
        const double force = t.initial_mobile[actor][p] + t.initial_static[actor][p];
        weight += force;
        quality += force * t.initial_quality[actor][p];
        resolve += force * t.initial_resolve[actor][p];
    }
    t.kept.quality_outside[actor] = weight > 0.0 ? quality / weight : 1.0;
    t.kept.resolve_outside[actor] = weight > 0.0 ? resolve / weight : 0.5;
}

// Work out what hangs on the parameters alone.
inline void keep_numbers(Theatre& t) {
    routes::keep_legs(t);
    for (int a = 0; a < t.A; ++a) {
        _keep_traits(t, a);
        t.kept.log_threshold[a] = log_(t.go_threshold[a]);
        t.drifting[a] = 1;
    }
    t.kept.log_even = log_(3.0 / t.even_odds);
    for (int n = 0; n < t.N; ++n) t.kept.shock_decay[n] = shocks::decay(t, n);
    t.kept.hopeless = exp_(choosing::HOPELESS);
    t.kept.supply_decay = supply::decay(t);
    forget_powers(t, t.kept);
}

// Get everything that is kept ready for a new future; structure and parameters are bound before.
inline void begin(Theatre& t, KeptCells cells) {
    list_neighbours(t, cells.rows, cells.lists);
    t.kept = bind_kept(t, cells.numbers, cells.sets);
    keep_numbers(t);
}

// Note anew where something is, for a future that is played on from where it stands.
inline void take_up(Theatre& t) {
    for (int p = 0; p < t.P; ++p) {
        set_holder(t, p, t.holder[p]);
        t.kept.contacts.add(p);
        t.kept.rings.add(p);
        t.kept.diggings.add(p);
        t.kept.sorties.add(p);
        t.kept.withdrawals.add(p);
        for (int a = 0; a < t.A; ++a) {
            if (fighters(t, a, p) > 0.0) note_manned(t, a, p);
        }
        for (int b = 0; b < t.B; ++b) {
            if (t.phase[b][p] != NO_OPERATION) t.kept.operations[b].add(p);
            if (t.alarm[b][p] >= 0) t.kept.alarms[b].add(p);
            if (t.progress[b][p] > 0.0) t.kept.gains[b].add(p);
            if (t.value[b][p] > 0.0) t.kept.wanted[b].add(p);
            if (t.inbound[b][p] > 0.0) t.kept.expected[b].add(p);
            t.kept.lacking[b].add(p);
        }
    }
}

}  // namespace contingent::keeping
