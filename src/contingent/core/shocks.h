// Shocks: attacks and other outside events that come in clusters.
// Twin of reference/shocks.py: a discrete Hawkes process, Poisson(mu + e) events a day, each raising e
// by branching * (1 - d) / d, and d = exp(-1 / decay) the daily decay of e.
#pragma once

#include "state.h"

namespace contingent::shocks {

inline constexpr double DAYS_PER_MONTH = 30.4375;
inline constexpr int MOST_EVENTS = 20;

inline void _strike(Theatre& t, int shock, int events) {
    const int sufferer = t.shock_on[shock];
    t.will[sufferer] = clip(t.will[sufferer] + t.shock_will[shock] * events, 0.0, 1.0);
    const int first = t.shock_pair_first[shock];
    if (first >= 0) {
        const int second = t.shock_pair_second[shock];
        const double level = clip(t.tacit[first][second] + t.shock_tacit[shock] * events, 0.0, 1.0);
        t.tacit[first][second] = level;
        t.tacit[second][first] = level;
        t.drifting[first] = 1;
        t.drifting[second] = 1;
    }
    Cell* days = t.shock_days[shock];
    const int times = events < SHOCK_MEMORY ? events : SHOCK_MEMORY;
    for (int i = 0; i < times; ++i) {
        for (int k = SHOCK_MEMORY - 1; k > 0; --k) days[k] = days[k - 1];
        days[0] = t.day;
    }
}

// Share of the excitation that is left after a day.
inline double decay(const Theatre& t, int shock) { return exp_(-1.0 / t.shock_decay[shock]); }

// Draw today's shocks and let them move will and tacit coordination.
inline void advance(Theatre& t) {
    for (int n = 0; n < t.N; ++n) {
        const double mean = t.shock_rate[n] / DAYS_PER_MONTH + t.excitation[n];
        int events = 0;
        if (mean > 0.0) {
            const double draw = t.uniform(MECHANISM_SHOCKS, n);
            const std::int64_t count = poisson_quantile(draw, mean);
            events = count < MOST_EVENTS ? static_cast<int>(count) : MOST_EVENTS;
        }
        const double decay = t.kept.shock_decay[n];
        const double jump = t.shock_branching[n] * (1.0 - decay) / decay;
        t.excitation[n] = (t.excitation[n] + jump * events) * decay;
        t.shock_today[n] = events;
        if (events > 0) _strike(t, n, events);
    }
}

}  // namespace contingent::shocks
