"""Run the validation: fit, judge, reproduce, draw, and write ``docs/validation.md``.

python -m validation            everything
python -m validation --report   figures and page from the tables that are there

The flagship's hindcast is shown as it was run once, never run from here.
"""

from __future__ import annotations

import argparse

from validation import calibrated, figures, hindcast, limits, outside_view, published, report
from validation.cdb90 import crossvalidate as battles
from validation.cdb90 import recover
from validation.cdb90.fit import Plan
from validation.episodes import crossvalidate as operations
from validation.onset import __main__ as onset
from validation.theatre import __main__ as theatre


def run_battles() -> None:
    """Cross-validate on battles, without and with surprise, and print the scores."""
    for with_surprise in (False, True):
        outcome = battles.cross_validate(with_surprise=with_surprise, plan=Plan())
        battles.write(outcome, with_surprise=with_surprise)
        for name in ("scores", "differences"):
            print(outcome.tables[name].to_string(), "\n")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("--report", action="store_true", help="only figures and the page")
    given = parser.parse_args()
    if not given.report:
        run_battles()
        recover.main()
        operations.main()
        calibrated.main()
        theatre.main()
        onset.main()
        outside_view.main()
    hindcast.show(hindcast.committed_tables())
    for row in published.reproduce():
        said = "within" if row.holds else "OUTSIDE"
        print(f"{row.name}: {row.reproduced:.4g}, published {row.published:.4g}, {said} tolerance")
    shown = limits.all_limits()
    for limit in shown:
        said = "within" if limit.holds else "OUTSIDE"
        print(f"{limit.mechanism}: {limit.says}: {said} its formula")
    limits.draw(shown).savefig(report.FIGURES / "limits.png", dpi=110, metadata={"Software": ""})
    limits.table(shown).to_csv(report.RESULTS / "limits.csv", index=False, float_format="%.3g")
    figures.draw_all(report.RESULTS, report.FIGURES)
    report.write_page()


if __name__ == "__main__":
    main()
