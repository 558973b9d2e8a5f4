"""Nothing of a theatre stands in the program: its actors and places live in the library alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import contingent
from contingent.scenario.document import LIBRARY
from contingent.scenario.loading import load

SOURCE = Path(contingent.__path__[-1])
THEATRES = ("syria-2016",)
COMMON = {"iraq", "is", "us"}
"""Names that are ordinary words or would be found inside others; looked for by their long forms."""
ORDINARY = frozenset(
    """
    forces armed state local militias popular groups government enclave coalition aircraft security
    rebels opposition foreign leads other states united north-east airfield shield democratic
    mobilisation under command north pocket
    """.split()  # noqa: SIM905
)
"""Words that stand in the names of actors and mean nothing in particular."""
ALSO = ("islamic state", "daesh", "isis", "euphrates", "kurd", "mosul", "syria", "baghdad")
FILES = [
    path
    for pattern in ("*.py", "*.h", "*.cpp", "*.csv")
    for path in sorted(SOURCE.rglob(pattern))
    if LIBRARY not in path.parents
]


def names_of(theatre: str) -> set[str]:
    """Actors, places and blocs of a theatre, as names and as identifiers."""
    spec = load(theatre).theatre
    found = {*spec.actors, *spec.places, *spec.blocs}
    for entry in (*spec.actors.values(), *spec.places.values()):
        found |= set(re.findall(r"[^\W\d_]{5,}", entry.name or ""))
    return {name.lower() for name in found} - ORDINARY - COMMON


WORDS = sorted({word for theatre in THEATRES for word in names_of(theatre)} | set(ALSO))
PATTERN = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, WORDS)) + r")(?![\w-])", re.I)


def test_the_words_looked_for_are_those_of_the_theatre() -> None:
    assert {"palmyra", "aleppo", "raqqa", "russia", "turkey", "hezbollah"} <= set(WORDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_name_of_a_theatre(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = {match.group().lower() for match in PATTERN.finditer(text)}
    assert not found
