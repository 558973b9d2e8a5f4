"""Errors as ``application/problem+json`` (RFC 9457): in words, without traces and without paths."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from contingent.errors import ContingentError, Fault, ScenarioError
from contingent.jobs.missing import Missing
from contingent.jobs.stopping import Stopped
from contingent.jobs.studies import Changed

__all__ = ["FaultRow", "Problem", "fault_rows", "install", "problem", "without_paths"]

MEDIA = "application/problem+json"
_PATH = re.compile(r"(?<![\w.:/~-])(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:'\"<>|,;()]+)+[/\\]?")
_log = logging.getLogger("contingent.web")


class FaultRow(BaseModel):
    """One fault of a scenario's file."""

    file: str
    line: int
    column: int
    where: str
    found: str
    expected: str
    next: str
    severity: str


class Problem(BaseModel):
    """What went wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    faults: list[FaultRow] = []


def without_paths(text: str) -> str:
    """Leave of every path of this machine only its last part.

    >>> without_paths("/home/ann/studies/a-1: damaged; see https://example.org/x/y")
    'a-1: damaged; see https://example.org/x/y'
    """
    return _PATH.sub(lambda found: re.split(r"[/\\]", found[0].rstrip("/\\"))[-1], text)


def fault_rows(faults: tuple[Fault, ...] | list[Fault]) -> list[dict[str, Any]]:
    """Return faults as plain data; files by name alone."""
    return [
        {
            "file": Path(fault.file).name if fault.file else "",
            "line": fault.line,
            "column": fault.column,
            "where": fault.name,
            "found": without_paths(fault.found),
            "expected": without_paths(fault.expected),
            "next": without_paths(fault.next_step),
            "severity": fault.severity,
        }
        for fault in faults
    ]


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return an answer that says what went wrong."""
    record = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": without_paths(detail),
        **more,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    body = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, headers, MEDIA)


def _status(error: ContingentError) -> int:
    if isinstance(error, Missing):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, Changed | Stopped):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY


def of_error(error: ContingentError) -> Response:
    """Return what a user can do something about."""
    if isinstance(error, ScenarioError):
        rows = fault_rows(error.faults)
        detail = "; ".join(
            f"{row['file']}:{row['line']}: {row['where']}: found {row['found']}"
            + (f", expected {row['expected']}" if row["expected"] else "")
            for row in rows[:3]
        )
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, faults=rows)
    return problem(_status(error), str(error))


def install(app: FastAPI) -> None:
    """Let an application answer every error as a problem."""

    async def contingent(_: Request, error: Exception) -> Response:
        assert isinstance(error, ContingentError)
        return of_error(error)

    async def invalid(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
            for one in error.errors()[:5]
        )
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, said)

    async def http(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answer = problem(error.status_code, str(error.detail))
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        return answer

    async def unforeseen(request: Request, error: Exception) -> Response:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; see the log")

    handlers: dict[type[Exception], Callable[[Request, Exception], Any]] = {
        ContingentError: contingent,
        RequestValidationError: invalid,
        HTTPException: http,
        Exception: unforeseen,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": Problem,
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 405, 409, 413, 415, 422)
}
"""Answers that any path may give."""
