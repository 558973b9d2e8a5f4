from pathlib import Path

import pytest

from contingent.errors import ScenarioError
from contingent.scenario.document import parse_documents
from contingent.scenario.extends import library_names
from contingent.scenario.parts import read_parts
from contingent.scenario.show import show_document, show_spec
from contingent.scenario.types import Scenario

BAD = Path(__file__).parent / "bad"


def test_the_printed_document_reads_as_the_same_data(starter_file: Path) -> None:
    for name in (starter_file, *library_names()):
        parts = read_parts(name)
        expected = [part.data for part in (parts.theatre, parts.argument) if part is not None]
        printed = parse_documents(show_document(name), Path("printed.yaml"))
        assert [document.data for document in printed] == expected


def test_every_line_of_the_document_says_where_it_comes_from(starter_file: Path) -> None:
    lines = [line for line in show_document(starter_file).splitlines() if line != "---"]
    assert all("  # rivers.yaml:" in line for line in lines)


def test_a_document_that_cannot_be_put_together() -> None:
    with pytest.raises(ScenarioError):
        show_document(BAD / "extends-nothing.yaml")


def test_the_specification_names_every_number_with_its_footing(rivers: Scenario) -> None:
    text = show_spec(rivers)
    assert "mobile: 100 to 300 fighters  (assumption)" in text
    assert "quality: 0.6 to 1  (kinds.force.garrison.quality; assumption;" in text
    assert "people: 20_000 to 40_000 persons  (MAP)" in text
    assert "argument rivers-argument" in text
    assert "nan" not in text
