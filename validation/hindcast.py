"""The flagship, played once with frozen parameters and scored by what happened.

    python -m validation.hindcast --freeze   write down what is frozen; commit the file
    python -m validation.hindcast            play and score, once

No blind forecast: the theatre was written by people who knew the outcome (protocol, section 6).
What is frozen are scenario, priors and mechanisms, so that no number changes once the score is
seen. A second run needs ``--again``, says that it is not the first, and leaves its tables alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import contingent
from contingent.analysis.checks import check_run
from contingent.analysis.scoring import score_record
from contingent.claims.evaluate import settle
from contingent.claims.settling import history_of
from contingent.compile.names import read_names
from contingent.files import write_json
from contingent.identity import digest_file, digest_value
from contingent.language import is_path, parse_expression
from contingent.report.scores import PARTIES
from contingent.report.tables import outside_line
from contingent.scenario.checklist import Check
from contingent.scenario.document import LIBRARY
from contingent.scenario.types import Theatre

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "validation" / "results"
PACKAGE = LIBRARY.parents[1]
PRIORS = ("model.yaml", "kinds.yaml", "defaults.yaml", "calibrated.csv")
TABLES = ("forecasts", "scores", "left_out", "claims", "sanity")
LEFT_OUT = {
    "void": "its condition did not come about",
    "not_truth_apt": "neither true nor false",
    "open": "not settled",
    "unscored": "no forecast",
}


class Plan(NamedTuple):
    """What is played, and where its tables lie."""

    scenario: str = "palmyra-2016"
    futures: int = 2_000
    seed: int = 20161212
    results: Path = RESULTS

    @property
    def frozen(self) -> Path:
        """File with what is frozen."""
        return self.results / "hindcast_frozen.json"

    @property
    def runs(self) -> Path:
        """List of all runs, the first one first."""
        return self.results / "hindcast_runs.csv"


class Refused(Exception):
    """The run would not be the one that the protocol allows."""


def frozen_now(plan: Plan) -> dict[str, Any]:
    """Everything that decides the numbers, as it is on disk, under one digest."""
    scenario = contingent.load(plan.scenario)
    theatre = scenario.spec.theatre
    names = {f"{plan.scenario}.yaml", f"{theatre.theatre}.yaml", f"{theatre.theatre}.checks.yaml"}
    files = [LIBRARY / name for name in (*sorted(names), *PRIORS)]
    engine = [*sorted((PACKAGE / "core").glob("*.[hc]*")), *sorted(PACKAGE.glob("reference/*.py"))]
    content = {
        "scenario": plan.scenario,
        "start": theatre.start,
        "fence": theatre.now,
        "reports_weighed": 0,
        "seed": plan.seed,
        "futures": plan.futures,
        "program": scenario.program().digest,
        "mechanisms": digest_value({file.name: digest_file(file) for file in engine}),
        "files": {file.name: digest_file(file) for file in files if file.is_file()},
    }
    plain = json.loads(json.dumps(content, default=str))
    return {**plain, "digest": digest_value(plain)}


def freeze(plan: Plan) -> dict[str, Any]:
    """Write down what is frozen."""
    content = frozen_now(plan)
    write_json(plan.frozen, content)
    return content


def committed(path: Path) -> bool:
    """Whether the last commit holds the file as it is on disk."""
    name = path.relative_to(ROOT).as_posix()
    command = ["git", "-C", str(ROOT), "show", f"HEAD:{name}"]
    shown = subprocess.run(command, capture_output=True, check=False)
    return shown.returncode == 0 and shown.stdout == path.read_bytes()


def allowed(plan: Plan, again: bool, is_committed: Callable[[Path], bool] = committed) -> int:
    """Return the number of the run, 1 for the first.

    Raises
    ------
    Refused
        If nothing is frozen, the file is not committed, the disk differs from it, or the scenario
        was run before and `again` is not given.
    """
    if not plan.frozen.is_file():
        raise Refused(f"{plan.frozen.name} is missing: write it with --freeze and commit it")
    if not is_committed(plan.frozen):
        raise Refused(f"{plan.frozen.name} is not committed as it is: commit it before scoring")
    kept, now = json.loads(plan.frozen.read_text(encoding="utf-8")), frozen_now(plan)
    changed = [key for key in now if key != "digest" and kept.get(key) != now[key]]
    if changed:
        raise Refused(f"not what was frozen: {', '.join(changed)} changed since")
    before = _runs(plan)
    if before and not again:
        raise Refused(
            f"{plan.scenario} was run {len(before)} time(s), first with frozen digest "
            f"{before[0]['digest'][:8]}; --again runs it once more and says so"
        )
    return len(before) + 1


def _runs(plan: Plan) -> list[dict[str, Any]]:
    if not plan.runs.is_file():
        return []
    found = pd.read_csv(plan.runs).to_dict("records")
    return [row for row in found if row["scenario"] == plan.scenario]


def run(
    plan: Plan, again: bool = False, is_committed: Callable[[Path], bool] = committed
) -> dict[str, pd.DataFrame]:
    """Play, score, write the tables and the list of runs.

    Raises
    ------
    Refused
    """
    number = allowed(plan, again, is_committed)
    digest = json.loads(plan.frozen.read_text(encoding="utf-8"))["digest"]
    tables = play(plan)
    first = "" if number == 1 else f"_again{number}"
    for name, table in tables.items():
        path = plan.results / f"hindcast{first}_{name}.csv"
        table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")
    row = {"run": number, "first": number == 1, "scenario": plan.scenario, "digest": digest}
    row |= {"seed": plan.seed, "futures": plan.futures}
    pd.DataFrame([*_runs(plan), row]).to_csv(plan.runs, index=False, lineterminator="\n")
    return tables


def play(plan: Plan) -> dict[str, pd.DataFrame]:
    """Play the scenario from its priors and return every table; writes nothing that stays."""
    scenario = contingent.load(plan.scenario)
    with tempfile.TemporaryDirectory() as folder:
        played = scenario.run(plan.futures, seed=plan.seed, variants=False, studies=folder)
        record = played.record
        checked = check_run(scenario.checks, played.study)
    scores = score_record(record)
    sanity = [
        _expected(row, what_happened(scenario.spec.theatre, check))
        for check, row in zip(scenario.checks, checked, strict=True)
    ]
    return {
        "forecasts": pd.DataFrame([_forecast(row, scores) for row in scores["rows"]]),
        "scores": _scores(scores),
        "left_out": pd.DataFrame(
            [(name, LEFT_OUT[key]) for key in LEFT_OUT for name in scores[key]],
            columns=["claim", "why"],
        ),
        "claims": pd.DataFrame([_claim(claim) for claim in record["claims"]]),
        "sanity": pd.DataFrame(sanity),
    }


def _forecast(row: Mapping[str, Any], scores: Mapping[str, Any]) -> dict[str, Any]:
    """One settled forecast: what each party gave it, and what that cost."""
    said, cost = row["probabilities"], row["scores"]
    found = {"claim": row["id"], "cluster": row["cluster"], "came_true": row["happened"]}
    found["settled_by"] = "hand" if row["id"] in scores["by_hand"] else "history"
    found |= {party: said.get(party) for party in PARTIES if party != "conditioned"}
    for score in ("brier", "log"):
        for party in ("author_middle", "model", "base_rate"):
            found[f"{score}_{party}"] = cost[party][score] if party in cost else None
    return found


def _scores(scores: Mapping[str, Any]) -> pd.DataFrame:
    """Means over the clusters on which all speak; ranked only where there are enough."""
    ranking = scores["ranking"] or []
    return pd.DataFrame(
        [
            {
                "party": PARTIES[party],
                "brier": mean["brier"],
                "log": mean["log"],
                "clusters": scores["compared"],
                "settled_clusters": scores["clusters"],
                "rank": ranking.index(party) + 1 if party in ranking else "none",
            }
            for party, mean in scores["means"].items()
        ]
    )


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("id", "kind", "status", "probability", "low", "high", "futures_used", "settled")
    found = {key: claim[key] for key in (*keys, "settled_by", "void")}
    found["rests_on"] = "; ".join(claim["decision_half"])
    found["outside_view"] = outside_line(claim["outside_view"]) if claim["outside_view"] else ""
    return found


def what_happened(theatre: Theatre, check: Check) -> bool | None:
    """What history's facts say of an expectation; None where they do not tell."""
    vocabulary = read_names(theatre).vocabulary()
    history = history_of(theatre, vocabulary)
    last = history.days - 1
    until = last if check.by is None else min((check.by - theatre.start).days, last)

    def came(text: str) -> bool | None:
        plain = is_path(parse_expression(text, vocabulary))
        window = f"by={vocabulary.start + timedelta(days=until)}"
        claim = text if plain else f"eventually({text}, {window})"
        return settle(parse_expression(claim, vocabulary), history, 0, last)

    if check.given is not None and came(check.given) is not True:
        return None
    return came(check.predicate)


