// Numbers kept from day to day because what they come from seldom changes; the bits are those of working
// them out anew, as reference/ does.
#pragma once

#include "arithmetic.h"
#include "grid.h"
#include "layout.h"

namespace contingent {

// A power of a number for each actor and place; no kept number is below zero.
struct KeptPowers {
    Grid<double> of;
    Grid<double> power;

    double operator()(Size actor, Size place, double x, double exponent) const {
        double& known = of[actor][place];
        if (known != x) {
            known = x;
            power[actor][place] = pow_(x, exponent);
        }
        return power[actor][place];
    }
};

struct Kept {
    double* leg_days;
    double* nearness;
    KeptPowers readiness;
    KeptPowers attention;
};

inline Size kept_cells(const Sizes& s) { return 2 * s.R + 4 * s.A * s.P; }

inline Kept bind_kept(const Sizes& s, double* next) {
    double* const grids = next + 2 * s.R;
    const auto grid = [&](int i) { return Grid<double>{grids + i * s.A * s.P, s.P}; };
    return {next, next + s.R, {grid(0), grid(1)}, {grid(2), grid(3)}};
}

inline void forget_powers(const Sizes& s, const Kept& kept) {
    for (int a = 0; a < s.A; ++a) {
        for (int p = 0; p < s.P; ++p) {
            kept.readiness.of[a][p] = -1.0;
            kept.attention.of[a][p] = -1.0;
        }
    }
}

}  // namespace contingent
