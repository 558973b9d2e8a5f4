"""Random input: a check gives nothing but faults, and a load nothing but a ScenarioError."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contingent.errors import ScenarioError
from contingent.scenario.check import Report, check
from contingent.scenario.loading import load
from contingent.scenario.starter import starter
from contingent.scenario.types import Scenario

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.sampled_from(
        ["north", "ford", "1 to 5", "5 to 1", "* 2", "2020-01-05", "holds(north, ford)", "a.b", ""]
    ),
    st.text(max_size=8),
)
KEYS = st.sampled_from(
    ["contingent", "theatre", "argument", "about", "start", "now", "end", "places", "routes",
     "actors", "blocs", "forces", "ford", "north", "kind", "at", "mobile", "value", "uniform",
     "source", "basis", "claims", "holds", "do", "extends", "patch", "unknowns", "from", "id",
     "relations", "pair", "history", "facts", "reports", "model", "structure", "says", "aims"]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=25,
)
QUICK = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def checked(path: Path) -> Report:
    """Check a file, and load it, whatever is in it."""
    report = check(path)
    for fault in (*report.faults, *report.warnings):
        assert str(fault) and fault.line >= 0
    if report.faults:
        with pytest.raises(ScenarioError):
            load(path)
    else:
        assert isinstance(load(path), Scenario)
    return report


def write(value: object) -> str:
    """YAML in flow style, written independently of the program."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {write(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return {None: "null", True: "true", False: "false"}.get(value, str(value))  # type: ignore[call-overload]


@QUICK
@given(content=st.binary(max_size=300))
def test_random_bytes(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "random.yaml"
    path.write_bytes(content)
    checked(path)


@QUICK
@given(text=st.text(alphabet="ab:-[]{}&*!|>'\"%@`#,? \n\t0.1", max_size=120))
def test_random_punctuation(text: str, tmp_path: Path) -> None:
    path = tmp_path / "random.yaml"
    path.write_text(text)
    checked(path)


@QUICK
@given(tree=st.dictionaries(KEYS, TREES, max_size=10))
def test_random_trees(tree: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "random.yaml"
    path.write_text(write({"theatre": "x", **tree}))
    checked(path)


@QUICK
@given(data=st.data())
def test_a_value_of_the_starter_exchanged(data: st.DataObject, tmp_path: Path) -> None:
    lines = starter("rivers").splitlines()
    entries = [i for i, line in enumerate(lines) if ": " in line and not line.startswith("#")]
    chosen = data.draw(st.sampled_from(entries))
    key = lines[chosen].partition(": ")[0]
    lines[chosen] = f"{key}: {write(data.draw(TREES))}"
    path = tmp_path / "exchanged.yaml"
    path.write_text("\n".join(lines))
    checked(path)


def test_lines_of_the_starter_left_out_or_moved(tmp_path: Path) -> None:
    lines = starter("rivers").splitlines()
    path = tmp_path / "shuffled.yaml"
    for seed in range(40):
        draw = random.Random(seed)
        kept = [line for line in lines if draw.random() > 0.03]
        first, second = draw.randrange(len(kept)), draw.randrange(len(kept))
        kept[first], kept[second] = kept[second], kept[first]
        path.write_text("\n".join(kept))
        checked(path)


def test_a_missing_file_names_the_nearest_of_the_library() -> None:
    report = check("no-such-scenario")
    assert "no such file" in str(report.faults[0])
