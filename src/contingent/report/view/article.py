"""The article, where the reader has it: its sentences in order, each with the claims it makes.

A claim is put at the sentence that its digest names, wherever that stands now; one whose sentence
has changed is not put anywhere. HTML is read as data: text between block elements, nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

from contingent.claims.anchors import Article, check, read_article
from contingent.scenario.types import Scenario

__all__ = ["article_record", "as_text", "direction"]

_BLOCKS = frozenset(
    """
    address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section table td th tr ul
    """.split()  # noqa: SIM905
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "title", "svg", "math"))
_ANCHORED = ("found", "moved", "undigested")
Anchors = dict[str, dict[str, Any]]


class _Reader(HTMLParser):
    """Collects the text of a page, blocks parted by blank lines, headings marked."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.language = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n# " if tag in _HEADINGS else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))


def as_text(written: str) -> tuple[str, str]:
    """Return an article as text with its language ("" if unknown); HTML is read, text stays."""
    start = written.lstrip("\ufeff \t\r\n")[:200].lower()
    if not start.startswith(
        ("<!doctype", "<html", "<body", "<article", "<p", "<div", "<h", "<!--")
    ):
        return written, ""
    reader = _Reader()
    reader.feed(written)
    reader.close()
    return "".join(reader.parts), reader.language


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
