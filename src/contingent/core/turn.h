// Turn: levers are moved on a day, and the world goes on from where it stands.
// Twin of reference/turn.py. The parameter tables lie one after the other in `values`.
#pragma once

#include <cstdint>

#include "keeping.h"
#include "routes.h"
#include "state.h"

namespace contingent::turn {

// Where the tables lie, what they become, and when; no turn if `later` is null.
struct Turn {
    double* values = nullptr;
    const double* later = nullptr;
    std::int64_t cells = 0;
    int day = -1;
};

// Most that a place is worth to an actor of the bloc, by a table of aims (A, P).
inline double _worth(const Theatre& t, const double* aims, int bloc, int place) {
    double worth = 0.0;
    for (const int a : t.actors_of[bloc]) {
        worth = max_(worth, aims[a * t.P + place]);
    }
    return worth;
}

inline void advance(Theatre& t, const Turn& turn) {
    const double* aims = &t.aims[0][0];
    const double* later_aims = turn.later + (aims - turn.values);
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) {
            const double before = _worth(t, aims, b, p);
            const double after = _worth(t, later_aims, b, p);
            if (after == before) continue;
            t.value[b][p] += after - before;
            t.kept.wanted[b].add(p);
        }
    }
    for (std::int64_t i = 0; i < turn.cells; ++i) turn.values[i] = turn.later[i];
    bind_parameter(t, turn.values);  // single numbers are kept by value
    keeping::keep_numbers(t);
    routes::forget_distances(t);
}

}  // namespace contingent::turn
