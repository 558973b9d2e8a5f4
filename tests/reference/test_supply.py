"""Supply: connectivity against a graph search, stocks against exponentials."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
from small_program import SmallProgram, play, small_program

from contingent.reference import layout, routes, supply


def random_land(rng: np.random.Generator) -> SmallProgram:
    """Four blocs with random stances on a random graph, with operations that isolate."""
    places, routes_ = int(rng.integers(4, 13)), int(rng.integers(4, 20))
    stance = np.triu(rng.choice([-1, -1, 0, 1], (4, 4)), 1)
    ends = np.array([rng.choice(places, 2, replace=False) for _ in range(routes_)])
    return small_program(
        A=4,
        P=places,
        on={"supply"},
        stance=stance + stance.T + np.eye(4, dtype=int),
        initial_holder=rng.integers(0, 4, places),
        initial_mobile=np.where(rng.random((4, places)) < 0.3, 100.0, 0.0),
        initial_open=rng.random(routes_) < 0.9,
        route_from=ends[:, 0],
        route_to=ends[:, 1],
        supply_source=rng.random((4, places)) < 0.25,
        initial_phase=rng.choice([0, 0, 0, layout.PROBE, layout.HOLD], (4, places)),
        initial_lead=np.tile(np.arange(4)[:, None], places),
        initial_aim=rng.choice([layout.TAKE, layout.ISOLATE], (4, places)),
        committed_share=0.0,
    )


@pytest.mark.parametrize("seed", range(25))
def test_connectivity_is_reachability_in_a_graph(seed: int) -> None:
    """Edges out of places no hostile bloc holds; into those, or to own troops before a hostile one.

    A place that a hostile operation to isolate holds in a ring is left out.
    """
    t = random_land(np.random.default_rng(seed)).theatre()
    for bloc in range(4):
        enemy = [t.stance[bloc][t.holder[p]] == layout.HOSTILE for p in range(t.sizes["P"])]
        cut = [
            not enemy[p]
            and any(
                t.stance[bloc][b] == layout.HOSTILE
                and t.phase[b][p] == layout.HOLD
                and t.aim[b][p] == layout.ISOLATE
                for b in range(4)
            )
            for p in range(t.sizes["P"])
        ]
        graph = nx.DiGraph()
        graph.add_nodes_from(range(t.sizes["P"]))
        for r in range(t.sizes["R"]):
            ends = (t.route_from[r], t.route_to[r])
            for near, far in (ends, ends[::-1]):
                lets_in = not enemy[far] or t.mobile[bloc][far] > 0
                passes = t.route_open[r] == 1 and not enemy[near] and not cut[near] and not cut[far]
                if passes and lets_in:
                    graph.add_edge(near, far)
        sources = [p for p in range(t.sizes["P"]) if t.supply_source[bloc][p] and not enemy[p]]
        reached = set(sources).union(*(nx.descendants(graph, p) for p in sources))
        routes.find_connected(t, bloc)
        assert {p for p in range(t.sizes["P"]) if t.connected[bloc][p]} == reached


def test_a_place_is_besieged_when_its_holder_is_cut_off() -> None:
    """The middle of a row of three is hostile: the far end is cut off from the source at 0."""
    program = small_program(
        P=3, on={"supply"}, initial_holder=[0, 1, 0], supply_source=[[1, 0, 0], [0, 1, 0]]
    )
    t = program.theatre()
    assert t.besieged == [0, 0, 1]
    t.holder[1] = 0
    play(t, 3)
    assert t.besieged == [0, 0, 0]


def test_stocks_under_siege_decay_exponentially_down_to_the_airlift() -> None:
    program = small_program(
        P=3,
        on={"supply"},
        initial_holder=[0, 0, 0],
        supply_source=0,
        initial_stocks=[[0.9, 0.9, 0.3], [1, 1, 1]],
        airlift=[0, 0.5, 0.5],
        supply_days=40.0,
    )
    t = program.theatre()
    for n in range(1, 60):
        play(t, 1)
        level = 0.9 * math.exp(-n / 40)
        assert t.supply[0] == pytest.approx([level, max(level, 0.5), 0.3])


def test_troops_before_a_town_have_no_airlift() -> None:
    program = small_program(
        on={"supply"},
        initial_holder=[0, 1],
        supply_source=0,
        airlift=0.8,
        initial_mobile={(0, 1): 50},
    )
    t = program.theatre()
    play(t, 30)
    assert t.supply[0] == pytest.approx([0.8, math.exp(-30 / 60)])


def test_where_a_bloc_has_nobody_its_stocks_are_forgotten() -> None:
    """Newcomers bring what they have: the level of an empty hostile place goes back to full."""
    program = small_program(
        on={"supply"}, initial_holder=[0, 1], supply_source=0, initial_stocks=0.5
    )
    t = program.theatre()
    play(t, 4)
    assert t.supply[0][1] == pytest.approx(1 - 0.5 * (1 - supply.REFILL) ** 4)


def test_connected_stocks_close_a_fifth_of_the_gap_a_day() -> None:
    program = small_program(on={"supply"}, initial_stocks=0.4)
    t = program.theatre()
    for n in range(1, 30):
        play(t, 1)
        assert t.supply[0][0] == pytest.approx(1 - 0.6 * (1 - supply.REFILL) ** n)


def test_connections_are_looked_at_every_third_day() -> None:
    program = small_program(on={"supply"}, supply_source=[[1, 0], [0, 0]], initial_holder=0)
    t = program.theatre()
    t.route_open[0] = 0
    seen = []
    for _ in range(6):
        play(t, 1)
        seen.append(t.connected[0][1])
    assert seen == [1, 1, 0, 0, 0, 0]


def test_off_all_are_connected_and_stocks_stay() -> None:
    t = small_program(off={"supply"}, supply_source=0, initial_stocks=0.6, days=40).theatre()
    play(t, 39)
    assert t.connected == [[1, 1], [1, 1]]
    assert t.besieged == [0, 0]
    assert t.supply == [[0.6, 0.6], [0.6, 0.6]]
