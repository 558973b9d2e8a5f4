import os
import time
from datetime import date
from pathlib import Path

import pytest

from contingent.errors import ScenarioError
from contingent.scenario.check import check
from contingent.scenario.document import DEEPEST, parse_documents, read_documents

HERE = Path("here.yaml")


def data(text: str) -> object:
    return parse_documents(text, HERE)[0].data


def test_plain_scalars_are_those_of_yaml_1_2() -> None:
    read = data("[on, yes, true, null, 30_000, 1.5, 1e3, 2016-02-29, 2016-02-30, 007, '5', .nan]")
    assert isinstance(read, list)
    assert read[:11] == [
        "on", "yes", True, None, 30000, 1.5, 1000.0, date(2016, 2, 29), "2016-02-30", "007", "5",
    ]  # fmt: skip
    assert read[11] != read[11]


def test_a_digest_of_digits_stays_text() -> None:
    assert data("a: " + "1" * 64) == {"a": "1" * 64}
    assert data("a: 12345e" + "7" * 30) == {"a": "12345e" + "7" * 30}


def test_every_node_has_its_position() -> None:
    document = parse_documents("a: 1\nb:\n  - c: x\n    d: [5, 6]\n", HERE)[0]
    assert (document.mark(("b", 0, "d", 1)).line, document.mark(("b", 0, "d", 1)).column) == (4, 12)
    assert document.key_mark(("b", 0, "d")).column == 5
    assert document.mark(("b", 0, "nowhere")).line == 3


def test_aliases_are_expanded() -> None:
    assert data("a: &x {k: 1}\nb: *x\n") == {"a": {"k": 1}, "b": {"k": 1}}


def test_depth_counts_through_aliases() -> None:
    deep = "[" * (DEEPEST - 2) + "]" * (DEEPEST - 2)
    assert data(f"a: &x {deep}\nb: 1\n")
    with pytest.raises(ScenarioError, match="nesting deeper"):
        data(f"a: &x {deep}\nb: [[*x]]\n")


def test_documents_are_parted_and_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_bytes("\ufeffa: 1\n---\nb: 2\n".encode())
    assert [document.data for document in read_documents(path)] == [{"a": 1}, {"b": 2}]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    begin = time.perf_counter()
    with pytest.raises(ScenarioError, match="100,000,000 bytes"):
        read_documents(path)
    assert time.perf_counter() - begin < 1.0


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path, words in ((tmp_path, "a directory"), (pipe, "not a plain file")):
        with pytest.raises(ScenarioError, match=words):
            read_documents(path)


def test_an_unreadable_path_is_a_fault() -> None:
    for name in ("a" * 5000 + ".yaml", "nul\0byte.yaml", "", "no/such/folder.yaml"):
        report = check(name)
        assert report.faults and report.scenario is None


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 50_000, ":" * 100_000,
     "k: v\n" * 20_000, "a: |\n" + "  x\n" * 50_000, "%" * 100_000, "--- a\n" * 20_000],
    ids=["lists", "mappings", "dashes", "keys", "colons", "same key", "block", "percent", "many"],
)  # fmt: skip
def test_no_text_takes_long(text: str, tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(text)
    begin = time.perf_counter()
    report = check(path)
    assert report.faults
    assert time.perf_counter() - begin < 20.0
