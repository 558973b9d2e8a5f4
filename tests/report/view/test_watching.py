"""The watch-list over the futures of a study counts what it says, and lists no noise."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from contingent.compile.called import Called, called_in
from contingent.report.view.shares import FALSE, OUTSIDE, TRUE
from contingent.report.view.watching import watch_rows


@pytest.fixture(scope="module")
def blocs(run):
    """Bloc that holds each place, (future, day, place)."""
    names = run.study.names
    bloc_of = np.array([names.blocs.index(bloc) for bloc in names.bloc_of])
    return bloc_of[np.concatenate([chunk.holders for chunk in run.study.chunks()])]


def test_a_claim_about_a_holder_is_told_by_that_holder(demo, run, blocs) -> None:
    names, called = run.study.names, called_in(demo.spec.theatre)
    day = names.day(names.now) + 14
    shares = np.stack([(blocs[:, day] == b).mean(axis=0) for b in range(len(names.blocs))])
    bloc, place = np.unravel_index(np.argmin(np.abs(shares - 0.5)), shares.shape)
    assert 0.02 <= shares[bloc, place] <= 0.98
    truth = np.where(blocs[:, day, place] == bloc, TRUE, FALSE).astype(np.uint8)[:, None]
    found = watch_rows(run.study, truth, ["held"], called)["held"]
    first = found["watch"][0]
    assert first["says"].startswith(f"{called.place(names.places[place])} is held by ")
    assert first["date"] == names.date(day).isoformat()
    assert {first["if_seen"], first["if_not"]} == {0.0, 1.0}
    assert first["bits"] == max(row["bits"] for row in found["watch"])
    assert all(date.fromisoformat(row["date"]) > names.now for row in found["watch"])
    assert found["conditioned"] is False and found["probability"] == truth.mean()


def test_what_hangs_on_nothing_gets_an_empty_list_and_what_never_varies_none(run) -> None:
    count = run.study.futures
    chance = np.random.default_rng(3).uniform(size=(count, 40)) < 0.5
    truth = np.where(chance, TRUE, FALSE).astype(np.uint8)
    names = [f"C{number}" for number in range(40)]
    found = watch_rows(run.study, truth, names, Called())
    assert set(found) == set(names)
    assert sum(bool(one["watch"]) for one in found.values()) <= 8
    rare = np.full((count, 1), OUTSIDE, dtype=np.uint8)
    rare[:20] = TRUE
    never = np.full((count, 1), FALSE, dtype=np.uint8)
    assert watch_rows(run.study, rare, ["rare"], Called()) == {}
    assert watch_rows(run.study, never, ["never"], Called()) == {}
