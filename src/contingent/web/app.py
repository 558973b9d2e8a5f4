"""The application: paths, safety around them, and what they share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from contingent.version import VERSION
from contingent.web import (
    job_paths,
    page,
    problems,
    reader_paths,
    scenario_paths,
    study_paths,
    what_if_paths,
)
from contingent.web.desk import Desk
from contingent.web.safety import Safety
from contingent.web.settings import Settings
from contingent.web.view_of import ready

__all__ = ["create_app"]


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves some folders."""

    @asynccontextmanager
    async def open_desk(app: FastAPI) -> AsyncIterator[None]:
        desk = app.state.desk = Desk.open(settings)
        ready(desk, desk.studies.all())
        try:
            yield
        finally:
            desk.close()

    app = FastAPI(
        title="Contingent",
        version=VERSION,
        summary="What a strategic argument is worth, claim by claim.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=open_desk,
        responses=problems.PROBLEMS,
    )
    problems.install(app)
    for part in (
        study_paths, what_if_paths, reader_paths, scenario_paths, job_paths, page,
    ):  # fmt: skip
        app.include_router(part.router)
    app.add_middleware(Safety, settings=settings)
    return app
