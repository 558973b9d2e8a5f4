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


def test_figures_are_drawn_as_png_and_svg(command, tmp_path: Path) -> None:
    folder = tmp_path / "drawn"
    found = command("condition", "two-towns", *FEW, "--figures", str(folder))
    names = {path.name for path in folder.iterdir()}
    assert found.code == 0 and "figures in" in found.err
    assert {"evidence-matrix.png", "evidence-matrix.svg", "claims-before-and-after.png"} <= names
    assert not any(name.endswith(".partial") for name in names)


def test_one_particle_gives_no_odds(command) -> None:
    found = command("condition", "two-towns", "--particles", "1", "--quick")
    said = " ".join(found.out.split())
    assert found.code == 0 and "rest on too few first particles" in said
    assert "--particles 16" in said


def report(tmp_path: Path, *rows: str) -> Path:
    table = tmp_path / "more.csv"
    lines = ["id,on,published,observe,grade,value,window", *rows, ""]
    table.write_text("\n".join(lines), encoding="utf-8")
    return table


def conditioned(command, tmp_path: Path, *rows: str):
    found = command("condition", "two-towns", *FEW, "--reports", str(report(tmp_path, *rows)))
    assert found.code == 0, found.err
    return " ".join(found.out.split())


def test_contradictory_reports_are_named_as_a_pair(command, tmp_path: Path) -> None:
    said = conditioned(
        command, tmp_path,
        'one,2031-03-08,2031-03-08,"holds(valley, westmill)",A1,,',
        'other,2031-03-08,2031-03-09,"holds(league, westmill)",A1,,',
    )  # fmt: skip
    assert "no path of the prior gives both one and other: they contradict" in said


def test_a_report_that_no_mechanism_can_produce_is_named(command, tmp_path: Path) -> None:
    said = conditioned(
        command, tmp_path, 'odd,2031-03-03,2031-03-04,"holds(uplands, westmill)",A1,,'
    )
    assert "no path of the prior gives odd: only carelessness explains it" in said


def test_reports_outside_the_period_are_refused_by_line(command, tmp_path: Path) -> None:
    said = conditioned(
        command, tmp_path, 'old,2030-01-03,2030-01-04,"holds(league, westmill)",A1,,'
    )
    assert "more.csv:2: old: 2030-01-03 is outside the period" in said


def test_other_commands_draw_too(command, tmp_path: Path) -> None:
    few = ("--prior", "--futures", "60", "--threads", "2", "--figures", str(tmp_path))
    assert command("drivers", "two-towns", "--claim", "strike", *few).code == 0
    assert command("watch", "two-towns", "--claim", "strike", *few).code == 0
    levers = ("--prior", "-n", "60", "--do", "republic.delay=* 2", "--figures", str(tmp_path))
    assert command("what-if", "two-towns", *levers).code == 0
    assert {"drivers-strike.png", "watch-strike.svg", "what-if-do.png"} <= {
        path.name for path in tmp_path.iterdir()
    }
