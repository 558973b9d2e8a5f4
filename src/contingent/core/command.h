// Command: which operations a bloc opens, and how it runs them.
// Twin of reference/command.py: utility = worth * (P - defeat_weight * (1 - P)) - march - start cost,
// P = logistic(2.5 * (ln(pool / E) - ln go_threshold)); a weekly logit against doing nothing, and
// 1 - (1 - p)^(n/7) for a review of n days.
#pragma once

#include "columns.h"
#include "commitment.h"
#include "operations.h"
#include "response.h"
#include "routes.h"
#include "state.h"

namespace contingent::command {

using columns::launch;
using columns::on_the_way;
using commitment::air_level;
using operations::bound_share;
using operations::close_operation;
using operations::dispatch;
using operations::free_share;
using operations::held_back;
using operations::march_back;
using operations::open_operation;
using operations::running;

inline constexpr int REVIEW_DAYS = 7;
inline constexpr int REST_DAYS = 30;
inline constexpr int MOMENTUM_DAYS = 14;
inline constexpr double STEEPNESS = 2.5;
inline constexpr int DRAW_CHOICE = 3;
inline constexpr int DRAW_ABORT = 4;
inline constexpr int DRAW_QUIET = 5;
inline constexpr double GIVING_UP = 0.1;
inline constexpr double HOPELESS = -50.0;
inline constexpr double RELIEF_DAYS = 2.0;
inline constexpr double RELIEF_SHARE = 0.25;
inline constexpr double SUPPORT_DAYS = 1.5;
inline constexpr double SUPPORT_SHARE = 0.15;
inline constexpr int GATHER_DAYS = 20;
inline constexpr int WAIT_DAYS = 30;
inline constexpr int RAID_DAYS = 10;
inline constexpr double AIM_WORTH[] = {1.0, 0.4, 0.25};
inline constexpr double AIM_ENEMY[] = {1.0, 0.6, 0.4};
inline constexpr double AIM_COST[] = {1.0, 0.8, 0.5};

// Draw once, for every bloc and place, what it takes to keep it out of neutrals' operations.
inline void draw_quiet(Theatre& t) {
    for (int b = 0; b < t.B; ++b) {
        for (int p = 0; p < t.P; ++p) {
            t.quiet[b][p] = t.uniform(MECHANISM_COMMAND, b * t.P + p, DRAW_QUIET);
        }
    }
}

inline double _free_relief(Theatre& t, int bloc, int place) {
    const int opponent = t.holding[place];
    double relief = 0.0;
    for (const int a : t.actors_of[opponent]) {
        if (t.air_distance[a][place] <= t.air_range[a]) {
            relief += t.sorties[a] * air_level(t, a) * t.air_effect[a];
        }
    }
    const double* row = routes::distances_to(t, opponent, place);
    for (const int p : t.kept.manned_by[opponent]) {
        if (p == place || row[p] < 0.0 || row[p] > RELIEF_DAYS) continue;
        if (own_place(t, opponent, p)) relief += t.belief[bloc][p] * mobile_share(t, opponent, p);
    }
    const double hours = t.watch[opponent][place];
    const double in_time = 0.5 + 0.5 * (1.0 - exp_(-hours * t.sweep / t.sector[place]));
    return RELIEF_SHARE * relief * in_time * (1.0 - bound_share(t, opponent, place));
}

// Power the bloc believes it must beat to take the place.
inline double enemy_power(Theatre& t, int bloc, int place) {
    const double quality = max_(t.quality[t.holder[place]][place], 0.5);
    const double believed = t.belief[bloc][place] * quality + t.unseen;
    double power = believed * t.terrain[place] * (1.0 + 0.5 * t.entrenchment[place]);
    if (t.choice[CHOICE_OPPORTUNITY] == 0) {
        const double weight = t.opportunism[t.bloc_leader[bloc]];
        power += weight * _free_relief(t, bloc, place);
    }
    return power;
}

inline void _find_pool(Theatre& t, int bloc) {
    for (int p = 0; p < t.P; ++p) t.weight[p] = 0.0;
    for (const int p : t.kept.manned_by[bloc]) {
        if (!friendly_place(t, bloc, p)) continue;
        const double share = free_share(t, bloc, p);
        if (share <= 0.0) continue;
        for (const int a : t.actors_of[bloc]) {
            if (t.mobile[a][p] > 0.0) {
                const double free = t.mobile[a][p] - held_back(t, a, p);
                t.weight[p] += t.commit_share[a] * share * free * effectiveness(t, a, p);
            }
        }
    }
}

inline int _leading(const Theatre& t, int bloc, int place) {
    int best = -1;
    for (const int a : t.actors_of[bloc]) {
        if (t.area[a][place] == 0 || t.aims[a][place] <= 0.0) continue;
        double mobile = 0.0;
        for (const int p : t.kept.manned[a]) mobile += t.mobile[a][p];
        if (mobile > 0.0 && (best < 0 || t.aims[a][place] > t.aims[best][place])) best = a;
    }
    return best;
}

inline bool _eligible(const Theatre& t, int bloc, int place) {
    if (!hostile_place(t, bloc, place) || t.value[bloc][place] <= 0.0) return false;
    if (t.phase[bloc][place] != NO_OPERATION || t.day - t.closed[bloc][place] < REST_DAYS) return false;
    if (_leading(t, bloc, place) < 0 || at_ceasefire(t, bloc, t.holding[place])) {
        return false;
    }
    const int leader = t.bloc_leader[bloc];
    for (int b = 0; b < t.B; ++b) {
        if (t.stance[bloc][b] == NEUTRAL && t.phase[b][place] != NO_OPERATION) {
            if (t.quiet[bloc][place] < t.tacit[leader][t.bloc_leader[b]]) return false;
        }
    }
    return true;
}

inline double _momentum(const Theatre& t, int bloc, int place) {
    for (const int r : t.routes_at[place]) {
        const int other = routes::other_end(t, r, place);
        if (own_place(t, bloc, other)) {
            if (t.day - t.capture_day[other] <= MOMENTUM_DAYS) return t.momentum;
        }
    }
    return 0.0;
}

// What an attack on a place has to reckon with, whatever its aim.
struct Prospect {
    double pool;
    double nearest;
    double enemy;
    double worth;
};

inline Prospect _prospect(Theatre& t, int bloc, int place, int leader) {
    const double* row = routes::distances_to(t, bloc, place);
    const double reach = t.reach[leader] / 100.0;
    double pool = 0.0;
    double nearest = -1.0;
    for (const int p : t.kept.manned_by[bloc]) {
        if (t.weight[p] > 0.0 && row[p] >= 0.0 && row[p] <= reach) {
            pool += t.weight[p];
            if (nearest < 0.0 || row[p] < nearest) nearest = row[p];
        }
    }
    if (pool <= 0.0) return {};
    const double worth = t.value[bloc][place] + _momentum(t, bloc, place);
    return {pool, nearest, enemy_power(t, bloc, place), worth};
}

inline double _utility(const Theatre& t, const Prospect& ahead, int aim, int leader) {
    if (ahead.pool <= 0.0) return HOPELESS;
    const double odds = ahead.pool / (AIM_ENEMY[aim] * ahead.enemy);
    const double log_odds = log_(odds) - t.kept.log_threshold[leader];
    const double success = logistic(STEEPNESS * log_odds);
    const double worth = AIM_WORTH[aim] * ahead.worth;
    const double gain = worth * (success - t.defeat_weight * (1.0 - success));
    const double cost = ahead.nearest * 100.0 / t.distance_cost + AIM_COST[aim] * t.start_cost[leader];
    return clip(gain - cost, HOPELESS, -HOPELESS);
}

// Chance or share a review, from that of a week.
inline double _per_review(double weekly) { return 1.0 - pow_(1.0 - weekly, REVIEW_DAYS / 7.0); }

inline void _review(Theatre& t, int bloc) {
    const int leader = t.bloc_leader[bloc];
    _find_pool(t, bloc);
    double total = 0.0;
    double best = 0.0;
    int best_place = -1;
    int best_aim = 0;
    for (int q = 0; q < t.P; ++q) {
        for (int aim = 0; aim < 3; ++aim) t.utility[q][aim] = 0.0;
        if (!_eligible(t, bloc, q)) continue;
        const Prospect ahead = _prospect(t, bloc, q, leader);
        for (int aim = 0; aim < 3; ++aim) {
            const double utility = _utility(t, ahead, aim, leader);
            if (utility > best) {
                best = utility;
                best_place = q;
                best_aim = aim;
            }
            const double weight = utility == HOPELESS ? t.kept.hopeless : exp_(utility);
            t.utility[q][aim] = weight;
            total += weight;
        }
    }
    double draw = t.uniform(MECHANISM_COMMAND, bloc, DRAW_CHOICE);
    if (t.choice[CHOICE_DECISION] != 0) {
        if (best_place >= 0 && draw < _per_review(0.5)) {
            open_operation(t, bloc, best_place, _leading(t, bloc, best_place), best_aim);
        }
        return;
    }
    const double chance = _per_review(total / (1.0 + total));
    if (draw >= chance) return;
    draw *= total / chance;
    for (int q = 0; q < t.P; ++q) {
        for (int aim = 0; aim < 3; ++aim) {
            draw -= t.utility[q][aim];
            if (t.utility[q][aim] > 0.0 && draw < 0.0) {
                open_operation(t, bloc, q, _leading(t, bloc, q), aim);
                return;
            }
        }
    }
}

inline double _wanted(Theatre& t, int bloc, int place) {
    const int lead = t.lead[bloc][place];
    const double enemy = AIM_ENEMY[t.aim[bloc][place]] * enemy_power(t, bloc, place);
    return 0.6 * t.go_threshold[lead] * enemy;
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
    if (force >= _wanted(t, bloc, place)) {
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
    if (!waiting && bloc_power(t, bloc, place) >= _wanted(t, bloc, place)) {
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
        for (const int p : t.kept.manned_by[bloc]) {
            if (!friendly_place(t, bloc, p) || row[p] < 0.0 || row[p] > SUPPORT_DAYS) continue;
            const double share = _per_review(SUPPORT_SHARE) * free_share(t, bloc, p);
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
        for (const int p : either(t.kept.operations[b], t.kept.manned_by[b])) {
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
            if (running(t, b) < t.max_operations[b]) _review(t, b);
        }
    }
}

}  // namespace contingent::command
