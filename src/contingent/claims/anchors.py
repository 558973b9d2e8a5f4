r"""Where in its article a claim stands, without carrying the article.

A claim's ``at:`` gives paragraph, sentence and a digest of the sentence. Whoever has the article
can check that it still says what it said; whoever has not learns nothing of its words.

How paragraphs and sentences are counted, from 1:

1. Text is put in Unicode form NFC. Blocks are parted by blank lines; within a block a line break
   is a blank. Marks of Markdown are removed: pictures, the address of a link, ``*``, ``_``, a
   backtick, and ``#``, ``>`` or a list mark at the start of a line.
2. A block that begins with ``#`` is a heading and does not count.
3. A block that ends without ``. ! ? …`` and is followed by one that begins with a small letter is
   continued by it (a page break); headings do not take part.
4. A block that still does not end with ``. ! ? …``, closing quotes and brackets aside, is a title,
   a byline or a caption and does not count. The others are the paragraphs.
5. A sentence ends with one or more of ``. ! ? …`` and any closing quotes and brackets, before a
   blank and a capital letter, a digit or an opening quote or bracket. A dot after an
   abbreviation of the list below or after a single capital letter ends none.

How a sentence is normalised before its SHA-256 is taken: Unicode form NFKC, case folded,
apostrophes dropped, every run of anything but letters and digits turned into one blank. So
quotation marks, dashes, markup and line breaks may change, words may not.

>>> article = read_article("A title\n\nIt fell. Who, *then*, could\ntake it?\n\nThe east.")
>>> [(one.paragraph, one.number, one.text) for one in article.sentences]
[(1, 1, 'It fell.'), (1, 2, 'Who, then, could take it?'), (2, 1, 'The east.')]
>>> normalise("Who, “then”, couldn’t —")
'who then couldnt'
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from typing import Literal, Protocol

__all__ = [
    "Anchored",
    "Article",
    "Finding",
    "Sentence",
    "check",
    "digest",
    "find",
    "locate",
    "normalise",
    "numbered",
    "read_article",
]

SHORTEST = 12
"""Hexadecimal digits a digest must at least have in a file."""

_LONGEST = "{0,1000}"
"""Characters of a link's words or address; what never ends would be looked for again and again."""
_ABBREVIATIONS = frozenset(
    """
    adm al approx ca capt cf co col dept dr est etc fig gen gov inc jr lt ltd maj mr mrs ms nos prof
    rep sen sgt sr st vol vs jan feb mar apr jun jul aug sep sept oct nov dec
    a.m e.g i.e p.m u.k u.n u.s
    """.split()  # noqa: SIM905
)
_ENDS = re.compile(r"(?<![.!?…؟。])[.!?…؟。]+[\"'”’»)\]]*$")
_SENTENCE_END = re.compile(
    r"(?<![.!?…؟。])[.!?…؟。]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W_a-zß-öø-ÿ])"
)
_PICTURE = re.compile(rf"!\[[^\[\]]{_LONGEST}\]\([^)]{_LONGEST}\)")
_LINK = re.compile(rf"\[([^\[\]]{_LONGEST})\]\([^)]{_LONGEST}\)")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")


@dataclass(frozen=True)
class Sentence:
    """One sentence of an article.

    Attributes
    ----------
    paragraph, number : int
        Where it stands, both from 1.
    text : str
        Its words, without markup.
    """

    paragraph: int
    number: int
    text: str

    @property
    def sha256(self) -> str:
        """Digest of the normalised sentence."""
        return digest(self.text)


@dataclass(frozen=True)
class Article:
    """An article as its sentences, in order."""

    sentences: tuple[Sentence, ...]

    def at(self, paragraph: int, number: int) -> Sentence | None:
        """Return the sentence at a place, or None if there is none."""
        return self._places.get((paragraph, number))

    def starting(self, digits: str) -> Sentence | None:
        """Return the first sentence whose digest starts with some digits, or None."""
        first = bisect_left(self._digests, (digits, 0))
        alike = takewhile(lambda one: one[0].startswith(digits), self._digests[first:])
        number = min((number for _, number in alike), default=None)
        return None if number is None else self.sentences[number]

    @cached_property
    def _places(self) -> dict[tuple[int, int], Sentence]:
        return {(one.paragraph, one.number): one for one in self.sentences}

    @cached_property
    def _digests(self) -> list[tuple[str, int]]:
        return sorted((one.sha256, number) for number, one in enumerate(self.sentences))


class Anchored(Protocol):
    """A claim's ``at:`` as the file gives it."""

    @property
    def paragraph(self) -> int:
        """Paragraph, from 1."""
        ...

    @property
    def sentence(self) -> int:
        """Sentence within the paragraph, from 1."""
        ...

    @property
    def sha256(self) -> str | None:
        """Digest of the normalised sentence, or at least its first digits."""
        ...


