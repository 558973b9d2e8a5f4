// One future of a program: its values of everything unknown, a state of zeros, and the days.
// Twin of the constructor of Theatre in reference/state.py.
#pragma once

#include <cstdint>

#include "day.h"
#include "keeping.h"
#include "layout.h"
#include "state.h"

namespace contingent {

// What a future is made from; theta is scattered over the parameters as target = slot * scale.
struct Program {
    Sizes sizes;
    int days;
    const Cell* structure;
    const double* parameters;
    std::int64_t n_parameters;
    const std::int64_t* theta_target;
    const std::int64_t* theta_slot;
    const double* theta_scale;
    std::int64_t n_theta;
};

// Memory for one future at a time: parameter_cells, state_float_cells and state_int_cells of the sizes, and
// what is kept.
struct Scratch {
    double* values;
    double* floats;
    Cell* ints;
    KeptCells kept;
};

inline void run_program(const Program& program, const double* theta, Key key, std::uint32_t future,
                        const std::uint32_t* keys, Scratch scratch, day::Log log,
                        const double* later = nullptr, int later_day = -1) {
    Theatre t{};
    static_cast<Sizes&>(t) = program.sizes;
    for (std::int64_t i = 0; i < program.n_parameters; ++i) scratch.values[i] = program.parameters[i];
    for (std::int64_t i = 0; i < program.n_theta; ++i) {
        scratch.values[program.theta_target[i]] = theta[program.theta_slot[i]] * program.theta_scale[i];
    }
    const Size floats = state_float_cells(t), ints = state_int_cells(t);
    for (Size i = 0; i < floats; ++i) scratch.floats[i] = 0.0;
    for (Size i = 0; i < ints; ++i) scratch.ints[i] = 0;
    bind_structure(t, program.structure);
    bind_parameter(t, scratch.values);
    bind_state_float(t, scratch.floats);
    bind_state_int(t, scratch.ints);
    keeping::begin(t, scratch.kept);
    t.key = key;
    t.keys = keys;
    t.future = future;
    day::run_future(t, program.days, log, {scratch.values, later, program.n_parameters, later_day});
}

}  // namespace contingent
