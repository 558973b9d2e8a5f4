from pathlib import Path

import pytest

from contingent.errors import ScenarioError
from contingent.scenario.check import check
from contingent.scenario.extends import find, library_names
from contingent.scenario.loading import load
from contingent.scenario.starter import starter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    theatre = starter("rivers").partition("---\n")[0]
    (tmp_path / "rivers.yaml").write_text(theatre)
    return tmp_path


def build(folder: Path, text: str) -> Path:
    path = folder / "variant.yaml"
    path.write_text("contingent: 1\ntheatre: variant\nextends: rivers.yaml\n" + text)
    return path


def test_keys_merge_and_the_extending_file_wins(folder: Path) -> None:
    path = build(folder, "end: 2020-05-31\nplaces: {ford: {kind: city}}\n")
    theatre = load(path).theatre
    assert theatre.theatre == "variant"
    assert str(theatre.end) == "2020-05-31"
    assert theatre.places["ford"].kind == "city"
    assert theatre.places["ford"].held_by == "north"


def test_lists_merge_by_name(folder: Path) -> None:
    text = """routes:
  - {between: [ford, mill], km: 50}
  - {between: [mill, airfield], km: 90, road: track}
"""
    routes = {route.id: route for route in load(build(folder, text)).theatre.routes}
    assert len(routes) == 5
    assert routes["ford-mill"].km.parameters == (50.0,)
    assert routes["ford-mill"].road == "paved"


def test_forces_merge_by_place_in_either_form(folder: Path) -> None:
    text = "actors: {north: {forces: [{at: ford, kind: garrison, mobile: 5}]}}\n"
    forces = load(build(folder, text)).theatre.actors["north"].forces
    assert [force.at for force in forces] == ["ford", "harbour", "airfield"]
    assert forces[0].mobile.parameters == (5.0,)


def test_a_quantity_is_replaced_and_not_merged(folder: Path) -> None:
    base = folder / "rivers.yaml"
    base.write_text(
        base.read_text().replace("mobile: 1_400 to 2_600", "mobile: {normal: [900, 9]}")
    )
    text = "actors: {south: {forces: {mill: {mobile: {uniform: [1, 2]}}}}}\n"
    force = load(build(folder, text)).theatre.actors["south"].forces[0]
    assert force.mobile.distribution == "uniform"


def test_a_patch_sets_adds_and_removes(folder: Path) -> None:
    patch = """patch:
  north.forces.ford.mobile: 7
  actors.north.aims.quarry: 3
  places.airfield.airbase: true
  routes.mill-quarry.km: 99
  reports.R1: null
  north.recruitment: null
  south.forces.quarry: null
  places.quarry.held_by: north
  north.forces.quarry: {kind: elite, mobile: 3}
  model.combat_loss: 0.01
"""
    theatre = load(build(folder, f"{patch}model: {{}}\n")).theatre
    north = theatre.actors["north"]
    assert north.forces[0].mobile.parameters == (7.0,)
    assert north.aims["quarry"].parameters == (3.0,)
    assert theatre.places["airfield"].airbase
    assert {route.id: route.km.parameters for route in theatre.routes}["mill-quarry"] == (99.0,)
    assert theatre.reports == () and north.recruitment is None
    assert north.forces[-1].at == "quarry"
    assert theatre.model["combat_loss"].parameters == (0.01,)


def test_a_number_of_another_file_does_not_take_over_the_source_beside_it(folder: Path) -> None:
    text = "places: {ford: {people: 5}}\npatch: {places.mill.people: 7, places.mill.terrain: 2}\n"
    places = load(build(folder, text)).theatre.places
    assert places["ford"].people.source is None
    assert places["mill"].people.source is None
    assert places["quarry"].people.source == "MAP"
    assert any("places.ford.people" in str(one) for one in check(build(folder, text)).warnings)


def test_faults_point_into_the_file_they_come_from(folder: Path) -> None:
    path = build(folder, "patch: {north.forces.ford.mobile: -7}\n")
    fault = check(path).faults[0]
    assert (fault.file, fault.line) == (str(path), 4)
    (folder / "rivers.yaml").write_text(
        (folder / "rivers.yaml").read_text().replace("100 to 300", "300 to 100")
    )
    fault = check(build(folder, "")).faults[0]
    assert fault.file == str(folder / "rivers.yaml")


def test_a_symbolic_link_counts_as_what_it_points_at(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "rivers.yaml").symlink_to(folder / "rivers.yaml")
    with pytest.raises(ScenarioError, match="which lies outside"):
        load(build(inner, ""))
    (folder / "other.yaml").symlink_to(folder / "rivers.yaml")
    path = build(folder, "")
    path.write_text(path.read_text().replace("rivers.yaml", "other.yaml"))
    assert load(path).name == "variant"


def test_an_argument_finds_its_theatre_in_the_same_folder(folder: Path) -> None:
    (folder / "argument.yaml").write_text(starter("rivers").partition("---\n")[2])
    assert load(folder / "argument.yaml").theatre.theatre == "rivers"


def test_the_library_is_found_by_name_and_clean_of_faults() -> None:
    for name in library_names():
        assert check(name).faults == ()


def test_a_library_theatre_can_be_extended(tmp_path: Path) -> None:
    name = next(iter(library_names()), None)
    if name is None:
        pytest.skip("the library is empty")
    path = tmp_path / "own.yaml"
    theatre = load(name).theatre.theatre
    path.write_text(f"contingent: 1\ntheatre: own\nextends: {theatre}\n")
    assert load(path).name == "own"


def test_the_ending_of_a_file_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("contingent: 1\n", encoding="utf-8")
    assert find(tmp_path / "mine") == tmp_path / "mine.yaml"
