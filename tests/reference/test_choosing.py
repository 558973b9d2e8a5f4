"""Choosing: what is opened, and how often."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from small_program import SmallProgram, choice, small_program

from contingent.reference import choosing, command, layout
from contingent.reference.state import Theatre

AIMS = range(3)

UNWATCHED = 0.5
"""Share of relief that is feared where nobody watches."""


def utilities(cost: float = 1.5) -> np.ndarray:
    """By hand: worth·(P - 0.7·(1 - P)) - march - cost, P = logistic(2.5·ln(pool/(1.1·E)))."""
    table = []
    for worth, km, enemy in (
        (6, 100, (800 * 1.2 + 100) * 1.25 * 1.2),
        (4, 250, (500 * 0.5 + 100) * 1.0 * 1.5),
    ):
        for aim in AIMS:
            odds = 1_200 / (choosing.AIM_ENEMY[aim] * enemy)
            success = 1 / (1 + math.exp(-2.5 * (math.log(odds) - math.log(1.1))))
            gain = choosing.AIM_WORTH[aim] * worth * (success - 0.7 * (1 - success))
            table.append(gain - km / 150 - choosing.AIM_COST[aim] * cost)
    return np.array(table)


class Opened(list[tuple[int, int]]):
    """Stands in for opening: notes place and aim, and changes nothing."""

    def __call__(self, t: Theatre, bloc: int, place: int, lead: int, aim: int) -> bool:
        assert (bloc, lead) == (0, 0)
        self.append((place, aim))
        return True


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    notes = Opened()
    monkeypatch.setattr(choosing, "open_operation", notes)
    return notes


def reviews(t: Theatre, count: int) -> None:
    for _ in range(count):
        t.day += choosing.REVIEW_DAYS
        choosing.review(t, 0)


def test_the_choice_of_a_week_is_a_logit_against_doing_nothing(opened: Opened) -> None:
    weights = np.exp(utilities())
    count = 6_000
    reviews(choice().theatre(), count)
    counts = [opened.count((place, aim)) for place in (1, 2) for aim in AIMS]
    expected = count * np.append(weights, 1) / (1 + weights.sum())
    assert expected.min() > 5
    assert stats.chisquare([*counts, count - len(opened)], expected).pvalue > 1e-3


def test_threshold_takes_the_best_positive_utility_at_even_odds_a_week(opened: Opened) -> None:
    count = 1_000
    reviews(choice(choose={"decision": "threshold"}, start_cost=1.0).theatre(), count)
    best = int(np.argmax(utilities(1.0)))
    assert utilities(1.0)[best] > 0
    assert set(opened) == {(1 + best // 3, best % 3)}
    assert stats.binomtest(len(opened), count, 0.5).pvalue > 1e-3
    opened.clear()
    reviews(choice(choose={"decision": "threshold"}, start_cost=50.0).theatre(), count)
    assert opened == []


def first_opening(program: SmallProgram, opened: Opened, future: int, days: int) -> int:
    """Day of the first opening, 0 if there is none."""
    t = program.theatre(future)
    opened.clear()
    while t.day < days and not opened:
        t.day += 1
        command.advance(t)
    return t.day if opened else 0


@pytest.mark.parametrize("weekly", [0.5, 0.05])
def test_waiting_for_an_opening_is_geometric_and_in_the_limit_exponential(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, weekly: float
) -> None:
    weight = weekly / (1 - weekly)
    monkeypatch.setattr(choosing, "_utility", lambda t, b, q, aim, leader: math.log(weight / 6))
    program = choice()
    waits = [first_opening(program, opened, future, 7 * 400) for future in range(200)]
    assert all(day % 7 == 0 for day in waits)
    weeks = np.minimum(np.array(waits) // 7, 6 if weekly == 0.5 else 30)
    last = weeks.max()
    expected = [200 * weekly * (1 - weekly) ** n for n in range(last - 1)]
    expected.append(200 - sum(expected))
    counts = np.bincount(weeks, minlength=last + 1)[1:]
    groups = np.array_split(np.arange(last), 6)
    pooled = [(counts[group].sum(), sum(expected[i] for i in group)) for group in groups]
    assert stats.chisquare(*zip(*pooled, strict=True)).pvalue > 1e-3
    monkeypatch.setattr(choosing, "REVIEW_DAYS", 1)
    days = [first_opening(program, opened, future, 7 * 400) for future in range(120)]
    rng = np.random.default_rng(7)  # spread over the day in which it falls
    scale = -7 / math.log(1 - weekly)
    spread = np.array(days) - rng.random(120)
    assert stats.kstest(spread, stats.expon(scale=scale).cdf).pvalue > 1e-3


@pytest.mark.parametrize("length", [3, 7, 14])
@pytest.mark.parametrize("weight", [0.2, 1.0, 4.0])
def test_openings_do_not_depend_on_the_review_length(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, length: int, weight: float
) -> None:
    """Nobody has opened after 42 days, reviewed every 3, 7 or 14, with chance (1 + w)^-6."""
    monkeypatch.setattr(choosing, "_utility", lambda t, b, q, aim, leader: math.log(weight / 6))
    monkeypatch.setattr(choosing, "REVIEW_DAYS", length)
    program = choice()
    days = 14 if weight > 0.5 else 42
    idle, futures = 0, 600
    for future in range(futures):
        idle += first_opening(program, opened, future, days) == 0
    reviewed = days // length * length / 7
    assert stats.binomtest(idle, futures, (1 + weight) ** -reviewed).pvalue > 1e-3


@pytest.mark.parametrize(("weight", "rises"), [(2.0, True), (0.0, False)])
def test_an_attacker_waits_until_his_opponent_is_busy(weight: float, rises: bool) -> None:
    """Bloc 1's aircraft and reserve stand behind place 0; then bloc 1 attacks place 3 of bloc 2."""
    program = small_program(
        A=3,
        P=4,
        on={"command"},
        initial_holder=[1, 1, 0, 2],
        route_from=[0, 0, 1],
        route_to=[1, 2, 3],
        stance=[[1, -1, 0], [-1, 1, -1], [0, -1, 1]],
        initial_mobile={(0, 2): 1_000, (1, 1): 1_500},
        initial_static={(1, 0): 400},
        aims={(0, 0): 5, (1, 0): 2, (1, 3): 8},
        sorties=[0, 30, 0],
        air_effect=20.0,
        opportunism=[weight, 0, 0],
        sweep=0.0,
        priority=3.0,
        start_cost=2.0,
    )
    t = program.theatre()
    free = choosing.enemy_power(t, 0, 0)
    expected = 401 + weight * 0.25 * UNWATCHED * (30 * 20 + 1_500)
    assert free == pytest.approx(expected)
    idle = rate(program, busy=False)
    t.attacking[1][3] = 1
    bound = 24 / 26
    assert choosing.enemy_power(t, 0, 0) == pytest.approx(
        401 + weight * 0.25 * UNWATCHED * (1 - bound) * (30 * 20 + 1_500)
    )
    busy = rate(program, busy=True)
    if rises:
        assert stats.fisher_exact([[busy, 400 - busy], [idle, 400 - idle]])[1] < 1e-6
        assert busy > 1.5 * idle
    else:
        assert busy == idle


