import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contingent.scenario.document import LIBRARY, read_documents
from contingent.scenario.extends import library_names
from contingent.scenario.schema import json_schema

BAD = Path(__file__).parent / "bad"


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(json.dumps(json_schema()))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def errors(validator: jsonschema.Draft202012Validator, path: Path) -> list[str]:
    return [
        f"{list(error.absolute_path)}: {error.message}"
        for document in read_documents(path)
        for error in validator.iter_errors(as_json(document.data))
    ]


@pytest.mark.parametrize("name", library_names())
def test_the_library_is_valid(validator: jsonschema.Draft202012Validator, name: str) -> None:
    assert errors(validator, LIBRARY / f"{name}.yaml") == []


def test_the_starter_is_valid(
    validator: jsonschema.Draft202012Validator, starter_file: Path
) -> None:
    assert errors(validator, starter_file) == []


@pytest.mark.parametrize(
    "name",
    ["unknown-key", "missing-key", "missing-end", "unknown-kind", "text-for-mapping",
     "mapping-for-list", "wrong-length", "not-a-number", "truth-value-for-number", "two-forms",
     "unknown-basis", "unknown-structure", "unknown-variant", "unknown-top-key"],
)  # fmt: skip
def test_faults_of_form_are_seen_by_an_editor_too(
    validator: jsonschema.Draft202012Validator, name: str
) -> None:
    assert errors(validator, BAD / f"{name}.yaml") != []


def test_a_theatre_that_extends_may_leave_keys_to_its_base(
    validator: jsonschema.Draft202012Validator,
) -> None:
    bare = {"contingent": 1, "theatre": "x", "extends": "y", "patch": {"places.a": None}}
    assert list(validator.iter_errors(bare)) == []
    del bare["extends"]
    assert list(validator.iter_errors(bare)) != []


def test_units_and_ranges_are_in_the_schema() -> None:
    air = json_schema()["$defs"]["Air"]["properties"]
    assert air["sorties_per_day"]["x-unit"] == "sorties/day"
    assert json_schema()["$defs"]["Operation"]["properties"]["progress"]["x-high"] == 1.0
    assert "from" in json_schema()["$defs"]["Operation"]["properties"]
