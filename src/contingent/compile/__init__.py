"""From a scenario to a program: arrays, names, and how the unknowns reach the arrays."""
