// Bindings of the ground floor (streams, arithmetic), so that tests can hold the three twins equal.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/array.h>

#include <array>
#include <cstddef>

#include "arithmetic.h"
#include "streams.h"

namespace contingent {

using Column = nanobind::ndarray<const double, nanobind::ndim<1>, nanobind::c_contig>;
using OutColumn = nanobind::ndarray<double, nanobind::ndim<1>, nanobind::c_contig>;
using OutCounts = nanobind::ndarray<std::int64_t, nanobind::ndim<1>, nanobind::c_contig>;
using Pair = std::array<std::uint32_t, 2>;
using Block = std::array<std::uint32_t, 4>;

// f of each element of x, written to out.
inline void bind_map(nanobind::module_& module, const char* name, double (*f)(double)) {
    module.def(name, [f](Column x, OutColumn out) {
        for (std::size_t i = 0; i < x.shape(0); ++i) out(i) = f(x(i));
    });
}

inline void bind_ground(nanobind::module_& parent) {
    nanobind::module_ module = parent.def_submodule("ground", "Streams and arithmetic, for tests.");
    bind_map(module, "exp_", exp_);
    bind_map(module, "log_", log_);
    bind_map(module, "logistic", logistic);
    bind_map(module, "logit", logit);
    bind_map(module, "normal_cdf", normal_cdf);
    bind_map(module, "normal_quantile", normal_quantile);
    module.def("pow_", [](Column x, Column y, OutColumn out) {
        for (std::size_t i = 0; i < x.shape(0); ++i) out(i) = pow_(x(i), y(i));
    });
    module.def("poisson_quantile", [](Column u, Column mean, OutCounts out) {
        for (std::size_t i = 0; i < u.shape(0); ++i) out(i) = poisson_quantile(u(i), mean(i));
    });
    module.def("philox", [](Block counter, Pair key) {
        const Words out = philox({{counter[0], counter[1], counter[2], counter[3]}}, {key[0], key[1]});
        return Block{out.word[0], out.word[1], out.word[2], out.word[3]};
    });
    module.def("key_from_seed", [](std::uint64_t seed) {
        const Key key = key_from_seed(seed);
        return Pair{key.low, key.high};
    });
    module.def("uniform", [](Pair key, std::uint32_t future, std::uint32_t day, std::uint32_t mechanism,
                             std::uint32_t entity, std::uint32_t draw) {
        return uniform({key[0], key[1]}, future, day, mechanism, entity, draw);
    });
    module.def("normal", [](Pair key, std::uint32_t future, std::uint32_t day, std::uint32_t mechanism,
                            std::uint32_t entity, std::uint32_t draw) {
        return normal({key[0], key[1]}, future, day, mechanism, entity, draw);
    });
}

}  // namespace contingent
