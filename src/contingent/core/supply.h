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

// Note where the bloc's stocks run down (ring) and what is left of them (a row); returns how many.
inline Size _run_down(Theatre& t, int bloc) {
    const double* const level = t.supply[bloc];
    const double decay = t.kept.supply_decay;
    Size count = 0;
    for (const int p : either(t.kept.held[bloc], t.kept.manned_by[bloc])) {
        if (t.connected[bloc][p] == 1) continue;
        double left = level[p] * decay;
        if (own_place(t, bloc, p)) {
            left = max_(left, min_(level[p], t.airlift[p]));
        } else if (bloc_fighters(t, bloc, p) <= 0.0) {
            continue;
        }
        t.ring[count] = p;
        t.kept.rows[0][count++] = left;
    }
    return count;
}

// Fill the bloc's stocks up everywhere, which changes nothing where they are full.
inline void _refill(Theatre& t, int bloc) {
    double* const level = t.supply[bloc];
    for (const int p : t.kept.lacking[bloc]) {
        const double filled = level[p] + REFILL * (1.0 - level[p]);
        if (filled == level[p]) t.kept.lacking[bloc].drop(p);
        level[p] = filled;
    }
}

// Update connections whose turn it is, and all stocks.
inline void advance(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        if ((t.day + b) % CHECK_DAYS == 0) routes::find_connected(t, b);
        const Size cut_off = _run_down(t, b);
        _refill(t, b);
        for (Size i = 0; i < cut_off; ++i) {
            t.supply[b][t.ring[i]] = t.kept.rows[0][i];
            t.kept.lacking[b].add(t.ring[i]);
        }
    }
    mark_besieged(t);
}

}  // namespace contingent::supply
