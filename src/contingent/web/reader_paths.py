"""Paths of the interface for what readers bring: the article, and guesses before the reveal."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contingent.claims.keeping import kept_record
from contingent.errors import SettingError
from contingent.files import whole
from contingent.jobs.missing import Missing
from contingent.jobs.record import now
from contingent.jobs.requests import Name
from contingent.report.view.article import article_record
from contingent.report.view.kept import ARTICLE, keep_json, kept_json
from contingent.web.desk import At
from contingent.web.study_paths import Id
from contingent.web.view_of import article_of

__all__ = ["router"]

router = APIRouter(prefix="/api/studies", tags=["readers"])
GUESSES = "guesses.json"
MOST_GUESSES = 1_000
LARGEST_ARTICLE = 1_000_000
"""Characters."""
Probability = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Article(BaseModel):
    """An article's text, plain or HTML; it is read as data and never shown as markup."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LARGEST_ARTICLE)]


class Anchored(BaseModel):
    """Claims whose sentence was found in an article, and those whose was not."""

    found: list[str]
    missing: list[str]


class Guess(BaseModel):
    """What one reader thinks, claim by claim, before the model is revealed."""

    model_config = ConfigDict(extra="forbid")

    by: Annotated[str, Field(min_length=1, max_length=80)]
    values: Annotated[dict[Name, Probability], Field(min_length=1, max_length=500)]


class KeptGuess(Guess):
    """A guess with the moment at which it was made."""

    at: str


class ClaimGuesses(BaseModel):
    """What the readers think of one claim, beside the model and history."""

    claim: str
    guesses: int
    mean: float
    low: float
    high: float
    model: float | None
    settled: bool | None


class ReaderScore(BaseModel):
    """How a reader's guesses fared on what is settled: mean Brier score, 0 is best."""

    by: str
    claims: int
    brier: float
    model_brier: float | None


class Guesses(BaseModel):
    """All guesses, claim by claim and reader by reader."""

    guesses: list[KeptGuess]
    claims: list[ClaimGuesses]
    scores: list[ReaderScore]


@router.get("/{study}/article")
def read_article(study: Id, desk: At) -> Article:
    """Return the article kept with a study, or given to the server."""
    text = article_of(desk, desk.studies.study(study).folder)
    if text is None:
        raise Missing("article with the study", study)
    return Article(text=text)


@router.post("/{study}/article")
def keep_article(study: Id, article: Article, desk: At) -> Anchored:
    """Keep an article with a study, and say which claims' sentences it holds."""
    found = desk.studies.study(study)
    scenario = desk.played.scenario(found)
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError:
        raise SettingError("text", "characters that are no text", "text in UTF-8") from None
    _, anchors = article_record(article.text, scenario)
    with desk.writing, whole(found.folder / ARTICLE) as partial:
        partial.write_text(article.text, encoding="utf-8", newline="")
    claims = () if scenario.argument is None else scenario.argument.claims
    return Anchored(
        found=[claim for claim in claims if claim in anchors],
        missing=[claim for claim in claims if claim not in anchors],
    )


@router.delete("/{study}/article", status_code=204)
def forget_article(study: Id, desk: At) -> None:
    """Remove the article kept with a study."""
    (desk.studies.study(study).folder / ARTICLE).unlink(missing_ok=True)


@router.get("/{study}/guesses")
def guesses(study: Id, desk: At) -> Guesses:
    """Return the readers' guesses beside the model and history."""
    folder = desk.studies.study(study).folder
    return _compared(_kept(folder), kept_record(folder))


@router.post("/{study}/guesses")
def guess(study: Id, one: Guess, desk: At) -> Guesses:
    """Keep a reader's guesses; a newer one of the same name takes the place of the older."""
    folder = desk.studies.study(study).folder
    record = kept_record(folder)
    known = {claim["id"] for claim in record["claims"]}
    for claim in one.values:
        if claim not in known:
            raise Missing("claim", claim)
    with desk.writing:
        kept = [other for other in _kept(folder) if other.by != one.by]
        if len(kept) >= MOST_GUESSES:
            raise SettingError("guesses", f"{len(kept)} readers", f"at most {MOST_GUESSES}")
        kept.append(KeptGuess(by=one.by, values=one.values, at=now()))
        keep_json(folder / GUESSES, [other.model_dump() for other in kept])
    return _compared(kept, record)


def _kept(folder: Path) -> list[KeptGuess]:
    found = kept_json(folder / GUESSES)
    kept = []
    for one in found if isinstance(found, list) else ():
        with suppress(ValueError):
            kept.append(KeptGuess.model_validate(one))
    return kept


def _compared(kept: list[KeptGuess], record: dict[str, Any]) -> Guesses:
    rows = []
    truth: dict[str, bool] = {}
    model: dict[str, float | None] = {}
    for claim in record["claims"]:
        name, settled = claim["id"], claim["settled"]
        model[name] = claim["probability"]
        if isinstance(settled, bool):
            truth[name] = settled
        given = [one.values[name] for one in kept if name in one.values]
        if given:
            rows.append(
                ClaimGuesses(
                    claim=name,
                    guesses=len(given),
                    mean=sum(given) / len(given),
                    low=min(given),
                    high=max(given),
                    model=model[name],
                    settled=truth.get(name),
                )
            )
    scores = [score for one in kept if (score := _score(one, truth, model)) is not None]
    return Guesses(guesses=kept, claims=rows, scores=scores)


def _score(
    one: KeptGuess, truth: dict[str, bool], model: dict[str, float | None]
) -> ReaderScore | None:
    """Score a reader, and the model on the same claims where it says something of all of them."""
    claims = [name for name in one.values if name in truth]
    if not claims:
        return None
    said = [model[name] for name in claims]
    numbers = [value for value in said if value is not None]
    return ReaderScore(
        by=one.by,
        claims=len(claims),
        brier=_brier([one.values[name] for name in claims], [truth[name] for name in claims]),
        model_brier=_brier(numbers, [truth[name] for name in claims])
        if len(numbers) == len(claims)
        else None,
    )


def _brier(said: list[float], came: list[bool]) -> float:
    return sum((p - c) ** 2 for p, c in zip(said, came, strict=True)) / len(said)
