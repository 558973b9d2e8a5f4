"""What an author may write and what the engines know: two lists in sibling layers, one meaning."""

from __future__ import annotations

from typing import get_args

import pytest

from contingent.compile.variants import MEANINGS
from contingent.reference import layout
from contingent.scenario.types import MECHANISMS, Structure


def test_mechanisms_have_the_same_names() -> None:
    assert set(MECHANISMS) | {"record"} == set(layout.MECHANISMS)


@pytest.mark.parametrize("rule", layout.STRUCTURE)
def test_structural_choices_have_the_same_options_and_default(rule: str) -> None:
    field = Structure.model_fields[rule]
    assert get_args(field.annotation) == layout.STRUCTURE[rule]
    assert field.default == layout.STRUCTURE[rule][0]


def test_every_structural_choice_can_be_written_and_has_a_meaning() -> None:
    assert set(Structure.model_fields) == set(layout.STRUCTURE)
    written = {
        f"{rule} {option}" for rule, options in layout.STRUCTURE.items() for option in options
    }
    assert written <= set(MEANINGS)
