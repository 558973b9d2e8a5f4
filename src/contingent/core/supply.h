// Supply: who is connected, and how stocks run down.
// Twin of reference/supply.py: connected stocks fill by a fifth of the gap a day; cut off, they decay
// by exp(-1 / supply_days) a day, not below what an airlift keeps up.
#pragma once

#include "routes.h"
#include "state.h"

namespace contingent::supply {

inline constexpr int CHECK_DAYS = 3;
inline constexpr double REFILL = 0.2;

// Mark the places whose holder's bloc cannot supply them.
inline void mark_besieged(Theatre& t) {
    for (int p = 0; p < t.P; ++p) t.besieged[p] = 1 - t.connected[t.holding[p]][p];
}

// Share of stocks that is left after a day without supplies.
inline double decay(const Theatre& t) { return exp_(-1.0 / t.supply_days); }

// Update connections whose turn it is, and all stocks.
inline void advance(Theatre& t) {
    const double decay = t.kept.supply_decay;
    for (int b = 0; b < t.B; ++b) {
        if ((t.day + b) % CHECK_DAYS == 0) routes::find_connected(t, b);
        double* const level = t.supply[b];
        double* const after = t.kept.rows[0];
        const auto exposed = either(t.kept.held[b], t.kept.manned_by[b]);
        for (const int p : exposed) {
            after[p] = -1.0;
            if (t.connected[b][p] == 1) continue;
            if (own_place(t, b, p)) {
                after[p] = max_(level[p] * decay, min_(level[p], t.airlift[p]));
            } else if (bloc_fighters(t, b, p) > 0.0) {
                after[p] = level[p] * decay;
            }
        }
        for (int p = 0; p < t.P; ++p) level[p] += REFILL * (1.0 - level[p]);
        for (const int p : exposed) {
            if (after[p] >= 0.0) level[p] = after[p];
        }
    }
    mark_besieged(t);
}

}  // namespace contingent::supply