def rate(program: SmallProgram, busy: bool) -> int:
    """Futures of 400 in which bloc 0 opens an operation at its first review."""
    count = 0
    for future in range(400):
        t = program.theatre(future)
        t.attacking[1][3] = int(busy)
        t.day = 7
        choosing.review(t, 0)
        count += t.phase[0][0] != layout.NO_OPERATION
    return count


def test_bound_aircraft_and_commitment_count_for_the_attacker() -> None:
    program = small_program(
        initial_holder=[0, 1],
        initial_commitment=[[0.8, 0, 0, 0], [0] * 4],
        sorties=[50, 0],
        air_effect=10.0,
        air_distance=[[300, 0], [0, 0]],
        air_range=400,
        opportunism=1.0,
        sweep=100.0,
        sector=1_000.0,
    )
    t = program.theatre()
    t.watch[0][0] = 1e6
    assert choosing.enemy_power(t, 1, 0) == pytest.approx(1 + 0.25 * 500)
    t.commitment[0][0] = 0.2
    assert choosing.enemy_power(t, 1, 0) == pytest.approx(1 + 0.25 * 125)
    t.watch[0][0] = 5.0
    seen = 1 - math.exp(-5.0 * 100 / 1_000)
    assert choosing.enemy_power(t, 1, 0) == pytest.approx(1 + 0.25 * 125 * (0.5 + 0.5 * seen))
    t.air_range[0] = 299
    assert choosing.enemy_power(t, 1, 0) == pytest.approx(1)


@pytest.mark.parametrize("tacit", [0.0, 0.3, 1.0])
def test_a_neutrals_operation_is_left_alone_by_tacit_coordination(tacit: float) -> None:
    """Bloc 2, neutral to bloc 0, probes place 1 of bloc 1."""
    program = small_program(
        A=3,
        P=3,
        on={"command"},
        initial_holder=[0, 1, 2],
        stance=[[1, -1, 0], [-1, 1, -1], [0, -1, 1]],
        initial_mobile={(0, 0): 5_000, (2, 2): 100},
        aims={(0, 1): 9},
        initial_phase={(2, 1): layout.PROBE},
        initial_lead={(2, 1): 2},
        initial_staging={(2, 1): 2},
        initial_tacit=tacit,
        probe=1e6,
    )
    left = 0
    for future in range(300):
        t = program.theatre(future)
        left += not choosing._eligible(t, 0, 1)
        t.phase[2][1] = layout.NO_OPERATION
        assert choosing._eligible(t, 0, 1)
    if tacit in (0.0, 1.0):
        assert left == 300 * tacit
    else:
        assert stats.binomtest(left, 300, tacit).pvalue > 1e-3


