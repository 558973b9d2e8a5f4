"""Ask rtamt, in a process of its own: reads cases as JSON, prints the sign of each robustness.

Kept apart because rtamt's parser warns, prints and changes logging on import.
"""

import json
import sys

import rtamt


def holds(formula: str, signals: dict[str, list[float]]) -> bool:
    specification = rtamt.StlDiscreteTimeSpecification()
    for name in signals:
        specification.declare_var(name, "float")
    specification.declare_var("out", "float")
    specification.spec = f"out = {formula}"
    specification.parse()
    days = len(next(iter(signals.values())))
    robustness = specification.evaluate({"time": list(range(days)), **signals})
    return float(robustness[0][1]) > 0


if __name__ == "__main__":
    cases = json.load(sys.stdin)
    json.dump([holds(case["formula"], case["signals"]) for case in cases], sys.stdout)
