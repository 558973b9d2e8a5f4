"""Commands about files: check, show, new, schema."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from contingent.cli.options import Json, ScenarioName
from contingent.cli.output import emit_json, say
from contingent.errors import SettingError


class Form(StrEnum):
    """A form in which a scenario can be printed."""

    document = "document"
    spec = "spec"
    program = "program"
    day0 = "day0"


def check(
    name: ScenarioName,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings.")] = False,
    json: Json = False,
) -> None:
    """Report all faults and warnings of a scenario at once.

    Each with file, line, column, dotted name, what was found, what was expected and the nearest
    valid name.

    Exit codes: 0 clean, 1 warnings (with --strict), 2 faults.
    """
    from contingent import api
    from contingent.report import scenario_text

    report = api.check(name)
    if json:
        emit_json(scenario_text.check_record(report))
    else:
        say(scenario_text.check_text(report))
    if report.faults:
        raise typer.Exit(2)
    if strict and report.warnings:
        raise typer.Exit(1)


def show(
    name: ScenarioName,
    form: Annotated[Form, typer.Option("--as", help="Which form.")] = Form.spec,
    json: Json = False,
) -> None:
    r"""Print a scenario as document, spec, program or day 0.

    \b
    document  the files as their authors wrote them
    spec      every number with unit, range, basis and source, under its dotted name
    program   sizes, mechanisms and tables that the engines run
    day0      how things stand on day 0: sieges, attackers, supply, contacts, totals

    Exit codes: 0 printed, 2 faults.
    """
    from contingent.report import scenario_text

    if json:
        emit_json(scenario_text.form_record(name, form.value))
    else:
        say(scenario_text.form_text(name, form.value))


def new(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Name of the new scenario.")
    ] = None,
    article: Annotated[
        Path | None,
        typer.Option(
            "--article",
            metavar="FILE",
            help="Number a text's paragraphs and sentences and write a claim stub for each.",
        ),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help="Folder to write into.")
    ] = Path("."),
    json: Json = False,
) -> None:
    """Write a commented starter that runs at once, or claim stubs for an article.

    Nothing is ever overwritten.

    Exit codes: 0 written, 2 not written.
    """
    from contingent import api

    if name is None and article is None:
        raise SettingError(
            "new", "neither a name nor an article", "a name", "contingent new my-theatre"
        )
    if article is None:
        path = api.new(name or "", folder=folder)
    else:
        path = api.new_from_article(article, name or "", folder=folder)
    if json:
        emit_json({"file": path})
    elif article is None:
        say(f"Wrote {path}. Now: contingent check {path}; contingent run {path}")
    else:
        say(
            f"Wrote {path}, a stub for each sentence, and {path.stem}.numbered.txt, the article "
            "with its numbers. Delete what is no claim, then fill in."
        )


def schema(json: Json = False) -> None:
    """Print the JSON Schema of the files; an editor completes and underlines with it.

    Exit codes: 0 printed.
    """
    import json as writer

    from contingent import api

    printed = api.schema()
    if json:
        printed = {"version": 1, **printed}
    say(writer.dumps(printed, ensure_ascii=False, indent=2))
