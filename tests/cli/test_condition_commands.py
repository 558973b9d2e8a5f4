"""``contingent condition``, in this process."""

from __future__ import annotations

from pathlib import Path

FEW = ("--particles", "8", "--quick", "--threads", "2")


def test_a_theatre_is_conditioned_in_words(command) -> None:
    found = command("condition", "two-towns", *FEW)
    assert found.code == 0
    assert "Could reports like these tell the explanations apart?" in found.out
    assert "not separated" in found.out or "No odds are given" in found.out
    assert "westmill-falls" in found.out and "separability …" in found.err


def test_json_has_what_is_promised_and_the_same_bytes_again(command) -> None:
    found = command("condition", "two-towns", *FEW, "--json", "--seed", "4")
    record = found.json
    assert record["version"] == 1 and record["seed"] == 4
    first = record["explanations"][0]
    assert {"name", "prior", "posterior", "low", "high", "log_evidence", "log_evidence_sd", "ess",
            "separated"} <= set(first)  # fmt: skip
    assert record["evidence"][0]["id"] == "first-contact"
    assert command("condition", "two-towns", *FEW, "--json", "--seed", "4").out == found.out


def test_the_fence_holds(command) -> None:
    found = command("condition", "two-towns", *FEW, "--as-of", "2031-05-01")
    assert found.code == 2 and "--hindsight" in found.err
    early = command("condition", "two-towns", *FEW, "--as-of", "2031-03-08", "--json").json
    assert early["evidence"] == [] and early["refused_reports"][0]["late"]
    assert ".yaml:" in early["refused_reports"][0]["where"]


def test_a_table_of_reports_past_the_fence_is_refused_by_its_line(command, tmp_path: Path) -> None:
    table = tmp_path / "more.csv"
    table.write_text(
        'id,on,published,observe,grade\nmore,2031-04-05,2031-04-06,"holds(league, eastford)",A1\n'
    )
    found = command("condition", "two-towns", *FEW, "--reports", str(table))
    assert found.code == 0 and "more.csv:2: more: published 2031-04-06" in " ".join(
        found.out.split()
    )


def test_settings_that_cannot_be_used(command) -> None:
    assert command("condition", "two-towns", *FEW, "--grades", "kind").code == 2
    assert command("condition", "two-towns", *FEW, "--event", "nothing").code == 2
