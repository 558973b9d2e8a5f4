"""Count attack onsets, fit their rate, and offer priors.

python -m validation.onset
"""

from __future__ import annotations

import argparse

from validation.onset import figures, library, study


def main(futures: int = library.FUTURES) -> None:
    """Count, fit, write, draw and print."""
    found = study.study(futures)
    study.write(found)
    figures.draw(study.RESULTS)
    print(found.rates.to_string(index=False))
    main_fit = found.coefficients[
        [
            "model",
            "rule",
            "within_km",
            "quiet_days",
            "onsets",
            "name",
            "low",
            "mean",
            "high",
            "told",
        ]
    ]
    print(main_fit[~main_fit["name"].str.startswith("level")].to_string(index=False))
    print(found.launches.to_string(index=False))
    marks = found.operations[["marked", "marked_by_surge"]].sum()
    print(f"of {len(found.operations)} operations an onset marks {marks.to_dict()}")
    print(found.priors.drop(columns=["source", "basis", "last_date"]).to_string(index=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m validation.onset", description=__doc__)
    parser.add_argument("--futures", type=int, default=library.FUTURES)
    main(parser.parse_args().futures)
