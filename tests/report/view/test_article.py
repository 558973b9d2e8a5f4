"""Articles are read as data, and claims put where their digests say."""

from __future__ import annotations

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
