"""Sentences counted and found again, on an invented article."""

from dataclasses import dataclass
from hashlib import sha256

import pytest
from ruamel.yaml import YAML

from contingent.claims.anchors import check, digest, find, locate, normalise, numbered, read_article
from contingent.claims.stubs import guess_kind, stubs

ARTICLE = """\ufeff# The quarrel over the two mills

By A. Nobody

Printed in the Valley Courier, 3 May 1902

*The upper mill has changed hands.* "Who would have thought it?" asked Mr. Pell, the
toll-keeper. Gen. Orr of the U.S. survey (ret.) had warned of it at 5 p.m. that very day.

The miller's reeve watched the weir, and his [two cousins](https://valley.example/a_b)
watched the road; nobody watched the

ford. It will probably be retaken by next spring, unless the river rises!

## What now?

![a map](map.png)

> Only the lower mill could grind for both… It should.

- First the wheel_house, then the weir.

Comment on this page
"""


@dataclass
class At:
    paragraph: int
    sentence: int
    sha256: str | None = None


def places() -> dict[tuple[int, int], str]:
    return {(one.paragraph, one.number): one.text for one in read_article(ARTICLE).sentences}


def test_paragraphs_and_sentences_are_counted_by_the_rules() -> None:
    assert places() == {
        (1, 1): "The upper mill has changed hands.",
        (1, 2): '"Who would have thought it?" asked Mr. Pell, the toll-keeper.',
        (1, 3): "Gen. Orr of the U.S. survey (ret.) had warned of it at 5 p.m. that very day.",
        (2, 1): "The miller's reeve watched the weir, and his two cousins watched the road; "
        "nobody watched the ford.",
        (2, 2): "It will probably be retaken by next spring, unless the river rises!",
        (3, 1): "Only the lower mill could grind for both…",
        (3, 2): "It should.",
        (4, 1): "First the wheel_house, then the weir.",
    }


def test_a_question_inside_quotes_ends_before_a_capital_only() -> None:
    text = '"Is it so?" Nobody knew. “Yes.” «No!» (Perhaps.) 12 men left.'
    assert [one.text for one in read_article(text).sentences] == [
        '"Is it so?"',
        "Nobody knew.",
        "“Yes.”",
        "«No!»",
        "(Perhaps.)",
        "12 men left.",
    ]


def test_capitals_beyond_ascii_begin_sentences_too() -> None:
    text = "It rained. Élodie left. élan is small. Ähnlich."
    assert len(read_article(text).sentences) == 3


def test_an_article_may_be_empty() -> None:
    assert read_article("").sentences == ()
    assert read_article("# Heading\n\ncaption").sentences == ()
    assert numbered(read_article("")) == "\n"


def test_line_ends_and_indents_do_not_matter() -> None:
    windows = ARTICLE.replace("\n", "\r\n")
    assert read_article(windows) == read_article(ARTICLE)
    assert read_article(ARTICLE.replace("\n\n", "\n  \n\n\t\n")) == read_article(ARTICLE)


def test_what_a_digest_sees_and_what_not() -> None:
    assert normalise("The “miller’s” reeve — 3\u00a0men, ﬁne_") == "the millers reeve 3 men fine"
    assert digest("It's so!") == digest("It’s  SO") == sha256(b"its so").hexdigest()
    assert digest("It is so.") != digest("It is not so.")


def test_every_sentence_is_found_where_it_stands() -> None:
    article = read_article(ARTICLE)
    anchors = {
        f"c{n}": At(one.paragraph, one.number, one.sha256[:16])
        for n, one in enumerate(article.sentences)
    }
    found = check(ARTICLE, {**anchors, "none": None})
    assert [finding.claim for finding in found] == list(anchors)
    assert {finding.status for finding in found} == {"found"}


def test_a_changed_text_is_reported_claim_by_claim() -> None:
    whole = {
        claim: At(paragraph, sentence, digest(places()[paragraph, sentence]))
        for claim, (paragraph, sentence) in {
            "hands": (1, 1),
            "retaken": (2, 2),
            "grind": (3, 1),
            "wheel": (4, 1),
        }.items()
    }
    changed = ARTICLE.replace("probably", "certainly").replace("- First", "Well. First")
    changed = changed.replace("> Only", "Nobody came.\n\n> Only")
    found = {finding.claim: finding for finding in check(changed, whole)}
    assert found["hands"].status == "found"
    assert found["retaken"].status == "changed"
    assert "paragraph 2, sentence 2 has changed" in found["retaken"].report
    assert found["grind"].status == "moved"
    assert "to paragraph 4, sentence 1" in found["grind"].report
    assert found["wheel"].status == "moved"


def test_places_that_are_not_there() -> None:
    article = read_article(ARTICLE)
    gone = locate(article, "gone", At(9, 1, "0" * 64))
    assert (gone.status, gone.sentence) == ("missing", None)
    assert "no paragraph 9, sentence 1" in gone.report
    assert locate(article, "bare", At(1, 1)).status == "undigested"
    assert locate(article, "short", At(1, 1, "abc")).status == "undigested"


def test_words_are_found_across_markup() -> None:
    article = read_article(ARTICLE)
    assert [(s.paragraph, s.number) for s in find(article, "his two cousins")] == [(2, 1)]
    assert find(article, "mill has chang") == []
    assert len(find(article, "the")) > 3


def test_the_numbered_article() -> None:
    lines = numbered(read_article(ARTICLE)).splitlines()
    assert lines[0] == "[1.1] The upper mill has changed hands."
    assert lines[3] == ""
    assert lines[4].startswith("[2.1] The miller's")


def test_stubs_hold_anchors_and_none_of_the_words() -> None:
    text = stubs(ARTICLE)
    claims = YAML(typ="safe").load(text)["claims"]
    assert list(claims)[:2] == ["p1-s1", "p1-s2"]
    anchors = {name: At(**claim["at"]) for name, claim in claims.items()}
    assert {finding.status for finding in check(ARTICLE, anchors)} == {"found"}
    assert claims["p2-s2"]["hedge"] == "probably"
    assert claims["p2-s2"]["kind"] == "conditional"
    assert "0.55 to 0.8 by icd-203" in text
    assert "# form: {only: ACTOR, could: WHAT it DOES, by: DATE}" in text
    for word in ("mill", "reeve", "toll", "river"):
        assert word not in text
    assert stubs("nothing") == "claims: {}\n"


def test_a_denied_hedge_is_written_as_such() -> None:
    assert 'hedge: "not likely"' in stubs("It is not likely to rain.")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("They should leave.", "normative"),
        ("If it rains, it floods.", "conditional"),
        ("It fell because of the rain.", "explanation"),
        ("It may fall.", "forecast"),
        ("It fell.", "observation"),
    ],
)
def test_kinds_are_guessed(sentence: str, kind: str) -> None:
    assert guess_kind(sentence) == kind


def test_sentences_of_other_scripts_end_too() -> None:
    article = read_article("عنوان\n\nسقطت المدينة. من يستعيدها؟ لا أحد يعلم.")
    assert [one.number for one in article.sentences] == [1, 2, 3]
