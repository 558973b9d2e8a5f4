"""run, claims, studies: verdicts printed, kept and found again."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

REQUIRED = {
    "version", "scenario", "futures", "seed", "seconds", "futures_per_second", "study", "claims",
}  # fmt: skip
OF_A_CLAIM = {
    "id", "says", "kind", "status", "probability", "low", "high", "variants_low", "variants_high",
    "futures_used", "settled", "hedge_low", "hedge_high",
}  # fmt: skip


def test_the_record_of_a_run(command, demo: str) -> None:
    found = command("run", demo, "-n", 150, "--seed", 3, "--json")
    assert found.code == 0
    record = found.json
    assert record.keys() >= REQUIRED
    assert (record["version"], record["futures"], record["seed"]) == (1, 150, 3)
    assert record["seconds"] > 0.0
    assert record["futures_per_second"] == pytest.approx(150 / record["seconds"], rel=0.02)
    assert len(record["variants"]) >= 8
    assert [claim["id"] for claim in record["claims"]] == [
        "ford-attacked", "ford-falls", "harbour-safe", "ally-should-do-more",
    ]  # fmt: skip
    for claim in record["claims"]:
        assert claim.keys() >= OF_A_CLAIM
    attacked, falls, _, normative = record["claims"]
    assert attacked["status"] == "evaluated"
    assert attacked["low"] <= attacked["probability"] <= attacked["high"]
    assert attacked["variants_low"] <= attacked["variants_high"]
    assert falls["given"]["futures_used"] == falls["futures_used"] <= 150
    assert (normative["status"], normative["settled"]) == ("not_truth_apt", None)
    assert normative["probability"] is None


def test_the_same_seed_gives_the_same_verdicts_on_one_thread_and_on_two(command, demo) -> None:
    claims = [
        command("run", demo, "-n", 130, "--threads", threads, "--studies", f"s{threads}", "--json",
                "--no-variants").json["claims"]
        for threads in (1, 2)
    ]  # fmt: skip
    assert claims[0] == claims[1]


def test_the_table_is_readable_at_100_columns(command, demo: str) -> None:
    found = command("run", demo, "-n", 60, "--no-variants")
    assert found.code == 0
    assert max(map(len, found.out.splitlines())) <= 100
    assert "unconditioned" in found.out
    assert "Decision half unvalidated" in found.out
    assert "normative" in found.out
    assert "Study: studies" in found.out


def test_what_is_there_is_not_played_again(command, played: str) -> None:
    again = command("run", "demo.yaml", "-n", 120, "--no-variants", "--json").json
    assert again["futures_played"] == 0
    assert again["futures_per_second"] > 0.0
    more = command("run", "demo.yaml", "-n", 240, "--no-variants", "--json").json
    assert 0 < more["futures_played"] < 240
    fresh = command("run", "demo.yaml", "-n", 240, "--no-variants", "--json", "--studies", "x").json
    assert more["claims"] == fresh["claims"]
    fewer = command("run", "demo.yaml", "-n", 120, "--no-variants", "--json").json
    assert fewer["claims"] == again["claims"]


def test_a_study_carries_its_verdicts_as_tables(command, played: str) -> None:
    (folder,) = Path("studies").iterdir()
    verdicts = pd.read_parquet(folder / "verdicts.parquet")
    truth = pd.read_parquet(folder / "truth.parquet")
    assert list(verdicts["id"])[:2] == ["ford-attacked", "ford-falls"]
    assert len(truth) == 120
    assert truth["ford-falls/as-written?"].sum() > 0
    assert not list(folder.glob("*.partial"))


def test_given_known_says_how_many_futures_are_left(command, demo: str) -> None:
    record = command("run", demo, "-n", 100, "--no-variants", "--given-known", "--json").json
    known = record["given_known"]
    assert list(known["reports"]) == ["R1"]
    assert 0 < known["left"] <= known["futures"] == 100
    assert record["claims"][0]["futures_used"] == known["left"]
    table = command("run", demo, "-n", 100, "--no-variants", "--given-known").out
    assert f"{known['left']} agree with R1" in table


def test_claims_reads_the_newest_study_of_a_name(command, played: str) -> None:
    by_name = command("claims", played)
    assert by_name.code == 0
    assert "Study: studies/demo-argument-" in by_name.out
    (folder,) = Path("studies").iterdir()
    by_folder = command("claims", folder, "--json")
    assert by_folder.json["scenario"] == played
    by_file = command("claims", "demo.yaml", "--json")
    assert by_file.json == by_folder.json


def test_no_study_is_said_with_the_remedy(command, played: str) -> None:
    found = command("claims", "elsewhere")
    assert found.code == 2
    assert "contingent run elsewhere" in found.err
    assert played in found.err


def test_the_argument_as_a_graph(command, played: str) -> None:
    record = command("claims", played, "--graph", "--json").json
    (falls,) = record["conclusions"]
    assert falls["claim"] == "ford-falls"
    assert falls["premises"] == ["ford-attacked"]
    assert falls["our_world"]["futures_used"] == falls["condition_met"] <= 120
    text = command("claims", played, "--graph").out
    assert "in the author's world" in text
    assert "ally-should-do-more" in text


def test_templates_are_suggested_without_a_study(command, demo: str) -> None:
    record = command("claims", demo, "--suggest", "--json").json
    falls = next(claim for claim in record["claims"] if claim["id"] == "ford-falls")
    assert falls["hedge_range"] is not None
    assert command("claims", demo, "--suggest").code == 0


def test_an_article_is_found_again_and_a_change_is_told(command, demo: str) -> None:
    Path("mills.md").write_text("The ford will fall.\n\nThe harbour is safe.\n", encoding="utf-8")
    command("new", "anchored", "--article", "mills.md")
    stub = Path("anchored.yaml").read_text(encoding="utf-8").replace("THEATRE", "demo")
    Path("anchored.yaml").write_text(stub.replace("2000-01-01", "2020-01-10"), encoding="utf-8")
    found = command("claims", "anchored.yaml", "--article", "mills.md")
    assert (found.code, "2 found" in found.out) == (0, True)
    Path("mills.md").write_text("The ford will stand.\n\nThe harbour is safe.\n", encoding="utf-8")
    changed = command("claims", "anchored.yaml", "--article", "mills.md", "--json")
    assert changed.code == 1
    assert [claim["status"] for claim in changed.json["claims"]] == ["changed", "found"]


def test_a_future_is_told_the_same_by_both_engines(command, demo: str) -> None:
    core = command("run", demo, "--replay", 4)
    reference = command("run", demo, "--replay", 4, "--engine", "reference")
    assert core.code == 0
    assert core.out == reference.out
    assert "future 4 of seed 1" in core.out
    assert not Path("studies").exists()


def opening(log: list[str]) -> int:
    """Southern fighters on day 0, from the first line of a log."""
    found = re.search(r"Southern fighters ([\d,]+)", log[1])
    assert found is not None
    return int(found.group(1).replace(",", ""))


def test_a_future_is_found_by_what_happens_in_it(command, demo: str) -> None:
    many, few = "initial(fighters(south)) > 2200", "initial(fighters(south)) < 2200"
    asked = ("run", demo, "-n", 60, "--json", "--replay")
    first, second = (command(*asked, k, "--where", many).json for k in (0, 1))
    assert first["future"] < second["future"]
    assert min(opening(first["log"]), opening(second["log"])) >= 2200
    assert opening(command(*asked, 0, "--where", few).json["log"]) <= 2200
    none = command("run", demo, "--replay", 0, "--where", "holds(south, airfield)", "-n", 20)
    assert none.code == 2
    assert "0 such futures among 20" in none.err


@pytest.mark.parametrize("where", ["harbour-safe", "not harbour-safe"])
def test_a_claim_is_asked_for_by_name(command, demo: str, where: str) -> None:
    share = command("run", demo, "-n", 40, "--no-variants", "--json").json["claims"][2]
    there = share["probability"] > 0.0 if where == "harbour-safe" else share["probability"] < 1.0
    found = command("run", demo, "--replay", 0, "--where", where, "-n", 40)
    assert found.code == (0 if there else 2)


CHECKS = """\
checks: demo
expect:
  - {id: harbour, says: It is never lost., predicate: "holds(south, harbour)", expect: rare}
  - {id: attack, says: The ford is attacked., predicate: "attacks(south, ford)", expect: most}
  - id: relief
    says: Relief comes once it is attacked.
    predicate: "reinforced(ford) > 0"
    given: "attacks(south, ford)"
    expect: some
