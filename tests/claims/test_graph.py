"""Arguments as graphs: circles, worlds, break-points and who is missing."""

import numpy as np
import pytest

from contingent.claims.graph import (
    Argument,
    Links,
    Premise,
    absent_actors,
    break_points,
    follows,
)
from contingent.errors import ClaimError

FUTURES = 4_000
GENERATOR = np.random.default_rng(5)


def chance(probability: float) -> np.ndarray:
    return GENERATOR.random(FUTURES) < probability


ARGUMENT = Argument(
    {
        "alone": Links(follows_from=("weak", "late"), needs=("willing",), rejects=("truce",)),
        "weak": Links(),
        "late": Links(follows_from=("weak",)),
        "willing": Links(),
        "truce": Links(),
    }
)


def columns() -> dict[str, np.ndarray]:
    """The conclusion holds where its premises do, unless a stranger steps in half the time."""
    found = {name: chance(0.7) for name in ("weak", "late", "willing")}
    found["truce"] = chance(0.2)
    found["stranger"] = chance(0.5)
    found["alone"] = found["weak"] & found["willing"] & ~found["truce"] & ~found["stranger"]
    return found


def test_each_claim_comes_after_what_it_stands_on() -> None:
    assert ARGUMENT.order.index("weak") < ARGUMENT.order.index("late")
    assert ARGUMENT.order[-1] == "truce" or ARGUMENT.order.index("alone") == 4
    assert ARGUMENT.conclusions == ("late", "alone")
    assert ARGUMENT.grounds("alone") == ("weak", "late", "willing", "truce")
    assert ARGUMENT.grounds("weak") == ()
    assert [str(premise) for premise in ARGUMENT.premises("alone")] == [
        "weak",
        "late",
        "willing",
        "not truce",
    ]


@pytest.mark.parametrize(
    ("links", "shown"),
    [
        ({"a": Links(needs=("a",))}, "a needs a"),
        (
            {"x": Links(needs=("a",)), "a": Links(("b",)), "b": Links(rejects=("a",))},
            "a follows from b, b rejects a",
        ),
        (
            {
                "a": Links(("ok", "b")),
                "ok": Links(),
                "b": Links(needs=("ok", "c")),
                "c": Links(("a",)),
            },
            "a follows from b, b needs c, c follows from a",
        ),
    ],
)
def test_a_circle_is_printed(links: dict[str, Links], shown: str) -> None:
    with pytest.raises(ClaimError) as caught:
        Argument(links)
    assert caught.value.message == f"the argument goes round in a circle: {shown}"


def test_a_long_chain_and_a_diamond_are_no_circle() -> None:
    chain = {"c0": Links()} | {f"c{n}": Links((f"c{n - 1}",)) for n in range(1, 3_000)}
    assert len(Argument(dict(reversed(chain.items()))).order) == 3_000
    diamond = {"a": Links(("b", "c")), "b": Links(("d",)), "c": Links(("d",)), "d": Links()}
    assert Argument(diamond).order == ("d", "b", "c", "a")


def test_a_link_to_nowhere_is_refused() -> None:
    with pytest.raises(ClaimError, match="claim a needs z, which is no claim"):
        Argument({"a": Links(needs=("z",))})


def test_a_conclusion_may_follow_in_the_authors_world_and_not_in_ours() -> None:
    table = columns()
    found = follows(ARGUMENT, "alone", table, {"stranger": table["stranger"]})
    assert found.authors_world.probability == 1.0
    assert found.authors_world.futures_used == np.sum(
        table["weak"] & table["late"] & table["willing"] & ~table["truce"] & ~table["stranger"]
    )
    assert found.premises_hold.probability == pytest.approx(0.7**3 * 0.8, abs=0.03)
    assert found.our_world.probability == pytest.approx(0.7**2 * 0.8 * 0.5, abs=0.03)
    assert set(found.each_holds) == {"weak", "late", "willing", "not truce"}
    assert found.without_unnamed.probability == pytest.approx(0.7**2 * 0.8, abs=0.03)
    crowded = follows(ARGUMENT, "alone", table)
    assert crowded.authors_world.probability == pytest.approx(0.5, abs=0.05)


def test_premises_that_no_future_can_be_sorted_by_are_named() -> None:
    table = columns()
    del table["willing"]
    found = follows(ARGUMENT, "alone", table)
    assert found.unmodelled == ("willing",)
    assert Premise("willing") not in found.premises


def test_an_authors_world_that_hardly_comes_about_is_said() -> None:
    table = columns() | {"weak": np.arange(FUTURES) < 20}
    found = follows(ARGUMENT, "alone", table)
    assert found.authors_world.too_few and found.authors_world.probability is None


def test_break_points_are_sorted_by_what_they_change() -> None:
    table = columns()
    found = break_points(ARGUMENT, "alone", table)
    assert {str(one.premise) for one in found[:3]} == {"weak", "willing", "not truce"}
    assert str(found[-1].premise) == "late"
    for one in found[:3]:
        assert one.change == pytest.approx(-0.5, abs=0.06)
        assert one.error is not None and 0 < one.error < 0.05
        assert not one.paired
    assert found[-1].change == pytest.approx(0, abs=0.06)


def test_break_points_in_pairs_use_the_same_futures() -> None:
    table = columns()
    flipped = {"weak": np.zeros(FUTURES, dtype=bool), "late": table["alone"]}
    found = break_points(ARGUMENT, "alone", table, flipped)
    by_name = {str(one.premise): one for one in found}
    assert by_name["weak"].paired and by_name["late"].paired
    assert by_name["weak"].change == pytest.approx(-table["alone"].mean())
    assert by_name["late"].change == 0 and by_name["late"].error == 0
    assert not by_name["willing"].paired


def test_break_points_without_enough_futures_come_last() -> None:
    table = columns() | {"weak": np.ones(FUTURES, dtype=bool)}
    found = break_points(ARGUMENT, "alone", table)
    assert str(found[-1].premise) == "weak"
    assert found[-1].change is None and found[-1].fallen.too_few
    nothing = {name: column[:0] for name, column in table.items()}
    empty = break_points(ARGUMENT, "alone", nothing, {"weak": nothing["weak"]})
    assert all(one.change is None for one in empty)


def test_who_is_missing() -> None:
    outcome = np.array([True, False, False, False, False, False, False])
    blamed = [None, "east", "west", "east", "south", None, "west"]
    found = absent_actors(outcome, lambda future: blamed[future], named=("south",))
    assert found == (("east", 2), ("west", 2))
    assert absent_actors(~outcome | True, lambda future: "east") == ()