def happened_on(theatre: Theatre, check: Check) -> date | None:
    """First day on which history's facts say that an expectation was so; None if they do not."""
    if what_happened(theatre, check) is not True:
        return None
    low, high = theatre.start, min(check.by or theatre.end, theatre.end)
    while low < high:
        middle = low + (high - low) // 2
        came = what_happened(theatre, check.model_copy(update={"by": middle}))
        low, high = (low, middle) if came is True else (middle + timedelta(days=1), high)
    return low


def _expected(row: Mapping[str, Any], happened: bool | None) -> dict[str, Any]:
    keys = ("id", "expect", "share", "low", "high", "futures", "met")
    first = row["first"][1].isoformat() if row["first"] else ""
    told = "not told" if happened is None else "yes" if happened else "no"
    return {key: row[key] for key in keys} | {
        "middle_day": first, "happened": told, "says": row["says"],
    }  # fmt: skip


def committed_tables(results: Path = RESULTS) -> dict[str, pd.DataFrame]:
    """Tables of the first run; none if there was no run."""
    paths = {name: results / f"hindcast_{name}.csv" for name in TABLES}
    if not all(path.is_file() for path in paths.values()):
        return {}
    return {name: pd.read_csv(path, keep_default_na=True) for name, path in paths.items()}


def show(tables: Mapping[str, pd.DataFrame]) -> None:
    """Print scores, forecasts and sanity list."""
    if not tables:
        print("The flagship has not been run as a hindcast.")
    for name in ("scores", "forecasts", "sanity"):
        if name in tables:
            print(tables[name].drop(columns="says", errors="ignore").to_string(index=False), "\n")


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and freeze, or run once."""
    parser = argparse.ArgumentParser(prog="python -m validation.hindcast", description=__doc__)
    parser.add_argument("--freeze", action="store_true", help="write down what is frozen")
    parser.add_argument("--show", action="store_true", help="print the first run's tables")
    parser.add_argument("--again", action="store_true", help="run although it was run before")
    given = parser.parse_args(arguments)
    plan = Plan()
    if given.show:
        show(committed_tables())
        return
    if given.freeze:
        print(f"Frozen: {freeze(plan)['digest'][:8]}. Commit {plan.frozen.name}, then run.")
        return
    try:
        tables = run(plan, given.again)
    except Refused as error:
        raise SystemExit(f"refused: {error}") from None
    number = len(_runs(plan))
    print("The first run." if number == 1 else f"Run {number}: NOT the first run.")
    show(tables)


if __name__ == "__main__":
    main()
