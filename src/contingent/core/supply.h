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
    for (int p = 0; p < t.P; ++p) t.besieged[p] = 1 - t.connected[t.actor_bloc[t.holder[p]]][p];
}

// Update connections whose turn it is, and all stocks.
inline void advance(Theatre& t) {
    const double decay = exp_(-1.0 / t.supply_days);
    for (int b = 0; b < t.B; ++b) {
        if ((t.day + b) % CHECK_DAYS == 0) routes::find_connected(t, b);
        for (int p = 0; p < t.P; ++p) {
            const double level = t.supply[b][p];
            if (t.connected[b][p] == 1) {
                t.supply[b][p] = level + REFILL * (1.0 - level);
            } else if (own_place(t, b, p)) {
                t.supply[b][p] = max_(level * decay, min_(level, t.airlift[p]));
            } else if (bloc_fighters(t, b, p) > 0.0) {
                t.supply[b][p] = level * decay;
            } else {
                t.supply[b][p] = level + REFILL * (1.0 - level);
            }
        }
    }
    mark_besieged(t);
}

}  // namespace contingent::supply
