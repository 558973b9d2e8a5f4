// One future of a program: its values of everything unknown, a state of zeros, and the days.
// Twin of the constructor of Theatre in reference/state.py.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

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

// Cells of one future's state in bytes: how it stands at the end of a day.
inline Size standing_bytes(const Sizes& s) {
    return state_float_cells(s) * static_cast<Size>(sizeof(double)) +
           state_int_cells(s) * static_cast<Size>(sizeof(Cell));
}

// Days to be played; from a day after the first on, of a future that stands as `standing` says, which
// is told how it stands in the end. Null where nobody asks.
struct Part {
    day::Stretch days;
    std::uint8_t* standing = nullptr;
};

inline void run_program(const Program& program, const double* theta, Key key, std::uint32_t future,
                        const std::uint32_t* keys, Scratch scratch, day::Log log, Part part,
                        const double* later = nullptr, int later_day = -1) {
    Theatre t{};
    static_cast<Sizes&>(t) = program.sizes;
    for (std::int64_t i = 0; i < program.n_parameters; ++i) scratch.values[i] = program.parameters[i];
    for (std::int64_t i = 0; i < program.n_theta; ++i) {
        scratch.values[program.theta_target[i]] = theta[program.theta_slot[i]] * program.theta_scale[i];
    }
    const bool begun = part.days.first > 0;
    if (begun && later != nullptr && later_day < part.days.first) {
        for (std::int64_t i = 0; i < program.n_parameters; ++i) scratch.values[i] = later[i];
    }
    const auto floats = static_cast<std::size_t>(state_float_cells(t)) * sizeof(double);
    const auto ints = static_cast<std::size_t>(state_int_cells(t)) * sizeof(Cell);
    if (begun) {
        std::memcpy(scratch.floats, part.standing, floats);
        std::memcpy(scratch.ints, part.standing + floats, ints);
    } else {
        std::memset(scratch.floats, 0, floats);
        std::memset(scratch.ints, 0, ints);
    }
    bind_structure(t, program.structure);
    bind_parameter(t, scratch.values);
    bind_state_float(t, scratch.floats);
    bind_state_int(t, scratch.ints);
    keeping::begin(t, scratch.kept);
    if (begun) keeping::take_up(t);
    t.key = key;
    t.keys = keys;
    t.future = future;
    day::run_future(t, part.days, log, {scratch.values, later, program.n_parameters, later_day});
    if (part.standing != nullptr) {
        std::memcpy(part.standing, scratch.floats, floats);
        std::memcpy(part.standing + floats, scratch.ints, ints);
    }
}

}  // namespace contingent
