"""Paths of the interface for scenarios as text: list, read, check, save."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field

from contingent.jobs.requests import Name
from contingent.jobs.scenarios import MOST_FILES, Scenarios, Text
from contingent.scenario.check import Report
from contingent.web.desk import At
from contingent.web.problems import FaultRow, fault_rows

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["scenarios"])
ScenarioId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]


class ScenarioRow(BaseModel):
    """One scenario of the list."""

    name: str
    argument: bool
    own: bool


class ScenarioList(BaseModel):
    """All scenarios by name."""

    scenarios: list[ScenarioRow]


class FileText(BaseModel):
    """One file as text."""

    model_config = ConfigDict(extra="ignore")

    name: Annotated[str, Field(max_length=120)]
    text: Annotated[str, Field(max_length=2_000_000)]
    role: Literal["argument", "theatre", "both"] | None = None
    own: bool = False


class Files(BaseModel):
    """The files of a scenario."""

    files: Annotated[list[FileText], Field(min_length=1, max_length=MOST_FILES)]

    def texts(self) -> list[Text]:
        """Return the files as the scenarios take them."""
        return [Text(one.name, one.text) for one in self.files]


class Unsaved(Files):
    """Files that need not have been saved, and the scenario that they belong to."""

    name: Name


class Texts(BaseModel):
    """A scenario as text: its own file first, then those it is built on."""

    name: str
    files: list[FileText]
    faults: list[FaultRow] = []


class Checked(BaseModel):
    """Every fault and warning."""

    ok: bool
    faults: list[FaultRow]


@router.get("/scenarios")
def scenarios(desk: At) -> ScenarioList:
    """List the user's scenarios and those of the library."""
    return ScenarioList(
        scenarios=[
            ScenarioRow(name=one.name, argument=one.role != "theatre", own=one.own)
            for one in desk.scenarios.listed()
        ]
    )


@router.get("/scenarios/{name}")
def scenario(name: ScenarioId, desk: At) -> Texts:
    """Return the files of a scenario as text."""
    return _texts(desk.scenarios, name, [])


@router.post("/check")
def check(unsaved: Unsaved, desk: At) -> Checked:
    """Check texts as they stand in an editor; every fault with its file, line and column."""
    rows = _rows(desk.scenarios.check(unsaved.name, unsaved.texts()))
    return Checked(ok=not any(row.severity == "fault" for row in rows), faults=rows)


@router.put("/scenarios/{name}")
def save(name: ScenarioId, files: Files, desk: At) -> Texts:
    """Save texts in the user's folder, faults and all, and say what is wrong with them.

    A scenario of the library becomes a copy there, which is used instead from then on.
    """
    with desk.writing:
        report = desk.scenarios.check(name, files.texts())
        desk.scenarios.save(files.texts())
    return _texts(desk.scenarios, name, _rows(report))


def _texts(found: Scenarios, name: str, faults: list[FaultRow]) -> Texts:
    files = [
        FileText(name=one.name, text=one.text, role=one.role, own=one.own)
        for one in found.texts(name)
    ]
    return Texts(name=name, files=files, faults=faults)


def _rows(report: Report) -> list[FaultRow]:
    return [FaultRow(**row) for row in fault_rows([*report.faults, *report.warnings])]
