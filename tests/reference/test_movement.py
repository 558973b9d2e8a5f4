"""Movement: travel times against shortest paths, turning back, dispersal, merging."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest
from small_program import SmallProgram, play, small_program

from contingent.reference import layout, routes
from contingent.reference.columns import column_entity, launch, on_the_road
from contingent.reference.state import Theatre

TRAITS = (1.0, 1.0, 1.0)


def set_out(
    t: Theatre, origin: int, target: int, size: float = 100, purpose: int = layout.RETREAT
) -> None:
    assert launch(t, 0, origin, target, size, TRAITS, purpose)


def random_land(rng: np.random.Generator, **given: Any) -> SmallProgram:
    """A random graph, a third of it hostile to bloc 0."""
    places = int(rng.integers(4, 12))
    ends = [(p, int(rng.integers(0, p))) for p in range(1, places)]
    ends += [tuple(rng.choice(places, 2, replace=False)) for _ in range(int(rng.integers(0, 12)))]
    return small_program(
        **{
            "P": places,
            "on": {"movement"},
            "initial_holder": (rng.random(places) < 0.33).astype(int),
            "route_from": [a for a, _ in ends],
            "route_to": [b for _, b in ends],
            "route_class": rng.integers(0, 4, len(ends)),
            "initial_open": rng.random(len(ends)) < 0.9,
            "route_km": rng.uniform(20, 300, len(ends)),
            "border_delay": np.where(rng.random(len(ends)) < 0.3, rng.uniform(0, 2, len(ends)), 0),
            "march_speed": [240, 160, 90, 110],
        }
        | given
    )


def marches(t: Theatre, bloc: int, target: int) -> nx.DiGraph:
    """Legs towards the target: through places not hostile, but out of any and into the target."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(t.sizes["P"]))
    for r in range(t.sizes["R"]):
        if not t.route_open[r]:
            continue
        days = t.route_km[r] / t.march_speed[t.route_class[r]] + t.border_delay[r]
        ends = (t.route_from[r], t.route_to[r])
        for a, b in (ends, ends[::-1]):
            if t.holder[b] == bloc or b == target:
                old = graph.get_edge_data(a, b, {"weight": math.inf})["weight"]
                graph.add_edge(a, b, weight=min(days, old))
    return graph


@pytest.mark.parametrize("seed", range(25))
def test_distances_are_shortest_paths(seed: int) -> None:
    t = random_land(np.random.default_rng(seed)).theatre()
    for bloc in range(2):
        for target in range(t.sizes["P"]):
            graph = marches(t, bloc, target)
            exact = nx.single_source_dijkstra_path_length(graph.reverse(), target)
            expected = [exact.get(p, -1.0) for p in range(t.sizes["P"])]
            assert routes.distances_to(t, bloc, target) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("purpose", "pace"), [(layout.RETREAT, 0.5), (layout.RELIEF, 0.75), (layout.OFFENSIVE, 0.5)]
)
@pytest.mark.parametrize("seed", range(8))
def test_columns_arrive_after_the_days_of_the_shortest_path(
    seed: int, purpose: int, pace: float
) -> None:
    """March 0.5, relief 1.5 times that: arrival on the day that covers distance over pace."""
    rng = np.random.default_rng([seed, 1])
    program = random_land(rng, initial_mobile={(0, 0): 400.0}, march=0.5, relief_speed=1.5)
    t = program.theatre()
    for target in range(1, t.sizes["P"]):
        t = program.theatre()
        distance = routes.distances_to(t, 0, target)[0]
        if distance < 0 or t.holder[target] != 0:
            continue
        assert launch(t, 0, 0, target, 400, TRAITS, purpose)
        day = math.ceil(distance / pace - 1e-9)
        play(t, day - 1)
        assert t.mobile[0][target] == 0.0
        assert on_the_road(t, 0) == 400
        play(t, 1)
        assert t.mobile[0][target] == 400
        assert t.reinforced[target] == (400 if purpose == layout.RELIEF else 0)


def test_home_is_the_nearest_own_place_or_else_the_nearest_ally() -> None:
    """From 0: allies at 1 (50 km) and 2 (20), own at 3 (90) and 4 (70), an enemy at 5 (5)."""
    program = small_program(
        A=3,
        P=6,
        stance=[[1, 1, -1], [1, 1, -1], [-1, -1, 1]],
        initial_holder=[2, 1, 1, 0, 0, 2],
        route_from=[0] * 5,
        route_to=[1, 2, 3, 4, 5],
        route_km=[50, 20, 90, 70, 5],
    )
    t = program.theatre()
    assert routes.nearest_own(t, 0, 0) == 4
    t.holder[4] = 2
    assert routes.nearest_own(t, 0, 0) == 3
    t.holder[3] = 2
    assert routes.nearest_own(t, 0, 0) == 2
    t.holder[1] = t.holder[2] = 2
    assert routes.nearest_own(t, 0, 0) == -1


def test_a_hard_hit_column_loses_half_a_day() -> None:
    t = small_program(P=2, on={"movement"}, route_km=250, initial_mobile={(0, 0): 100}).theatre()
    set_out(t, 0, 1)
    t.column_hit[0][0] = 1
    left = []
    for _ in range(3):
        play(t, 1)
        left.append(t.column_days[0][0] if t.column_size[0][0] else 0)
    assert left == pytest.approx([2.0, 1.0, 0.0])


