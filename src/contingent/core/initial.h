// How things stand on day 0: forces, running operations, sieges, beliefs, drawn dates.
// Twin of reference/initial.py; every cell of the state is zero before.
#pragma once

#include "choosing.h"
#include "clock.h"
#include "combat.h"
#include "routes.h"
#include "state.h"
#include "supply.h"

namespace contingent::initial {

using supply::mark_besieged;

inline constexpr int LONG_AGO = -1000;

inline void _places(Theatre& t) {
    for (int p = 0; p < t.P; ++p) {
        set_holder(t, p, t.initial_holder[p]);
        t.entrenchment[p] = t.initial_entrenchment[p];
        t.kept.diggings.add(p);
        t.capture_day[p] = LONG_AGO;
        t.fight_day[p] = -1;
    }
}

inline void _actors(Theatre& t) {
    for (int a = 0; a < t.A; ++a) {
        t.will[a] = t.initial_will[a];
        t.sponsor_level[a] = 1.0;
        for (int k = 0; k < t.K; ++k) {
            t.commitment[a][k] = t.initial_commitment[a][k];
            t.announced[a][k] = t.initial_commitment[a][k];
        }
        for (int other = 0; other < t.A; ++other) t.tacit[a][other] = t.initial_tacit[a][other];
        for (int p = 0; p < t.P; ++p) {
            t.mobile[a][p] = t.initial_mobile[a][p];
            t.static_[a][p] = t.initial_static[a][p];
            t.quality[a][p] = t.initial_quality[a][p];
            t.resolve[a][p] = t.initial_resolve[a][p];
            t.readiness[a][p] = t.initial_readiness[a][p];
            if (fighters(t, a, p) > 0.0) note_manned(t, a, p);
        }
    }
}

inline void _bloc_place(Theatre& t, int bloc, int place) {
    t.supply[bloc][place] = t.initial_stocks[bloc][place];
    t.kept.lacking[bloc].add(place);
    t.closed[bloc][place] = LONG_AGO;
    t.alarm[bloc][place] = -1;
    t.alarm_last[bloc][place] = LONG_AGO;
    t.relief_day[bloc][place] = LONG_AGO;
    t.lost_day[bloc][place] = LONG_AGO;
    t.surprise_factor[bloc][place] = 1.0;
    double worth = 0.0;
    for (const int a : t.actors_of[bloc]) {
        worth = max_(worth, t.aims[a][place]);
    }
    t.value[bloc][place] = worth;
    if (worth > 0.0) t.kept.wanted[bloc].add(place);
}

inline void _running_operation(Theatre& t, int bloc, int place) {
    const int phase = t.initial_phase[bloc][place];
    if (phase == NO_OPERATION) return;
    const int staging = t.initial_staging[bloc][place];
    t.phase[bloc][place] = phase;
    t.kept.operations[bloc].add(place);
    if (phase == HOLD) routes::close_ring(t, place);
    t.lead[bloc][place] = t.initial_lead[bloc][place];
    t.staging[bloc][place] = staging;
    t.aim[bloc][place] = t.initial_aim[bloc][place];
    t.opened[bloc][place] = t.initial_since[bloc][place];
    t.phase_day[bloc][place] = t.initial_since[bloc][place];
    t.probe_length[bloc][place] = t.probe[t.lead[bloc][place]];
    t.progress[bloc][place] = t.initial_progress[bloc][place] * depth(t, place);
    t.kept.gains[bloc].add(place);
    for (const int a : t.actors_of[bloc]) {
        if (t.mobile[a][staging] <= 0.0) continue;
        const double size = t.committed_share[bloc][place] * t.mobile[a][staging];
        if (phase == BUILD_UP) {
            t.assigned[a][place] = size;
            continue;
        }
        t.marched[bloc][place] = 1;
        t.mobile[a][staging] -= size;
        join(t, a, place, size, traits_at(t, a, staging));
    }
    if (phase != BUILD_UP) t.committed[bloc][place] = bloc_fighters(t, bloc, place);
}

inline void _first_beliefs(Theatre& t, int bloc) {
    const double bias = t.bias[t.bloc_leader[bloc]];
    for (int p = 0; p < t.P; ++p) t.belief[bloc][p] = bias * hostile_fighters(t, bloc, p);
}

// Fill the state from the tables of the scenario and this future's unknowns.
inline void set_up(Theatre& t) {
    _places(t);
    _actors(t);
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) _bloc_place(t, b, p);
    }
    for (int n = 0; n < t.N; ++n) {
        for (int k = 0; k < SHOCK_MEMORY; ++k) t.shock_days[n][k] = LONG_AGO;
    }
    for (int d = 0; d < t.D; ++d) t.satisfied[d] = -1;
    for (int x = 0; x < t.X; ++x) t.intervened[x] = -1;
    for (int r = 0; r < t.R; ++r) t.route_open[r] = t.initial_open[r];
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) _running_operation(t, b, p);
    }
    for (int b = 0; b < t.B; ++b) {
        _first_beliefs(t, b);
        routes::find_connected(t, b);
        if (t.mechanism_on[MECHANISM_SUPPLY] == 0) {
            for (int p = 0; p < t.P; ++p) t.connected[b][p] = 1;
        }
    }
    mark_besieged(t);
    if (t.mechanism_on[MECHANISM_CLOCK] == 1) clock::draw_dates(t);
    choosing::draw_quiet(t);
    combat::find_contacts(t);
}

}  // namespace contingent::initial
