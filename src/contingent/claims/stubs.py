"""The start of an argument file: one stub for each sentence of an article.

A stub holds the anchor, a guess at the kind, the hedge with its lexicon and the templates that
the words call for. It holds none of the article's words: the author writes a paraphrase beside
the numbered article (`anchors.numbered`), and deletes the sentences that claim nothing.
"""

from __future__ import annotations

import json
import re

from contingent.claims.anchors import Sentence, read_article
from contingent.claims.hedges import lookup
from contingent.claims.suggestions import suggest

__all__ = ["guess_kind", "stubs"]

_KINDS = (
    ("normative", r"should|must|ought|onus|deserves?|needs? to|imperative"),
    ("conditional", r"if|unless|provided that|in case"),
    ("explanation", r"because|due to|owing to|reason|explains?|means? that|enabled|result of"),
    (
        "forecast",
        r"will|won['’]t|going to|may|might|could|likely|probably|until|by (?:next )?\w+ \d{4}",
    ),
)


def guess_kind(text: str) -> str:
    """Return the kind of claim that a sentence's words suggest; an observation if none do."""
    for kind, words in _KINDS:
        if re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text, re.IGNORECASE):
            return kind
    return "observation"


def _stub(sentence: Sentence) -> list[str]:
    place = f"paragraph: {sentence.paragraph}, sentence: {sentence.number}"
    says = f"Paraphrase of paragraph {sentence.paragraph}, sentence {sentence.number}."
    lines = [
        f"  p{sentence.paragraph}-s{sentence.number}:",
        f"    says: {json.dumps(says)}",
        f"    at: {{{place}, sha256: {sentence.sha256}}}",
        f"    kind: {guess_kind(sentence.text)}",
    ]
    hedge = lookup(sentence.text)
    if hedge is not None:
        words = f"not {hedge.phrase}" if hedge.negated else hedge.phrase
        implied = f"{hedge.low:g} to {hedge.high:g} by {hedge.lexicon}"
        lines.append(f"    hedge: {json.dumps(words)}  # {implied}")
    lines += [f"    # form: {found.form}" for found in suggest(sentence.text)]
    return lines


def stubs(article_text: str) -> str:
    """Return claim stubs for an article.

    Parameters
    ----------
    article_text : str

    Returns
    -------
    str
        YAML: the ``claims:`` of an argument file, one claim a sentence. An empty mapping if the
        article has no sentence.
    """
    sentences = read_article(article_text).sentences
    if not sentences:
        return "claims: {}\n"
    lines = [
        "# One stub for each sentence; delete those that claim nothing. Kinds are guesses.",
        "# Kinds: observation, explanation, forecast, conditional, normative, background.",
        "claims:",
    ]
    for sentence in sentences:
        lines += _stub(sentence)
    return "\n".join(lines) + "\n"
