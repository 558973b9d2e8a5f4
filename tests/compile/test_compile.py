"""What an author writes arrives in the right cell of the right table."""

from __future__ import annotations

import numpy as np
import pytest

from contingent.compile.compile import compile_scenario
from contingent.compile.program import Program
from contingent.compile.unknowns import draw_unknowns
from contingent.errors import SettingError
from contingent.reference import layout
from contingent.reference.day import run_future
from contingent.reference.state import table_size
from contingent.scenario.changes import replace
from contingent.scenario.types import Scenario

KEY = (1, 0)
SOUTH, GUARD, NORTH, FAR = range(4)
FORD, MILL, HILL = range(3)
NORTHERN, SOUTHERN, FOREIGN = range(3)


def test_names_keep_the_order_of_the_file(program: Program) -> None:
    assert program.names.actors == ("south", "guard", "north", "far")
    assert program.names.blocs == ("northern", "southern", "foreign")
    assert program.names.places == ("ford", "mill", "hill")
    assert program.structure["actor_bloc"].tolist() == [SOUTHERN, SOUTHERN, NORTHERN, FOREIGN]


def test_every_table_has_the_shape_of_its_dimensions(program: Program) -> None:
    for table in layout.STRUCTURE_TABLES:
        shape = tuple(program.sizes[letter] for letter in table.dimensions)
        assert program.structure[table.name].shape == shape, table.name
    cells = sum(table_size(t.dimensions, program.sizes) for t in layout.PARAMETER_TABLES)
    assert program.parameters.shape == (cells,)
    assert np.isfinite(program.parameters).all()


def test_a_program_that_nothing_happens_in_runs(scenario: Scenario) -> None:
    lists = "routes relations plans shocks interventions deadlines duties correlations reports"
    empty = dict.fromkeys(lists.split(), ())
    theatre = scenario.theatre.model_copy(
        update={**empty, "diplomacy": type(scenario.theatre.diplomacy)(), "events": {}}
    )
    program = compile_scenario(Scenario(theatre))
    assert program.sizes["R"] == program.sizes["X"] == 0
    log = run_future(program, draw_unknowns(program, KEY, [0])[0], KEY, 0)
    assert log.holders.shape == (121, 3)


def test_exact_numbers_are_cells_and_uncertain_ones_slots(program: Program) -> None:
    people = program.table("people")
    assert people[MILL] == 3000.0
    assert list(program.bindings("people")) == [FORD]
    slot, scale = program.bindings("people")[FORD]
    assert program.unknowns[slot].name == "places.ford.people"
    assert scale == 1.0
    assert people[FORD] == pytest.approx(np.sqrt(10_000 * 20_000))


def test_a_prior_of_a_kind_is_one_unknown(program: Program) -> None:
    names = [unknown.name for unknown in program.unknowns]
    assert len(names) == len(set(names))
    assert "kinds.force.garrison.quality" in names
    slots = program.bindings("initial_quality")
    places = program.sizes["P"]
    assert program.unknowns[slots[SOUTH * places + MILL][0]].name == "kinds.force.garrison.quality"


def test_a_shared_unknown_reaches_its_cell_by_a_factor(program: Program) -> None:
    slot, scale = program.bindings("hours")[SOUTH]
    assert program.unknowns[slot].name == "unknowns.alert"
    assert scale == 10.0


def test_two_kinds_in_one_place_become_one_force(program: Program) -> None:
    theta = draw_unknowns(program, KEY, range(50))
    columns = {unknown.name: i for i, unknown in enumerate(program.unknowns)}

    def drawn(name: str) -> np.ndarray:
        return theta[:, columns[name]]

    militia = drawn("guard.forces.mill.local-militia.mobile")
    militia = militia + drawn("guard.forces.mill.local-militia.static")
    insurgents = 50.0 + drawn("guard.forces.mill.insurgent.static")
    quality = militia * drawn("kinds.force.local-militia.quality")
    quality = quality + insurgents * drawn("kinds.force.insurgent.quality")
    for future in range(50):
        values = program.table("initial_quality", theta[future])
        wanted = quality[future] / (militia + insurgents)[future]
        assert values[GUARD, MILL] == pytest.approx(wanted)
        assert program.table("initial_mobile", theta[future])[GUARD, MILL] == pytest.approx(
            drawn("guard.forces.mill.local-militia.mobile")[future] + 50.0
        )


