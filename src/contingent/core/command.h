// Command: how a bloc runs its operations, and when it weighs new ones.
// Twin of reference/command.py: build-up, march, probe, assault, ring; given up with a tenth a day times
// how far losses or time below parity are beyond what the worth bears. What is opened: choosing.h.
#pragma once

#include "choosing.h"
#include "columns.h"
#include "operations.h"
#include "response.h"
#include "routes.h"
#include "state.h"

namespace contingent::command {

using choosing::AIM_ENEMY;
using choosing::enemy_power;
using choosing::garrison_power;
using choosing::per_review;
using choosing::REVIEW_DAYS;
using columns::launch;
using columns::on_the_way;
using operations::close_operation;
using operations::dispatch;
using operations::free_share;
using operations::held_back;
using operations::march_back;
using operations::running;

inline constexpr int DRAW_ABORT = 4;
inline constexpr double GIVING_UP = 0.1;
inline constexpr double SUPPORT_DAYS = 1.5;
inline constexpr double SUPPORT_SHARE = 0.15;
inline constexpr int GATHER_DAYS = 20;
inline constexpr int WAIT_DAYS = 30;
inline constexpr int RAID_DAYS = 10;

// Whether the force is enough to go on. What may relieve the place is dear to find out, and only adds to what
// is wanted unless its weight is below zero: a force too weak for the garrison alone need not ask.
inline bool _enough(Theatre& t, int bloc, int place, double force) {
    const double ratio = 0.6 * t.go_threshold[t.lead[bloc][place]];
    const double share = AIM_ENEMY[t.aim[bloc][place]];
    const bool adds = t.opportunism[t.bloc_leader[bloc]] >= 0.0;
    if (adds && force < ratio * (share * garrison_power(t, bloc, place))) return false;
    return force >= ratio * (share * enemy_power(t, bloc, place));
}

inline void _march(Theatre& t, int bloc, int place, int staging) {
    for (const int a : t.actors_of[bloc]) {
        if (t.assigned[a][place] <= 0.0) continue;
        const double size = min_(t.assigned[a][place], t.mobile[a][staging]);
        const double before = t.mobile[a][staging];
        launch(t, a, staging, place, size, traits_at(t, a, staging), OFFENSIVE);
        t.assigned[a][place] -= before - t.mobile[a][staging];
        if (t.assigned[a][place] < 5.0 || t.mobile[a][staging] < 5.0) t.assigned[a][place] = 0.0;
    }
}

inline void _build_up(Theatre& t, int bloc, int place) {
    const int staging = t.staging[bloc][place];
    if (!friendly_place(t, bloc, staging)) {
        close_operation(t, bloc, place, true);
        return;
    }
    if (t.marched[bloc][place] == 1) {
        _march(t, bloc, place, staging);
        if (bloc_fighters(t, bloc, place) > 0.0) {
            t.phase[bloc][place] = PROBE;
            t.phase_day[bloc][place] = t.day;
        } else if (on_the_way(t, bloc, place, OFFENSIVE) <= 0.0) {
            close_operation(t, bloc, place, false);
        }
        return;
    }
    if (t.day - t.opened[bloc][place] < GATHER_DAYS) {
        dispatch(t, bloc, place);
        if (on_the_way(t, bloc, staging, OFFENSIVE) > 0.0) return;
    }
    double force = 0.0;
    for (const int a : t.actors_of[bloc]) {
        if (t.assigned[a][place] > 0.0) {
            force += min_(t.assigned[a][place], t.mobile[a][staging]) * effectiveness(t, a, staging);
        }
    }
    if (_enough(t, bloc, place, force)) {
        t.marched[bloc][place] = 1;
        t.phase_day[bloc][place] = t.day;
        _march(t, bloc, place, staging);
    } else if (t.day - t.opened[bloc][place] >= GATHER_DAYS) {
        close_operation(t, bloc, place, false);
    }
}

inline void _take_by_surprise(Theatre& t, int bloc, int place) {
    const int defender = t.holding[place];
    const double force = bloc_fighters(t, bloc, place);
    const double known = share_of(t.belief[defender][place], force);
    t.surprise_factor[bloc][place] = 1.0 + t.surprise * clip(1.0 - known, 0.0, 1.0);
}

inline void _probe(Theatre& t, int bloc, int place) {
    _march(t, bloc, place, t.staging[bloc][place]);
    if (bloc_fighters(t, bloc, place) <= 0.0) {
        if (on_the_way(t, bloc, place, OFFENSIVE) <= 0.0) close_operation(t, bloc, place, false);
        return;
    }
    const int elapsed = t.day - t.phase_day[bloc][place];
    if (elapsed < t.probe_length[bloc][place]) return;
    const bool waiting = on_the_way(t, bloc, place, OFFENSIVE) > 0.0;
    if (!waiting && _enough(t, bloc, place, bloc_power(t, bloc, place))) {
        t.phase[bloc][place] = ASSAULT;
        t.phase_day[bloc][place] = t.day;
        _take_by_surprise(t, bloc, place);
    } else if (elapsed > t.probe_length[bloc][place] + WAIT_DAYS) {
        close_operation(t, bloc, place, true);
    }
}

inline bool _strong_enough(Theatre& t, int bloc, int place) {
    const double wanted = t.go_threshold[t.lead[bloc][place]] * enemy_power(t, bloc, place);
    return bloc_power(t, bloc, place) >= wanted;
}

inline bool _given_up(const Theatre& t, int bloc, int place) {
    const int lead = t.lead[bloc][place];
    const double stake = t.value[bloc][place] / 4.0;
    const double lost = share_of(t.operation_lost[bloc][place], t.committed[bloc][place]);
    const double borne = t.abort_losses[lead] * stake;
    const double waited = t.below_parity[bloc][place];
    const double endured = t.patience[lead] * stake;
    if (lost <= borne && waited <= endured) return false;
    const double dear = share_of(lost, borne);
    const double tired = share_of(waited, endured);
    double beyond = dear > tired ? dear : tired;
    if (beyond < 1.0) beyond = 1.0;
    const double draw = t.uniform(MECHANISM_COMMAND, bloc * t.P + place, DRAW_ABORT);
    return draw < GIVING_UP * beyond;
}

inline void _assault(Theatre& t, int bloc, int place) {
    if (bloc_fighters(t, bloc, place) <= 0.0) {
        close_operation(t, bloc, place, false);
        return;
    }
    if (t.aim[bloc][place] != TAKE && t.progress[bloc][place] >= belt_depth(t, place)) {
        if (_strong_enough(t, bloc, place)) {
            t.aim[bloc][place] = TAKE;
        } else if (t.aim[bloc][place] == ISOLATE) {
            t.phase[bloc][place] = HOLD;
            routes::close_ring(t, place);
            t.phase_day[bloc][place] = t.day;
            return;
        } else {
            close_operation(t, bloc, place, true);
            return;
        }
    }
    const int days = t.day - t.phase_day[bloc][place];
    if (t.aim[bloc][place] == RAID && days >= RAID_DAYS) {
        close_operation(t, bloc, place, true);
        return;
    }
    if (t.supply[bloc][place] < 0.15 || _given_up(t, bloc, place)) {
        close_operation(t, bloc, place, true);
    }
}

inline void _hold(Theatre& t, int bloc, int place) {
    const int lead = t.lead[bloc][place];
    const double ring = bloc_power(t, bloc, place);
    const double garrison = hostile_fighters(t, bloc, place);
    if (ring < 0.3 * garrison || t.supply[bloc][place] < 0.15) {
        close_operation(t, bloc, place, true);
    } else if (t.day - t.phase_day[bloc][place] > 4.0 * t.patience[lead]) {
        close_operation(t, bloc, place, true);
    } else if (_strong_enough(t, bloc, place)) {
        routes::open_ring(t);
        t.aim[bloc][place] = TAKE;
        t.phase[bloc][place] = ASSAULT;
        t.phase_day[bloc][place] = t.day;
    }
}

inline void _run(Theatre& t, int bloc, int place) {
    if (!hostile_place(t, bloc, place)) {
        close_operation(t, bloc, place, true);
        return;
    }
    const int phase = t.phase[bloc][place];
    if (phase == BUILD_UP) {
        _build_up(t, bloc, place);
    } else if (phase == PROBE) {
        _probe(t, bloc, place);
    } else if (phase == ASSAULT) {
        _assault(t, bloc, place);
    } else {
        _hold(t, bloc, place);
    }
}

inline void _support(Theatre& t, int bloc) {
    for (const int q : t.kept.operations[bloc]) {
        if (t.phase[bloc][q] != PROBE && t.phase[bloc][q] != ASSAULT) continue;
        const double* row = routes::distances_to(t, bloc, q);
        const int lead = t.lead[bloc][q];
        const double sent = per_review(SUPPORT_SHARE);
        for (const int p : t.kept.manned_by[bloc]) {
            if (!friendly_place(t, bloc, p) || row[p] < 0.0 || row[p] > SUPPORT_DAYS) continue;
            const double share = sent * free_share(t, bloc, p);
            if (share <= 0.0) continue;
            for (const int a : t.actors_of[bloc]) {
                if (t.area[a][q] == 0 || t.mobile[a][p] <= 0.0) continue;
                if (a != lead && t.coordination[a][lead] < 0.5) continue;
                const double size = share * (t.mobile[a][p] - held_back(t, a, p));
                launch(t, a, p, q, size, traits_at(t, a, p), OFFENSIVE);
            }
        }
    }
}

// Run operations, answer alarms, and review what to open.
inline void advance(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        for (const int p : either(t.kept.operations[b], both(t.kept.manned_by[b], t.kept.barred[b]))) {
            if (t.phase[b][p] != NO_OPERATION) {
                _run(t, b, p);
            } else if (hostile_place(t, b, p) && bloc_fighters(t, b, p) > 0.0) {
                march_back(t, b, p);
            }
        }
        response::advance(t, b);
        if ((t.day + 3 * b) % REVIEW_DAYS == 0) {
            _support(t, b);
            response::level_out(t, b);
            if (running(t, b) < t.max_operations[b]) choosing::review(t, b);
        }
    }
}

}  // namespace contingent::command
