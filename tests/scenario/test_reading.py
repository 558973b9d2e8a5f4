from pathlib import Path

from contingent.scenario.document import parse_documents
from contingent.scenario.fields import Spec
from contingent.scenario.located import as_tree, lay_out
from contingent.scenario.quantities import UNSET
from contingent.scenario.reading import annotation_at, read_spec
from contingent.scenario.types import Theatre
from contingent.scenario.types_places import Place, Route


def read(text: str, model: type[Spec] = Place):  # type: ignore[no-untyped-def]
    return read_spec(model, lay_out(as_tree(parse_documents(text, Path("x.yaml"))[0])))


def test_what_is_faulty_is_replaced_or_taken_out_and_the_rest_is_kept() -> None:
    reading = read("kind: twon\npeople: many\nat: [1, 2, 3]\nbogus: 1\nheld_by: north\n")
    assert len(reading.faults) == 4
    assert reading.spec is not None
    assert reading.spec.held_by == "north"
    assert reading.spec.people is UNSET
    assert reading.spec.at is None


def test_an_entry_of_a_list_is_taken_out_without_shifting_the_positions_of_faults() -> None:
    text = """contingent: 1
theatre: x
start: 2020-01-01
now: 2020-01-01
end: 2020-02-01
routes:
  - {km: 5, road: paved}
  - {between: [a, b], km: 5, road: paved}
  - {between: [a, c], km: -5, road: paved}
  - nothing
"""
    reading = read(text, Theatre)
    assert [(fault.line, fault.name) for fault in reading.faults] == [
        (7, "routes.0.between"), (9, "routes.a-c.km"), (10, "routes.3"),
    ]  # fmt: skip
    assert [route.between for route in reading.spec.routes] == [("a", "b"), ("a", "c")]


def test_nothing_is_left_of_what_is_no_theatre() -> None:
    assert read("theatre: x\n", Theatre).spec is None


def test_types_are_found_by_location() -> None:
    assert annotation_at(Theatre, ("routes", 3)) is Route
    assert annotation_at(Theatre, ("places", "a", "nothing")) is None
