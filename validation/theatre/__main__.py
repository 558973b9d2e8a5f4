"""Compare simulated with recorded deaths by front.

python -m validation.theatre              play, compare, draw (a few minutes on two processors)
python -m validation.theatre --futures N  with fewer futures
"""

from __future__ import annotations

import argparse

from validation.theatre import compare, figures, fronts, simulate


def main(futures: int = simulate.FUTURES) -> None:
    """Play, compare, write, draw and print."""
    found = compare.compare(simulate.fallen(fronts.THEATRE, futures))
    compare.write(found)
    figures.draw_all(compare.RESULTS, {front.name: front.title for front in fronts.fronts()})
    same = found.fronts[found.fronts["window"] == compare.SAME]
    shown = ["front", "recorded_best", "simulated_q05", "simulated_q50", "simulated_q95"]
    print(same[[*shown, "crps_raw", "crps_adjusted", "crps_own_months"]].to_string(index=False))
    print(found.scores.to_string(index=False))
    print(found.differences.to_string(index=False))
    print(found.factors.to_string(index=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m validation.theatre", description=__doc__)
    parser.add_argument("--futures", type=int, default=simulate.FUTURES)
    main(parser.parse_args().futures)
