"""From a scenario to a program: arrays, names, and how the unknowns reach the arrays."""

from contingent.compile.compile import compile_scenario
from contingent.compile.names import Names
from contingent.compile.program import Program, Series
from contingent.compile.series import recording, with_series
from contingent.compile.unknowns import draw_normals, draw_unknowns, unknowns_from_normals

__all__ = [
    "Names",
    "Program",
    "Series",
    "compile_scenario",
    "draw_normals",
    "draw_unknowns",
    "recording",
    "unknowns_from_normals",
    "with_series",
]
