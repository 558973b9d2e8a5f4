// What is kept from day to day because it seldom changes, or because looking everywhere costs more than
// noting where something is. The bits are those of working all of it out anew, as reference/ does.
#pragma once

#include <cstddef>
#include <vector>

#include "arithmetic.h"
#include "grid.h"
#include "layout.h"
#include "places.h"

namespace contingent {

// A power of a number for each actor and place; no kept number is below zero.
struct KeptPowers {
    Grid<double> of;
    Grid<double> power;

    double operator()(Size cell, double x, double exponent) const {
        if (of.cells[cell] != x) {
            of.cells[cell] = x;
            power.cells[cell] = pow_(x, exponent);
        }
        return power.cells[cell];
    }
};

inline constexpr Size ROWS = 3;

struct Traits {
    double quality;
    double resolve;
    double readiness;
};

struct Kept {
    // What hangs on the parameters alone.
    double* leg_days;
    double* nearness;
    double* shock_decay;
    double* quality_outside;  // traits of an actor's fighters that come from outside
    double* resolve_outside;
    double* log_threshold;  // ln(go_threshold) of an actor
    double log_even;        // ln(3 / even odds)
    double supply_decay;
    double hopeless;  // weight of the least utility

    KeptPowers readiness;

    // Where something is; it may be nowhere in a set, but is nowhere outside it.
    PlaceSets manned;      // by actor: its fighters
    PlaceSets manned_by;   // by bloc: its fighters
    PlaceSets operations;  // by bloc: its operations, and no other place
    PlaceSets alarms;      // by bloc: its alarms, and no other place
    PlaceSets held;        // by bloc: what it holds, and no other place
    PlaceSets barred;      // by bloc: what hostile blocs hold, and no other place
    PlaceSets wanted;      // by bloc: what is worth something to it
    PlaceSets expected;    // by bloc: its inbound belief
    PlaceSets lacking;     // by bloc: where its stocks would fill up
    PlaceSets gains;       // by bloc: its progress
    PlaceSets intruders;   // by bloc: where it stood in hostile places when its supply was last traced
    Places contacts;       // attacks, when contacts were last looked for
    Places rings;          // operations that hold a ring
    Places diggings;       // what is not entrenched to the full
    Places sorties;        // sorties of today
    Places withdrawals;    // withdrawals of today
    Cell turns;            // how often a holder changed, or a ring

    Grid<double> column_weight;  // scratch: of every column on the road
    Grid<double> rows;           // scratch: numbers over places
};

// Memory for what is kept of one future at a time.
struct KeptCells {
    const Cell** rows;
    Cell* lists;
    double* numbers;
    Word* sets;
};

inline Size list_rows(const Sizes& s) { return 3 * (s.B + 1) + 2 * (s.P + 1); }

inline Size list_cells(const Sizes& s) {
    return 3 * s.B * s.A + 6 * s.R + (s.B + 3) * s.P + 2 * s.B + s.A;
}

inline Size kept_numbers(const Sizes& s) {
    return 2 * s.R + s.N + 3 * s.A + s.A * s.W + ROWS * s.P + 2 * s.A * s.P;
}

inline Size kept_words(const Sizes& s) { return words_of(s.P) * (s.A + 10 * s.B + 6); }

class KeptMemory {
public:
    explicit KeptMemory(const Sizes& s)
        : rows(static_cast<std::size_t>(list_rows(s))),
          lists(static_cast<std::size_t>(list_cells(s))),
          numbers(static_cast<std::size_t>(kept_numbers(s))),
          sets(static_cast<std::size_t>(kept_words(s))) {}
    KeptCells cells() { return {rows.data(), lists.data(), numbers.data(), sets.data()}; }

private:
    std::vector<const Cell*> rows;
    std::vector<Cell> lists;
    std::vector<double> numbers;
    std::vector<Word> sets;
};

inline Kept bind_kept(const Sizes& s, double* numbers, Word* sets) {
    Kept kept{};
    const auto row = [&](Size size) {
        double* const first = numbers;
        numbers += size;
        return first;
    };
    const auto grid = [&] { return Grid<double>{row(s.A * s.P), s.P}; };
    kept.leg_days = row(s.R);
    kept.nearness = row(s.R);
    kept.shock_decay = row(s.N);
    kept.quality_outside = row(s.A);
    kept.resolve_outside = row(s.A);
    kept.log_threshold = row(s.A);
    kept.column_weight = {row(s.A * s.W), s.W};
    kept.rows = {row(ROWS * s.P), s.P};
    kept.readiness = {grid(), grid()};
    const Size words = words_of(s.P);
    for (Size i = 0; i < kept_words(s); ++i) sets[i] = 0;
    const auto owners = [&](Size count) {
        PlaceSets own = {sets, words};
        sets += count * words;
        return own;
    };
    kept.manned = owners(s.A);
    kept.manned_by = owners(s.B);
    kept.operations = owners(s.B);
    kept.alarms = owners(s.B);
    kept.barred = owners(s.B);
    kept.gains = owners(s.B);
    kept.held = owners(s.B);
    kept.wanted = owners(s.B);
    kept.expected = owners(s.B);
    kept.lacking = owners(s.B);
    kept.intruders = owners(s.B + 1);
    kept.contacts = owners(1)[0];
    kept.rings = owners(1)[0];
    kept.diggings = owners(1)[0];
    kept.sorties = owners(1)[0];
    kept.withdrawals = owners(1)[0];
    return kept;
}

inline void forget_powers(const Sizes& s, const Kept& kept) {
    for (int a = 0; a < s.A; ++a) {
        for (int p = 0; p < s.P; ++p) kept.readiness.of[a][p] = -1.0;
    }
}

}  // namespace contingent
