// The state of one future, and the few questions about it that every mechanism asks.
// Twin of reference/state.py: the same tables under the same names, see layout.h.
#pragma once

#include <cstdint>

#include "arithmetic.h"
#include "kept.h"
#include "layout.h"
#include "streams.h"

namespace contingent {

// Python's min and max, argument for argument.
inline double min_(double a, double b) { return b < a ? b : a; }
inline double max_(double a, double b) { return b > a ? b : a; }

// The largest whole number not above x, for |x| < 2**62.
inline std::int64_t floor_(double x) {
    const std::int64_t n = static_cast<std::int64_t>(x);
    return static_cast<double>(n) > x ? n - 1 : n;
}

// Numbers of one row of a list, in ascending order.
struct Range {
    const Cell* first;
    const Cell* last;
    const Cell* begin() const { return first; }
    const Cell* end() const { return last; }
};

// Rows of different lengths one after the other: row i lies from row[i] to row[i + 1].
struct Lists {
    const Cell** row;
    Range operator[](Size i) const { return {row[i], row[i + 1]}; }
};

// Where an open route leads.
struct Link {
    Cell route;
    Cell place;
};

// The open routes of every place, a link in two cells.
struct Links {
    struct Iterator {
        const Cell* at;
        Link operator*() const { return {at[0], at[1]}; }
        Iterator& operator++() {
            at += 2;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return at != other.at; }
    };
    struct Range {
        const Cell* first;
        const Cell* last;
        Iterator begin() const { return {first}; }
        Iterator end() const { return {last}; }
    };
    const Cell** row;
    Range operator[](Size place) const { return {row[place], row[place + 1]}; }
};

struct Theatre : Tables {
    Lists actors_of;    // of a bloc
    Lists hostiles_of;  // actors of blocs hostile to a bloc
    Lists allies_of;    // actors of blocs allied to a bloc, and its own
    Lists routes_at;    // routes that touch a place
    Links links;        // open routes of a place; none opens or closes after day 0
    Cell* holding;      // bloc that holds a place
    Grid<Cell> standing;  // stance of a bloc to the one that holds a place
    Cell* traced;       // by bloc: turns (kept.h) when its supply was last traced, -1 if never
    Cell* drifting;     // by actor: 1 if its tacit coordination may not be the usual
    Cell* ring;         // scratch: places that a search has still to leave, or a row of numbers
    Cell* waiting;      // scratch: 1 if the place is in the ring
    Cell* sides;        // scratch: blocs that fight at a place
    Kept kept;
    Key key;
    const std::uint32_t* keys;  // of single days and mechanisms (days, M, 2), or null
    std::uint32_t future;
    int day;

    // Uniform draw in (0, 1) of an entity on this day.
    double uniform(int mechanism, std::int64_t entity, int draw = 0) const {
        Key k = key;
        if (keys) {
            const std::uint32_t* pair = keys + (day * M + mechanism) * 2;
            k = {pair[0], pair[1]};
        }
        return contingent::uniform(k, future, static_cast<std::uint32_t>(day),
                                   static_cast<std::uint32_t>(mechanism),
                                   static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(draw));
    }

    // Standard normal draw of an entity on this day (inverse of one uniform).
    double normal(int mechanism, std::int64_t entity, int draw = 0) const {
        return normal_quantile(uniform(mechanism, entity, draw));
    }
};

// Note who belongs to whom, in the order of their numbers; returns where the next row begins.
inline Cell* _list_actors(Theatre& t, const Cell** row, Cell* next) {
    Lists* const of_actors[] = {&t.actors_of, &t.hostiles_of, &t.allies_of};
    for (int i = 0; i < 3; ++i) {
        *of_actors[i] = {row};
        for (int b = 0; b < t.B; ++b) {
            *row++ = next;
            for (int a = 0; a < t.A; ++a) {
                const int stance = t.stance[b][t.actor_bloc[a]];
                const bool own = t.actor_bloc[a] == b;
                if (i == 0 ? own : stance == (i == 1 ? HOSTILE : ALLIED)) *next++ = a;
            }
        }
        *row++ = next;
    }
    return next;
}

// Note what touches what, likewise.
inline Cell* _list_routes(Theatre& t, const Cell** row, Cell* next) {
    t.routes_at = {row};
    t.links = {row + t.P + 1};
    for (int p = 0; p < t.P; ++p) {
        t.routes_at.row[p] = next;
        for (int r = 0; r < t.R; ++r) {
            if (t.route_from[r] == p || t.route_to[r] == p) *next++ = r;
        }
    }
    t.routes_at.row[t.P] = next;
    for (int p = 0; p < t.P; ++p) {
        t.links.row[p] = next;
        for (const int r : t.routes_at[p]) {
            if (t.initial_open[r] == 0) continue;
            *next++ = r;
            *next++ = t.route_from[r] == p ? t.route_to[r] : t.route_from[r];
        }
    }
    t.links.row[t.P] = next;
    return next;
}

// Lay out the lists of neighbours and the cells that follow them.
inline void list_neighbours(Theatre& t, const Cell** row, Cell* next) {
    next = _list_actors(t, row, next);
    next = _list_routes(t, row + 3 * (t.B + 1), next);
    t.sides = next;
    next += t.B;
    t.holding = next;
    for (int p = 0; p < t.P; ++p) t.holding[p] = 0;
    t.standing = {next + t.P, t.P};
    t.ring = next + (1 + t.B) * t.P;
    t.waiting = t.ring + t.P;
    t.traced = t.waiting + t.P;
    for (int b = 0; b < t.B; ++b) t.traced[b] = -1;
    t.drifting = t.traced + t.B;
}

// Let the actor hold the place.
inline void set_holder(Theatre& t, int place, int actor) {
    const int bloc = t.actor_bloc[actor];
    t.kept.held[t.holding[place]].drop(place);
    t.kept.held[bloc].add(place);
    t.holder[place] = actor;
    t.holding[place] = bloc;
    for (int b = 0; b < t.B; ++b) {
        t.standing[b][place] = t.stance[b][bloc];
        t.kept.barred[b].put(place, t.stance[b][bloc] == HOSTILE);
    }
}

inline bool hostile(const Theatre& t, int actor, int other) {
    return t.stance[t.actor_bloc[actor]][t.actor_bloc[other]] == HOSTILE;
}

inline bool hostile_place(const Theatre& t, int bloc, int place) {
    return t.standing[bloc][place] == HOSTILE;
}

inline bool friendly_place(const Theatre& t, int bloc, int place) {
    return t.standing[bloc][place] == ALLIED;
}

inline bool own_place(const Theatre& t, int bloc, int place) {
    return t.holding[place] == bloc;
}

inline bool at_ceasefire(const Theatre& t, int bloc, int other) {
    for (int c = 0; c < t.C; ++c) {
        if (t.ceasefire[c] == 0) continue;
        const int first = t.actor_bloc[t.ceasefire_first[c]];
        const int second = t.actor_bloc[t.ceasefire_second[c]];
        if ((first == bloc && second == other) || (first == other && second == bloc)) return true;
    }
    return false;
}

// Where the actor's fighters at the place and what they are like lie in their tables: worked out
// once, as the compiler cannot know that the tables are alike.
inline Size cell_of(const Theatre& t, int actor, int place) { return t.mobile.at(actor, place); }

inline double fighters(const Theatre& t, int actor, int place) {
    const Size cell = cell_of(t, actor, place);
    return t.mobile.cells[cell] + t.static_.cells[cell];
}

inline double bloc_fighters(const Theatre& t, int bloc, int place) {
    if (!t.kept.manned_by[bloc].has(place)) return 0.0;
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        total += fighters(t, a, place);
    }
    return total;
}

