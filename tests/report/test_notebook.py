"""HTML in notebooks: everything escaped, everything there."""

from __future__ import annotations

from html.parser import HTMLParser

from contingent.report.notebook import table_html, verdicts_html


class Tags(HTMLParser):
    """Checks that tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return tags


def test_scenario_run_and_verdicts(demo, run) -> None:
    assert "ford-falls" in parsed(demo._repr_html_()).text
    assert "200 futures" in parsed(run._repr_html_()).text
    text = parsed(run.claims._repr_html_()).text
    assert "unconditioned" in text
    assert "The ally ought to do more." in text


def test_texts_are_escaped(run) -> None:
    assert "&lt;b&gt;" in table_html(("a",), [("<b>",)])
    record = dict(run.record)
    record["claims"] = [{**claim, "says": "<script>x</script>"} for claim in record["claims"]]
    assert "<script>" not in verdicts_html(record)
