// Bindings of the ground floor (streams, arithmetic), for the tests of bit equality.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/stl/array.h>

#include <array>

#include "streams.h"

namespace contingent {

inline void bind_ground(nanobind::module_& module) {
    using Block = std::array<std::uint32_t, 4>;
    module.def("philox", [](Block counter, std::array<std::uint32_t, 2> key) {
        const Words out = philox({{counter[0], counter[1], counter[2], counter[3]}}, {key[0], key[1]});
        return Block{out.word[0], out.word[1], out.word[2], out.word[3]};
    });
}

}  // namespace contingent
