// Binding of the engine: futures of one program, written into arrays that the caller owns.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/array.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "futures.h"
#include "layout.h"
#include "record.h"

namespace contingent {

template <class T, std::size_t N>
using Array = nanobind::ndarray<T, nanobind::ndim<N>, nanobind::c_contig, nanobind::device::cpu>;

inline void expect(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(what);
}

using Names = std::vector<std::pair<std::string, std::string>>;

template <std::size_t N>
Names names_of(const TableName (&tables)[N]) {
    Names names;
    for (const TableName& table : tables) names.emplace_back(table.name, table.dimensions);
    return names;
}

inline Sizes sizes_from(const Array<const std::int64_t, 1>& given) {
    Sizes sizes{};
    std::size_t next = 0;
    expect(given.shape(0) == std::size(FREE_SIZES), "sizes: one number for each letter of free_sizes");
    for (const auto& free : FREE_SIZES) {
        expect(given(next) >= 0 && given(next) < (1 << 24), "sizes: out of range");
        sizes.*free.size = given(next++);
    }
    return sizes;
}

// Futures of one program. Shapes are checked here; that indices lie in range, in engine.py.
inline void run_futures(Array<const std::int64_t, 1> sizes, int days, Array<const Cell, 1> structure,
                        Array<const double, 1> parameters, Array<const std::int64_t, 1> theta_target,
                        Array<const std::int64_t, 1> theta_slot, Array<const double, 1> theta_scale,
                        Array<const double, 2> thetas, std::array<std::uint32_t, 2> key,
                        Array<const std::uint32_t, 1> futures,
                        std::optional<Array<const std::uint32_t, 4>> keys,
                        Array<std::int16_t, 3> holders, Array<std::uint8_t, 3> flags,
                        Array<double, 3> series, std::optional<Array<const double, 2>> later,
                        int later_day, std::optional<Array<double, 5>> columns, int first, int until,
                        std::optional<Array<std::uint8_t, 2>> standing) {
    const Sizes s = sizes_from(sizes);
    const std::size_t n = futures.shape(0), places = static_cast<std::size_t>(s.P);
    const std::size_t days_ = static_cast<std::size_t>(days);
    const auto shaped = [&](const auto& array, std::size_t last) {
        return array.shape(0) == n && array.shape(1) == days_ && array.shape(2) == last;
    };
    expect(days >= 1, "days: at least 1");
    expect(structure.size() == static_cast<std::size_t>(structure_cells(s)), "structure: wrong length");
    expect(parameters.size() == static_cast<std::size_t>(parameter_cells(s)), "parameters: wrong length");
    expect(theta_slot.size() == theta_target.size() && theta_scale.size() == theta_target.size(),
           "theta_target, theta_slot, theta_scale: unequal lengths");
    expect(thetas.shape(0) == n, "thetas: one row a future");
    expect(shaped(holders, places), "holders: expected (n, days, P)");
    expect(shaped(flags, places), "flags: expected (n, days, P)");
    expect(shaped(series, static_cast<std::size_t>(s.S)), "series: expected (n, days, S)");
    for (std::size_t i = 0; i < theta_target.size(); ++i) {
        expect(theta_target(i) >= 0 && theta_target(i) < static_cast<std::int64_t>(parameters.size()),
               "theta_target: out of range");
        expect(theta_slot(i) >= 0 && theta_slot(i) < static_cast<std::int64_t>(thetas.shape(1)),
               "theta_slot: out of range");
    }
    const std::uint32_t* key_table = nullptr;
    std::size_t key_stride = 0;
    if (keys) {
        expect((keys->shape(0) == 1 || keys->shape(0) == n) && keys->shape(1) == days_ &&
                   keys->shape(2) == static_cast<std::size_t>(Sizes::M) && keys->shape(3) == 2,
               "keys: expected (1 or n, days, M, 2)");
        key_table = keys->data();
        key_stride = keys->shape(0) == 1 ? 0 : days_ * static_cast<std::size_t>(Sizes::M) * 2;
    }
    const double* later_values = nullptr;
    if (later) {
        expect(later->shape(0) == n && later->shape(1) == parameters.size(),
               "later: expected (n, cells of the parameter tables)");
        later_values = later->data();
    }
    const std::size_t column_cells =
        days_ * static_cast<std::size_t>(s.A * s.W) * static_cast<std::size_t>(record::COLUMN_FIELDS);
    if (columns) {
        expect(columns->size() == n * column_cells && columns->shape(0) == n && columns->shape(1) == days_,
               "columns: expected (n, days, A, W, fields)");
    }
    expect(0 <= first && first < until && until <= days, "first, until: expected 0 <= first < until <= days");
    expect(first == 0 || standing, "standing: needed to play on from a day after the first");
    if (standing) {
        expect(standing->shape(0) == n && standing->shape(1) == static_cast<std::size_t>(standing_bytes(s)),
               "standing: expected (n, standing_bytes)");
    }
    double* column_log = columns ? columns->data() : nullptr;
    const Program program = {s,
                             days,
                             structure.data(),
                             parameters.data(),
                             static_cast<std::int64_t>(parameters.size()),
                             theta_target.data(),
                             theta_slot.data(),
                             theta_scale.data(),
                             static_cast<std::int64_t>(theta_target.size())};
    const double* theta = thetas.data();
    const std::uint32_t* future = futures.data();
    const day::Log log = {holders.data(), flags.data(), series.data()};

    nanobind::gil_scoped_release released;
    // One scratch block a call: a call is a chunk of futures on one thread.
    std::vector<double> values(parameters.size());
    std::vector<double> floats(static_cast<std::size_t>(state_float_cells(s)));
    std::vector<Cell> ints(static_cast<std::size_t>(state_int_cells(s)));
    KeptMemory kept(s);
    const Scratch scratch = {values.data(), floats.data(), ints.data(), kept.cells()};
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t* own_keys = key_table ? key_table + i * key_stride : nullptr;
        const day::Log own_log = {log.holders + i * days_ * places, log.flags + i * days_ * places,
                                  log.series + i * days_ * static_cast<std::size_t>(s.S),
                                  column_log ? column_log + i * column_cells : nullptr};
        const double* own_later = later_values ? later_values + i * parameters.size() : nullptr;
        std::uint8_t* own_standing = standing ? standing->data() + i * standing->shape(1) : nullptr;
        run_program(program, theta + i * thetas.shape(1), {key[0], key[1]}, future[i], own_keys, scratch,
                    own_log, {{first, until}, own_standing}, own_later, later_day);
    }
}

