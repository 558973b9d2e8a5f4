"""Combat against Lanchester, Helmbold, and Kress, Lin & MacKay.

The recursion itself has an exact invariant. With equal forces but for their number, exponent 1 and
daily loss k, a day turns (A, D) into (A - k·D, D - k·A), so that

    A + D shrinks by (1 - k) and A - D grows by (1 + k) every day, hence
    (A² - D²) / (1 - k²)^n is constant,

which tends to Lanchester's continuous A² - D² as k tends to 0. Under the linear law (exponent 1/2)
both sides lose k·sqrt(A·D) and A - D is constant.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from small_program import attack_under_way, play, small_program

from contingent.reference import combat, layout
from contingent.reference.state import Theatre

#: A fight without advance, so that nothing but attrition goes on.
STAND = {"urban_speed": 0.0, "diameter": 1_000.0}


def strengths(t: Theatre) -> tuple[float, float]:
    """Attackers and defenders at place 0."""
    return t.mobile[1][0], t.static[0][0]


@pytest.mark.parametrize("law", ["square", "helmbold"])
@pytest.mark.parametrize(
    ("attackers", "defenders", "loss"), [(3_000, 2_000, 0.01), (900, 1_000, 0.003)]
)
def test_discrete_invariant_of_the_square_law(
    law: str, attackers: float, defenders: float, loss: float
) -> None:
    program = attack_under_way(
        attackers, defenders, combat_loss=loss, choose={"attrition": law}, **STAND
    )
    t = program.theatre()
    for n in range(1, 61):
        play(t, 1)
        a, d = strengths(t)
        assert a + d == pytest.approx((attackers + defenders) * (1 - loss) ** n, rel=1e-10)
        assert a - d == pytest.approx((attackers - defenders) * (1 + loss) ** n, rel=1e-10)
        invariant = (a * a - d * d) / (1 - loss * loss) ** n
        assert invariant == pytest.approx(attackers**2 - defenders**2, rel=1e-10)


def test_discrete_invariant_with_ground_quality_and_supply() -> None:
    """Quality q, supply s and terrain g turn losses into k·D·g/(q·s') and k·A·q·s'/g."""
    program = attack_under_way(
        3_000,
        1_500,
        choose={"attrition": "square"},
        initial_quality=[[1.0, 1.0], [1.4, 1.4]],
        initial_readiness=[[0.5, 1.0], [1.0, 0.8]],
        initial_stocks=[[0.5, 1.0], [0.9, 1.0]],
        terrain=1.3,
        initial_entrenchment=0.8,
        **STAND,
    )
    t = program.theatre()
    own = 1.4 * 0.8**0.7 * (0.4 + 0.6 * 0.9)
    his = 0.5**0.7 * (0.4 + 0.6 * 0.5) * 1.3 * (1 + 0.5 * 0.8)
    a, d = 3_000.0, 1_500.0
    for _ in range(30):
        play(t, 1)
        a, d = a - 0.01 * d * his / own, d - 0.01 * a * own / his
        assert strengths(t) == pytest.approx((a, d), rel=1e-10)


def test_continuous_invariant_and_survivors_of_the_square_law() -> None:
    """After t days A² - D² is kept within 1 - (1 - k²)^t, and A, D within k²·t of the solution."""
    loss, attackers, defenders = 0.01, 3_000.0, 2_000.0
    program = attack_under_way(
        attackers, defenders, combat_loss=loss, choose={"attrition": "square"}, **STAND
    )
    t = program.theatre()
    for n in range(1, 70):
        play(t, 1)
        a, d = strengths(t)
        kept = (a * a - d * d) / (attackers**2 - defenders**2)
        assert abs(kept - 1) <= 1.01 * n * loss**2
        exact_a = attackers * math.cosh(loss * n) - defenders * math.sinh(loss * n)
        exact_d = defenders * math.cosh(loss * n) - attackers * math.sinh(loss * n)
        assert a == pytest.approx(exact_a, abs=n * loss**2 * attackers)
        assert d == pytest.approx(exact_d, abs=n * loss**2 * attackers)


def test_survivors_when_the_weaker_side_is_spent() -> None:
    """The stronger side is left with sqrt(A² - D²)."""
    loss, attackers, defenders = 0.002, 3_000.0, 2_000.0
    program = attack_under_way(
        attackers, defenders, combat_loss=loss, choose={"attrition": "square"}, **STAND
    )
    t = program.theatre()
    while strengths(t)[1] > 80.0:
        play(t, 1)
    expected = math.sqrt(attackers**2 - defenders**2)
    assert strengths(t)[0] == pytest.approx(expected, rel=2e-3)


def test_linear_law_keeps_the_difference() -> None:
    program = attack_under_way(3_000, 2_000, choose={"attrition": "linear"}, **STAND)
    t = program.theatre()
    a, d = 3_000.0, 2_000.0
    for _ in range(100):
        play(t, 1)
        a, d = a - 0.01 * math.sqrt(a * d), d - 0.01 * math.sqrt(a * d)
        assert strengths(t) == pytest.approx((a, d), rel=1e-10)
        assert strengths(t)[0] - strengths(t)[1] == pytest.approx(1_000, rel=1e-10)


def test_helmbolds_exponent_is_recovered_from_simulated_battles() -> None:
    """Ln of the ratio of loss fractions has slope 2·gamma against ln of the power ratio.

    Loss fractions of the two sides are k·rho^gamma and k·rho^-gamma, rho with lognormal noise.
    """
    gamma = 0.65
    x, y = [], []
    for future in range(150):
        ratio = math.exp(-1.5 + 3.0 * future / 149)
        program = attack_under_way(
            2_000 * ratio,
            2_000,
            choose={"combat_noise": "lognormal"},
            combat_noise=0.35,
            combat_exponent=gamma,
            combat_loss=0.004,
            **STAND,
        )
        t = program.theatre(future)
        play(t, 5)
        a, d = strengths(t)
        x.append(math.log(ratio))
        y.append(math.log((1 - d / 2_000) / (1 - a / (2_000 * ratio))))
    fit = stats.linregress(x, y)
    assert fit.stderr < 0.03
    assert fit.slope == pytest.approx(2 * gamma, abs=3.5 * fit.stderr)
    assert abs(fit.intercept) < 3.5 * fit.intercept_stderr


def test_noise_is_lognormal_with_the_stated_spread() -> None:
    """With exponent 1 and even odds ln(defender's loss / k) is the day's normal times spread."""
    logs = []
    for future in range(400):
        program = attack_under_way(
            1_000, 1_000, choose={"combat_noise": "lognormal"}, combat_noise=0.35, **STAND
        )
        t = program.theatre(future)
        play(t, 1)
        a, d = strengths(t)
        logs.append(math.log((1_000 - d) / 10))
        assert (1_000 - d) * (1_000 - a) == pytest.approx(100, rel=1e-9)
    assert stats.kstest(np.array(logs) / 0.35, "norm").pvalue > 1e-3


def test_frontage_caps_power_and_exposure() -> None:
    """With room for 600 of 2,000 the attack has the power of 600, and 600 share the losses."""
    given = {"choose": {"attrition": "square"}, "front": 2.0, "front_density": 300.0} | STAND
    t = attack_under_way(2_000, 1_000, **given).theatre()
    assert combat.frontage(t, 1, 0) == pytest.approx(0.3)
    play(t, 1)
    a, d = strengths(t)
    assert 1_000 - d == pytest.approx(0.01 * 600)
    assert 2_000 - a == pytest.approx(0.01 * 1_000 / 600 * 2_000 * 0.3)
    given["choose"] = {"attrition": "square", "frontage": "off"}
    t = attack_under_way(2_000, 1_000, **given).theatre()
    play(t, 1)
    assert strengths(t) == pytest.approx((1_990, 980))


@pytest.mark.parametrize("together", [0.0, 0.4, 1.0])
def test_friction_of_uncoordinated_allies(together: float) -> None:
    """Power times 1 - friction·(1 - mean c)·(1 - H): shares 1/2, 1/3, 1/6 have H = 7/18."""
    coordination = np.full((4, 4), together)
    coordination[1, 2], coordination[1, 3], coordination[2, 3] = together, 0.5, 0.9
    program = small_program(
        A=4,
        B=2,
        P=1,
        actor_bloc=[0, 1, 1, 1],
        initial_mobile=[[100], [1_200], [800], [400]],
        friction=0.4,
        coordination=coordination,
    )
    t = program.theatre()
    mean = (together + 0.5 + 0.9) / 3
    expected = 2_400 * (1 - 0.4 * (1 - mean) * (1 - 7 / 18))
    assert combat.side_power(t, 1, 0) == pytest.approx(expected)
    assert combat.side_power(t, 0, 0) == 100.0


def test_three_hostile_sides_divide_fire_in_proportion_to_power() -> None:
    """Kress, Lin & MacKay 2018. D 1,000 is attacked by A 600 and B 300, all hostile to all.

    A fires at D with 600·1000/1300 and at B with 600·300/1300, and so on. With k = 1 %:
    on D   4.615 from A and then 1.875 of what is left, from B;
    on A   0.01·1000·600/900 = 6.667 and 0.01·300·600/1600 = 1.125;
    on B   0.01·1000·300/900 = 3.333 and 0.01·600·300/1300 = 1.385.
    """
    program = small_program(
        A=3,
        P=1,
        on={"combat"},
        choose={"combat_noise": "none", "attrition": "square"},
        initial_static={(0, 0): 1_000},
        **STAND,
    )
    t = program.theatre()
    for actor, force in ((1, 600.0), (2, 300.0)):
        t.mobile[actor][0] = force
        t.phase[actor][0] = layout.ASSAULT
    play(t, 1)
    assert t.static[0][0] == pytest.approx((1_000 - 60 / 13) * (1 - 0.01 * 300 / 1_600))
    left = (600 - 20 / 3) * (1 - 0.01 * 300 / 1_600)
    assert t.mobile[1][0] == pytest.approx(left)
    left = (300 - 10 / 3) * (1 - 0.01 * 600 / 1_300)
    assert t.mobile[2][0] == pytest.approx(left)


def test_attackers_who_are_not_hostile_spare_each_other() -> None:
    stance = [[1, -1, -1], [-1, 1, 0], [-1, 0, 1]]
    program = small_program(
        A=3,
        P=1,
        on={"combat"},
        choose={"combat_noise": "none", "attrition": "square"},
        initial_static={(0, 0): 1_000},
        stance=stance,
        **STAND,
    )
    t = program.theatre()
    for actor, force in ((1, 600.0), (2, 300.0)):
        t.mobile[actor][0] = force
        t.phase[actor][0] = layout.ASSAULT
    play(t, 1)
    assert t.static[0][0] == pytest.approx((1_000 - 6) * (1 - 0.003))
    assert t.mobile[1][0] == pytest.approx(600 - 0.01 * 1_000 * 600 / 900)
    assert t.mobile[2][0] == pytest.approx(300 - 0.01 * 1_000 * 300 / 900)


def test_the_holders_allies_fight_and_fall_with_him() -> None:
    """An allied bloc's garrison adds its power, shares the losses and must be beaten too."""
    stance = [[1, -1, 1], [-1, 1, -1], [1, -1, 1]]
    given = {"A": 3, "initial_holder": [0, 1], "stance": stance} | STAND
    t = attack_under_way(
        1_000,
        400,
        initial_mobile={(1, 1): 1_000, (2, 0): 600},
        choose={"attrition": "square"},
        **given,
    ).theatre()
    play(t, 1)
    assert t.mobile[1][0] == pytest.approx(990)
    assert t.static[0][0] == pytest.approx(400 * 0.99)
    assert t.mobile[2][0] == pytest.approx(600 * 0.99)
    assert t.killed[2] == pytest.approx(6)
    alone = attack_under_way(1_000, 0, initial_mobile={(1, 1): 1_000, (2, 0): 600}, **given)
    t = alone.theatre()
    play(t, 1)
    assert t.progress[1][0] < combat.WALK_IN


def test_three_to_one_advances_at_the_stated_speeds() -> None:
    """3 km of belt at 1.5 km/day, then 0.5 km built up at 0.1 km/day: days 2 and 5."""
    program = attack_under_way(
        3_000, 1_000, belt=3.0, field_speed=1.5, diameter=0.5, urban_speed=0.1, combat_loss=0.0
    )
    t = program.theatre()
    track, held = [], []
    for _ in range(7):
        play(t, 1)
        track.append(t.progress[1][0])
        held.append(t.holder[0])
    assert track[:6] == pytest.approx([1.5, 3.0, 3.1, 3.2, 3.3, 3.4])
    assert held == [0, 0, 0, 0, 0, 0, 1]


def test_losses_are_lighter_in_the_belt_and_lightest_while_probing() -> None:
    """1 % of the belt's 0.4, of the probe's 0.2, and of both."""
    losses = []
    for phase, belt in ((layout.ASSAULT, 0), (layout.ASSAULT, 9), (layout.PROBE, 9)):
        given = {"belt": belt, "belt_intensity": 0.4, "probe_intensity": 0.2} | STAND
        t = attack_under_way(1_000, 1_000, phase=phase, **given).theatre()
        play(t, 1)
        losses += [1_000 - t.mobile[1][0], 1_000 - t.static[0][0]]
    assert losses == pytest.approx([10, 10, 4, 4, 0.8, 0.8])


@pytest.mark.parametrize("ratio", [0.9, 1.5, 2.5])
def test_the_advance_is_nought_at_even_odds_and_full_at_three_to_one(ratio: float) -> None:
    for even, push in ((ratio, 0.0), (0.8, math.log(ratio / 0.8) / math.log(3 / 0.8))):
        program = attack_under_way(
            1_000 * ratio,
            1_000,
            even_odds=even,
            initial_progress={(1, 0): 0.5},
            diameter=10.0,
            combat_loss=0.0,
        )
        t = program.theatre()
        play(t, 1)
        assert t.progress[1][0] == pytest.approx(5 + 0.1 * push)


@pytest.mark.parametrize(
    ("ratio", "push"), [(1.0, 0.0), (math.sqrt(3), 0.5), (3.0, 1.0), (20.0, 2.0), (0.1, -0.3)]
)
def test_the_advance_grows_with_the_logarithm_of_the_ratio(ratio: float, push: float) -> None:
    program = attack_under_way(
        1_000 * ratio, 1_000, initial_progress={(1, 0): 0.5}, diameter=10.0, combat_loss=0.0
    )
    t = program.theatre()
    play(t, 1)
    assert t.progress[1][0] == pytest.approx(5 + 0.1 * push)


def test_days_below_parity_are_counted_net() -> None:
    """Each day adds 0.5 less the push, never below nought: at one to three 0.8, then -1.5."""
    t = attack_under_way(900, 2_700, combat_loss=0.0, diameter=100.0).theatre()
    play(t, 3)
    assert t.below_parity[1][0] == pytest.approx(3 * 0.8)
    t.mobile[1][0] = 50_000.0
    play(t, 1)
    assert t.below_parity[1][0] == pytest.approx(3 * 0.8 - 1.5)
    play(t, 3)
    assert t.below_parity[1][0] == 0.0


def test_a_front_left_alone_falls_back() -> None:
    """By 200 m a day once nobody attacks any more; the losses of the fight are forgotten."""
    t = attack_under_way(900, 900, initial_progress={(1, 0): 0.5}).theatre()
    play(t, 1)
    start = t.progress[1][0]
    assert t.fight_day[0] == 0
    assert t.fight_loss[0] > 0.0
    t.phase[1][0] = layout.NO_OPERATION
    play(t, 2)
    assert t.progress[1][0] == pytest.approx(start - 0.4)
    assert (t.flags[0], t.fight_day[0]) == (0, -1)
    play(t, 20)
    assert t.progress[1][0] == 0.0
    t.phase[1][0] = layout.ASSAULT
    play(t, 1)
    assert t.fight_loss[0] == pytest.approx(9, rel=0.1)


def test_the_defenders_resolve_slows_the_advance() -> None:
    program = attack_under_way(
        3_000,
        1_000,
        initial_resolve=[[0.5, 0.1], [0.9, 0.95]],
        resolve_speed=2.0,
        diameter=10.0,
        combat_loss=0.0,
    )
    t = program.theatre()
    play(t, 1)
    assert t.progress[1][0] == pytest.approx(0.1 * math.exp(2.0 * 0.3))


def test_breaking_multiplies_the_advance_and_ends_nothing_itself() -> None:
    certain = {"break_base": 700.0, "break_speed": 6.0, "combat_loss": 0.0, "diameter": 10.0}
    t = attack_under_way(3_000, 1_000, **certain).theatre()
    play(t, 1)
    assert t.broken[1][0] == 1.0
    assert t.progress[1][0] == pytest.approx(0.6)
    assert t.holder[0] == 0
    play(t, 15)
    assert t.holder[0] == 0
    play(t, 1)
    assert t.holder[0] == 1
    even = attack_under_way(1_000, 1_000, **certain).theatre()
    play(even, 60)
    assert even.broken[1][0] == 1.0
    assert even.holder[0] == 0
    off = attack_under_way(3_000, 1_000, choose={"breaking": "off"}, **certain).theatre()
    play(off, 1)
    assert off.progress[1][0] == pytest.approx(0.1)


def test_a_broken_garrison_does_not_hurry_the_attackers_retreat() -> None:
    program = attack_under_way(
        700,
        1_000,
        break_base=700.0,
        break_speed=6.0,
        combat_loss=0.0,
        diameter=10.0,
        initial_progress={(1, 0): 0.5},
    )
    t = program.theatre()
    play(t, 1)
    assert t.broken[1][0] == 1.0
    assert t.progress[1][0] == pytest.approx(5 - 0.03)


def test_nobody_breaks_in_the_belt_and_frequency_past_it() -> None:
    """P = logistic(base + ratio·ln 3 + resolve·... - depth·held), held = 1·min(1, 2/4)."""
    given = {
        "break_base": -2.0,
        "break_ratio": 1.0,
        "break_resolve": 2.0,
        "break_depth": 0.8,
        "initial_resolve": 0.6,
        "combat_loss": 0.0,
    }
    broken = 0
    futures = 600
    for future in range(futures):
        t = attack_under_way(3_000, 1_000, **given).theatre(future)
        t.holder[1] = 0  # a retreat is open
        play(t, 1)
        broken += t.broken[1][0] == 1.0
    odds = -2.0 + math.log(3) - 2.0 * 0.1 - 0.8 * 0.5
    expected = 1 / (1 + math.exp(-odds))
    assert stats.binomtest(broken, futures, expected).pvalue > 1e-3
    t = attack_under_way(3_000, 1_000, belt=30.0, **(given | {"break_base": 700.0})).theatre()
    play(t, 5)
    assert t.broken[1][0] == 0.0


def test_a_closed_retreat_weighs_on_breaking() -> None:
    given = {"break_no_retreat": 1_400.0, "break_base": -700.0, "combat_loss": 0.0, "diameter": 9.0}
    t = attack_under_way(3_000, 1_000, **given).theatre()
    play(t, 1)
    assert t.broken[1][0] == 1.0
    ends = {"P": 3, "initial_holder": [0, 1, 0], "route_from": [0, 0], "route_to": [1, 2]}
    t = attack_under_way(3_000, 1_000, **ends, **given).theatre()
    play(t, 1)
    assert t.broken[1][0] == 0.0


def test_losses_hasten_breaking() -> None:
    """A garrison that has lost half: log odds -4 + 8·0.5."""
    given = {"break_loss": 8.0, "break_base": -4.0, "combat_loss": 0.0, "diameter": 9.0}
    broken = 0
    for future in range(300):
        t = attack_under_way(3_000, 1_000, **given).theatre(future)
        t.fight_start[0], t.fight_loss[0] = 2_000.0, 1_000.0
        play(t, 1)
        broken += t.broken[1][0] == 1.0
    assert stats.binomtest(broken, 300, 0.5).pvalue > 1e-3


def test_air_alone_changes_no_holder() -> None:
    """Aircraft over a weakly held place, none of their side on the ground; then with a company."""
    given = {
        "on": {"combat", "air"},
        "sorties": [0.0, 200.0],
        "air_effect": 100.0,
        "air_lethality": 1.0,
        "days": 60,
    }
    t = attack_under_way(0, 5, **given).theatre()
    play(t, 59)
    assert t.holder[0] == 0
    assert t.static[0][0] == 5.0
    t = attack_under_way(0, 0, **given).theatre()
    play(t, 59)
    assert t.holder[0] == 0  # not even where nobody stands
    t = attack_under_way(100, 5, **given).theatre()
    play(t, 59)
    assert t.holder[0] == 1


def test_air_support_adds_fighter_equivalents_times_presence() -> None:
    """30 sorties of 20 equivalents over 600 fighters: 30·20·600/800 = 450 on top of 600."""
    program = attack_under_way(
        600,
        1_000,
        on={"combat", "air"},
        choose={"attrition": "square"},
        sorties=[0.0, 30.0],
        air_effect=20.0,
        **STAND,
    )
    t = program.theatre()
    play(t, 1)
    assert t.air_support[1][0] == pytest.approx(450)
    assert t.static[0][0] == pytest.approx(1_000 - 0.01 * 1_050)
    assert t.mobile[1][0] == pytest.approx(600 * (1 - 0.01 * 1_000 / 1_050))


def test_off_does_no_harm_and_takes_nothing() -> None:
    program = attack_under_way(5_000, 10, on={"command", "movement", "air"}, sorties=50.0)
    t = program.theatre()
    play(t, 40)
    assert t.killed == [0.0, 0.0]
    assert t.holder == [0, 1]


def test_capture_splits_the_beaten_and_leaves_a_garrison() -> None:
    """Of 1,000 beaten 60 % get away to place 2; a third of the winners stay as garrison."""
    program = attack_under_way(
        3_000,
        1_000,
        P=3,
        initial_holder=[0, 1, 0],
        route_from=[0, 0],
        route_to=[1, 2],
        on={"combat", "movement"},
        diameter=0.1,
        combat_loss=0.0,
        escape_share=0.6,
        garrison_share=1 / 3,
        captured_arms=0.3,
    )
    t = program.theatre()
    play(t, 1)
    assert t.holder[0] == 1
    assert sum(t.column_size[0]) == pytest.approx(600)
    assert t.surrendered[0] == pytest.approx(400)
    assert (t.mobile[1][0], t.static[1][0]) == pytest.approx((2_000, 1_000))
    assert t.quality[1][0] == pytest.approx(1 + 0.3 / 3)
    play(t, 1)
    assert t.mobile[0][2] == pytest.approx(600)
