"""What can be asked of the queue: one typed request for each kind of long work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

__all__ = [
    "ConditionRequest",
    "DriversRequest",
    "LeverRequest",
    "ReportRequest",
    "Request",
    "RunRequest",
    "WatchRequest",
    "WhatIfRequest",
    "read_request",
]

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
"""Name of a scenario, a study or a claim; it is looked up, never joined to a path."""
Futures = Annotated[int, Field(ge=1, le=10_000_000)]
Particles = Annotated[int, Field(ge=4, le=1_000_000)]
Seed = Annotated[int, Field(ge=0, le=2**53)]
Change = bool | float | Annotated[str, Field(max_length=200)]
Levers = Annotated[
    dict[Annotated[str, Field(min_length=1, max_length=200)], Change],
    Field(min_length=1, max_length=50),
]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class RunRequest(_Asked):
    """Play futures of a scenario into a study."""

    kind: Literal["run"] = "run"
    scenario: Name
    futures: Futures = 2_000
    seed: Seed = 1
    variants: bool = True
    given_known: bool = False


class ConditionRequest(_Asked):
    """Condition a scenario on its reports."""

    kind: Literal["condition"] = "condition"
    scenario: Name
    seed: Seed = 1
    quick: bool = True
    particles: Particles | None = None


class _Ahead(_Asked):
    scenario: Name
    claim: Name
    futures: Futures = 400
    particles: Particles = 400
    seed: Seed = 1
    prior: bool = False


class DriversRequest(_Ahead):
    """Rank the unknowns that move a claim."""

    kind: Literal["drivers"] = "drivers"


class WatchRequest(_Ahead):
    """Rank what to look for next."""

    kind: Literal["watch"] = "watch"


class LeverRequest(_Asked):
    """Levers and the day from which they are moved."""

    do: Levers
    begins: date | None = Field(default=None, alias="from")
    futures: Futures = 500


class WhatIfRequest(LeverRequest):
    """Ask a study what if, on many futures."""

    kind: Literal["what-if"] = "what-if"
    study: Name
    futures: Futures = 5_000


class ReportRequest(_Asked):
    """Write a study down as one file."""

    kind: Literal["report"] = "report"
    study: Name
    format: Literal["html", "md", "docx", "png"] = "html"


Request = Annotated[
    RunRequest | ConditionRequest | DriversRequest | WatchRequest | WhatIfRequest | ReportRequest,
    Field(discriminator="kind"),
]
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Request)


def read_request(plain: Any) -> Request:
    """Read a request from plain data, such as was kept on disk.

    Raises
    ------
    ValueError
        If it is none.
    """
    found: Request = _ADAPTER.validate_python(plain)
    return found
