// The extension module contingent.core._core.
#include <nanobind/nanobind.h>

#include "ground_bindings.h"
#include "theatre_bindings.h"

NB_MODULE(_core, module) {
    module.doc() = "The compiled core of Contingent.";
    contingent::bind_ground(module);
    contingent::bind_theatre(module);
}