"""


def test_expectations_are_counted_with_dates(command, demo: str) -> None:
    Path("demo.checks.yaml").write_text(CHECKS, encoding="utf-8")
    record = command("run", demo, "-n", 80, "--no-variants", "--checks", "--json").json
    harbour, attack, relief = record["checks"]
    assert (harbour["share"], harbour["met"], harbour["first"]) == (0.0, True, [])
    assert len(attack["first"]) == 3
    assert relief["futures"] == round(attack["share"] * 80)
    assert all(days >= 0 for days in relief["days"])
    table = command("run", demo, "-n", 80, "--no-variants", "--checks").out
    assert "Checks of the machine, not validation" in table
    Path("demo.checks.yaml").write_text("checks: demo\nexpect: [{id: x}]\n", encoding="utf-8")
    assert command("run", demo, "-n", 80, "--checks").code == 2


def test_studies_are_listed(command, played: str) -> None:
    table = command("studies")
    assert (table.code, played in table.out) == (0, True)
    (one,) = command("studies", "--json").json["studies"]
    assert (one["scenario"], one["futures"], one["complete"]) == (played, 120, True)
    assert command("studies", "other", "--json").json["studies"] == []


@pytest.mark.parametrize("arguments", [("--futures", "0"), ("--seed", "-1"), ("--threads", "0")])
def test_settings_that_cannot_be_used(command, demo: str, arguments: tuple[str, str]) -> None:
    found = command("run", demo, *arguments)
    assert found.code == 2
    assert "Traceback" not in found.err


def test_a_folder_that_cannot_be_written_is_said(command, demo: str) -> None:
    found = command("run", demo, "-n", 10, "--studies", "demo.yaml/below")
    assert found.code == 2
    assert "demo.yaml" in found.err
    assert "Traceback" not in found.err


def test_a_theatre_without_an_argument_is_played(command, demo: str) -> None:
    theatre = Path(demo).read_text(encoding="utf-8").partition("---\n")[0]
    Path("alone.yaml").write_text(theatre, encoding="utf-8")
    found = command("run", "alone.yaml", "-n", 20)
    assert found.code == 0
    assert "20 futures, seed 1" in found.out
    assert command("run", "alone.yaml", "-n", 20, "--json").json["claims"] == []
    assert command("claims", "demo", "--graph").code == 0


def test_ctrl_c_says_what_is_kept(command, demo: str) -> None:
    # Whoever starts the tests in the background leaves them deaf to the signal.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program = listening + "import contingent.cli; contingent.cli.main()"
    run = subprocess.Popen(
        [sys.executable, "-c", program, "run", demo, "-n", "200000", "--no-variants"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 120.0
        while not list(Path().glob("studies/*/arrays.zarr/holders/c/*")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60.0)
    finally:
        run.kill()
        run.communicate()
    assert run.returncode == 130
    assert "futures are kept in studies/demo-argument-" in said
    assert "Traceback" not in said
