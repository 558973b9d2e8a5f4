// Capture: a place changes hands, and what that does to everybody there.
// Twin of reference/capture.py: escape_share of the garrison gets away, garrison_share of the winners
// stay as garrison, arms pass to the captor, neighbours are alarmed, the winner may press on.
#pragma once

#include "columns.h"
#include "operations.h"
#include "routes.h"
#include "state.h"
#include "surveillance.h"

namespace contingent::capture {

using columns::launch;
using operations::close_operation;
using operations::open_operation;
using surveillance::raise_alarm;

inline constexpr double EXPLOIT_DAYS = 1.2;
inline constexpr double EXPLOIT_SHARE = 0.8;
inline constexpr int DRAW_EXPLOIT = 2;

// Change the holder to the bloc's strongest actor there and forget the old fight.
inline void hand_over(Theatre& t, int bloc, int place) {
    const int loser = t.holding[place];
    int strongest = t.bloc_leader[bloc];
    for (const int a : t.actors_of[bloc]) {
        if (fighters(t, a, place) > fighters(t, strongest, place)) {
            strongest = a;
        }
    }
    routes::change_holder(t, place, strongest);
    t.capture_day[place] = t.day;
    t.lost_day[loser][place] = t.day;
    t.entrenchment[place] = 0.0;
    t.kept.diggings.add(place);
    t.fight_day[place] = -1;
    t.flags[place] = 0;
    t.alarm[loser][place] = -1;
    t.kept.alarms[loser].drop(place);
    for (int b = 0; b < t.B; ++b) {
        t.progress[b][place] = 0.0;
        if (t.phase[b][place] != NO_OPERATION && !hostile_place(t, b, place)) {
            close_operation(t, b, place, true);
        }
    }
}

inline double _escape(Theatre& t, int winner, int place) {
    double beaten = 0.0;
    for (int a = 0; a < t.A; ++a) {
        const int bloc = t.actor_bloc[a];
        if (t.stance[winner][bloc] != HOSTILE || t.attacking[bloc][place] == 1) continue;
        const double size = fighters(t, a, place);
        if (size <= 0.0) continue;
        beaten += size;
        t.mobile[a][place] = size;
        t.static_[a][place] = 0.0;
        const int home = routes::nearest_own(t, bloc, place);
        if (home >= 0) {
            const double away = t.escape_share * size;
            launch(t, a, place, home, away, traits_at(t, a, place), RETREAT);
        }
        t.surrendered[a] += t.mobile[a][place];
        t.mobile[a][place] = 0.0;
    }
    return beaten;
}

inline void _exploit(Theatre& t, int bloc, int place, int lead) {
    if (t.choice[CHOICE_EXPLOITATION] != 0) return;
    if (t.uniform(MECHANISM_COMBAT, place, DRAW_EXPLOIT) >= t.exploitation[lead]) return;
    int best = -1;
    for (const auto [r, other] : t.links[place]) {
        if (routes::leg_days(t, r) > EXPLOIT_DAYS) continue;
        if (!hostile_place(t, bloc, other) || t.value[bloc][other] <= 0.0) continue;
        if (t.area[lead][other] == 0 || at_ceasefire(t, bloc, t.holding[other])) continue;
        if (best < 0 || t.value[bloc][other] > t.value[bloc][best]) best = other;
    }
    if (best < 0 || !open_operation(t, bloc, best, lead, TAKE)) return;
    t.probe_length[bloc][best] = 0.5;
    for (const int a : t.actors_of[bloc]) {
        if (t.mobile[a][place] > 0.0) {
            t.assigned[a][best] = max_(t.assigned[a][best], EXPLOIT_SHARE * t.mobile[a][place]);
        }
    }
}

// Hand the place to the bloc and settle what follows.
inline void capture(Theatre& t, int bloc, int place) {
    const int loser = t.holding[place];
    const double beaten = _escape(t, bloc, place);
    hand_over(t, bloc, place);
    const int strongest = t.holder[place];
    const double force = bloc_fighters(t, bloc, place);
    const double gain = 1.0 + t.captured_arms * min_(1.0, beaten / force);
    for (const int a : t.actors_of[bloc]) {
        if (fighters(t, a, place) > 0.0) {
            t.quality[a][place] *= gain;
            const double kept = t.garrison_share * t.mobile[a][place];
            t.mobile[a][place] -= kept;
            t.static_[a][place] += kept;
        }
    }
    t.supply[bloc][place] = max_(t.supply[bloc][place], 0.8);
    for (const int r : t.routes_at[place]) {
        const int other = routes::other_end(t, r, place);
        if (own_place(t, loser, other)) raise_alarm(t, loser, other);
    }
    if (t.mechanism_on[MECHANISM_COMMAND] == 1) _exploit(t, bloc, place, strongest);
}

}  // namespace contingent::capture
