"""The article, where the reader has it: its sentences in order, each with the claims it makes.

A claim is put at the sentence that its digest names, wherever that stands now; one whose sentence
has changed is not put anywhere. HTML is read as data: text between block elements, nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from contingent.claims.anchors import Article, check, read_article
from contingent.report.view.html_text import read_html
from contingent.scenario.types import Scenario

__all__ = ["article_record", "as_text", "direction"]

_ANCHORED = ("found", "moved", "undigested")
Anchors = dict[str, dict[str, Any]]


def as_text(written: str) -> tuple[str, str]:
    """Return an article as text with its language ("" if unknown); HTML is read, text stays."""
    start = written.lstrip("\ufeff \t\r\n")[:200].lower()
    if not start.startswith(
        ("<!doctype", "<html", "<body", "<article", "<p", "<div", "<h", "<!--")
    ):
        return written, ""
    return read_html(written)


def article_record(written: str, scenario: Scenario) -> tuple[dict[str, Any], Anchors]:
    """Return the article as the page shows it, and where its claims stand in it.

    Parameters
    ----------
    written : text, Markdown or HTML
    scenario : whose claims are looked for
    """
    text, language = as_text(written)
    article = read_article(text)
    claims = {} if scenario.argument is None else scenario.argument.claims
    found = check(text, {name: claim.at for name, claim in claims.items()})
    anchors: Anchors = {
        one.claim: {
            "paragraph": one.sentence.paragraph, "sentence": one.sentence.number,
            "status": one.status,
        }
        for one in found
        if one.sentence is not None and one.status in _ANCHORED
    }  # fmt: skip
    lost = {one.claim: one.report for one in found if one.claim not in anchors}
    record = {
        "direction": direction(text),
        "language": language,
        "paragraphs": _paragraphs(article, anchors),
        "lost": lost,
    }
    return record, anchors


def _paragraphs(article: Article, anchors: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    at: dict[tuple[int, int], list[str]] = {}
    for claim, anchor in anchors.items():
        at.setdefault((anchor["paragraph"], anchor["sentence"]), []).append(claim)
    return [
        {
            "sentences": [
                {"text": one.text, "claims": at.get((one.paragraph, one.number), [])}
                for one in sentences
            ]
        }
        for _, sentences in groupby(article.sentences, key=lambda one: one.paragraph)
    ]


def direction(text: str) -> str:
    """Return "rtl" if more letters of a text run from right to left than otherwise, else "ltr".

    >>> direction("Who could take it?"), direction("من يستطيع؟")
    ('ltr', 'rtl')
    """
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    right = sum(kind in ("R", "AL") for kind in kinds)
    return "rtl" if right > kinds.count("L") else "ltr"