def test_recruits_stop_at_the_strength_of_day_0(program: Program) -> None:
    theta = draw_unknowns(program, KEY, [3])[0]
    strength = program.table("initial_mobile", theta)[GUARD].sum()
    strength += program.table("initial_static", theta)[GUARD].sum()
    assert program.table("recruit_ceiling", theta)[GUARD] == pytest.approx(strength)


def test_relations(program: Program) -> None:
    stance = program.structure["stance"]
    assert stance.tolist() == [[1, -1, -1], [-1, 1, 1], [-1, 1, 1]]
    coordination = program.table("coordination")
    assert coordination[SOUTH, SOUTH] == 1.0
    assert (coordination == coordination.T).all()
    assert coordination[SOUTH, NORTH] == 0.3
    slot, _ = program.bindings("coordination")[SOUTH * 4 + GUARD]
    assert program.unknowns[slot].name == "model.coordination.same_bloc"
    tacit = program.table("initial_tacit")
    assert tacit[SOUTH, GUARD] == 1.0
    assert tacit[SOUTH, NORTH] == 0.0
    assert 0.6 < tacit[SOUTH, FAR] == tacit[FAR, SOUTH] < 0.9


def test_leaders_sources_and_bases(program: Program) -> None:
    structure = program.structure
    assert structure["bloc_leader"].tolist() == [NORTH, SOUTH, FAR]
    assert structure["supply_source"].tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 0]]
    assert structure["air_base"].tolist() == [FORD, -1, -1, -1]
    assert structure["entry"].tolist() == [-1, -1, -1, FORD]
    assert structure["sponsor"].tolist() == [-1, FAR, -1, -1]
    assert structure["recruit_place"].tolist() == [-1, MILL, -1, -1]


def test_air_distances_are_geodesics(program: Program) -> None:
    distance = program.table("air_distance")
    assert distance[SOUTH, FORD] == 0.0
    assert distance[SOUTH, MILL] == pytest.approx(49.3, abs=0.5)
    assert (distance[NORTH] == 0.0).all()


def test_a_running_operation(program: Program) -> None:
    structure = program.structure
    assert structure["initial_phase"][NORTHERN, MILL] == layout.PROBE
    assert structure["initial_lead"][NORTHERN, MILL] == NORTH
    assert structure["initial_staging"][NORTHERN, MILL] == HILL
    assert structure["initial_since"][NORTHERN, MILL] == -12
    assert structure["initial_phase"].sum() == layout.PROBE


def test_what_may_happen(program: Program) -> None:
    structure = program.structure
    assert program.table("plan_day").tolist() == [31.0]
    assert structure["plan_at"].tolist() == [MILL]
    assert structure["trigger_kind"].tolist() == [layout.TRIGGER_SHOCKS, layout.TRIGGER_HOLDS]
    assert structure["trigger_second"].tolist() == [2, MILL]
    assert structure["trigger_days"].tolist() == [30, 0]
    assert structure["permission_actor"].tolist() == [SOUTH]
    assert structure["blocker_place"].tolist() == [HILL]
    assert structure["need_kind"].tolist() == [layout.NEED_PEOPLE, layout.NEED_CEASEFIRE]
    assert structure["need_first"].tolist() == [SOUTHERN, 0]
    assert structure["deadline_binds"].tolist() == [[0, 0, 0, 1]]
    assert structure["duty_last_day"].tolist() == [31]
    assert structure["ceasefire_after_actor"].tolist() == [-1]


def test_switches_and_choices(scenario: Scenario) -> None:
    theatre = scenario.theatre.model_copy(
        update={
            "mechanisms": {"air": False},
            "structure": scenario.theatre.structure.model_copy(update={"fog": "none"}),
        }
    )
    program = compile_scenario(Scenario(theatre))
    off = layout.MECHANISMS.index("air")
    assert [m for m in range(13) if program.structure["mechanism_on"][m] == 0] == [off]
    assert program.choices()["fog"] == "none"
    assert program.with_choice("fog", "limited").with_mechanism("air", on=True).digest == (
        compile_scenario(scenario).digest
    )