def row(**given: Any) -> SmallProgram:
    return small_program(
        **{"P": 4, "on": {"movement"}, "initial_mobile": {(0, 0): 300}, "route_km": 150} | given
    )


def test_relief_turns_back_when_the_place_falls_first() -> None:
    """Two legs out (3 days) the third place falls; the column stops at the place it left last."""
    t = row().theatre()
    set_out(t, 0, 3, 300, layout.RELIEF)
    play(t, 4)
    assert (t.column_at[0][0], t.column_next[0][0]) == (2, 3)
    t.holder[3] = 1
    play(t, 1)
    assert t.mobile[0] == [0, 0, 300, 0]
    assert t.reinforced == [0, 0, 300, 0]


def test_a_column_whose_way_back_is_lost_goes_to_the_nearest_own_place() -> None:
    t = row(initial_mobile={(0, 1): 300}).theatre()
    set_out(t, 1, 3, 300, layout.RELIEF)
    play(t, 2)
    assert (t.column_at[0][0], t.column_next[0][0]) == (2, 3)
    t.holder = [0, 0, 1, 1]
    routes.forget_distances(t)
    play(t, 1)
    assert t.column_target[0][0] == 1
    assert t.column_purpose[0][0] == layout.RETREAT
    play(t, 2)
    assert t.mobile[0] == [0, 300, 0, 0]


def test_a_column_with_nowhere_to_go_disperses() -> None:
    t = row().theatre()
    set_out(t, 0, 3, 300, layout.RELIEF)
    play(t, 4)
    t.holder = [1, 1, 1, 1]
    routes.forget_distances(t)
    play(t, 1)
    assert on_the_road(t, 0) == 0.0
    assert t.surrendered == [300, 0]
    assert t.mobile[0] == [0, 0, 0, 0]


def test_an_attack_joins_its_operation_but_not_one_called_off() -> None:
    t = row(initial_holder=[0, 0, 0, 1], initial_mobile={(0, 2): 300}).theatre()
    set_out(t, 2, 3, 200, layout.OFFENSIVE)
    t.phase[0][3] = layout.PROBE
    play(t, 2)
    assert t.mobile[0] == [0, 0, 100, 200]
    assert t.committed[0][3] == 200
    t = row(initial_holder=[0, 0, 0, 1], initial_mobile={(0, 2): 300}).theatre()
    set_out(t, 2, 3, 200, layout.OFFENSIVE)
    play(t, 2)
    assert t.mobile[0] == [0, 0, 300, 0]


def test_columns_do_not_pass_hostile_places() -> None:
    t = row(initial_holder=[0, 0, 1, 0]).theatre()
    assert not launch(t, 0, 0, 3, 100, TRAITS, layout.RELIEF)
    assert t.mobile[0][0] == 300


def test_newcomers_merge_by_weight() -> None:
    program = row(
        P=2,
        initial_mobile={(0, 0): 100, (0, 1): 200},
        initial_static={(0, 1): 100},
        initial_quality=[[2.0, 1.0], [1, 1]],
        initial_readiness=[[0.4, 0.8], [1, 1]],
    )
    t = program.theatre()
    assert launch(t, 0, 0, 1, 100, (2.0, 0.4, 0.4), layout.RELIEF)
    play(t, 2)
    assert (t.mobile[0][1], t.static[0][1]) == (300, 100)
    assert t.quality[0][1] == pytest.approx((2 * 100 + 1 * 300) / 400)
    assert t.resolve[0][1] == pytest.approx((0.4 * 100 + 0.8 * 300) / 400)
    assert t.readiness[0][1] == pytest.approx((0.4 * 100 + 0.8 * 300) / 400)


def test_a_road_takes_its_capacity_a_day_and_an_actor_its_columns() -> None:
    t = row(capacity=120).theatre()
    set_out(t, 0, 3, 300)
    assert t.mobile[0][0] == 180
    assert not launch(t, 0, 0, 1, 300, TRAITS, layout.RETREAT)
    play(t, 1)
    set_out(t, 0, 3, 300)
    assert t.mobile[0][0] == 60
    t = row(initial_mobile={(0, 0): 10_000}).theatre()
    for _ in range(layout.COLUMNS_PER_ACTOR):
        t.day += 1
        set_out(t, 0, 3, 10)
    t.day += 1
    assert not launch(t, 0, 0, 3, 10, TRAITS, layout.RETREAT)
    assert t.mobile[0][0] == 10_000 - 10 * layout.COLUMNS_PER_ACTOR


def test_the_same_march_on_the_same_day_is_one_column() -> None:
    t = row().theatre()
    set_out(t, 0, 3, 100)
    set_out(t, 0, 3, 50)
    set_out(t, 0, 3, 50, layout.RELIEF)
    assert t.column_size[0][:3] == [150, 50, 0]
    assert t.column_start[0][:2] == [150, 50]
    assert t.launched_today[0] == 2
    assert column_entity(t, 0, 0) != column_entity(t, 0, 1)


def test_off_nobody_moves() -> None:
    t = row(on=None, off={"movement"}).theatre()
    assert not launch(t, 0, 0, 3, 100, TRAITS, layout.RETREAT)
    play(t, 5)
    assert t.mobile[0] == [300, 0, 0, 0]
