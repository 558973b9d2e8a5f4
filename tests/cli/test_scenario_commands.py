"""check, show, new, schema."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

BROKEN = """\
contingent: 1
theatre: broken
start: 2020-01-01
now: 2020-01-10
end: 2020-02-01
places:
  ford: {kind: twon, held_by: north}
actors:
  north: {bloc: b, aims: {frod: 3}}
blocs: {b: {}}
"""


def test_a_starter_is_clean_and_is_not_overwritten(command, demo: str) -> None:
    before = Path(demo).read_bytes()
    assert command("check", demo).code == 0
    assert command("check", demo, "--strict").code == 0
    again = command("new", "demo")
    assert again.code == 2
    assert "already there" in again.err
    assert Path(demo).read_bytes() == before
    assert [path.name for path in Path().iterdir()] == [demo]


@pytest.mark.parametrize("name", ["../out", "a b", "", "x/y"])
def test_a_name_that_is_no_name_is_refused(command, name: str) -> None:
    found = command("new", name)
    assert found.code == 2
    assert list(Path().iterdir()) == []


def test_all_faults_at_once_with_places_and_nearest_names(command) -> None:
    Path("broken.yaml").write_text(BROKEN, encoding="utf-8")
    found = command("check", "broken.yaml")
    assert found.code == 2
    assert "broken.yaml:7:16: places.ford.kind" in found.out
    assert "did you mean 'town'?" in found.out
    assert "did you mean 'ford'?" in found.out
    record = command("check", "broken.yaml", "--json")
    assert record.code == 2
    assert record.json["version"] == 1
    assert not record.json["ok"]
    fault = next(one for one in record.json["faults"] if one["name"] == "places.ford.kind")
    assert (fault["line"], fault["column"], fault["nearest"]) == (7, 16, "town")


def test_warnings_fail_under_strict_alone(command, demo: str) -> None:
    text = Path(demo).read_text(encoding="utf-8")
    Path(demo).write_text(text.replace("{per_day: 2 to 8, at: harbour, basis: assumption}",
                                       "{per_day: 2 to 8, at: harbour}"))  # fmt: skip
    assert command("check", demo).code == 0
    strict = command("check", demo, "--strict")
    assert strict.code == 1
    assert "warning:" in strict.out


def test_a_template_that_cannot_be_read_is_a_fault(command, demo: str) -> None:
    text = Path(demo).read_text(encoding="utf-8")
    broken = text.replace(
        'holds: "never(holds(south, harbour), until=2020-03-31)"',
        'form: {only: sotuh, could: "holds(it, harbour)"}',
    )
    assert broken != text
    Path(demo).write_text(broken, encoding="utf-8")
    found = command("check", demo)
    assert found.code == 2
    assert "claims.harbour-safe.form" in found.out
    assert "did you mean south?" in found.out


@pytest.mark.parametrize("form", ["document", "spec", "program", "day0"])
def test_every_form_is_printed(command, demo: str, form: str) -> None:
    text = command("show", demo, "--as", form)
    assert text.code == 0
    assert "ford" in text.out
    record = command("show", demo, "--as", form, "--json").json
    assert (record["version"], record["form"]) == (1, form)


def test_the_schema_accepts_what_it_is_asked_to(command) -> None:
    schema = command("schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    assert command("schema", "--json").json["version"] == 1


ARTICLE = "# Mills\n\nThe ford will fall. Who could stop it?\n\nOnly the north could.\n"


def test_an_article_becomes_stubs_beside_its_numbers(command) -> None:
    Path("mills.md").write_text(ARTICLE, encoding="utf-8")
    assert command("new", "--article", "mills.md").code == 0
    stubs = Path("mills.yaml").read_text(encoding="utf-8")
    numbered = Path("mills.numbered.txt").read_text(encoding="utf-8")
    assert "[1.2] Who could stop it?" in numbered
    assert "stop it" not in stubs
    assert stubs.count("sha256:") == 3
    assert command("new", "--article", "mills.md").code == 2


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b""])
def test_an_article_that_is_no_text_is_refused(command, content: bytes) -> None:
    Path("odd.txt").write_bytes(content)
    found = command("new", "--article", "odd.txt")
    assert found.code == 2
    assert [path.name for path in Path().iterdir()] == ["odd.txt"]


@pytest.mark.parametrize(
    "arguments",
    [("check", "nowhere.yaml"), ("show", "nowhere"), ("run", "nowhere"), ("new",), ("alive", "x")],
)
def test_errors_are_printed_and_never_traced(command, arguments: tuple[str, ...]) -> None:
    found = command(*arguments)
    assert found.code == 2
    assert "Traceback" not in found.out + found.err
    assert (found.out + found.err).strip()
