"""what-if, alive, compare, score."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_a_lever_is_turned_on_common_random_numbers(command, demo: str) -> None:
    record = command(
        "what-if", demo, "--do", "south.aims.ford=0", "--do", "south.aims.harbour=0", "-n", 150,
        "--json",
    ).json  # fmt: skip
    (question,) = record["what_ifs"]
    attacked = next(one for one in question["claims"] if one["claim"] == "ford-attacked")
    assert attacked["after"] < attacked["before"]
    assert attacked["low"] <= attacked["difference"] <= attacked["high"] < 0.0
    assert attacked["clear"]
    assert question["claims"][0] == attacked


def test_the_what_ifs_of_the_argument(command, demo: str) -> None:
    names = [one["name"] for one in command("what-if", demo, "-n", 40, "--json").json["what_ifs"]]
    assert names == ["ally-doubles", "more-eyes"]
    one = command("what-if", demo, "more-eyes", "-n", 40)
    assert one.code == 0
    assert "from 2020-01-05" in one.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--do", "ally.air.sorties=* 2"), "did you mean"),
        (("--do", "nonsense"), "NAME=CHANGE"),
        (("mroe-eyes",), "did you mean 'more-eyes'?"),
        (("--do", "north.delay=* 2", "--from", "soon"), "a date"),
        (("--do", "north.delay=* 2", "--from", "2030-01-01"), "a day of the theatre"),
        (("--do", "north.forces.ford.static=* 2", "--from", "2020-02-01"), "describes day 0"),
        (("--do", "north.delay=30 apples"), "found"),
    ],
)
def test_levers_that_lead_nowhere(command, demo: str, arguments: tuple[str, ...], said) -> None:
    found = command("what-if", demo, *arguments, "-n", 20)
    assert found.code == 2
    assert said in found.err


def test_parameters_are_moved_one_at_a_time(command, demo: str) -> None:
    record = command(
        "alive", demo, "--pairs", 6, "--only", "*.sorties_per_day", "--only", "*.delay", "--json"
    ).json
    rows = record["parameters"]
    assert {row["name"] for row in rows} >= {"ally.air.sorties_per_day", "north.delay"}
    sorties = next(row for row in rows if row["outcome"] == "sorties(ally)")
    assert sorties["effect"] > 2.0 * sorties["error"] > 0.0
    assert (sorties["low"], sorties["high"]) == pytest.approx((8.0, 15.0))
    assert rows[0].keys() >= {"name", "outcome", "effect", "error"}
    assert command("alive", demo, "--pairs", 4, "--only", "*.delay", "--all").code == 0
    assert command("alive", demo, "--only", "nothing").code == 2


def test_two_studies_side_by_side(command, played: str) -> None:
    text = Path("demo.yaml").read_text(encoding="utf-8")
    changed = text.replace("ford: 6, mill: 5", "ford: 0, mill: 5").replace("demo", "other")
    Path("other.yaml").write_text(changed, encoding="utf-8")
    assert command("run", "other.yaml", "-n", 120, "--no-variants").code == 0
    record = command("compare", played, "other-argument", "--json").json
    assert record["numbers"] == {"south.aims.ford": ["6", "0"]}
    attacked = next(one for one in record["claims"] if one["id"] == "ford-attacked")
    assert attacked["paired"]
    assert attacked["difference"] < 0.0
    assert "south.aims.ford: 6 in A, 0 in B" in command("compare", played, "other-argument").out
    assert command("compare", played, "nowhere").code == 2


def test_nobody_is_ranked_on_few(command, demo: str) -> None:
    text = Path(demo).read_text(encoding="utf-8")
    settled = text.replace(
        'hedge: will\n    hedge_probability: [0.8, 0.9, 0.99]',
        "hedge: will\n    hedge_probability: [0.8, 0.9, 0.99]\n"
        "    settled: {verdict: true, by: a coder}",
    ).replace(
        "hedge: in no danger", "settled: {verdict: false, by: a coder}\n    hedge: in no danger"
    )  # fmt: skip
    Path(demo).write_text(settled, encoding="utf-8")
    assert command("run", demo, "-n", 60, "--no-variants").code == 0
    record = command("score", demo, "--json").json
    assert (record["clusters"], record["ranking"]) == (2, None)
    attacked = record["rows"][0]
    assert attacked["probabilities"]["author_best"] == 0.99
    assert attacked["probabilities"]["base_rate"] == 0.0
    assert record["not_truth_apt"] == ["ally-should-do-more"]
    assert record["unscored"] == ["ford-falls"]
    assert "Nobody is ranked on fewer than 30" in command("score", demo).out