inline double share_of(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

inline double mobile_share(const Theatre& t, int bloc, int place) {
    double mobile = 0.0;
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        mobile += t.mobile[a][place];
        total += fighters(t, a, place);
    }
    return share_of(mobile, total);
}

inline double hostile_fighters(const Theatre& t, int bloc, int place) {
    double total = 0.0;
    for (const int a : t.hostiles_of[bloc]) {
        total += fighters(t, a, place);
    }
    return total;
}

inline constexpr double READINESS_POWER = 0.7;

// Power of one fighter: quality times readiness to the power 0.7.
inline double effectiveness(const Theatre& t, int actor, int place) {
    const Size cell = cell_of(t, actor, place);
    return t.quality.cells[cell] * t.kept.readiness(cell, t.readiness.cells[cell], READINESS_POWER);
}

inline double bloc_power(const Theatre& t, int bloc, int place) {
    double total = 0.0;
    for (const int a : t.actors_of[bloc]) {
        const double force = fighters(t, a, place);
        if (force > 0.0) total += force * effectiveness(t, a, place);
    }
    return total;
}

inline double belt_depth(const Theatre& t, int place) {
    if (t.choice[CHOICE_BELT] != 0) return 0.0;
    return t.belt[place];
}

inline double depth(const Theatre& t, int place) { return belt_depth(t, place) + t.diameter[place]; }

inline bool under_attack(const Theatre& t, int place) {
    for (int b = 0; b < t.B; ++b) {
        if (t.attacking[b][place] == 1) return true;
    }
    return false;
}


inline double clip(double value, double low, double high) {
    if (value < low) return low;
    if (value > high) return high;
    return value;
}

// Let the sets of manned places hold the place.
inline void note_manned(const Theatre& t, int actor, int place) {
    t.kept.manned[actor].add(place);
    t.kept.manned_by[t.actor_bloc[actor]].add(place);
}

// Note that the actor withdrew from the place today.
inline void note_withdrawal(Theatre& t, int actor, int place) {
    t.withdrew[actor][place] = 1;
    t.kept.withdrawals.add(place);
}

// Merge mobile fighters into those already there; traits become means weighted by fighters.
inline void join(Theatre& t, int actor, int place, double size, Traits traits) {
    if (size <= 0.0) return;
    const double before = fighters(t, actor, place);
    const double total = before + size;
    const Size cell = cell_of(t, actor, place);
    double& quality = t.quality.cells[cell];
    double& resolve = t.resolve.cells[cell];
    double& readiness = t.readiness.cells[cell];
    quality = (quality * before + traits.quality * size) / total;
    resolve = (resolve * before + traits.resolve * size) / total;
    readiness = (readiness * before + traits.readiness * size) / total;
    t.mobile.cells[cell] += size;
    note_manned(t, actor, place);
}

inline Traits traits_at(const Theatre& t, int actor, int place) {
    const Size cell = cell_of(t, actor, place);
    return {t.quality.cells[cell], t.resolve.cells[cell], t.readiness.cells[cell]};
}

// Traits of fighters that come from outside.
inline Traits typical_traits(const Theatre& t, int actor) {
    return {t.kept.quality_outside[actor], t.kept.resolve_outside[actor], 1.0};
}

}  // namespace contingent