inline void bind_theatre(nanobind::module_& module) {
    using namespace nanobind::literals;
    module.attr("structure_tables") = nanobind::cast(names_of(STRUCTURE_TABLES));
    module.attr("parameter_tables") = nanobind::cast(names_of(PARAMETER_TABLES));
    std::string letters;
    for (const auto& free : FREE_SIZES) letters += free.letter;
    module.attr("free_sizes") = letters;
    nanobind::dict fixed;
    for (const auto& one : FIXED_SIZES) fixed[nanobind::cast(std::string(1, one.letter))] = one.size;
    module.attr("fixed_sizes") = fixed;
    nanobind::dict constants;
    for (const auto& one : CONSTANTS) constants[one.name] = one.value;
    module.attr("constants") = constants;
    module.def("run_futures", &run_futures, "sizes"_a.noconvert(), "days"_a, "structure"_a.noconvert(),
               "parameters"_a.noconvert(), "theta_target"_a.noconvert(), "theta_slot"_a.noconvert(),
               "theta_scale"_a.noconvert(), "thetas"_a.noconvert(), "key"_a, "futures"_a.noconvert(),
               "keys"_a.noconvert().none(), "holders"_a.noconvert(), "flags"_a.noconvert(),
               "series"_a.noconvert(), "later"_a.noconvert().none(), "later_day"_a,
               "columns"_a.noconvert().none(), "first"_a, "until"_a, "standing"_a.noconvert().none());
    module.def("standing_bytes", [](Array<const std::int64_t, 1> sizes) {
        return standing_bytes(sizes_from(sizes));
    });
}

}  // namespace contingent
