// The order of a day, and of a future.
// Twin of reference/day.py: day 0 is recorded as it stands; every later day runs the mechanisms in the
// order of layout.py, each of which can be switched off.
#pragma once

#include "air.h"
#include "clock.h"
#include "combat.h"
#include "command.h"
#include "commitment.h"
#include "diplomacy.h"
#include "initial.h"
#include "intervention.h"
#include "movement.h"
#include "readiness.h"
#include "record.h"
#include "shocks.h"
#include "state.h"
#include "supply.h"
#include "surveillance.h"
#include "turn.h"

namespace contingent::day {

// What one future leaves behind: (days, P), (days, P) and (days, S); where asked for, its columns,
// (days, A, W, COLUMN_FIELDS).
struct Log {
    std::int16_t* holders;
    std::uint8_t* flags;
    double* series;
    double* columns = nullptr;
};

inline void _forget_yesterday(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        t.column_sorties[a] = 0.0;
        t.detected_today[a] = 0;
        t.launched_today[a] = 0;
        t.struck_today[a] = 0;
    }
    for (const int p : t.kept.sorties) {
        for (int a = 0; a < t.A; ++a) t.sorties_flown[a][p] = 0.0;
    }
    for (const int p : t.kept.withdrawals) {
        for (int a = 0; a < t.A; ++a) t.withdrew[a][p] = 0;
    }
    t.kept.sorties.clear();
    t.kept.withdrawals.clear();
    for (const int p : t.kept.contacts) {
        for (int a = 0; a < t.A; ++a) t.fighting[a][p] = 0.0;
        for (int b = 0; b < t.B; ++b) {
            t.air_support[b][p] = 0.0;
            t.air_kill[b][p] = 0.0;
        }
    }
    for (int p = 0; p < t.P; ++p) t.reinforced[p] = 0.0;
    for (int r = 0; r < t.R; ++r) t.route_load[r] = 0.0;
    for (int n = 0; n < t.N; ++n) t.shock_today[n] = 0;
}

// Play one day.
inline void advance(Theatre& t) {
    const Cell* on = t.mechanism_on;
    _forget_yesterday(t);
    if (on[MECHANISM_SHOCKS]) shocks::advance(t);
    if (on[MECHANISM_CLOCK]) clock::advance(t);
    if (on[MECHANISM_COMMITMENT]) commitment::advance(t);
    if (on[MECHANISM_INTERVENTION]) intervention::advance(t);
    if (on[MECHANISM_SURVEILLANCE]) surveillance::advance(t);
    if (on[MECHANISM_COMMAND]) command::advance(t);
    if (on[MECHANISM_SURVEILLANCE]) surveillance::look(t);
    if (on[MECHANISM_MOVEMENT]) movement::advance(t);
    combat::find_contacts(t);
    if (on[MECHANISM_AIR]) air::advance(t);
    if (on[MECHANISM_COMBAT]) combat::advance(t);
    surveillance::remember(t);
    if (on[MECHANISM_SUPPLY]) supply::advance(t);
    if (on[MECHANISM_READINESS]) readiness::advance(t);
    if (on[MECHANISM_DIPLOMACY]) diplomacy::advance(t);
}

// Write today into the log.
inline void write(const Theatre& t, Log log) {
    for (int p = 0; p < t.P; ++p) {
        log.holders[t.day * t.P + p] = static_cast<std::int16_t>(t.holder[p]);
        log.flags[t.day * t.P + p] = static_cast<std::uint8_t>(t.flags[p]);
    }
    if (log.columns != nullptr) {
        record::columns(t, log.columns + static_cast<Size>(t.day) * t.A * t.W * record::COLUMN_FIELDS);
    }
    double* series = log.series + t.day * t.S;
    if (t.mechanism_on[MECHANISM_RECORD] == 0) {
        for (int s = 0; s < t.S; ++s) series[s] = 0.0;
        return;
    }
    record::observe(t, series);
}

// Days that are played at once, `until` not among them.
struct Stretch {
    int first;
    int until;
};

// Play one future; before day 0 the state is all zeros.
inline void run_future(Theatre& t, Stretch days, Log log, const turn::Turn& turned = {}) {
    if (days.first == 0) {
        t.day = 0;
        initial::set_up(t);
        write(t, log);
        days.first = 1;
    }
    for (int day = days.first; day < days.until; ++day) {
        t.day = day;
        if (turned.later != nullptr && day == turned.day) turn::advance(t, turned);
        advance(t);
        write(t, log);
    }
}

}  // namespace contingent::day
