"""Whatever fits the interface's own description, or nearly, is answered without a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as examples
from schemathesis import GenerationMode

from contingent.jobs.budget import Budget
from contingent.web.app import create_app
from contingent.web.settings import Settings

HERE = "http://localhost:8765"
EXAMPLES = 10


@pytest.fixture
def small(settings: Settings) -> Iterator[FastAPI]:
    """A server whose budget refuses jobs by their size: nothing is played for minutes."""
    limits = Budget(futures=1, days=1)
    app = create_app(replace(settings, budget=limits, hosts=("testserver",)))
    with TestClient(app, base_url=HERE):
        yield app


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_nothing_that_can_be_asked_fails(small: FastAPI, study: str, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", small)
    failed: list[str] = []
    asked: set[str] = set()

    def ask(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE and "study" in case.path_parameters:
            case.path_parameters["study"] = study
        answer = case.call()
        asked.add(f"{case.method} {case.path}")
        if answer.status_code >= 500:
            failed.append(f"{case.method} {case.formatted_path}: {answer.text}")

    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            bounded = examples(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            seed(20161212)(bounded(given(case=strategy)(ask)))()
        except schemathesis.errors.InvalidSchema:
            raise
        except Exception as error:
            if type(error).__name__ not in ("Unsatisfiable", "SkipTest"):
                raise
    assert failed == []
    assert len(asked) >= 15
