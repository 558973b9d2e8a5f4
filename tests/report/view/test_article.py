"""Articles are read as data, and claims put where their digests say."""

from __future__ import annotations

import pytest

from contingent.report.view.article import article_record, as_text, direction

HTML = """<!doctype html><html lang="ar"><head><title>T</title><style>p{}</style></head><body>
<h1>A title</h1><p>It <b>fell</b>. Who &lt;then&gt; could
take it?</p><script>alert("no")</script><p>The east.</p></body></html>"""


def test_html_is_text_between_blocks() -> None:
    text, language = as_text(HTML)
    assert language == "ar"
    assert "alert" not in text and "p{}" not in text
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    assert blocks == ["# A title", "It fell. Who <then> could take it?", "The east."]


def test_plain_text_stays() -> None:
    assert as_text("It fell. 3 < 4.") == ("It fell. 3 < 4.", "")


def test_direction() -> None:
    assert direction("سقطت المدينة in 2016") == "rtl"
    assert direction("") == "ltr"


def test_sentences_bear_their_claims(demo) -> None:
    record, anchors = article_record(HTML, demo.spec)
    texts = [[one["text"] for one in part["sentences"]] for part in record["paragraphs"]]
    assert texts == [["It fell.", "Who <then> could take it?"], ["The east."]]
    placed = {claim for part in record["paragraphs"] for one in part["sentences"]
              for claim in one["claims"]}  # fmt: skip
    assert placed == set(anchors)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>It fell.<!-- <p>no", "It fell."),
        ("<p>It fell.<!-- > no --><b>Then?</b>", "It fell.Then?"),
        ("<p>It fell.<a href='no", "It fell."),
        ('<p title="a > b">It fell.', "It fell."),
        ("<p>It fell.<script>no</p>", "It fell."),
        ("<p>It fell.<script>no</SCRIPT >Then?", "It fell.Then?"),
        ("<p>It <svg><text>no</text><svg></svg></svg>fell.", "It fell."),
        ("<p>3 < 4 <3 &lt;b&gt; &#60;i> &", "3 < 4 <3 <b> <i> &"),
        ("<!doctype html><?no?><![CDATA[no]]><p>It fell.", "It fell."),
        ("<p>It</b fell.", "It"),
    ],
)
def test_broken_html_is_read_to_its_end(page: str, said: str) -> None:
    assert as_text(page)[0].strip() == said


@pytest.mark.parametrize("piece", ["<p><!--", "<p><![CDATA[", "<p a='", "<p></a", "![", "A. ",
                                   "a\n\n", "a.\n\n", "It fell. ", "x."])  # fmt: skip
def test_a_hostile_article_takes_no_longer_than_its_length(demo, piece: str) -> None:
    """What looks for an end again and again stands still here."""
    article_record(piece * (300_000 // len(piece)), demo.spec)
