"""Is conditioning right? Runs of this folder, one after the other.

python -m validation.conditioning            everything but the million prior draws
python -m validation.conditioning --million  these too, first (some minutes of a processor)
python -m validation.conditioning --quick    a first part of each, held against the committed tables
"""

from __future__ import annotations

import argparse

from validation.conditioning import beside_pyabc, calibration, exact, prior_draws, reference

STALE = "NOT of the present model: {again} draws it again"


def said(same: bool, again: str) -> str:
    """Say whether a committed table is of the model as it is."""
    return "of the present model" if same else STALE.format(again=again)


def quick() -> bool:
    """Repeat a small part of each table, print them all, and say what was left out."""
    print(exact.table(exact.QUICK_SEEDS))
    million = prior_draws.still_of_this_model(prior_draws.read())
    ranks = calibration.still_of_this_model()
    print((calibration.RESULTS / "calibration.md").read_text(encoding="utf-8"))
    print((reference.RESULTS / "reference.md").read_text(encoding="utf-8"))
    beside_pyabc.main(rerun=False)
    print("Left out: all but the first batch of the million prior draws, which are",
          said(million, "--million") + ";")  # fmt: skip
    print("all but the first two made-up worlds of the calibration, which is",
          said(ranks, "the run without --quick") + ";")  # fmt: skip
    print(f"all but {exact.QUICK_SEEDS} seeds of the exact models; the sampler's runs beside the "
          "million; pyABC.")  # fmt: skip
    return million and ranks


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        prog="python -m validation.conditioning",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="a first part of each; writes nothing")
    parser.add_argument("--million", action="store_true", help="draw the reference again")
    given = parser.parse_args()
    if given.quick:
        return 0 if quick() else 1
    if given.million:
        prior_draws.write(prior_draws.draw_all())
    elif not prior_draws.still_of_this_model(prior_draws.read()):
        print("The million prior draws are", said(False, "--million"))
    exact.main()
    calibration.main()
    reference.main()
    beside_pyabc.main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
