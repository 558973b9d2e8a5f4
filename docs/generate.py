"""Fill in the parts of the pages that the program knows best.

Between ``<!-- generated: NAME -->`` and ``<!-- end -->`` stands what the function NAME of this file
returns. ``python docs/generate.py`` writes it; a test fails where it is out of date.

``python docs/generate.py run`` plays the real case (some minutes) and pastes a part of what it
prints between ``<!-- output: run -->`` and ``<!-- end -->`` of the README.
"""

import ast
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from contingent.claims import semantics, templates
from contingent.cli import COMMANDS
from contingent.compile.variants import MEANINGS
from contingent.language.predicates import PREDICATES
from contingent.reference import layout

DOCS = Path(__file__).parent
GOLDEN = DOCS.parent / "tests" / "golden"
BLOCK = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- end -->", re.DOTALL)
BESIDE = {
    "command": ("choosing", "operations", "response"),
    "movement": ("routes", "columns"),
    "combat": ("capture",),
}
"""Mechanism to further files of the reference that belong to it."""


def predicates() -> str:
    """One row a predicate: what it takes, what it is, what it means."""
    lines = ["| predicate | value | meaning |", "|---|---|---|"]
    for row in PREDICATES.values():
        words = list(row.parameters)
        if row.optional:
            words[-1] = f"[{words[-1]}]"
        value = row.unit or {"truth": "true or false", "place": "a place"}[row.sort]
        lines.append(f"| `{row.name}({', '.join(words)})` | {value} | {row.meaning} |")
    return "\n".join(lines)


def operators() -> str:
    """What the operators mean, from the page that specifies the language."""
    text = semantics.__doc__ or ""
    start = text.index("A path has days")
    return text[start:].strip().replace("``", "`")


def templates_() -> str:
    """The table of templates."""
    text = templates.__doc__ or ""
    rows = re.findall(r"^``(\{.*?\})``\s{2,}(.+)$", text, re.MULTILINE)
    lines = ["| form | the sentence |", "|---|---|"]
    return "\n".join(
        lines + [f"| `{form.replace('|', chr(92) + '|')}` | {says} |" for form, says in rows]
    )


def mechanisms() -> str:
    """The docstrings of the mechanisms, in the order of the day."""
    parts = []
    for name in layout.MECHANISMS:
        parts += _page(name, "##")
        for other in BESIDE.get(name, ()):
            parts += _page(other, "###")
    return "\n".join(parts).strip()


def _page(name: str, level: str) -> list[str]:
    folder = Path(layout.__file__).parent
    text = ast.get_docstring(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))) or ""
    first, _, body = text.partition("\n")
    title = first.partition(": ")[2] or first
    plain = re.sub(r":(?:mod|data|func|class):`[~.]?(?:[\w.]+\.)?(\w+)`", r"`\1`", body)
    head = f"{level} {name.capitalize()}"
    return [head, "", title[0].upper() + title[1:], plain.replace("``", "`"), ""]


def variants() -> str:
    """Every option of every structural rule; the first of each is the default."""
    lines = ["| rule | option | what holds under it |", "|---|---|---|"]
    for name, says in MEANINGS.items():
        rule, option = name.split(" ", 1)
        mark = " (default)" if layout.STRUCTURE[rule][0] == option else ""
        lines.append(f"| {rule} | {option}{mark} | {says} |")
    return "\n".join(lines)


def help_() -> str:
    """The help of every command, as it is printed."""
    parts = []
    for name in ("", *COMMANDS):
        golden = GOLDEN / f"help-{name or 'contingent'}.txt"
        if not golden.exists():
            continue
        text = golden.read_text(encoding="utf-8")
        parts.append(f"## contingent {name}".rstrip() + f"\n\n```text\n{text.rstrip()}\n```")
    return "\n\n".join(parts)


FILLERS = {
    "predicates": predicates,
    "operators": operators,
    "templates": templates_,
    "mechanisms": mechanisms,
    "variants": variants,
    "help": help_,
}


def filled(text: str) -> str:
    """Return a page with its generated parts as they should be."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"<!-- generated: {name} -->\n{FILLERS[name]()}\n<!-- end -->"

    return BLOCK.sub(fill, text)


def paste_run(page: Path) -> None:
    """Run the real case and paste the rows of a few claims, and what stands under the table."""
    program = Path(sys.executable).with_name("contingent")
    with tempfile.TemporaryDirectory() as folder:
        printed = subprocess.run(
            [program, *COMMAND.split()[1:]],
            cwd=folder,
            env={**os.environ, "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    table, _, under = printed.partition("\n\n")
    heading, *rows = re.split(r"^(?=\S+  [A-Z])", table, flags=re.MULTILINE)
    shown = [row.rstrip() for row in rows if row.split("  ")[0] in CLAIMS]
    said = under[under.index("These shares") :].rstrip()
    block = "\n".join(["```text", f"$ {COMMAND}", heading.rstrip(), *shown, "...", said, "```"])
    text = page.read_text(encoding="utf-8")
    part = re.compile(r"(<!-- output: run -->\n).*?(\n<!-- end -->)", re.DOTALL)
    page.write_text(part.sub(lambda m: m[1] + block + m[2], text), encoding="utf-8")


COMMAND = "contingent run palmyra-2016 --futures 2000 --seed 1"
CLAIMS = ("C05", "C12", "C27", "C38", "C44")
"""Claims of the real case that the README shows: one of each sort."""

if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        paste_run(DOCS.parent / "README.md")
    for page in sorted(DOCS.glob("*.md")):
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
