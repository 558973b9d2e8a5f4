// Choosing: which operations a bloc opens.
// Twin of reference/choosing.py: utility = worth * (P - defeat_weight * (1 - P)) - march - start cost,
// P = logistic(2.5 * (ln(pool / E) - ln go_threshold)); a weekly logit against doing nothing, and
// 1 - (1 - p)^(n/7) for a review of n days.
#pragma once

#include <algorithm>

#include "commitment.h"
#include "operations.h"
#include "routes.h"
#include "state.h"

namespace contingent::choosing {

using commitment::air_level;
using operations::bound_share;
using operations::free_share;
using operations::held_back;
using operations::open_operation;

inline constexpr int REVIEW_DAYS = 7;
inline constexpr int REST_DAYS = 30;
inline constexpr int MOMENTUM_DAYS = 14;
inline constexpr double STEEPNESS = 2.5;
inline constexpr int DRAW_CHOICE = 3;
inline constexpr int DRAW_QUIET = 5;
inline constexpr double HOPELESS = -50.0;
inline constexpr double RELIEF_DAYS = 2.0;
inline constexpr double RELIEF_SHARE = 0.25;
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
        if (t.belief[bloc][p] <= 0.0 || !own_place(t, opponent, p)) continue;
        relief += t.belief[bloc][p] * mobile_share(t, opponent, p);
    }
    const double hours = t.watch[opponent][place];
    const double in_time = 0.5 + 0.5 * (1.0 - exp_(-hours * t.sweep / t.sector[place]));
    return RELIEF_SHARE * relief * in_time * (1.0 - bound_share(t, opponent, place));
}

// Power the bloc believes in the place itself.
inline double garrison_power(const Theatre& t, int bloc, int place) {
    const double quality = max_(t.quality[t.holder[place]][place], 0.5);
    const double believed = t.belief[bloc][place] * quality + t.unseen;
    return believed * t.terrain[place] * (1.0 + 0.5 * t.entrenchment[place]);
}

// Power the bloc believes it must beat to take the place.
inline double enemy_power(Theatre& t, int bloc, int place) {
    double power = garrison_power(t, bloc, place);
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

inline bool _mobile(const Theatre& t, int actor) {
    for (const int p : t.kept.manned[actor]) {
        if (t.mobile[actor][p] > 0.0) return true;
    }
    return false;
}

inline int _leading(const Theatre& t, int bloc, int place) {
    int best = -1;
    for (const int a : t.actors_of[bloc]) {
        if (t.area[a][place] == 0 || t.aims[a][place] <= 0.0) continue;
        if (best >= 0 && t.aims[a][place] <= t.aims[best][place]) continue;
        if (_mobile(t, a)) best = a;
    }
    return best;
}

// Whether the bloc may open an operation against a hostile place.
inline bool _eligible(const Theatre& t, int bloc, int place) {
    if (t.value[bloc][place] <= 0.0) return false;
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
inline double per_review(double weekly) { return 1.0 - pow_(1.0 - weekly, REVIEW_DAYS / 7.0); }

// Open the operation that the bloc chooses, if it chooses any.
inline void review(Theatre& t, int bloc) {
    const int leader = t.bloc_leader[bloc];
    bool any = false;
    double total = 0.0;
    double best = 0.0;
    int best_place = -1;
    int best_aim = 0;
    std::fill_n(&t.utility[0][0], t.P * t.K, 0.0);
    for (const int q : t.kept.barred[bloc]) {
        if (!_eligible(t, bloc, q)) continue;
        if (!any) _find_pool(t, bloc);
        any = true;
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
    if (!any) return;
    double draw = t.uniform(MECHANISM_COMMAND, bloc, DRAW_CHOICE);
    if (t.choice[CHOICE_DECISION] != 0) {
        if (best_place >= 0 && draw < per_review(0.5)) {
            open_operation(t, bloc, best_place, _leading(t, bloc, best_place), best_aim);
        }
        return;
    }
    const double chance = per_review(total / (1.0 + total));
    if (draw >= chance) return;
    draw *= total / chance;
    for (const int q : t.kept.barred[bloc]) {
        for (int aim = 0; aim < 3; ++aim) {
            draw -= t.utility[q][aim];
            if (t.utility[q][aim] > 0.0 && draw < 0.0) {
                open_operation(t, bloc, q, _leading(t, bloc, q), aim);
                return;
            }
        }
    }
}

}  // namespace contingent::choosing