def test_keeping_out_follows_tacit_coordination_as_it_moves() -> None:
    """What was left alone at 0.3 is left alone at more, and free again at nought."""
    program = small_program(
        A=3,
        P=3,
        initial_holder=[0, 1, 2],
        stance=[[1, -1, 0], [-1, 1, -1], [0, -1, 1]],
        initial_mobile={(0, 0): 5_000, (2, 2): 100},
        aims={(0, 1): 9},
        initial_tacit=0.3,
    )
    for future in range(50):
        t = program.theatre(future)
        t.phase[2][1] = layout.PROBE
        free = []
        for level in (0.0, 0.3, 0.7, 1.0):
            t.tacit[0][2] = level
            free.append(choosing._eligible(t, 0, 1))
        assert free[0] and not free[3]
        assert free == sorted(free, reverse=True)


def test_a_target_rests_thirty_days_after_an_operation(opened: Opened) -> None:
    t = choice(start_cost=-100.0, aims={(0, 1): 6}).theatre()
    t.closed[0][1] = 10
    for day in range(11, 60):
        t.day = day
        choosing.review(t, 0)
        assert bool(opened) == (day >= 40)


def test_only_hostile_wanted_places_in_area_are_attacked(opened: Opened) -> None:
    for given in (
        {"stance": [[1, 0], [0, 1]]},
        {"aims": 0.0},
        {"area": [[1, 0, 0], [1, 1, 1]]},
        {"initial_mobile": 0.0},
        {"reach": 50.0},
    ):
        t = choice(**({"start_cost": -100.0} | given)).theatre()
        t.day = 7
        choosing.review(t, 0)
        if "reach" in given or "initial_mobile" in given:
            assert all(u <= math.exp(-50) * 1.01 for row in t.utility for u in row)
        assert opened == []


def test_own_troops_at_an_allys_place_are_in_the_pool() -> None:
    stance = [[1, -1, 1], [-1, 1, -1], [1, -1, 1]]
    t = choice(A=3, initial_holder=[2, 1, 1], initial_quality=1, stance=stance).theatre()
    choosing._find_pool(t, 0)
    assert t.weight == pytest.approx([1_200, 0, 0])


def test_the_pool_is_what_stands_within_reach() -> None:
    """Place 1 a day away, place 2 two and a half: at a reach of 249 km place 2 is out of it."""
    for reach, within in ((99, (False, False)), (101, (True, False)), (251, (True, True))):
        t = choice(reach=reach).theatre()
        choosing._find_pool(t, 0)
        seen = [choosing._utility(t, 0, q, layout.TAKE, 0) > -50 for q in (1, 2)]
        assert tuple(seen) == within


def test_a_fresh_capture_next_door_gives_momentum() -> None:
    t = choice(momentum=3.0).theatre()
    t.day = 20
    choosing._find_pool(t, 0)
    before = choosing._utility(t, 0, 1, layout.TAKE, 0)
    assert before == pytest.approx(utilities()[0])
    t.capture_day[0] = 6
    success = (before + 100 / 150 + 1.5 + 0.7 * 6) / (1.7 * 6)
    gain = 9 * (success - 0.7 * (1 - success))
    assert choosing._utility(t, 0, 1, layout.TAKE, 0) == pytest.approx(gain - 100 / 150 - 1.5)
    t.day = 21
    assert choosing._utility(t, 0, 1, layout.TAKE, 0) == pytest.approx(before)


def test_what_is_needed_at_home_is_not_in_the_pool() -> None:
    """Need 0.5·(400 inbound + 0.3·600·e^(-1/1.5) next door) over terrain 1."""
    t = choice(need_ratio=0.5, commit_share=0.8).theatre()
    t.inbound[0][0] = 400.0
    t.belief[0] = [0.0, 600.0, 0.0]
    choosing._find_pool(t, 0)
    needed = 0.5 * (400 + 0.3 * 600 * math.exp(-1 / 1.5))
    assert t.weight[0] == pytest.approx(0.8 * (1_200 - needed))


def test_the_actor_who_wants_it_most_leads() -> None:
    """Of those with mobile troops who will go there."""
    program = small_program(
        A=5,
        B=2,
        actor_bloc=[0, 1, 0, 0, 0],
        initial_holder=[0, 1],
        initial_mobile={(0, 0): 10, (2, 0): 10, (4, 0): 10},
        aims={(0, 1): 2, (2, 1): 5, (3, 1): 9, (4, 1): 7},
        area=[[1, 1], [1, 1], [1, 1], [1, 1], [1, 0]],
    )
    assert choosing._leading(program.theatre(), 0, 1) == 2