@dataclass(frozen=True)
class Finding:
    """What has become of one claim's sentence.

    Attributes
    ----------
    claim : str
    status : {"found", "moved", "changed", "missing", "undigested"}
        *moved*: the sentence stands elsewhere, at `sentence`; *changed*: another sentence stands
        in its place and the old one nowhere; *missing*: there is no such place; *undigested*: the
        file gives no digest, so that nothing can be checked.
    sentence : Sentence or None
        The sentence found, or the one that stands in its place.
    report : str
        The same in words.
    """

    claim: str
    status: Literal["found", "moved", "changed", "missing", "undigested"]
    sentence: Sentence | None
    report: str


def normalise(sentence: str) -> str:
    """Return the words of a sentence as they enter its digest."""
    folded = unicodedata.normalize("NFKC", sentence).casefold()
    folded = _APOSTROPHES.sub("", folded)
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def digest(sentence: str) -> str:
    """Return the SHA-256 of a normalised sentence, 64 hexadecimal digits."""
    return sha256(normalise(sentence).encode()).hexdigest()


def _plain(block: str) -> str:
    """Return a block without Markdown's marks, on one line."""
    block = _PICTURE.sub("", block)
    block = _LINK.sub(r"\1", block)
    block = re.sub(r"^\s*(?:#+|>|[-*+]|\d+[.)])\s+", "", block, flags=re.MULTILINE)
    block = re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", block)
    return " ".join(block.split())


def _sentences(paragraph: str) -> list[str]:
    """Part a paragraph into sentences."""
    found, begin = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        word = max(paragraph.rfind(" ", begin, end.start()) + 1, begin)
        last = paragraph[word : end.start()].lstrip("\"'“‘«([")
        if end.group().startswith(".") and (
            last.lower() in _ABBREVIATIONS or re.fullmatch(r"[^\W\d_](?:\.[^\W\d_])*", last)
        ):
            continue
        found.append(paragraph[begin : end.end()].strip())
        begin = end.end()
    rest = paragraph[begin:].strip()
    return [*found, rest] if rest else found


def read_article(text: str) -> Article:
    """Count the paragraphs and sentences of an article.

    Parameters
    ----------
    text : str
        Plain text or Markdown.

    Returns
    -------
    Article
    """
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[list[str]] = []
    for raw in re.split(r"\n[^\S\n]*\n\s*", text):
        block = _plain(raw)
        heading = raw.lstrip().startswith("#")
        if not block:
            continue
        open_ended = bool(blocks and blocks[-1]) and not _ENDS.search(blocks[-1][-1])
        if open_ended and not heading and block[0].islower():
            blocks[-1].append(block)
        else:
            blocks.append([] if heading else [block])
    paragraphs = [" ".join(block) for block in blocks if block and _ENDS.search(block[-1])]
    return Article(
        tuple(
            Sentence(paragraph, number, sentence)
            for paragraph, block in enumerate(paragraphs, start=1)
            for number, sentence in enumerate(_sentences(block), start=1)
        )
    )


def find(article: Article, words: str) -> list[Sentence]:
    """Return the sentences that contain some words, both normalised."""
    sought = f" {normalise(words)} "
    return [one for one in article.sentences if sought in f" {normalise(one.text)} "]


def locate(article: Article, claim: str, anchor: Anchored) -> Finding:
    """Find the sentence of one claim.

    Parameters
    ----------
    article : Article
    claim : str
        The claim's name, for the report.
    anchor : Anchored

    Returns
    -------
    Finding
    """
    here = article.at(anchor.paragraph, anchor.sentence)
    place = f"paragraph {anchor.paragraph}, sentence {anchor.sentence}"
    wanted = (anchor.sha256 or "").lower()
    if len(wanted) < SHORTEST:
        return Finding(claim, "undigested", here, f"{claim}: no digest to check {place} against")
    if here is not None and here.sha256.startswith(wanted):
        return Finding(claim, "found", here, f"{claim}: found in {place}")
    other = article.starting(wanted)
    if other is not None:
        report = (
            f"{claim}: moved from {place} to paragraph {other.paragraph}, "
            f"sentence {other.number}; correct its at:"
        )
        return Finding(claim, "moved", other, report)
    if here is None:
        report = f"{claim}: the article has no {place}, and the sentence stands nowhere in it"
        return Finding(claim, "missing", None, report)
    report = f"{claim}: the text of {place} has changed; read the claim again"
    return Finding(claim, "changed", here, report)


def check(article_text: str, anchors: Mapping[str, Anchored | None]) -> list[Finding]:
    """Find every claim's sentence in an article.

    Parameters
    ----------
    article_text : str
    anchors : mapping of str to Anchored or None
        Claim to its ``at:``; claims without one are passed over.

    Returns
    -------
    list of Finding
        One for each anchored claim, in order.
    """
    article = read_article(article_text)
    return [locate(article, claim, one) for claim, one in anchors.items() if one is not None]


def numbered(article: Article) -> str:
    """Return an article with its numbers, one sentence a line, paragraphs parted."""
    lines, paragraph = [], 1
    for one in article.sentences:
        if one.paragraph != paragraph:
            lines.append("")
            paragraph = one.paragraph
        lines.append(f"[{one.paragraph}.{one.number}] {one.text}")
    return "\n".join(lines) + "\n"
