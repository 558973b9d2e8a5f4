"""Files: checked, begun, described."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from contingent.claims.anchors import numbered, read_article
from contingent.claims.reading import read_claim
from contingent.claims.stubs import stubs
from contingent.errors import ClaimError, SettingError
from contingent.scenario.check import Report
from contingent.scenario.check import check as check_scenario
from contingent.scenario.check_argument import vocabulary
from contingent.scenario.faults import Fault, fault_at, in_order
from contingent.scenario.located import Layout
from contingent.scenario.parts import read_parts
from contingent.scenario.schema import json_schema
from contingent.scenario.starter import starter, write_new
from contingent.scenario.types import Scenario

__all__ = ["check", "new", "new_from_article", "read_text", "schema"]


def check(name: str | Path) -> Report:
    """Return every fault and warning of a scenario, its templates included; raises for none."""
    report = check_scenario(name)
    if report.scenario is None or report.scenario.argument is None:
        return report
    faulty = {fault.name.removeprefix("claims.").split(".")[0] for fault in report.faults}
    found = [
        (claim, error)
        for claim, error in unreadable(report.scenario, skipped=faulty)
        if claim not in faulty
    ]
    if not found:
        return report
    layout = read_parts(name).argument
    assert layout is not None
    faults = [_fault(layout, claim, error) for claim, error in found]
    return dataclasses.replace(report, faults=in_order((*report.faults, *faults)))


def unreadable(
    scenario: Scenario, *, skipped: Collection[str] = ()
) -> Iterator[tuple[str, ClaimError]]:
    """Hand out the claims whose templates or predicates cannot be read, with the error."""
    argument = scenario.argument
    assert argument is not None
    words = vocabulary(scenario.theatre)
    for name, claim in argument.claims.items():
        if name in skipped:
            continue
        try:
            read_claim(name, claim, argument, words)
        except ClaimError as error:
            yield name, error


def _fault(layout: Layout, claim: str, error: ClaimError) -> Fault:
    dotted = f"claims.{claim}.form"
    lines = str(error).splitlines()
    return fault_at(
        layout.mark_of(dotted),
        f"a form that cannot be read: {error.message.removeprefix(f'claim {claim}: ')}",
        "",
        name=dotted,
        next_step=error.next_step,
        excerpt="\n".join(lines[1:]),
    )


def new(name: str, *, folder: str | Path = ".") -> Path:
    """Write a commented starter that runs at once; never over a file that is there."""
    return write_new(Path(folder) / f"{name}.yaml", starter(name))


def new_from_article(article: str | Path, name: str = "", *, folder: str | Path = ".") -> Path:
    """Begin an argument: a claim stub for each sentence, beside the numbered text.

    ``NAME.yaml`` holds none of the article's words; ``NAME.numbered.txt`` holds the article, one
    numbered sentence a line, to write the paraphrases by. Neither replaces another file.

    Parameters
    ----------
    article : text or Markdown in UTF-8
    name : of the argument; the article's own if left out
    folder : to write into

    Raises
    ------
    SettingError
        If the article cannot be read as text, or holds no sentence.
    """
    path = Path(article)
    text = read_text(path)
    sentences = read_article(text)
    if not sentences.sentences:
        raise SettingError(str(path), "no sentence", "paragraphs parted by blank lines")
    called = name or re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem).strip("-") or "argument"
    written = write_new(Path(folder) / f"{called}.yaml", _HEADING.format(name=called) + stubs(text))
    write_new(Path(folder) / f"{called}.numbered.txt", numbered(sentences))
    return written


_HEADING = """\
# An argument begun from an article. Name the theatre it is about, say who wrote it and when, and
# paraphrase each claim: {name}.numbered.txt holds the article with its numbers. The article's own
# words stay there.
argument: {name}
about: THEATRE
source: {{title: TITLE, author: AUTHOR, publisher: PUBLISHER, written: 2000-01-01}}

"""


def read_text(path: Path) -> str:
    """Read a text in UTF-8.

    Raises
    ------
    SettingError
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise SettingError(str(path), f"a file that cannot be read ({reason})", "a text") from None


def schema() -> dict[str, Any]:
    """Return the JSON Schema of theatre and argument files."""
    return json_schema()