def test_a_change_keeps_the_draws_of_all_others(scenario: Scenario, program: Program) -> None:
    changed = compile_scenario(replace(scenario, {"south.air.sorties_per_day": "* 2"}))
    before, after = (draw_unknowns(p, KEY, range(20)) for p in (program, changed))
    columns = {unknown.name: i for i, unknown in enumerate(program.unknowns)}
    flown = columns["south.air.sorties_per_day"]
    assert [u.name for u in changed.unknowns] == list(columns)
    assert np.array_equal(after[:, flown], 2.0 * before[:, flown])
    others = np.delete(np.arange(len(columns)), flown)
    assert np.array_equal(after[:, others], before[:, others])


def test_a_change_of_one_place_of_a_kind_stays_within_bounds(scenario: Scenario) -> None:
    changed = replace(scenario, {"south.forces.mill.resolve": "* 3"})
    program = compile_scenario(changed)
    theta = draw_unknowns(program, KEY, range(200))
    kind = [u.name for u in program.unknowns].index("kinds.force.garrison.resolve")
    cell, factor = program.bindings("initial_resolve")[SOUTH * 3 + MILL]
    assert np.array_equal(theta[:, cell] * factor, np.clip(3.0 * theta[:, kind], 0.0, 1.0))


def test_a_missing_number_is_named(scenario: Scenario) -> None:
    theatre = scenario.theatre.model_copy(update={"model": {}})
    with pytest.raises(SettingError, match=r"model\.march_speed"):
        compile_scenario(Scenario(theatre))


def test_digests_tell_programs_apart(scenario: Scenario, program: Program) -> None:
    assert compile_scenario(scenario).digest == program.digest
    changed = replace(scenario, {"south.delay": 3})
    assert compile_scenario(changed).digest != program.digest


def test_a_second_staging_place_puts_its_troops_at_the_target(scenario: Scenario) -> None:
    actors = dict(scenario.theatre.actors)
    north = actors["north"]
    (operation,) = north.operations
    (force,) = north.forces
    twin = north.model_copy(
        update={
            "forces": (force.model_copy(update={"at": "ford"}),),
            "operations": (operation.model_copy(update={"origin": "ford"}),),
        }
    )
    theatre = scenario.theatre.model_copy(update={"actors": {**actors, "twin": twin}})
    program = compile_scenario(Scenario(theatre))
    theta = draw_unknowns(program, KEY, [5])[0]
    columns = {unknown.name: i for i, unknown in enumerate(program.unknowns)}
    share = theta[columns["north.operations.mill.committed"]]
    whole = theta[columns["north.forces.hill.mobile"]]
    mobile = program.table("initial_mobile", theta)[4]
    assert mobile[FORD] == pytest.approx(whole * (1.0 - share))
    assert mobile[MILL] == pytest.approx(whole * share)
    assert program.structure["initial_staging"][NORTHERN, MILL] == HILL


def test_a_place_without_a_holder_goes_to_the_strongest(scenario: Scenario) -> None:
    places = dict(scenario.theatre.places)
    places["mill"] = places["mill"].model_copy(update={"held_by": None})
    theatre = scenario.theatre.model_copy(update={"places": places})
    assert compile_scenario(Scenario(theatre)).structure["initial_holder"][MILL] == SOUTH
    empty = places["mill"].model_copy()
    theatre = theatre.model_copy(update={"places": {**places, "moor": empty}})
    with pytest.raises(SettingError, match=r"places\.moor\.held_by"):
        compile_scenario(Scenario(theatre))


@pytest.mark.parametrize(
    ("name", "written", "table", "floor"),
    [
        ("shocks.bombs.decay", 0, "shock_decay", 0.1),
        ("places.mill.sector", {"uniform": [0, 0.05]}, "sector", 0.1),
    ],
)
def test_what_engines_divide_by_is_never_nothing(
    scenario: Scenario, name: str, written: object, table: str, floor: float
) -> None:
    program = compile_scenario(replace(scenario, {name: written}))
    theta = draw_unknowns(program, KEY, [0])[0]
    assert program.table(table, theta).min() == floor


def test_the_checks_and_the_engine_agree_on_what_is_remembered() -> None:
    from contingent.reference import layout
    from contingent.scenario import check_theatre

    assert check_theatre.MOST_SHOCKS == layout.SHOCK_MEMORY
