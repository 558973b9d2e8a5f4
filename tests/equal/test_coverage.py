"""Equality is not vacuous: in the pool of random programs every mechanism does something."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from random_program import RandomProgram, random_program

from contingent.core.engine import Log, run_futures
from contingent.reference import layout

#: How often each must happen, at least, in the programs of `test_with_every_mechanism_on`.
EXPECTED = {
    "captures": 15,
    "places taken more than once": 2,
    "attacks": 200,
    "assaults": 100,
    "outskirts": 50,
    "columns": 200,
    "detections": 50,
    "struck columns": 5,
    "sorties": 500,
    "relief": 50,
    "withdrawals": 4,
    "interventions": 10,
    "ceasefires": 5,
    "deadlines met": 3,
    "commitments changed": 20,
    "wills moved": 20,
    "losses": 1_000,
}


def events(program: RandomProgram, log: Log) -> Counter[str]:
    """What happened in one future, from its log."""
    holders, flags = log.holders[0].astype(int), log.flags[0]
    observable = program.structure["series_observable"]
    first = program.structure["series_first"]

    def of(name: str) -> np.ndarray:
        return log.series[0][:, observable == layout.OBSERVABLES.index(name)]

    def all_places(name: str) -> np.ndarray:
        chosen = (observable == layout.OBSERVABLES.index(name)) & (
            program.structure["series_second"] < 0
        )
        assert len(first[chosen]) == program.sizes["A"]
        return log.series[0][:, chosen]

    changes = (np.diff(holders, axis=0) != 0).sum(axis=0)
    return Counter(
        {
            "captures": int(changes.sum()),
            "places taken more than once": int((changes > 1).sum()),
            "attacks": int(of("attacks").sum()),
            "assaults": int(of("attempted").sum()),
            "outskirts": int((flags & layout.OUTSKIRTS != 0).sum()),
            "columns": int(of("columns").sum()),
            "detections": int(of("detected").sum()),
            "struck columns": int(of("struck_columns").sum()),
            "sorties": int(all_places("sorties").sum()),
            "relief": int((of("reinforced") > 0.0).sum()),
            "withdrawals": int(of("withdrew").sum()),
            "interventions": int(of("intervened")[-1].sum()),
            "ceasefires": int((np.diff(of("ceasefire"), axis=0) > 0).sum()),
            "deadlines met": int(of("satisfied")[-1].sum()),
            "commitments changed": int((of("announced")[-1] != of("announced")[0]).sum()),
            "wills moved": int((of("will")[-1] != of("will")[0]).sum()),
            "losses": int(of("losses")[-1].sum()),
        }
    )


def test_everything_happens_in_the_pool() -> None:
    total: Counter[str] = Counter()
    for seed in range(40):
        program = random_program(seed, days=90)
        total += events(program, run_futures(program, program.thetas([seed]), program.key, [seed]))
    few = {name: total[name] for name, least in EXPECTED.items() if total[name] < least}
    assert not few, few


def test_nothing_is_infinite_and_nobody_is_negative() -> None:
    for seed in range(100):
        program = random_program(seed, days=90)
        log = run_futures(program, program.thetas([seed]), program.key, [seed])
        assert np.isfinite(log.series).all(), seed
        fighters = program.structure["series_observable"] == layout.OBSERVABLES.index("fighters")
        assert (log.series[0][:, fighters] >= 0.0).all(), seed


MEASURE = """
import json, sys
import coverage
measured = coverage.Coverage(source=["contingent.reference"], data_file=None, config_file=False)
measured.start()
sys.path.insert(0, sys.argv[1])
import numpy as np
from random_program import random_program
from contingent.reference import layout
from contingent.reference.day import run_future
from contingent.reference.record import COLUMN_FIELDS
programs = [random_program(seed, days=90) for seed in range(40)]
programs += [
    random_program(700).choosing(**{name: variant})
    for name, variants in layout.STRUCTURE.items() for variant in variants
]
programs += [random_program(100).without(name) for name in layout.MECHANISMS]
for program in programs:
    shape = program.days, program.sizes["A"], program.sizes["W"], len(COLUMN_FIELDS)
    thetas = program.thetas([program.seed])[0]
    run_future(program, thetas, program.key, program.seed, columns=np.zeros(shape))
measured.stop()
missed, statements = {}, 0
for file in measured.get_data().measured_files():
    _, lines, _, missing, _ = measured.analysis2(file)
    statements += len(lines)
    missed[file] = missing
print(json.dumps([statements, missed]))
"""


@pytest.mark.slow
def test_nearly_every_line_of_the_reference_is_reached() -> None:
    command = [sys.executable, "-c", MEASURE, str(Path(__file__).parent)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    statements, missed = json.loads(run.stdout)
    lines = [
        f"{Path(file).name}:{line}: {Path(file).read_text().splitlines()[line - 1].strip()}"
        for file, numbers in missed.items()
        for line in numbers
    ]
    assert statements > 1_500
    assert len(lines) < 0.02 * statements, "\n".join(lines)
