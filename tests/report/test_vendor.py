"""What the page carries of others is what their publishers published, and says so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from contingent import report

VENDOR = Path(report.__path__[0]) / "page" / "vendor"


def rows() -> list[dict[str, str]]:
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (VENDOR / "VENDOR.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_digest_and_licence(row: dict[str, str]) -> None:
    found = (VENDOR / row["file"]).read_bytes()
    assert hashlib.sha256(found).hexdigest() == row["sha256"]
    assert row["version"].encode() in found[:200]
    licence = row["licence"].partition("(")[2].rstrip(")")
    assert "permission" in (VENDOR / licence).read_text(encoding="utf-8").lower()


def test_every_file_has_its_row() -> None:
    assert {path.name for path in VENDOR.glob("*.js")} == {row["file"] for row in rows()}
